"""Readers are answered at once whatever the database does, and pages come back when it does."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.clusters import Cluster, clusters
from tests.serving import THREADS, WORKERS, Answer, Server, Site, free_port

pytestmark = pytest.mark.needs_postgres

PATH = "/latest/"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with clusters() as [primary]:
        yield primary


@pytest.fixture(scope="module")
def server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site with one connection a worker, and statements of a second at most."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "static").mkdir()
    (folder / "static" / "staticfiles.json").write_text("{}")
    port = free_port()
    limits = {"DATABASE_POOL_SIZE": "1", "DATABASE_STATEMENT_TIMEOUT": "1", "LOG_LEVEL": "ERROR"}
    site = Site(folder, f"http://127.0.0.1:{port}", cluster.url(), "tests.node_settings", limits)
    site.manage("migrate", "--verbosity", "0")
    with site.serving(port) as running:
        yield running


def timed(server: Server) -> tuple[Answer, float]:
    begin = time.monotonic()
    answer = server.get(PATH)
    return answer, time.monotonic() - begin


def crowd(server: Server) -> list[tuple[Answer, float]]:
    """Ask as often at once as the server has threads, so that every one of them is busy."""
    with ThreadPoolExecutor(WORKERS * THREADS) as readers:
        return [asked.result() for asked in [readers.submit(timed, server) for _ in range(WORKERS * THREADS)]]


def test_restart_costs_no_reader_an_error(server: Server, cluster: Cluster) -> None:
    assert {answer.status for answer, _ in crowd(server)} == {200}

    cluster.stop()
    cluster.start()

    assert [answer.status for answer, _ in crowd(server)] == [200] * WORKERS * THREADS


def test_outage_is_told_soon_and_over_when_it_is_over(server: Server, cluster: Cluster) -> None:
    assert server.get(PATH).status == 200
    cluster.stop()
    try:
        first, later = crowd(server), [*crowd(server), *crowd(server)]
    finally:
        cluster.start()
    begin = time.monotonic()
    while {answer.status for _ in range(3) for answer, _ in crowd(server)} != {200}:
        assert time.monotonic() < begin + 5

    assert {(answer.status, answer.headers["retry-after"]) for answer, _ in first + later} == {(503, "2")}
    assert max(seconds for _, seconds in first) < 3.5
    assert max(seconds for _, seconds in later) < 1.5


def test_busy_pool_is_told_soon(server: Server, cluster: Cluster) -> None:
    """One reader waits for a lock until the limit on statements, the others for the only connection of their worker."""
    assert server.get(PATH).status == 200
    with holding(cluster, "LOCK TABLE articles_edition IN ACCESS EXCLUSIVE MODE"):
        during = crowd(server)

    assert {answer.status for answer, _ in during} == {503}
    assert max(seconds for _, seconds in during) < 4
    assert [answer.status for answer, _ in crowd(server)] == [200] * WORKERS * THREADS


def test_frozen_server_holds_no_reader(server: Server, cluster: Cluster) -> None:
    """It keeps its connections and answers nothing, so that its own limits cannot help."""
    assert server.get(PATH).status == 200
    with cluster.frozen():
        during = crowd(server)

    assert {answer.status for answer, _ in during} == {503}
    assert max(seconds for _, seconds in during) < 5
    assert [answer.status for answer, _ in crowd(server)] == [200] * WORKERS * THREADS


def holding(cluster: Cluster, statement: str) -> Any:
    """Run a statement in a transaction that stays open for the length of the block."""
    from psycopg import connect

    connection = connect(cluster.url())
    connection.execute(statement)
    return connection
