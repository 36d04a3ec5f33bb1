"""The stored prices that a statement in copy is held against: two queries for all statements of a story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q

from articles.models import DailyPrice, Quote, Split

#: A quote is that of a moment if it is not further from it.
NEAR: Final = timedelta(minutes=15)
#: The close before a day is looked for so far back: longer than any exchange closes for holidays.
BACK: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """When the price of a listing is wanted: at an instant, or for `is_close` at the close of a day at the exchange."""

    listing: int
    at: datetime
    day: date
    is_close: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """A price and the close of the day before in the same unit, as the exchange quotes it; None where it is unknown."""

    price: Decimal
    previous_close: Decimal | None
    unit: str


def stored_prices(moments: Iterable[Moment]) -> dict[Moment, Stored]:
    """Return what was stored of each moment; moments of which nothing is known are left out."""
    wanted = set(moments)
    if not wanted:
        return {}
    days, quotes, splits = Q(), Q(), Q()
    for moment in wanted:
        days |= Q(listing=moment.listing, date__range=(moment.day - BACK, moment.day))
        quotes |= Q(listing=moment.listing, as_of__range=(moment.at - NEAR, moment.at + NEAR))
        splits |= Q(listing=moment.listing, date=moment.day)
    prices: dict[int, list[DailyPrice]] = {}
    for price in DailyPrice.objects.filter(days).order_by("date"):
        prices.setdefault(price.listing_id, []).append(price)
    near: dict[int, list[Quote]] = {}
    for quote in Quote.objects.filter(quotes):
        near.setdefault(quote.listing_id, []).append(quote)
    ratios = {(split.listing_id, split.date): Decimal(split.old) / split.new for split in Split.objects.filter(splits)}
    found = {}
    for moment in wanted:
        ratio = ratios.get((moment.listing, moment.day), Decimal(1))
        stored = _stored(moment, prices.get(moment.listing, []), near.get(moment.listing, []), ratio)
        if stored is not None:
            found[moment] = stored
    return found


def _stored(moment: Moment, prices: list[DailyPrice], quotes: list[Quote], ratio: Decimal) -> Stored | None:
    """Return the price of a moment; `ratio` turns the close before a split into today's shares."""
    before = [price for price in prices if price.date < moment.day]
    closed = next((price for price in prices if price.date == moment.day), None)
    if moment.is_close and closed is not None:
        return Stored(closed.close, _previous(before, closed.currency, ratio), closed.currency)
    # Of what was told at the same time the newest: a provider puts its own quotes right.
    quote = min(quotes, key=lambda one: (abs(one.as_of - moment.at), -one.pk), default=None)
    if quote is None:
        return None
    previous = quote.previous_close
    if previous is None:
        previous = _previous(before, quote.currency, ratio)
    return Stored(quote.price, previous, quote.currency)


def _previous(before: list[DailyPrice], unit: str, ratio: Decimal) -> Decimal | None:
    last = before[-1] if before else None
    return last.close * ratio if last is not None and last.currency == unit else None


def days_around(moments: Iterable[datetime]) -> tuple[date, date]:
    """Return the first and the last day that moments may be in, anywhere on earth; today's for none."""
    known = list(moments) or [datetime.now(UTC)]
    return min(known).date() - timedelta(days=10), max(known).date() + timedelta(days=2)
