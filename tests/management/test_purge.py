"""manage.py purge sends what is left, once or for ever."""

import io
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from articles.management.commands import purge as command
from articles.models import Purge
from articles.purging import keys, outbox
from tests import factories
from tests.canaries import at_instant
from tests.purging.purges import cover, start
from tests.purging.servers import TOKEN, Api

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(settings: Settings) -> Iterator[Api]:
    """Put the site behind a CDN with a story that is purged already, and return its API."""
    played = Api("fastly")
    settings.CDN_URL, settings.CDN_TOKEN = played.url, TOKEN
    factories.live(headline="Steady")
    start()
    yield played
    played.close()


def purge(*options: str) -> list[str]:
    """Run the command, and return the lines that it prints."""
    out = io.StringIO()
    call_command("purge", *options, stdout=out)
    return out.getvalue().splitlines()


def release() -> str:
    story = factories.live()
    cover()
    return keys.story(story.public_key)


def test_without_a_cdn_there_is_nothing_to_purge() -> None:
    with pytest.raises(CommandError, match=r"^There is no CDN to purge: CDN_URL is not set\.$"):
        purge()


def test_what_is_left_is_sent(api: Api) -> None:
    page = release()

    assert purge() == ["Purged.", "To be sent once more in some seconds, by manage.py purge --watch: 1."]
    assert page in api.purged[0]
    assert purge() == [
        "Nothing to purge now.",
        "To be sent once more in some seconds, by manage.py purge --watch: 1.",
    ]
    with at_instant(timezone.now() + timedelta(seconds=10)):
        assert purge() == ["Purged."]
    assert purge() == ["Nothing to purge now."]


def test_a_failure_is_an_error_and_keeps_the_purge(api: Api) -> None:
    release()
    api.acts.append("fail:500")

    with pytest.raises(CommandError, match=r"^The CDN has not purged: HTTP 500 It failed\. It will be tried again\.$"):
        purge()

    assert Purge.objects.filter(due_at__isnull=False).count() == 1


def test_all_purges_the_whole_site(api: Api) -> None:
    assert purge("--all")[0] == "Purged."
    assert api.purged == [(keys.SITE,)]


class _Enough(Exception):
    """The watch has been watched for long enough."""


def watch(monkeypatch: pytest.MonkeyPatch, rounds: int) -> list[float]:
    """Let the command go on for ever, for so many rounds, and return its pauses."""
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == rounds:
            raise _Enough

    monkeypatch.setattr(command, "sleep", pause)
    # It would close the connection that has the transaction of this test.
    monkeypatch.setattr(command, "close_old_connections", list)
    with pytest.raises(_Enough):
        purge("--watch")
    return pauses


def test_the_watch_sends_what_comes(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [release()]
    real = outbox.forget_old

    def release_more() -> None:
        pages.append(release())
        real()

    monkeypatch.setattr(outbox, "forget_old", release_more)

    assert watch(monkeypatch, 3) == [1.0, 1.0, 1.0]

    assert [page in asked for page, asked in zip(pages, api.purged, strict=True)] == [True, True]


def test_the_watch_goes_on_when_the_cdn_or_the_database_is_away(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    release()
    api.acts.append("hang_up")
    real, fails = outbox.cover, [OperationalError("The server is away")]

    def cover_or_fail() -> None:
        real()
        if fails and api.asked:
            raise fails.pop()

    monkeypatch.setattr(outbox, "cover", cover_or_fail)
    with caplog.at_level(logging.WARNING):
        watch(monkeypatch, 3)

    assert [record.message for record in caplog.records] == [
        "The CDN has not purged: it ended the connection. It will be tried again.",
        "The database cannot be asked. It will be tried again.",
    ]


def test_the_watch_forgets_old_purges_once_an_hour(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten: list[int] = []
    monkeypatch.setattr(outbox, "forget_old", lambda: forgotten.append(1))

    watch(monkeypatch, 5)

    assert forgotten == [1]


@pytest.mark.django_db(transaction=True)
def test_the_watch_ends_when_it_is_told_to(tmp_path: object) -> None:
    """As a service is stopped: at once, and with nothing lost, for all that matters is in the database."""
    script = (
        "import os, signal, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings';"
        "import django; django.setup();"
        "from articles.management.commands import purge; from articles.purging import outbox;"
        "outbox.cover = lambda: None; purge.send_due = lambda: None; outbox.forget_old = lambda: None;"
        "purge.cdn = lambda: 1; from django.core.management import call_command; call_command('purge', '--watch')"
    )
    service = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert service.stdout is not None
    assert service.stdout.readline() == "Watching.\n"

    service.send_signal(signal.SIGTERM)

    assert service.wait(5) == -signal.SIGTERM
    service.stdout.close()
