"""What the markets page prints: what moved of what we cover, indices, currencies, watched listings and exchanges."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import DEFAULT_DB_ALIAS, connections

from articles import paths, records
from articles.markets.changes import change
from articles.markets.sessions import Calendar, Session
from articles.reading.calendars import calendars
from articles.reading.database import rows
from articles.reading.house import House
from articles.reading.nouns import LISTED
from articles.reading.prices import COLUMNS, SOURCES, Row, bounds, day, number, priced
from articles.reading.selection import LIVE, has_stories
from articles.reading.stamp import price_minute
from articles.states import CompanyKind

#: Companies that stories of so many days name are covered; of so many stories at most, and so many companies.
COVERED: Final = timedelta(days=7)
STORIES: Final = 200
COMPANIES: Final = 100
#: How many movers are shown, of each direction.
MOVERS: Final = 8
#: Base and quote of the pairs that are shown.
PAIRS: Final = (
    *(("EUR", "USD"), ("GBP", "USD"), ("USD", "JPY"), ("USD", "CNY")),
    *(("USD", "CHF"), ("USD", "HKD"), ("USD", "INR"), ("USD", "CAD")),
)
_RATE_DAYS: Final = timedelta(days=14)

#: What the index of watched listings has is said in other words on each database.
_IS_WATCHED: Final = "l.is_watched = 1" if connections[DEFAULT_DB_ALIAS].vendor == "sqlite" else "l.is_watched"
#: SQLite keeps to the order of a CROSS JOIN; of how few rows the small tables have it knows nothing.
_VISIBLE: Final = f"x.merged_into_id IS NULL AND (x.from_reference OR {has_stories('company')})"
_LISTINGS: Final = f"""
WITH recent AS MATERIALIZED (
    SELECT e.id FROM articles_edition e WHERE {LIVE} AND e.first_published_at > %s
    ORDER BY e.first_published_at DESC, e.article_id DESC LIMIT {STORIES}
), covered AS MATERIALIZED (
    SELECT i.company_id, count(*) AS stories FROM recent CROSS JOIN articles_editioncompany i
    WHERE i.edition_id = recent.id GROUP BY i.company_id ORDER BY count(*) DESC, i.company_id LIMIT {COMPANIES}
), shown AS MATERIALIZED (
    SELECT 'covered' AS place, l.id FROM covered CROSS JOIN articles_listing l CROSS JOIN articles_company x
    WHERE l.company_id = covered.company_id AND x.id = l.company_id AND l.is_primary AND {LISTED}
    AND x.kind = '{CompanyKind.COMPANY.value}'
    UNION ALL
    SELECT * FROM (
        SELECT 'index', l.id FROM articles_company x JOIN articles_listing l ON l.company_id = x.id AND l.is_primary
        WHERE x.kind = '{CompanyKind.INDEX.value}' AND {LISTED} AND {_VISIBLE} ORDER BY x.name, x.id LIMIT 20
    ) indices
    UNION ALL
    SELECT * FROM (
        SELECT 'watched', l.id FROM articles_listing l JOIN articles_company x ON x.id = l.company_id
        WHERE {_IS_WATCHED} AND {LISTED} AND {_VISIBLE} ORDER BY x.name, l.id LIMIT 30
    ) watched
)
SELECT shown.place, c.name, c.slug, {COLUMNS} FROM shown CROSS JOIN articles_listing l {SOURCES} WHERE l.id = shown.id
"""  # noqa: S608 - texts of this house
_RATES: Final = f"""
SELECT r.currency, r.date, r.rate FROM articles_referencerate r
WHERE r.currency IN ({", ".join(f"'{code}'" for code in sorted({*sum(PAIRS, ())} - {"EUR"}))})
AND r.date > %s AND r.date <= %s ORDER BY r.date
"""  # noqa: S608
_EXCHANGES: Final = "SELECT x.id, x.short_name, x.name, x.city FROM articles_exchange x ORDER BY x.short_name LIMIT 60"


def market_page(at: datetime, house: House) -> records.MarketPage:
    """Return what the markets page prints; four queries at most. The page must say that it prints prices."""
    today = at.date()
    span = (today, today)
    values: list[Any] = [*[at] * 4, at - COVERED, *span, *span, *[at] * 5, *span, *[at] * 5, *bounds(at)]
    found = rows(_LISTINGS, values)
    # The exchanges first: their calendars are those of the listings, too, and are asked for in one question.
    places = _places(at, house)
    stored = {row[3]: Row.of(row[3:]) for row in found}
    prices = {price.listing: price for price in priced(stored.values(), at, house)}
    lines: dict[str, list[records.MarketLine]] = defaultdict(list)
    for place, name, slug, listing, *_rest in found:
        if listing in prices:
            lines[place].append(records.MarketLine(name, paths.company(slug), prices[listing]))
    rising, falling = _movers(lines["covered"])
    return records.MarketPage(
        rising=rising,
        falling=falling,
        indices=tuple(sorted(lines["index"], key=lambda line: line.name)),
        watched=tuple(sorted(lines["watched"], key=lambda line: line.name)),
        rates=_rates(today),
        exchanges=places,
    )


def _movers(
    covered: Iterable[records.MarketLine],
) -> tuple[tuple[records.MarketLine, ...], tuple[records.MarketLine, ...]]:
    """Return the companies that rose and fell most, of those whose prices are current."""
    moved = [(line.price.percent, line) for line in covered if line.price.percent and not line.price.is_stale]
    moved.sort(key=lambda item: (-abs(item[0]), item[1].name))
    rising = tuple(line for percent, line in moved if percent > 0)
    falling = tuple(line for percent, line in moved if percent < 0)
    return rising[:MOVERS], falling[:MOVERS]


def _rates(today: date) -> tuple[records.PairRate, ...]:
    """Return the pairs of the newest day for which both currencies have a rate, with the change from the day before."""
    by_day: dict[date, dict[str, Decimal]] = defaultdict(lambda: {"EUR": Decimal(1)})
    for currency, on, rate in rows(_RATES, (today - _RATE_DAYS, today)):
        by_day[day(on)][currency] = number(rate)
    found = []
    for base, quoted in PAIRS:
        known = [(on, rates[quoted] / rates[base]) for on, rates in by_day.items() if {base, quoted} <= set(rates)]
        if known:
            (on, rate), before = known[-1], known[-2][1] if len(known) > 1 else None
            found.append(records.PairRate(base, quoted, rate, on, change(rate, before).percent if before else None))
    return tuple(found)


def _places(at: datetime, house: House) -> tuple[records.TradingPlace, ...]:
    """Return the exchanges whose hours are known: those that trade first, by what comes soonest."""
    found = rows(_EXCHANGES)
    known = calendars([key for key, *_names in found], at, house)
    places = [
        place
        for key, short_name, name, city in found
        if (calendar := known[key]) is not None
        and (place := _place(short_name, name, city, calendar, price_minute(at))) is not None
    ]
    return tuple(sorted(places, key=lambda place: (not place.is_open, place.changes_at, place.short_name)))


def _place(short_name: str, name: str, city: str, calendar: Calendar, minute: datetime) -> records.TradingPlace | None:
    session = calendar.session_at(minute)
    is_open = session is Session.REGULAR
    try:
        changes_at = calendar.next_close(minute) if is_open else calendar.next_open(minute)
    except LookupError:
        return None
    zone = str(calendar.zone)
    return records.TradingPlace(short_name, name, city, zone, is_open, session is Session.LUNCH, changes_at)
