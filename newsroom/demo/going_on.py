"""The demo's market as it goes on after loading: what a provider would send now, and the closes of days since."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from articles.markets.exchanges import calendar
from articles.models import DailyPrice, Listing
from newsroom.demo.market import Walk

_DELAY: Final = timedelta(minutes=15)
_SOON: Final = timedelta(days=7)
#: How far back the newest daily price of a listing may lie.
_LATELY: Final = timedelta(days=60)

type Row = dict[str, Any]


def quotes(now: datetime) -> Iterator[Row]:
    """Yield a quote of each listing of the demo, as a provider with a delay of a quarter of an hour gives it."""
    for listing, walk in _walks(now):
        found = walk.price_at(now - _DELAY)
        if found is None:
            continue
        price, before, traded = found
        yield {
            "symbol": listing.symbol,
            "mic": listing.exchange.mic,
            "price": str(price),
            "previous_close": str(before),
            "currency": walk.unit,
            "as_of": traded.isoformat(),
            "delay_minutes": int(_DELAY / timedelta(minutes=1)),
        }


def closes(now: datetime) -> Iterator[Row]:
    """Yield the daily prices since those that are stored, as a file of end-of-day prices has them."""
    for listing, walk in _walks(now):
        for day, opened, high, low, close, volume in walk.days():
            closed_at = walk.calendar.closes_at(day)
            if day > walk.since[-1][0] and closed_at is not None and closed_at <= now:
                yield {
                    "date": day.isoformat(),
                    "symbol": listing.symbol,
                    "mic": listing.exchange.mic,
                    "open": str(opened),
                    "high": str(high),
                    "low": str(low),
                    "close": str(close),
                    "volume": str(volume),
                    "currency": walk.unit,
                }


def _walks(now: datetime) -> Iterator[tuple[Listing, Walk]]:
    newest: dict[int, list[DailyPrice]] = defaultdict(list)
    for row in DailyPrice.objects.filter(date__gte=(now - _LATELY).date()).order_by("listing", "date"):
        newest[row.listing_id] = [*newest[row.listing_id][-1:], row]
    for listing in Listing.objects.filter(pk__in=newest).select_related("exchange"):
        rows, mic = newest[listing.pk], listing.exchange.mic
        since = tuple((row.date, row.close) for row in rows)
        yield listing, Walk(mic, listing.symbol, rows[-1].currency, calendar(mic), (now + _SOON).date(), since=since)
