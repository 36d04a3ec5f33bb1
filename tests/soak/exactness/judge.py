"""Whether answers are what the oracle says for the stamp and the instant that they were served under."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from tests.soak.exactness.readers import Answer
from tests.soak.exactness.shapes import Shape, shape
from tests.soak.oracle import Event, Oracle

STAMP = "x-newsroom-stamp"
INSTANT = "x-newsroom-instant"
#: How much of a difference is told.
_TOLD = 300
_NEWS_AGE = timedelta(days=2, microseconds=1)


class Judge:
    """Moves the oracle's world on with the answers, and compares."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.counts = Counter[str]()
        self._coming: list[Event] = []
        self._slots: list[datetime] = []
        self._of_slots = -1
        self._told: dict[tuple[str, int], Shape] = {}
        self._instants: dict[int, datetime] = {}
        self._bytes: dict[tuple[str, str], tuple[int, str, str]] = {}
        self._tags: dict[tuple[str, str, str], str] = {}
        self._tokens: dict[Any, Any] = {}
        self._seen: set[str] = set()
        self._seen_counters: set[int] = set()

    def judge(self, events: Sequence[Event], answers: Sequence[Answer]) -> list[str]:
        """Return what is wrong with answers, given everything that was committed since the last call."""
        self._coming = sorted([*self._coming, *events], key=lambda event: (event.counter, event.order))
        flaws: list[str] = []
        stamped = []
        for answer in answers:
            if STAMP in answer.headers:
                stamped.append((int(answer.headers[STAMP].partition("-")[0]), answer.headers[INSTANT], answer))
            else:
                flaws += self._unstamped(answer)
        for counter, instant, answer in sorted(stamped, key=lambda one: one[:2]):
            self._move_to(counter)
            found = list(self._flaws(answer, counter, datetime.fromisoformat(instant)))
            flaws += [f"{answer.path} at {answer.headers[STAMP]}, {instant}: {flaw}" for flaw in found]
            self.counts["answers"] += 1
            self.counts["wrong"] += bool(found)
        return flaws

    def finish(self) -> list[str]:
        """Return where the rows of editions are not what the ledger says, all changes done."""
        self._move_to(max((event.counter for event in self._coming), default=0))
        return self.oracle.world.flaws()

    def forget(self) -> None:
        """Forget what other readers got, and what the oracle has said."""
        self._told.clear()
        self._instants.clear()
        self._bytes.clear()
        self._tags.clear()
        self._tokens.clear()

    def _move_to(self, counter: int) -> None:
        if not (self._coming and self._coming[0].counter <= counter):
            return
        place = bisect_right(self._coming, counter, key=lambda event: event.counter)
        for event in self._coming[:place]:
            self.oracle.world.take(event)
        del self._coming[:place]
        self.forget()

    def _unstamped(self, answer: Answer) -> list[str]:
        """An answer without a stamp says that the site could give none, and when to come again."""
        self.counts[f"status {answer.status}"] += 1
        if answer.status == 503 and answer.headers.get("retry-after"):
            return []
        return [f"{answer.path}: {answer.status} without a stamp"]

    def _flaws(self, answer: Answer, counter: int, at: datetime) -> Iterator[str]:
        self.counts[f"status {answer.status}"] += 1
        if counter < answer.floor:
            yield f"{answer.floor} was there before it was asked for"
        if not (answer.told == at if answer.told else answer.asked <= at <= answer.had):
            yield f"it was asked for at {answer.told or answer.asked}"
        slot = self._slot(counter, at)
        yield from self._same_everywhere(answer, counter, slot)
        expected = self._told.get((answer.path, slot))
        if expected is None:
            # Any instant between two at which nothing happens will do, and the oracle has thought about this one.
            moment = self._instants.setdefault(slot, at)
            expected = self._told[answer.path, slot] = self.oracle.page(answer.path, moment)
        yield from differences(self._shown(answer), expected)

    def _slot(self, counter: int, at: datetime) -> int:
        """Return how many of all instants at which something can change have passed."""
        if self._of_slots != counter:
            self._slots, self._of_slots = sorted(self._moments()), counter
            self.forget()
        return bisect_right(self._slots, at)

    def _moments(self) -> Iterator[datetime]:
        for story in self.oracle.world.ledger.stories.values():
            for edition in story.values():
                yield from (edition.live_from, edition.first_published_at + _NEWS_AGE)
                if edition.expires_at:
                    yield edition.expires_at
        for listing in self.oracle.world.nouns["listing"].values():
            for day in (listing["listed_on"], listing["delisted_on"]):
                if day:
                    yield datetime.combine(day, time(), UTC)

    def _same_everywhere(self, answer: Answer, counter: int, slot: int) -> Iterator[str]:
        """Yield where an answer is not, byte for byte, what others got for the same stamp and address."""
        token = answer.headers[STAMP]
        for one, other in (((counter, slot), token), (token, (counter, slot))):
            if self._tokens.setdefault(one, other) != other:
                yield f"{one} has the tokens {self._tokens[one]} and {other}"
        if token not in self._seen:
            self.counts["stamps"] += 1
            self.counts["flips"] += counter in self._seen_counters
        self._seen.add(token)
        self._seen_counters.add(counter)
        if answer.status == 304:
            return
        own = answer.status, sha256(answer.body).hexdigest(), answer.headers.get("location", "")
        if self._bytes.setdefault((token, answer.path), own) != own:
            yield "others got other bytes for the same stamp"
        form = answer.headers.get("content-encoding", ""), token, answer.path
        tag = answer.headers.get("etag", "")
        if self._tags.setdefault(form, tag) != tag:
            yield "others got another entity tag for the same stamp"

    @staticmethod
    def _shown(answer: Answer) -> Shape:
        """Return what a reader sees: of 304 what they had."""
        seen = answer.held if answer.status == 304 and answer.held else answer
        return shape(seen.status, seen.headers.get("content-type", ""), seen.headers.get("location", ""), seen.body)


def differences(shown: Any, expected: Any, place: str = "") -> Iterator[str]:
    """Yield where what is shown is not what is expected, with the first difference of each part."""
    if shown == expected:
        return
    if isinstance(shown, dict) and isinstance(expected, dict):
        for name in {**expected, **shown}:
            yield from differences(shown.get(name), expected.get(name), f"{place}.{name}".strip("."))
    elif isinstance(shown, list) and isinstance(expected, list):
        pairs = enumerate(zip([*shown, None], [*expected, None], strict=False))
        number, (here, there) = next((number, pair) for number, pair in pairs if pair[0] != pair[1])
        if isinstance(here, list | dict):
            yield from differences(here, there, f"{place}[{number}]")
        else:
            yield f"{place}[{number}] of {len(shown)} is {here!r}, not {there!r} (of {len(expected)})"[:_TOLD]
    else:
        yield f"{place} is {shown!r}, not {expected!r}"[:_TOLD]
