"""What the nodes do in the tests of clocks."""

import time
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.workflow import clock
from newsroom.roles import Role
from tests.factories import approved, person


def go_wrong(seconds: float) -> None:
    """Set the clock of this node forward, or back, for good."""
    time_machine.travel(timezone.now() + timedelta(seconds=seconds)).start()


def schedule(seconds: float) -> list[str]:
    """Schedule a story so far ahead by the clock of the house; return its headline and the instant."""
    story, at = approved(), clock.now() + timedelta(seconds=seconds)
    edition = workflow.release(story, by=person(Role.PUBLISHER), at=at)
    return [edition.headline, edition.live_from.isoformat()]


def watch(headline: str, until: str) -> list[dict[str, Any]]:
    """Read a page again and again; return when by a clock that all processes have, of which instant, and if it shows.

    Go on for a while after the instant `until`.
    """
    seen: list[dict[str, Any]] = []
    end = datetime.fromisoformat(until) + timedelta(seconds=0.3)
    client = Client()
    while not seen or datetime.fromisoformat(seen[-1]["instant"]) < end:
        begin = time.clock_gettime(time.CLOCK_MONOTONIC)
        page = client.get("/latest/", headers={"host": "127.0.0.1"})
        seen.append(
            {
                "begin": begin,
                "end": time.clock_gettime(time.CLOCK_MONOTONIC),
                "instant": page.headers["X-Newsroom-Instant"],
                "shows": headline in page.content.decode(),
            }
        )
    return seen
