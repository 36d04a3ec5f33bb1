"""Reading the public stamp: what tells one state of everything public from another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from articles.models.price_stamp import PriceStamp
from articles.models.stamp import INSTANTS, Instant, PublicStamp
from articles.reading import database, instants

# When the question came to the server: the same in all of it, unlike clock_timestamp(), and so good for an index.
_NOW: Final = "statement_timestamp()"
#: What is added to the question for a page with prices: columns, and where they are.
_PRICES: Final = (
    "prices.counter, prices.nonce, ",
    f" LEFT JOIN {PriceStamp._meta.db_table} prices ON prices.id = 1",
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The public stamp at an instant. Two are equal exactly while nothing public changes.

    `counter` is how many writes have changed something public. `changed_at` is when something changed last, by a write
    or because its instant came; None where nothing ever did. `prices` is there for pages that print prices and "" for
    all others: the same while no price changes and the minute of the instant has not passed (see `price_minute()`).
    """

    at: datetime = field(compare=False)
    token: str
    counter: int
    changed_at: datetime | None
    prices: str = ""

    @property
    def key(self) -> str:
        """What tells everything that a page may print from what it was before."""
        return f"{self.token} {self.prices}" if self.prices else self.token


def now() -> datetime:
    """Return the present instant by the clock that CLOCK names: this machine's, or that of the primary database."""
    if settings.CLOCK != "database":
        return timezone.now()
    ((present,),) = database.rows("SELECT clock_timestamp()", alias=DEFAULT_DB_ALIAS)
    at: datetime = present
    return at


def stamp(at: datetime, *, prices: bool = False, alias: str = DEFAULT_DB_ALIAS) -> Stamp:
    """Return the public stamp at an instant; one query, to the primary unless a replica is asked for its own.

    With `prices` it tells states of the prices apart, too. Keep nothing under the stamp of an instant to come: what
    waits for it can still be moved without a word.
    """
    passed = [instants.newest_passed(instant, at) for instant in INSTANTS]
    return _told(at, database.rows(_question(prices=prices), passed, alias=alias)[0], prices=prices)


def present_stamp(*, prices: bool = False) -> Stamp:
    """Return the public stamp at the present instant (see `now()`); one query, the clock of the database included."""
    if settings.CLOCK != "database":
        return stamp(timezone.now(), prices=prices)
    at, *row = database.rows(_question(prices=prices, is_present=True), alias=DEFAULT_DB_ALIAS)[0]
    return _told(at, row, prices=prices)


def price_minute(at: datetime) -> datetime:
    """Return the beginning of the minute of an instant, in UTC: all that pages with prices may know of the time."""
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _told(at: datetime, row: Sequence[Any], *, prices: bool) -> Stamp:
    if not prices:
        return Stamp(at, *_read(tuple(row)))
    counter, nonce, *rest = row
    return Stamp(at, *_read(tuple(rest)), f"{counter or 0}-{nonce or ''}-{price_minute(at):%Y%m%d%H%M}")


@lru_cache(maxsize=8)
def _read(row: tuple[Any, ...]) -> tuple[str, int, datetime | None]:
    """Return token, counter and last change. Requests find the same row until something changes."""
    counter, nonce, written_at = row[0] or 0, row[1] or "", database.instant(row[2])
    passed = [instants.moment(instant, value) for instant, value in zip(INSTANTS, row[3:], strict=True)]
    changed_at = max((moment for moment in (written_at, *passed) if moment is not None), default=None)
    digest = blake2b(repr((nonce, passed)).encode(), digest_size=9)
    return f"{counter}-{digest.hexdigest()}", counter, changed_at


def trustworthy() -> bool:
    """Say whether what is read now can be kept: inside a transaction it may never be committed, or is not stamped."""
    return not _in_transaction()


def _in_transaction() -> bool:
    return connections[DEFAULT_DB_ALIAS].in_atomic_block


@cache
def _question(*, prices: bool, is_present: bool = False) -> str:
    """Return the one query: the row of the stamp, and for each kind of instant the newest that has passed.

    The present instant, by the database's own clock (PostgreSQL), comes first; another one is a parameter. Behind it
    comes the row of the price stamp where that is asked for.
    """
    own = PublicStamp._meta.db_table
    probes = ", ".join(_probe(instant, _present(instant) if is_present else "%s") for instant in INSTANTS)
    present = f"{_NOW}, " if is_present else ""
    priced, beside = _PRICES if prices else ("", "")
    return (
        f"SELECT {present}{priced}stamp.counter, stamp.nonce, stamp.changed_at, {probes} "  # noqa: S608 - only names of ours
        f"FROM (SELECT 1) here LEFT JOIN {own} stamp ON stamp.id = 1{beside}"
    )


def _probe(instant: Instant, bound: str) -> str:
    table, column = instants.column(instant)
    return f"(SELECT max({column}) FROM {table} WHERE {column} <= {bound})"  # noqa: S608 - only names of ours


def _present(instant: Instant) -> str:
    """Return up to which value an instant has passed now, in SQL."""
    bound = f"{_NOW} - interval '{instant.after // timedelta(microseconds=1)} microseconds'"
    return f"(({bound}) AT TIME ZONE 'UTC')::date" if instants.is_day(instant) else bound
