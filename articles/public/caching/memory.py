"""The first place where answers are kept: the memory of this process, in a bounded number of bytes."""

from collections import OrderedDict
from datetime import timedelta
from sys import getsizeof
from threading import Lock
from typing import Final

from articles.public.caching import metrics
from articles.public.caching.answers import Answer
from articles.reading import Stamp

type Address = tuple[str, ...]

#: No single answer may push out more than this part of the others.
_LARGEST: Final = 4
#: What an ordered dictionary spends on an entry, and the numbers kept beside it.
_ENTRY: Final = 300
#: A request may have read the clock a moment before another one; a clock that was put back is further off.
_OVERTAKEN: Final = timedelta(minutes=1)


class Memory:
    """Answers of one stamp by address, those not asked for the longest leaving first. Threads may share it.

    What was kept under another stamp can never be asked for again, so it is let go when a newer one is seen. Of a page
    with prices only the last is kept: where prices have changed it takes the place of the one before, and that is all.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.bytes = 0
        self._stamp: Stamp | None = None
        self._kept: OrderedDict[Address, tuple[Answer, int, str]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, stamp: Stamp, address: Address) -> Answer | None:
        """Return what is kept for an address under this stamp."""
        with self._lock:
            if self._stamp is None or self._stamp.token != stamp.token:
                return None
            found = self._kept.get(address)
            if found is None or found[2] != stamp.prices:
                return None
            self._kept.move_to_end(address)
            return found[0]

    def put(self, stamp: Stamp, address: Address, answer: Answer) -> None:
        """Keep an answer, or weigh one again that has grown by a coded form of its body.

        Nothing happens where the answer is too large or its stamp was overtaken in the meantime.
        """
        size = answer.size() + _weight((*address, stamp.prices) if stamp.prices else address)
        with self._lock:
            if not self._is_current(stamp):
                return
            self._remove(address)
            if size <= self.limit // _LARGEST:
                self._kept[address] = (answer, size, stamp.prices)
                self.bytes += size
            while self.bytes > self.limit:
                self._remove(next(iter(self._kept)))
            metrics.show_memory(len(self._kept), self.bytes)

    def _is_current(self, stamp: Stamp) -> bool:
        """Say whether answers of this stamp may be kept; a newer one than before ends what was kept so far."""
        if self._stamp is not None and self._stamp.token == stamp.token:
            return True
        if self._stamp is not None and timedelta(0) < self._stamp.at - stamp.at < _OVERTAKEN:
            return False
        self._stamp = stamp
        self._kept.clear()
        self.bytes = 0
        return True

    def _remove(self, address: Address) -> None:
        _answer, size, _prices = self._kept.pop(address, (None, 0, ""))
        self.bytes -= size


def _weight(address: Address) -> int:
    return _ENTRY + getsizeof(address) + sum(map(getsizeof, address))
