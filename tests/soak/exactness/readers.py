"""Readers who ask for anything that there is, was, will be or never was, and keep what they get to ask for it again."""

import random
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import connections
from django.utils import timezone

from articles.models import Author, Company, Edition, Image, Listing, Person, Redirect, Section, Topic
from articles.models.stamp import NEWS_AGE, PublicStamp
from tests.soak.exactness.cast import midnights
from tests.soak.exactness.gate import Gate
from tests.soak.exactness.writers import on_grid

TICK: Final = timedelta(microseconds=1)
FIXED: Final = (
    *("/", "/", "/", "/latest/", "/latest/", "/corrections/", "/feeds/", "/rss.xml", "/sitemap.xml", "/robots.txt"),
    *("/sitemaps/pages.xml", "/sitemaps/news.xml", "/latest", "/nowhere/", "/nowhere", "/markets/nothing-22222222/"),
    *(
        "/companies/",
        "/people/",
        "/people",
        "/companies/nobody/",
        "/nobody/rss.xml",
        "/media/pictures/none.jpg",
        "/sitemaps/2001-01.xml",
    ),
    *("/companies/?letter=c", "/people/?letter=P", "/people/?letter=q", "/companies/?letter=%23", "/quote/NOBODY"),
    *("/companies/?after=companya00003~1", "/people/?letter=p&after=personb00001~3", "/people/?after=junk"),
    *(
        "/quote/x000:ta00001",
        "/latest/?before=junk",
        "/latest/?before=1-2-3",
        "/corrections/?before=99999999999999999999-1",
    ),
)
_JUNK: Final = ("utm_source=mail", "page=2", "before", "q=%20", "fbclid=1&b=2")
#: How much of all reading is of the few pages that everybody reads.
_OFTEN: Final = 0.4
_KEPT: Final = 30
_YOUNGEST: Final = 150
#: Seconds in which everything happens, and in which nothing does but what an instant brings.
_LOUD: Final = (1.0, 3.0)
_QUIET: Final = (0.3, 1.5)


@dataclass(slots=True)
class Answer:
    """What came back, and when and for what it was asked.

    `floor` is a value of the stamp's counter that was there before the request; `told` is the instant that the reader
    asked for, None for the present; `held` is what a reader had who asked whether it is still the same.
    """

    path: str
    asked: datetime
    had: datetime
    floor: int
    told: datetime | None
    status: int
    headers: Mapping[str, str]
    body: bytes
    held: "Answer | None" = None


#: Fetches an address with some headers, as of an instant or the present one: status, headers in small letters, body.
type Fetch = Callable[[str, Mapping[str, str], datetime | None], tuple[int, Mapping[str, str], bytes]]


@dataclass(slots=True)
class Catalogue:
    """What readers can know to ask for. Somebody calls `refresh()` now and then."""

    counter: int = 0
    paths: Sequence[str] = FIXED
    popular: Sequence[str] = FIXED[:8]
    older: list[str] = field(default_factory=list)
    instants: Sequence[datetime] = ()
    is_quiet: bool = False

    def refresh(self) -> None:
        """Look at what has been committed."""
        counter = PublicStamp.objects.values_list("counter", flat=True).first() or 0
        editions = list(Edition.objects.select_related("section").defer("body").order_by("-released_at")[:_YOUNGEST])
        nouns = [
            f"{noun.path}{end}"
            for model in (Section, Author, Topic, Company, Person)
            for noun in model._default_manager.order_by("-pk")[:12]
            for end in ("", "", "rss.xml")
        ]
        redirects = list(Redirect.objects.order_by("-pk").values_list("path", flat=True)[:20])
        files = [f"/media/{name}" for name in Image.objects.values_list("file", flat=True)]
        months = {f"/sitemaps/{edition.first_published_at:%Y-%m}.xml" for edition in editions}
        # A section moves its stories with it, so old addresses come by themselves.
        known = [edition.path for edition in editions]
        listings = Listing.objects.select_related("exchange").order_by("-pk")[:8]
        tickers = [f"/quote/{word}" for listing in listings for word in (listing.symbol, listing.ticker)]
        self.paths = (*FIXED, *known, *nouns, *tickers, *redirects, *files, *sorted(months))
        self.popular = (*FIXED[:8], *known[:4], *nouns[:3])
        self.instants = _instants(editions)
        self.counter = counter


def _instants(editions: Sequence[Edition]) -> list[datetime]:
    """Return at which instants something appears or goes; only of what has been told to everybody by now."""
    soon = timezone.now() + timedelta(seconds=3)
    found = [edition.live_from for edition in editions] + midnights()
    found += [edition.expires_at for edition in editions if edition.expires_at]
    found += [edition.first_published_at + NEWS_AGE for edition in editions]
    return [moment for moment in found if moment < soon]


def ask(
    fetch: Fetch,
    path: str,
    headers: Mapping[str, str],
    told: datetime | None,
    floor: int,
    held: Answer | None = None,
) -> Answer:
    """Fetch an address and note what it was like."""
    asked = timezone.now()
    status, answered, body = fetch(path, headers, told)
    return Answer(path, asked, timezone.now(), floor, told, status, answered, body, held)


class Reader:
    """Somebody who reads on one connection."""

    def __init__(self, fetch: Fetch, catalogue: Catalogue, seed: int) -> None:
        self.fetch = fetch
        self._catalogue = catalogue
        self._chance = random.Random(seed)
        self._held: dict[str, Answer] = {}

    def read(self) -> Answer:
        """Ask for something."""
        chance, held = self._chance, None
        often, seldom = self._catalogue.popular, self._catalogue.paths
        path = chance.choice(often if chance.random() < _OFTEN else [*self._catalogue.older[-5:], *seldom])
        headers = {"Accept-Encoding": chance.choice(["identity", "gzip", "br", "gzip, br"])}
        if self._held and chance.random() < 0.2:
            path = chance.choice(list(self._held))
            held = self._held[path]
            headers["If-None-Match"] = held.headers["etag"]
        elif chance.random() < 0.05:
            path += f"{'&' if '?' in path else '?'}{chance.choice(_JUNK)}"
        answer = ask(self.fetch, path, headers, self._instant(), self._catalogue.counter, held)
        self._keep(answer)
        return answer

    def _instant(self) -> datetime | None:
        """Return the instant to ask for: mostly the present, and while it is quiet always."""
        fate = 1 if self._catalogue.is_quiet else self._chance.random()
        if fate < 0.15:
            return on_grid(timezone.now())
        if fate < 0.35 and self._catalogue.instants:
            return self._chance.choice(self._catalogue.instants) + self._chance.choice(
                [-TICK, TICK * 0, TICK * 0, TICK]
            )
        return None

    def _keep(self, answer: Answer) -> None:
        if answer.status == 200 and "etag" in answer.headers:
            self._held.pop(answer.path, None)
            self._held[answer.path] = answer
            if len(self._held) > _KEPT:
                del self._held[next(iter(self._held))]
            start = answer.body.rfind(b"?before=")
            if start >= 0 and "?" not in answer.path:
                cursor = answer.body[start : answer.body.index(b'"', start)].decode()
                self._catalogue.older.append(answer.path + cursor)
                del self._catalogue.older[:-50]


def read(readers: Sequence[Reader], catalogue: Catalogue, gate: Gate, responses: int) -> list[Answer]:
    """Let all readers read at once until so many answers are there; nobody writes in the quiet spells between."""
    answers: list[Answer] = []
    failures: list[BaseException] = []
    over = threading.Event()

    def run(reader: Reader) -> None:
        try:
            while len(answers) < responses and not failures:
                answers.append(reader.read())
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    catalogue.refresh()
    threads = [threading.Thread(target=run, args=(reader,)) for reader in readers]
    watcher = threading.Thread(target=_watch, args=(catalogue, gate, over))
    for thread in (*threads, watcher):
        thread.start()
    for thread in threads:
        thread.join()
    over.set()
    watcher.join()
    if failures:
        raise failures[0]
    return answers


def _watch(catalogue: Catalogue, gate: Gate, over: threading.Event) -> None:
    """Look for what is new until it is over, and keep the writers away for a while now and then."""
    chance = random.Random(len(catalogue.paths))
    try:
        while not over.is_set():
            end = time.monotonic() + chance.uniform(*_LOUD)
            while time.monotonic() < end and not over.wait(0.1):
                catalogue.refresh()
            with gate.closed():
                catalogue.refresh()
                catalogue.is_quiet = True
                over.wait(chance.uniform(*_QUIET))
                catalogue.is_quiet = False
    finally:
        connections.close_all()
