"""Writing daily prices by the hundred thousand: COPY on PostgreSQL, `executemany` on SQLite."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from operator import itemgetter
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from articles.management.loading import Refuse, Totals
from articles.management.price_file import Batch, Price
from articles.models import DailyPrice

_TABLE: Final = "articles_dailyprice"
_COLUMNS: Final = ("listing_id", "date", "open", "high", "low", "close", "volume", "currency")
_VALUES: Final = _COLUMNS[2:]
_NAMES: Final = ", ".join(f'"{name}"' for name in _COLUMNS)
_REPLACE: Final = ", ".join(f'"{name}" = excluded."{name}"' for name in _VALUES)
_OLD: Final = ", ".join(f'present."{name}"' for name in _VALUES)
_NEW: Final = ", ".join(f'excluded."{name}"' for name in _VALUES)


class PriceWriter(ABC):
    """What writes batches of prices. A row that is there with other figures is changed: the later file is right."""

    def __init__(self) -> None:
        self.added = self.changed = 0

    def write(self, batch: Batch, totals: Totals, refuse: Refuse) -> None:
        """Write a batch in one transaction. Rows that the file gives twice must agree."""
        with transaction.atomic(), connection.cursor() as cursor:
            self.merge(cursor, batch.prices)
        totals.unchanged += len(batch.prices)
        for line, price in batch.repeated:
            if _is_stored(price):
                totals.unchanged += 1
            else:
                refuse(line, f"the file has other figures for the same listing on {price[1]} further up")

    def finish(self, totals: Totals) -> None:
        """Count what was new and what has changed."""
        totals.added += self.added
        totals.changed += self.changed
        totals.unchanged -= self.added + self.changed

    @abstractmethod
    def merge(self, cursor: Any, prices: Sequence[Price]) -> None:
        """Write prices of different listings or days."""


class CopyingWriter(PriceWriter):
    """COPY into the table itself while all rows are new, and by way of a table of the session if not (PostgreSQL)."""

    _MAKE = f"CREATE TEMPORARY TABLE IF NOT EXISTS price_batch (LIKE {_TABLE}) ON COMMIT DELETE ROWS"
    _MERGE = f"""
        WITH written AS (
            INSERT INTO {_TABLE} AS present ({_NAMES}) SELECT {_NAMES} FROM price_batch
            ON CONFLICT (listing_id, date) DO UPDATE SET {_REPLACE} WHERE ({_OLD}) IS DISTINCT FROM ({_NEW})
            RETURNING xmax = 0 AS is_new
        ) SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
    """  # noqa: S608 - names of ours

    def __init__(self) -> None:
        super().__init__()
        self._is_new = True

    def merge(self, cursor: Any, prices: Sequence[Price]) -> None:
        """Write prices of different listings or days."""
        rows = "".join(
            [f"{a}\t{b}\t{c}\t{d}\t{e}\t{f}\t{g}\t{h}\n" for a, b, c, d, e, f, g, h in sorted(prices, key=_place)]
        )
        added = len(prices) if self._is_new and self._copied(cursor, rows) else -1
        if added < 0:
            cursor.execute(self._MAKE)
            self._copy(cursor, "price_batch", rows)
            cursor.execute(self._MERGE)
            added, changed = cursor.fetchone()
            self.changed += changed
        self.added += added
        # After an interruption, what follows the rows that are there is new.
        self._is_new = added == len(prices)

    def _copied(self, cursor: Any, rows: str) -> bool:
        """Say whether all rows were new, and have been written."""
        try:
            with transaction.atomic():
                self._copy(cursor, _TABLE, rows)
        except IntegrityError:
            return False
        return True

    def _copy(self, cursor: Any, table: str, rows: str) -> None:
        # None is what Python prints for what is missing.
        with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({_NAMES}) FROM STDIN (NULL 'None')") as copy:
            copy.write(rows)


class ManyWriter(PriceWriter):
    """`executemany`; what is new is known by counting the rows before and behind all of it (SQLite)."""

    _MERGE = f"""
        INSERT INTO {_TABLE} AS present ({_NAMES}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (listing_id, date) DO UPDATE SET {_REPLACE} WHERE ({_OLD}) IS NOT ({_NEW})
    """  # noqa: S608 - names of ours

    def __init__(self) -> None:
        super().__init__()
        self._before, self._written = _count(), 0

    def merge(self, cursor: Any, prices: Sequence[Price]) -> None:
        """Write prices of different listings or days."""
        # Django's own `executemany` would look at every row.
        self._written += cursor.connection.cursor().executemany(self._MERGE, sorted(prices, key=_place)).rowcount

    def finish(self, totals: Totals) -> None:
        """Count what was new and what has changed."""
        self.added = _count() - self._before
        self.changed = self._written - self.added
        super().finish(totals)


def price_writer() -> PriceWriter:
    """Return what writes to the newsroom's database."""
    return CopyingWriter() if connection.vendor == "postgresql" else ManyWriter()


#: Where a row is in the index: rows that come in its order are written faster.
_place: Final = itemgetter(0, 1)


def _count() -> int:
    return DailyPrice.objects.count()


def _is_stored(price: Price) -> bool:
    listing, day, *figures = price
    stored = DailyPrice.objects.filter(listing=listing, date=day).values_list(*_VALUES).first()
    return stored is not None and all(_same(one, other) for one, other in zip(stored, figures, strict=True))


def _same(stored: Any, printed: str | None) -> bool:
    if stored is None or printed is None:
        return stored is printed
    return bool(str(stored) == printed or type(stored)(printed) == stored)


def ahead[Item](items: Iterator[Item]) -> Iterator[Item]:
    """Yield items that another thread makes, one ahead: it goes on while the database server is at work.

    SQLite is at work in this very process, where two threads would only be in each other's way.
    """
    if connection.vendor != "postgresql":
        yield from items
        return
    with ThreadPoolExecutor(max_workers=1) as another:
        nothing: Any = object()
        coming = another.submit(next, items, nothing)
        while (item := coming.result()) is not nothing:
            coming = another.submit(next, items, nothing)
            yield item
