"""Figures for Prometheus, for those who know the token."""

import logging
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles.models import Purge
from newsroom.logs import CountingHandler
from newsroom.readiness import Readiness
from tests import factories
from tests.newsroom.test_start import ROOT

TOKEN = "a-token-of-more-than-twenty-characters"

COUNT = """
from prometheus_client import Counter
Counter("newsroom_tries", "Tries").inc()
"""


@pytest.fixture
def token(settings: Settings) -> str:
    settings.METRICS_TOKEN = TOKEN
    return f"Bearer {TOKEN}"


def figures(client: Client, token: str) -> dict[str, float]:
    response = client.get("/-/metrics", headers={"Authorization": token})
    assert response.status_code == 200
    lines = [line for line in response.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@pytest.mark.django_db
def test_metrics_tell_whether_the_node_is_ready(client: Client, token: str) -> None:
    found = figures(client, token)

    assert (found["newsroom_ready"], found["newsroom_database_answers"]) == (1, 1)


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer ä"]
)
def test_metrics_are_nothing_to_whoever_lacks_the_token(client: Client, token: str, header: str) -> None:
    response = client.get("/-/metrics", headers={"Authorization": header})
    nothing = client.get("/-/nothing")

    assert (response.status_code, response.content, response.headers) == (404, b"", nothing.headers)


@pytest.mark.parametrize("header", ["Bearer ", "Bearer", ""])
def test_without_a_token_set_there_are_no_metrics(client: Client, settings: Settings, header: str) -> None:
    settings.METRICS_TOKEN = ""

    assert client.get("/-/metrics", headers={"Authorization": header}).status_code == 404


@pytest.mark.django_db
def test_what_is_logged_is_counted_by_level(client: Client, token: str) -> None:
    handler = CountingHandler()
    handler.handle(logging.LogRecord("newsroom", logging.ERROR, __file__, 1, "first", (), None))
    before = figures(client, token)

    handler.handle(logging.LogRecord("newsroom", logging.ERROR, __file__, 1, "second", (), None))

    after = figures(client, token)
    name = 'newsroom_log_records_total{level="ERROR"}'
    assert after[name] - before[name] == 1


def test_only_what_somebody_should_see_is_counted() -> None:
    handlers = {handler for name in ("", "django") for handler in logging.getLogger(name).handlers}

    assert [handler.level for handler in handlers if isinstance(handler, CountingHandler)] == [logging.WARNING]


@pytest.mark.django_db
def test_the_figures_of_all_workers_are_added_up(
    client: Client, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    for _worker in range(3):
        subprocess.run([sys.executable, "-c", COUNT], cwd=ROOT, env=os.environ, check=True)

    assert figures(client, token)["newsroom_tries_total"] == 3


GAUGE = """
import os
from prometheus_client import Gauge
Gauge("newsroom_memory", "Memory", multiprocess_mode="livesum").set(5)
"""


@pytest.mark.django_db
def test_what_a_dead_worker_had_is_not_counted_any_more(
    client: Client, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    subprocess.run([sys.executable, "-c", GAUGE], cwd=ROOT, env=os.environ, check=True)
    [dead] = tmp_path.glob("gauge_livesum_*.db")
    dead.with_name(f"gauge_livesum_{os.getpid()}.db").write_bytes(dead.read_bytes())

    assert figures(client, token)["newsroom_memory"] == 5
    assert not dead.exists()


@pytest.mark.django_db
def test_metrics_tell_when_something_public_changed_last(client: Client, token: str) -> None:
    before = figures(client, token)

    factories.live()

    after = figures(client, token)
    assert after["newsroom_public_counter"] > before["newsroom_public_counter"]
    assert abs(after["newsroom_public_changed_seconds"] - time.time()) < 60


@pytest.mark.django_db
def test_metrics_tell_of_purges_that_the_cdn_has_not_had(client: Client, token: str) -> None:
    now = timezone.now()
    for due_at in (now - timedelta(minutes=1), now + timedelta(minutes=1), None):
        Purge.objects.create(counter=1, keys="site", made_at=now, due_at=due_at)

    assert figures(client, token)["newsroom_purges_due"] == 1


@pytest.mark.django_db
def test_metrics_of_a_node_that_is_not_ready_leave_out_what_the_database_knows(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsroom.metrics.readiness", lambda: Readiness("does not answer", "unknown"))

    found = figures(client, token)

    assert (found["newsroom_ready"], found["newsroom_database_answers"]) == (0, 0)
    assert not {"newsroom_public_counter", "newsroom_purges_due"} & found.keys()
