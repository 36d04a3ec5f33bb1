"""Where answers are kept: in memory, then on a server that is shared; and who renders what is in neither."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Final

from django.conf import settings
from django.http import HttpResponseBase

from articles.public.caching.answers import KEPT, Answer
from articles.public.caching.flights import Flights
from articles.public.caching.memory import Memory
from articles.public.caching.metrics import Source
from articles.public.caching.shared import Shared
from articles.reading import Stamp

#: Seconds to wait for another request that renders the same page.
PATIENCE: Final = 3.0
_MEGABYTE: Final = 1024 * 1024


class Overtaken(Enum):
    """What comes of a rendering during which something public changed: nothing that may be sent."""

    OVERTAKEN = auto()


type Made = Answer | HttpResponseBase | Overtaken


class Store:
    """The answers of one process, by stamp and address. Threads share it."""

    def __init__(self) -> None:
        self.memory = Memory(settings.CACHE_MEMORY * _MEGABYTE)
        self.shared = Shared(settings.CACHE_URL) if settings.CACHE_URL and settings.RESPONSE_CACHE else None
        self._flights: Flights[tuple[str, ...], Made] = Flights(PATIENCE, _is_for_all)

    def find(self, stamp: Stamp, address: tuple[str, ...], render: Callable[[], Made]) -> tuple[Made, Source]:
        """Return the answer for an address under a stamp, rendered if it is kept nowhere, and where it came from."""
        found = self.memory.get(stamp, address)
        if found is not None:
            return found, "memory"
        source: Source = "joined"

        def look_further() -> Made:
            nonlocal source
            made, source = self._further(stamp, address, render)
            return made

        made = self._flights.share((stamp.key, *address), look_further)
        return made, source

    def weigh(self, stamp: Stamp, address: tuple[str, ...], answer: Answer) -> None:
        """Count the memory of an answer that has grown by a form of its body."""
        if answer.status in KEPT:
            self.memory.put(stamp, address, answer)

    def _further(self, stamp: Stamp, address: tuple[str, ...], render: Callable[[], Made]) -> tuple[Made, Source]:
        found = self.memory.get(stamp, address)  # another request may have just brought it
        if found is not None:
            return found, "memory"
        found = self.shared.get(stamp.key, address) if self.shared else None
        if found is not None:
            self.memory.put(stamp, address, found)
            return found, "redis"
        made = render()
        if isinstance(made, Answer) and made.status in KEPT:
            self.memory.put(stamp, address, made)
            if self.shared:
                self.shared.put(stamp.key, address, made)
        return made, "rendered"


def _is_for_all(made: Made) -> bool:
    """Say whether those who waited may have what was made: a response is for one, and a failure is nobody else's."""
    return not isinstance(made, HttpResponseBase)
