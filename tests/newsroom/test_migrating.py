"""Several nodes start `migrate` at once: one does the work, the others wait and find nothing to do."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from articles.management.unhurried import unhurried
from tests.clusters import Cluster, clusters
from tests.conftest import ON_POSTGRES
from tests.serving import ROOT, Site

WAITING = "Another process migrates this database; waiting for it up to 600 seconds."
NOTHING = "No migrations to apply."


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster | None]:
    if not ON_POSTGRES:
        yield None
        return
    with clusters() as [primary]:
        yield primary


@pytest.fixture(scope="module")
def migrated(cluster: Cluster | None, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with nothing left to migrate but what is slow."""
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder, "http://127.0.0.1", cluster.url() if cluster else "", "tests.node_settings")
    site.manage("migrate", "--verbosity", "0")
    return site


@pytest.fixture
def site(migrated: Site, cluster: Cluster | None, tmp_path: Path, request: pytest.FixtureRequest) -> Site:
    """A copy of that site."""
    database = ""
    if cluster:
        cluster.ask(f'CREATE DATABASE "{request.node.name}" TEMPLATE postgres', name="template1")
        database = cluster.url(request.node.name)
    else:
        shutil.copy(migrated.folder / "newsroom.sqlite3", tmp_path)
    return slow(replace(migrated, folder=tmp_path, database=database), seconds=0)


def slow(site: Site, seconds: float, **variables: str) -> Site:
    told = {"SLOW_SECONDS": str(seconds), "SLOW_FOLDER": str(site.folder), **variables}
    return replace(site, settings="tests.newsroom.slow.settings", variables=told)


@contextmanager
def migrating(site: Site, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "migrate", "--no-color", *arguments],
        env=site.environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def begun(site: Site, times: int) -> int:
    """Return how often the slow migration was begun, after waiting for so many times."""
    log, end = site.folder / "log", time.monotonic() + 60
    while not (log.exists() and len(log.read_text().splitlines()) >= times) and time.monotonic() < end:
        time.sleep(0.02)
    return len(log.read_text().splitlines())


def told(process: subprocess.Popen[str]) -> tuple[int, list[str], list[str]]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out.strip().splitlines(), err.strip().splitlines()


def test_second_node_waits_and_finds_nothing_to_do(site: Site) -> None:
    (site.folder / "wait").touch()
    with migrating(site) as first:
        assert begun(site, 1) == 1
        with migrating(site) as second:
            assert second.stderr is not None
            assert second.stderr.readline().strip() == WAITING
            (site.folder / "wait").unlink()
            code, _, errors = told(first)
            assert (code, errors) == (0, [])
            code, lines, errors = told(second)

    assert (code, errors) == (0, [])
    assert NOTHING in lines[-1]
    assert begun(site, 1) == 1


def test_killed_node_frees_the_others(site: Site, cluster: Cluster | None) -> None:
    with migrating(slow(site, seconds=60)) as first:
        assert begun(site, 1) == 1
        with migrating(slow(site, seconds=0)) as second:
            assert second.stderr is not None
            assert second.stderr.readline().strip() == WAITING
            first.kill()
            code, _, errors = told(second)

    assert (code, errors, begun(site, 2)) == (0, [], 2)
    if cluster:  # the server does not go on with what nobody waits for
        time.sleep(1.5)
        assert cluster.ask("SELECT count(*) FROM pg_stat_activity WHERE query ~ %s", r"^SELECT pg_sleep\(60") == 0


def test_patience_has_an_end(site: Site) -> None:
    with migrating(slow(site, seconds=60)):
        assert begun(site, 1) == 1
        with migrating(site, "--lock-timeout", "1") as second:
            code, lines, errors = told(second)

    assert (code, lines) == (1, [])
    assert errors[-1].startswith("CommandError: Another process has been migrating this database for more than 1 s")
    assert begun(site, 1) == 1


@pytest.mark.needs_postgres  # SQLite lets nobody look while it is migrated
def test_looking_needs_no_lock(site: Site) -> None:
    with migrating(slow(site, seconds=60)):
        assert begun(site, 1) == 1
        with migrating(site, "--check") as check, migrating(site, "--plan") as plan:
            assert (told(check)[0], told(plan)[0]) == (1, 0)


@pytest.mark.needs_postgres
def test_limits_of_requests_end_no_migration(site: Site) -> None:
    with migrating(slow(site, seconds=2.5, DATABASE_STATEMENT_TIMEOUT="1")) as process:
        code, _, errors = told(process)

    assert (code, errors, begun(site, 1)) == (0, [], 1)


@pytest.mark.needs_postgres
@pytest.mark.django_db
def test_limits_are_lifted_for_a_while() -> None:
    def limits() -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout'), current_setting('lock_timeout')")
            return [*cursor.fetchone(), str(connection.connection.patience)]

    assert limits() == ["4s", "4s", "5"]
    with unhurried(connection):
        assert limits() == ["0", "4s", "None"]
    assert limits() == ["4s", "4s", "5"]
