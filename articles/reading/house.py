"""What the pages of one public stamp share: the navigation, the sections, and which nouns have changed when.

It is read once for each stamp and kept by the process, because reading it costs more than reading a story does. Keeping
it is safe for the reason that keeping pages is: it can be read only while the stamp says so, and whoever uses it reads
the stamp again afterwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS

from articles import records
from articles.printing.rows import section_record
from articles.printing.version import version
from articles.reading.database import reading_from, rows
from articles.reading.nouns import sections_with_newest
from articles.reading.stamp import Stamp

_CHANGES: Final = "SELECT noun, counter FROM articles_nounchange WHERE counter > %s"
#: A request of the stamp before may still be under way.
_KEPT_STAMPS: Final = 2


@dataclass(frozen=True, slots=True)
class House:
    """What every page at a stamp shares.

    `sections` are all of them by key, those without a live story too: an address needs them. `changes` says at which
    counter a noun changed last, and is None where no fragment may be trusted. `kept` is for the pages: what they keep
    there lives as long as the stamp.
    """

    navigation: tuple[records.Section, ...]
    sections: Mapping[int, records.Section]
    version: str
    changes: Mapping[str, int] | None
    newest_change: int
    kept: dict[Any, Any] = field(default_factory=dict)

    def section(self, slug: str) -> records.Section | None:
        """Return the section with a slug, None where readers can see nothing in it."""
        return next((section for section in self.navigation if section.slug == slug), None)

    def is_fresh(self, counter: int, version: str, nouns: str) -> bool:
        """Say whether rendering would give now what a fragment with these marks holds."""
        if self.changes is None or version != self.version:
            return False
        return counter >= self.newest_change or all(self.changes.get(noun, 0) <= counter for noun in nouns.split())


def house(at: datetime, stamp: Stamp | None) -> House:
    """Return what the pages at a stamp share; without a stamp, where nothing may be kept, read for this page alone."""
    if stamp is None:
        return _read(at, None)
    found = _keeper.houses.get(stamp.token)
    if found is None:
        # A replica that lags would be found out for this page, but not for the next one that the house is used for.
        with reading_from(DEFAULT_DB_ALIAS):
            found = _read(at, stamp)
        _keeper.keep(stamp.token, found)
    return found


def forget() -> None:
    """Forget all that was read: the database is another one now."""
    _keeper.forget()


class _Keeper:
    """The houses of the last stamps, and all changes of nouns that this process has heard of."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.houses: dict[str, House] = {}
        self._changes: dict[str, int] = {}
        self._heard = 0
        self._newest = 0

    def keep(self, token: str, house: House) -> None:
        with self._lock:
            self.houses[token] = house
            for old in list(self.houses)[:-_KEPT_STAMPS]:
                del self.houses[old]

    def changes(self, counter: int) -> tuple[dict[str, int], int]:
        """Return the counter of the last change of each noun, up to `counter` at least, and the newest of them."""
        with self._lock:
            # An older copy of the database has been put back, or a request of the stamp before is late.
            if counter < self._heard:
                self._changes, self._heard, self._newest = {}, 0, 0
            if counter > self._heard:
                # Houses that are in use learn of it, too, and trust less; copying would cost more the more has changed.
                for noun, changed in rows(_CHANGES, (self._heard,)):
                    self._changes[noun] = changed
                    self._newest = max(self._newest, changed)
                self._heard = counter
            # Together: with a newest change of another moment, a fragment that is stale would be trusted.
            return self._changes, self._newest


_keeper = _Keeper()


def _read(at: datetime, stamp: Stamp | None) -> House:
    changes, newest_change = (None, 0) if stamp is None else _keeper.changes(stamp.counter)
    sections = list(sections_with_newest(at))
    return House(
        navigation=tuple(section_record(section) for section in sections if section.newest is not None),
        sections={section.pk: section_record(section) for section in sections},
        version=version(),
        changes=changes,
        newest_change=newest_change,
    )
