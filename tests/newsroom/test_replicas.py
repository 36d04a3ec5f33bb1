"""Two real clusters, one streaming to the other: no reader can tell which of them a page was read from."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.clusters import Cluster, clusters
from tests.newsroom import replica_acts as acts
from tests.node import Node
from tests.serving import ROOT, Site

pytestmark = pytest.mark.needs_postgres


@pytest.fixture(scope="module")
def servers() -> Iterator[list[Cluster]]:
    with clusters(2) as made:
        yield made


@pytest.fixture(scope="module")
def site(servers: list[Cluster], tmp_path_factory: pytest.TempPathFactory) -> Site:
    primary, replica = servers
    variables = {
        "DATABASE_REPLICA_URLS": replica.url(),
        "RESPONSE_CACHE": "off",
        "SHOW_STAMP": "on",
        "LOG_LEVEL": "ERROR",
    }
    site = Site(tmp_path_factory.mktemp("site"), "http://127.0.0.1", primary.url(), "tests.node_settings", variables)
    site.manage("migrate", "--verbosity", "0")
    return site


@pytest.fixture(scope="module")
def writer(site: Site) -> Iterator[Node]:
    with Node(site) as node:
        node.call(acts.furnish, stories=5)
        yield node


@pytest.fixture
def replica(servers: list[Cluster], writer: Node) -> Iterator[Cluster]:
    """A replica that has caught up."""
    _catch_up(servers)
    yield servers[1]
    if not servers[1].is_up():
        servers[1].start()
    servers[1].ask("SELECT pg_wal_replay_resume()")


@pytest.fixture
def reader(site: Site, replica: Cluster) -> Iterator[Node]:
    with Node(site) as node:
        yield node


def _catch_up(servers: list[Cluster]) -> None:
    primary, replica = servers
    position = primary.ask("SELECT pg_current_wal_insert_lsn()::text")
    end = time.monotonic() + 10
    while not replica.ask("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", position):
        assert time.monotonic() < end, "the replica does not follow"
        time.sleep(0.01)


def _is_used_again(reader: Node) -> bool:
    """Say whether the replica is read after the pauses that it is given."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        read = reader.call(acts.read, seconds=0.2)
        assert read["differing"] == []
        if read["used"]:
            return True
    return False


def test_replica_is_read_while_nothing_changes(reader: Node) -> None:
    read = reader.call(acts.read, pages=40)

    assert (read["differing"], read["compared"], read["failed"]) == ([], 40, 0)
    assert read["used"] > 30


def test_pages_are_the_primarys_while_it_is_written_to(reader: Node, writer: Node) -> None:
    used = late = rounds = 0
    while rounds < 2 or (rounds < 10 and not (used and late)):
        writer.begin(acts.write, seconds=3, seed=rounds)
        read = reader.call(acts.read, seconds=3)
        assert writer.end() > 0
        assert (read["differing"], read["failed"]) == ([], 0)
        used, late, rounds = used + read["used"], late + read["late"], rounds + 1

    assert min(used, late) > 0


def test_paused_replica_shows_nothing_old(reader: Node, writer: Node, replica: Cluster) -> None:
    assert reader.call(acts.read, pages=5)["used"] == 5
    replica.ask("SELECT pg_wal_replay_pause()")
    writer.call(acts.furnish, stories=1)

    read = reader.call(acts.read, pages=40)
    assert (read["differing"], read["used"]) == ([], 0)

    replica.ask("SELECT pg_wal_replay_resume()")
    assert _is_used_again(reader)


def test_paused_replica_lacks_what_was_scheduled_far_ahead(
    site: Site, writer: Node, replica: Cluster, servers: list[Cluster]
) -> None:
    """No counter tells of it, and another story of the same instant hides it from the probes too."""
    then = (timezone.now() + timedelta(hours=2)).isoformat()
    writer.call(acts.schedule, at=then)
    _catch_up(servers)
    replica.ask("SELECT pg_wal_replay_pause()")
    writer.call(acts.schedule, at=then)

    with Node(site) as reader:
        assert reader.call(acts.compare_at, path="/latest/", at=then) is True
        assert reader.call(acts.outcomes) == {"used": 0, "late": 1, "moved on": 0, "failed": 0}


def test_stopped_replica_is_gone_without(reader: Node, writer: Node, replica: Cluster) -> None:
    assert reader.call(acts.read, pages=5)["used"] == 5
    replica.stop("immediate")
    writer.call(acts.furnish, stories=1)

    read = reader.call(acts.read, pages=40)
    assert (read["differing"], read["used"]) == ([], 0)
    assert 1 <= read["failed"] <= 4  # longer pauses each time
    assert read["longest"] < 2

    replica.start()
    assert _is_used_again(reader)


def test_frozen_replica_holds_a_reader_once(reader: Node, replica: Cluster) -> None:
    assert reader.call(acts.read, pages=5)["used"] == 5
    with replica.frozen():
        first = reader.call(acts.read, pages=1)
        others = reader.call(acts.read, pages=10)

    assert (first["differing"], first["failed"], others["differing"]) == ([], 1, [])
    assert first["longest"] < 4
    assert others["longest"] < 1.5


def test_check_tells_of_a_replica_that_is_away(site: Site, replica: Cluster) -> None:
    assert _check(site).startswith("0 System check identified no issues")
    replica.stop()
    assert "WARNINGS:\n?: (newsroom.W001) DATABASE_REPLICA_URLS: replica1 does not answer: " in _check(site)


def _check(site: Site) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--database", "replica1", "--tag", "database"],
        env=site.environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.returncode} {done.stdout} {done.stderr}"


@pytest.mark.parametrize(("what", "outcome"), [("dies", "failed"), ("moves on", "moved on")])
def test_replica_that_leaves_in_mid_rendering_costs_no_page(reader: Node, what: str, outcome: str) -> None:
    assert reader.call(acts.render_while, what=what) == ["replica1", "default"]
    assert reader.call(acts.outcomes)[outcome] == 1


def test_replica_that_is_there_only_at_the_end_is_not_begun_with(reader: Node, writer: Node, replica: Cluster) -> None:
    assert reader.call(acts.read, pages=1)["used"] == 1
    replica.ask("SELECT pg_wal_replay_pause()")
    writer.call(acts.furnish, stories=1)

    assert reader.call(acts.render_while, what="catches up") == ["default"]


def test_primary_is_read_when_the_replica_has_become_one(site: Site, writer: Node, servers: list[Cluster]) -> None:
    """After a failover that nobody has told the site of; it comes last, for the replica follows no longer."""
    _catch_up(servers)
    servers[1].promote()

    with Node(site) as reader:
        assert reader.call(acts.read, pages=10)["used"] == 0
        writer.call(acts.furnish, stories=1)
        read = reader.call(acts.read, pages=10)

    assert (read["differing"], read["used"]) == ([], 0)
    assert "(newsroom.E007) DATABASE_REPLICA_URLS: replica1 follows no primary" in _check(site)
