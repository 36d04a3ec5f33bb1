"""The finder of names: made in the process that needs it, when it first does, and again when a name has changed.

A newsroom with a few thousand names gets it at once. Where there are many, it is made beside the requests: the desk
says meanwhile that the names are being read, and goes on with the old ones if it has any.
"""

from dataclasses import dataclass
from threading import Lock, Thread
from typing import Final

from django.db import connection

from articles.markets.mentions import Finder
from articles.models import Company, Person
from articles.naming.aliases import read_aliases
from articles.naming.stamp import NamesStamp, names_stamp, tidy

#: With so many companies and people the finder is made within the request that needs it: a tenth of a second.
AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Known:
    """A finder, or None before the first is ready; `is_current` is False while a newer one is being made."""

    finder: Finder | None
    is_current: bool


class _Keeper:
    def __init__(self) -> None:
        self._lock = Lock()
        self._finder: Finder | None = None
        self._stamp: NamesStamp | None = None
        self._making: Thread | None = None

    def known(self) -> Known:
        stamp = names_stamp()
        with self._lock:
            if stamp == self._stamp:
                return Known(self._finder, is_current=True)
            if self._making is not None and self._making.is_alive():
                return Known(self._finder, is_current=False)
            if not _are_many():
                self._make()
                return Known(self._finder, is_current=True)
            before = Known(self._finder, is_current=False)
            self._making = Thread(target=self._make_beside, name="names", daemon=True)
            self._making.start()
            return before

    def forget(self) -> None:
        """Forget the names; for tests, each of which has a database of its own."""
        with self._lock:
            self._finder, self._stamp = None, None

    def _make(self) -> None:
        tidy(names_stamp())
        # The stamp first: what changes while the names are read is read again the next time.
        stamp = names_stamp()
        finder = Finder(read_aliases())
        self._finder, self._stamp = finder, stamp

    def _make_beside(self) -> None:
        try:
            self._make()
        finally:
            connection.close()


_KEEPER = _Keeper()
known = _KEEPER.known
forget = _KEEPER.forget


def _are_many() -> bool:
    """Say whether reading all names takes longer than anybody should wait for a page."""
    rows = [len(model._base_manager.order_by().values_list("pk")[: AT_ONCE + 1]) for model in (Company, Person)]
    return sum(rows) > AT_ONCE
