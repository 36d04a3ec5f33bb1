"""Readers at the very instant of a flip: nobody sees it early, nobody late, and nobody half of a bundle."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from django.db import connections
from django.utils import timezone

from articles import paths, workflow
from articles.models import Edition
from newsroom.roles import Role
from tests import factories
from tests.soak.figures import Figures

#: Fetches an address and returns the status and the text. Each reader has one of its own.
type Fetch = Callable[[str], tuple[int, str]]
#: Says of an answer whether it is the new page (True), the old one (False) or something between (None).
type Tell = Callable[[int, str], bool | None]

LEAD = timedelta(seconds=0.7)  # from a schedule to its instant
AFTER = 0.15  # seconds that readers stay after it


@dataclass(frozen=True, slots=True)
class Flip:
    """A page that becomes another one at an instant."""

    name: str
    at: datetime
    path: str
    tell: Tell


@dataclass(frozen=True, slots=True)
class Look:
    """One answer: when it was asked for and when it was there, in seconds from the instant, and what it was."""

    asked: float
    had: float
    shows: bool | None

    @property
    def flaw(self) -> str:
        """What is wrong with it, or ""."""
        if self.shows is None:
            return "half"
        if self.shows and self.had < 0:
            return f"{-self.had * 1000:.3f} ms early"
        if not self.shows and self.asked >= 0:
            return f"{self.asked * 1000:.3f} ms late"
        return ""


def watch_flips(reader: Callable[[], Fetch], rounds: int, readers: int) -> Figures:
    """Publish, change, expire and bundle stories on schedule while readers ask for the pages without a pause."""
    figures, looks, flips = Figures(), list[Look](), 0
    for number in range(rounds):
        for begin in (_publication, _change, _expiry, _bundle):
            flip, found = _watched(begin, number, reader, readers)
            looks += found
            flips += 1
            figures.failures += [f"{flip.name}: {look.flaw}" for look in found if look.flaw]
            if {look.shows for look in found} != {False, True}:
                figures.failures.append(f"{flip.name}: readers did not see both sides")
    before = min((-look.asked for look in looks if look.shows is False), default=0)
    after = min((look.had for look in looks if look.shows), default=0)
    figures.add("flips watched: publication, change, expiry, bundle", flips)
    figures.add(f"answers to {readers} readers", len(looks))
    figures.add("answers that were early, late or half", len(figures.failures))
    figures.add("last old page asked for, before the instant", f"{before * 1000:.1f} ms")
    figures.add("first new page had, after the instant", f"{after * 1000:.1f} ms")
    return figures


def _watched(
    begin: Callable[[int, timedelta], Flip], number: int, reader: Callable[[], Fetch], readers: int
) -> tuple[Flip, list[Look]]:
    """Watch a flip; another one with more time to it, when a slow machine let nobody be there before the instant."""
    for lead in (LEAD, LEAD * 4):
        flip = begin(number, lead)
        found = _look(flip, reader, readers)
        if any(look.asked < 0 for look in found):
            break
    return flip, found


def _publication(number: int, lead: timedelta) -> Flip:
    article, at = factories.approved(headline=f"Published {number}"), timezone.now() + lead
    edition = workflow.release(article, by=factories.person(Role.PUBLISHER), at=at)
    return Flip("publication", at, _path(edition), lambda status, _text: status == HTTPStatus.OK)


def _change(number: int, lead: timedelta) -> Flip:
    article, at = factories.rewrite(factories.live(), headline=f"Changed {number}"), timezone.now() + lead
    edition = workflow.refile(article, by=factories.person(Role.PUBLISHER), at=at)
    return Flip("change", at, _path(edition), lambda _status, text: f"Changed {number}" in text)


def _expiry(_number: int, lead: timedelta) -> Flip:
    article, at = factories.live(), timezone.now() + lead
    edition = workflow.expire(article, by=factories.person(Role.PUBLISHER), expires_at=at)
    return Flip("expiry", at, _path(edition), lambda status, _text: status == HTTPStatus.GONE)


def _bundle(number: int, lead: timedelta) -> Flip:
    headlines = [f"Bundled {number} {place}." for place in range(3)]
    parts = [workflow.Release(factories.approved(headline=headline)) for headline in headlines]
    at = timezone.now() + lead
    workflow.release_bundle(parts, by=factories.person(Role.PUBLISHER), at=at)
    counts: dict[int, bool] = {0: False, len(headlines): True}
    return Flip("bundle", at, paths.LATEST, lambda _status, text: counts.get(sum(line in text for line in headlines)))


def _path(edition: Edition) -> str:
    return Edition.objects.get(pk=edition.pk).path


def _look(flip: Flip, reader: Callable[[], Fetch], readers: int) -> list[Look]:
    """Let readers ask for the page until a little after the instant, and return all answers."""
    instant, looks = flip.at.timestamp(), list[Look]()

    def read() -> None:
        fetch = reader()
        try:
            while time.time() < instant + AFTER:
                asked = time.time()
                answer = fetch(flip.path)
                looks.append(Look(asked - instant, time.time() - instant, flip.tell(*answer)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return looks
