"""What the nodes do in the tests of replicas: write, and read pages that are compared with the primary's."""

import random
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.db import DEFAULT_DB_ALIAS
from django.test import Client, RequestFactory
from django.urls import resolve
from prometheus_client import REGISTRY

from articles import reading, workflow
from articles.models import Article, Author, Edition, Section
from articles.reading.database import rows, source
from articles.states import PublicStatus, Scheduled
from articles.workflow import clock, status
from newsroom.roles import Role
from tests.factories import approved, author, company, live, person, rewrite, topic

PATHS = ["/", "/latest/", "/markets/", "/sitemap.xml", "/rss.xml", "/feeds/", "/corrections/", "/nowhere/"]

FEWEST = 3


def furnish(stories: int) -> None:
    """Release some stories, with nouns beside them."""
    for _ in range(stories):
        live(bylines=[author()], companies=[company()], topics=[topic()])


def write(seconds: float, seed: int) -> int:
    """Release, correct, withdraw and rename until the time is over; return how often."""
    chance, end, done = random.Random(seed), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        _change(chance)
        done += 1
        time.sleep(0.02)
    return done


def _change(chance: random.Random) -> None:
    now = clock.now()
    lives = [story for story in Article.objects.all() if status.public_status(story, now) is PublicStatus.LIVE]
    story = chance.choice(lives)
    what = chance.choice(["release", "release", "correct", "rename", "describe", "withdraw"])
    if what == "rename":
        Author.objects.filter(pk=chance.choice(Author.objects.values_list("pk", flat=True))).update(
            bio=f"<p>{chance.random()}</p>"
        )
    elif what == "describe":
        Section.objects.update(description=f"{chance.random()}")
    elif what == "correct":
        rewrite(story, headline=f"Headline {chance.random()}")
        story.refresh_from_db()
        workflow.correct(story, by=person(Role.PUBLISHER), notice="Wrong.", scheduled=Scheduled.CANCEL)
    elif what == "withdraw" and len(lives) > FEWEST:
        workflow.withdraw(story, by=person(Role.PUBLISHER), notice="Gone.")
    else:
        live()


def read(seconds: float = 0.0, pages: int = 0) -> dict[str, Any]:
    """Read pages as readers do until the time is over, or so many; each is read again from the primary.

    Return how many were compared, which differed, the longest time that one took, and what became of replicas.
    """
    before, end = outcomes(), time.monotonic() + seconds
    compared, differing, longest = 0, [], 0.0
    paths = [*PATHS, *_stories()]
    while time.monotonic() < end or compared < pages:
        path = random.choice(paths)
        begin = time.monotonic()
        found = _compare(path)
        longest = max(longest, time.monotonic() - begin)
        compared += found is not None
        if found is False:
            differing.append(path)
    after = outcomes()
    return {
        "compared": compared,
        "differing": differing,
        "longest": longest,
        **{name: after[name] - before[name] for name in after},
    }


def _stories() -> list[str]:
    return [edition.path for edition in Edition.objects.live(clock.now())[:20]]


def _compare(path: str) -> bool | None:
    """Say whether a page is the same on the primary; None where that has moved on meanwhile, so that nobody can say."""
    page = Client().get(path, headers={"host": "127.0.0.1"})
    stamp = reading.stamp(datetime.fromisoformat(page.headers["X-Newsroom-Instant"]))
    same = page.content == _on_the_primary(path, stamp)
    return same if page.headers["X-Newsroom-Stamp"] == stamp.token == reading.stamp(stamp.at).token else None


def compare_at(path: str, at: str) -> bool:
    """Say whether a page of some instant is the same on the primary."""
    stamp = reading.stamp(datetime.fromisoformat(at))
    return _rendered(path, stamp) == _on_the_primary(path, stamp)


def _on_the_primary(path: str, stamp: reading.Stamp) -> bytes:
    with patch.object(reading, "from_any", lambda _, render: render()):
        return _rendered(path, stamp)


def _rendered(path: str, stamp: reading.Stamp) -> bytes:
    request: Any = RequestFactory().get(path, HTTP_HOST="127.0.0.1")
    request.public_stamp = stamp
    view, arguments, keywords = resolve(path)
    content: bytes = view(request, *arguments, **keywords).content
    return content


def schedule(at: str) -> None:
    """Schedule a story."""
    workflow.release(approved(), by=person(Role.PUBLISHER), at=datetime.fromisoformat(at))


def outcomes() -> dict[str, int]:
    """Return what has become of replicas so far."""
    counted = {
        name: REGISTRY.get_sample_value("newsroom_replica_readings_total", {"replica": "replica1", "outcome": name})
        for name in ("used", "late", "moved on", "failed")
    }
    return {name: int(value or 0) for name, value in counted.items()}


def render_while(what: str) -> list[Any]:
    """Render once while something befalls the replica in the middle of it; return where each rendering read from."""
    asked, tried = reading.present_stamp(), []

    def render() -> None:
        tried.append(source())
        if source() != DEFAULT_DB_ALIAS:
            BEFALLS[what](asked)

    reading.from_any(asked, render)
    return tried


def _dies(asked: reading.Stamp) -> None:
    ((process,),) = rows("SELECT pg_backend_pid()")
    rows("SELECT pg_terminate_backend(%s)", [process])
    rows("SELECT 1")


def _catches_up(asked: reading.Stamp) -> None:
    rows("SELECT pg_wal_replay_resume()::text")
    _wait(lambda: reading.stamp(asked.at, alias=source()) == asked)


def _moves_on(asked: reading.Stamp) -> None:
    Section.objects.update(description=f"{random.random()}")
    _wait(lambda: reading.stamp(asked.at, alias=source()) != asked)


BEFALLS = {"dies": _dies, "catches up": _catches_up, "moves on": _moves_on}


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not until():
        assert time.monotonic() < end
        time.sleep(0.01)
