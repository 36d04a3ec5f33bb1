"""Prices of listings: what they are at an instant, and what they were when a story came out.

Pages that print what these functions return, but for `at_publication()`, say `prices=True`
(`articles.public.instant`), and know no more of the time than the minute: what was told until its end counts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from articles import records
from articles.markets.changes import StockSplit, as_of_today, change
from articles.markets.freshness import is_stale, is_stale_close
from articles.markets.sessions import Calendar
from articles.models.price_stamp import SETTLED
from articles.reading.calendars import calendars
from articles.reading.database import instant, rows
from articles.reading.house import House
from articles.reading.nouns import LISTED
from articles.reading.selection import LIVE, has_stories
from articles.reading.stamp import price_minute
from articles.states import CompanyKind

#: No page prints more prices than that.
MOST: Final = 50
_MINUTE: Final = timedelta(minutes=1)
#: It can be tomorrow already at an exchange.
_EAST: Final = timedelta(hours=14)
#: What was known so long before a story came out says nothing of the day it came out.
_NEWS: Final = timedelta(days=7)

#: The columns that say what a listing trades at, for a query with a listing `l`; see `Row`.
COLUMNS: Final = """
l.id, m.short_name || ':' || l.symbol, l.exchange_id, c.kind,
q.price, q.previous_close, q.currency, q.as_of, q.delay_minutes,
d.date, d.close, d.currency, p.date, p.close, o.date, o.close, s.date, s.new, s.old
"""
#: Where they are; takes an instant twice, until when was told what counts, and twice the last day that counts.
SOURCES: Final = """
LEFT JOIN articles_exchange m ON m.id = l.exchange_id LEFT JOIN articles_company c ON c.id = l.company_id
LEFT JOIN articles_quote q ON q.id = (
    SELECT k.id FROM articles_quote k WHERE k.listing_id = l.id AND k.as_of < %s AND k.received_at < %s
    ORDER BY k.as_of DESC, k.id DESC LIMIT 1)
LEFT JOIN articles_dailyprice d ON d.listing_id = l.id AND d.date = (
    SELECT max(k.date) FROM articles_dailyprice k WHERE k.listing_id = l.id AND k.date <= %s)
LEFT JOIN articles_dailyprice p ON p.listing_id = l.id AND p.date = (
    SELECT max(k.date) FROM articles_dailyprice k WHERE k.listing_id = l.id AND k.date < d.date)
LEFT JOIN articles_dailyprice o ON o.listing_id = l.id AND o.date = (
    SELECT max(k.date) FROM articles_dailyprice k WHERE k.listing_id = l.id AND k.date < p.date)
LEFT JOIN articles_split s ON s.id = (
    SELECT k.id FROM articles_split k WHERE k.listing_id = l.id AND k.date <= %s ORDER BY k.date DESC LIMIT 1)
"""
_LATEST: Final = f"SELECT {COLUMNS} FROM articles_listing l {SOURCES} WHERE l.id IN "  # noqa: S608
_PUBLISHED: Final = """
SELECT l.id, x.short_name || ':' || l.symbol, c.kind, q.price, q.previous_close, q.currency, q.as_of,
    q.delay_minutes
FROM articles_listing l JOIN articles_exchange x ON x.id = l.exchange_id JOIN articles_company c ON c.id = l.company_id
JOIN articles_quote q ON q.id = (
    SELECT k.id FROM articles_quote k
    WHERE k.listing_id = l.id AND k.as_of <= %s AND k.as_of > %s AND k.received_at <= %s
    ORDER BY k.as_of DESC, k.id DESC LIMIT 1)
WHERE l.id IN
"""

#: Listings of companies that readers can see; takes a day twice and five instants.
_PUBLIC: Final = f"""
SELECT l.id FROM articles_listing l JOIN articles_company x ON x.id = l.company_id
JOIN articles_exchange m ON m.id = l.exchange_id
WHERE {LISTED} AND x.merged_into_id IS NULL AND (x.from_reference OR {has_stories("company")})
"""  # noqa: S608 - texts of this house
_OF_STORY: Final = f"""
SELECT l.id FROM articles_edition e JOIN articles_editioncompany i ON i.edition_id = e.id
JOIN articles_listing l ON l.company_id = i.company_id AND l.is_primary
WHERE {LISTED} AND {LIVE} AND e.article_id = (
    SELECT k.article_id FROM articles_edition k WHERE k.public_key = %s AND k.live_from <= %s
    ORDER BY k.live_from DESC LIMIT 1)
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Row:
    """What is stored of a listing's prices, as `COLUMNS` has it: the newest quote, three closes, the last split."""

    listing: int
    ticker: str
    exchange: int
    kind: str
    quote: tuple[Any, ...]
    closes: tuple[tuple[date, Decimal], ...]
    currency: str
    split: StockSplit | None

    @classmethod
    def of(cls, row: Sequence[Any]) -> "Row | None":
        """Return what a row of `COLUMNS` says; None where it has no price."""
        listing, ticker, exchange, kind, *rest = row
        quote, (on, close, currency), closes, split = rest[:5], rest[5:8], rest[8:12], rest[12:]
        if quote[0] is None and on is None:
            return None
        pairs = [(on, close), (closes[0], closes[1]), (closes[2], closes[3])]
        return cls(
            listing=listing,
            ticker=ticker,
            exchange=exchange,
            kind=kind,
            quote=tuple(quote) if quote[0] is not None else (),
            closes=tuple((day(date_), number(amount)) for date_, amount in pairs if date_ is not None),
            currency=currency or "",
            split=StockSplit(day(split[0]), split[1], split[2]) if split[0] is not None else None,
        )


def bounds(at: datetime) -> tuple[datetime, datetime, date, date]:
    """Return the parameters of `SOURCES` for an instant."""
    until = price_minute(at) + _MINUTE
    last = (until + _EAST).date()
    return until, until, last, last


def prices(listings: Collection[int], at: datetime, house: House) -> tuple[records.Price, ...]:
    """Return what listings trade at, for those that have a price; two queries, `MOST` listings at most."""
    keys = sorted(set(listings))[:MOST]
    if not keys:
        return ()
    found = rows(f"{_LATEST} ({', '.join(['%s'] * len(keys))})", (*bounds(at), *keys))
    return priced((Row.of(row) for row in found), at, house)


def priced(found: Iterable[Row | None], at: datetime, house: House) -> tuple[records.Price, ...]:
    """Return prices, from rows that `COLUMNS` names; one query for exchanges that are new to the house."""
    stored = [row for row in found if row is not None]
    known = calendars({row.exchange for row in stored}, at, house) if stored else {}
    made = [_price(row, price_minute(at), known[row.exchange]) for row in stored]
    return tuple(price for price in made if price is not None)


def story_listings(key: str, at: datetime) -> list[int]:
    """Return the primary listings of the companies that the live story with a public key names; one query."""
    return [listing for (listing,) in rows(_OF_STORY, (at.date(), at.date(), *[at] * 4, key, at))]


def public_listings(keys: Collection[int], at: datetime) -> list[int]:
    """Return those of these listings that readers can see on the pages of their companies; one query."""
    if not keys:
        return []
    sql = f"{_PUBLIC} AND l.id IN ({', '.join(['%s'] * len(keys))})"
    return [listing for (listing,) in rows(sql, (at.date(), at.date(), *[at] * 5, *keys))]


def public_tickers(tickers: Collection[str], at: datetime) -> list[int]:
    """Return the listings printed as these tickers, "NYSE:BABA", that readers can see in the same way; one query."""
    if not tickers:
        return []
    marks = ", ".join(["%s"] * len(tickers))
    symbols = [ticker.rpartition(":")[2] for ticker in tickers]
    # The symbol finds them by its index.
    sql = f"{_PUBLIC} AND l.symbol IN ({marks}) AND m.short_name || ':' || l.symbol IN ({marks})"
    return [listing for (listing,) in rows(sql, (at.date(), at.date(), *[at] * 5, *symbols, *tickers))]


def at_publication(listings: Collection[int], at: datetime) -> tuple[records.Price, ...]:
    """Return what the newsroom knew of listings when a story was first published, `at`; one query.

    It is the same whenever it is asked for: quotes are never changed, one that is told later counts for later stories,
    and one that is stored late advances the public stamp.
    """
    keys = sorted(set(listings))
    if not keys:
        return ()
    known = at - SETTLED
    sql = f"{_PUBLISHED} ({', '.join(['%s'] * len(keys))})"
    found = []
    for listing, ticker, kind, price, previous, unit, as_of, delay in rows(sql, (known, known - _NEWS, known, *keys)):
        moment = instant(as_of)
        assert moment is not None  # noqa: S101  never null in the table
        before = number(previous) if previous is not None else None
        found.append(_record(listing, ticker, number(price), _unit(unit, kind), moment.date(), moment, before, delay))
    return tuple(found)


def number(kept: Any) -> Decimal:
    """Return a stored price without digits that say nothing; SQLite keeps it as a number of its own, or as text."""
    found = (kept if isinstance(kept, Decimal) else Decimal(str(kept))).normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral_value() else found


def day(kept: Any) -> date:
    """Return a stored day: SQLite keeps it as text."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept


def _price(row: Row, minute: datetime, calendar: Calendar | None) -> records.Price | None:
    """Return the newer of the newest quote and the newest close that is one by now."""
    until = minute + _MINUTE
    closes = [(on, close) for on, close in row.closes if _closed_at(on, calendar) < until]
    as_of = instant(row.quote[3]) if row.quote else None
    if as_of is not None and (not closes or _closed_at(closes[0][0], calendar) <= as_of):
        return _from_quote(row, as_of, closes, minute, calendar)
    if not closes:
        return None
    (on, close), *older = closes
    before = _as_of(older[0], row.split, on) if older else None
    stale = is_stale_close(on, minute, calendar)
    return _record(row.listing, row.ticker, close, _unit(row.currency, row.kind), on, None, before, 0, is_stale=stale)


def _from_quote(
    row: Row, as_of: datetime, closes: list[tuple[date, Decimal]], minute: datetime, calendar: Calendar | None
) -> records.Price:
    price, previous, unit, _moment, delay = row.quote
    on = calendar.date_at(as_of) if calendar else as_of.date()
    # A close in another unit, pounds beside pence, would make a change of ten thousand percent.
    older = [item for item in closes if item[0] < on and row.currency == unit]
    before = number(previous) if previous is not None else _as_of(older[0], row.split, on) if older else None
    stale = is_stale(as_of, minute, timedelta(minutes=delay), calendar)
    return _record(
        row.listing, row.ticker, number(price), _unit(unit, row.kind), on, as_of, before, delay, is_stale=stale
    )


def _record(
    listing: int,
    ticker: str,
    price: Decimal,
    unit: str,
    on: date,
    as_of: datetime | None,
    previous: Decimal | None,
    delay: int,
    *,
    is_stale: bool = False,
) -> records.Price:
    moved = None if previous is None else change(price, previous)
    return records.Price(
        listing=listing,
        ticker=ticker,
        price=price,
        unit=unit,
        on=on,
        as_of=as_of,
        change=moved.amount if moved else None,
        percent=moved.percent if moved else None,
        delay_minutes=delay,
        is_stale=is_stale,
    )


def _closed_at(on: date, calendar: Calendar | None) -> datetime:
    """Return when the close of a day was one: at the end of its trading, or of the day where that is not known."""
    closed = calendar.closes_at(on) if calendar else None
    midnight = datetime.combine(on + timedelta(days=1), time(), calendar.zone if calendar else UTC)
    return closed or midnight


def _as_of(close: tuple[date, Decimal], split: StockSplit | None, today: date) -> Decimal:
    return as_of_today(close[1], close[0], (split,) if split else (), today)


def _unit(currency: str, kind: str) -> str:
    """Return the unit of a price; an index is in points."""
    return "" if kind == CompanyKind.INDEX else currency
