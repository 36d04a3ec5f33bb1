"""Filling the demo with made-up prices, quotes and rates that agree with what its stories say."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from articles.markets.exchanges import calendar
from articles.models import DailyPrice, Listing, Quote, ReferenceRate, Split
from articles.text.mark_forms import Statement
from newsroom.demo.market import Walk, rates

#: Who the prices are said to come from, wherever they are shown with their source.
PROVIDER: Final = "made up"
_DELAY: Final = timedelta(minutes=15)
#: A split that charts have to know of: the ticker, how many shares one became, and how long ago.
_SPLITS: Final = {"XNAS:CSLQ": (4, timedelta(days=500))}
_BATCH: Final = 2000
#: The first day that rates are kept for.
_RATES_FROM: Final = date(2023, 1, 2)
_YEARS: Final = timedelta(days=5 * 366)


class Trading:
    """The market of the demo: a walk for each listing, with the moves that stories tell of."""

    def __init__(self, listings: Mapping[str, Listing], said: Iterable[Statement], now: datetime) -> None:
        """Make the walks; `listings` are by "XNYS:BABA"."""
        self.now = now
        moves: dict[int, dict[date, Decimal]] = defaultdict(dict)
        #: The changes that stories tell of in the middle of a session, by listing and instant.
        self.told: dict[tuple[int, datetime], Decimal] = {}
        names = {listing.pk: name for name, listing in listings.items()}
        for statement in said:
            signed = _signed(statement)
            if signed is None or statement.as_of is None:
                continue
            mic = names[statement.listing].partition(":")[0]
            if statement.session == "close":
                moves[statement.listing][calendar(mic).date_at(statement.as_of)] = signed
            else:
                self.told[statement.listing, statement.as_of] = signed
        self.walks = {listing.pk: _walk(name, listing, moves[listing.pk], now) for name, listing in listings.items()}

    def store(self, published: Iterable[tuple[datetime, Iterable[int]]]) -> None:
        """Store daily prices, rates, splits, and quotes: what stories tell of, and at each publication and now.

        `published` are instants with the listings that were printed then.
        """
        for key, walk in self.walks.items():
            today = walk.calendar.date_at(self.now)
            first = today - _YEARS
            DailyPrice.objects.bulk_create(
                (
                    DailyPrice(
                        listing_id=key, date=day, open=opened, high=high, low=low, close=close, volume=volume,
                        currency=walk.unit,
                    )
                    for day, opened, high, low, close, volume in walk.days()
                    if first <= day and (end := walk.calendar.closes_at(day)) is not None and end <= self.now
                ),
                batch_size=_BATCH,
            )  # fmt: skip
            if walk.split:
                Split.objects.create(listing_id=key, date=walk.split[0], new=walk.split[1])
        ReferenceRate.objects.bulk_create(
            (
                ReferenceRate(currency=code, date=day, rate=rate)
                for day, worth in rates(_RATES_FROM, self.now.date())
                for code, rate in worth.items()
            ),
            batch_size=_BATCH,
        )
        self._store_quotes(published)

    def quotes(self, at: datetime, keys: Iterable[int] | None = None) -> list[Quote]:
        """Return a quote of each listing, or of these, as a provider with a delay would give it at an instant."""
        found = []
        for key in self.walks if keys is None else keys:
            quote = self._quote(key, at - _DELAY, received_at=at)
            if quote is not None:
                found.append(quote)
        return found

    def _store_quotes(self, published: Iterable[tuple[datetime, Iterable[int]]]) -> None:
        quotes = [
            quote
            for (key, moment), moved in self.told.items()
            if (quote := self._quote(key, moment, received_at=moment + timedelta(minutes=1), moved=moved))
        ]
        for at, keys in published:
            quotes += self.quotes(at, keys)
        quotes += self.quotes(self.now)
        unique = {(quote.listing_id, quote.as_of): quote for quote in reversed(quotes)}
        Quote.objects.bulk_create(unique.values(), batch_size=_BATCH)

    def _quote(self, key: int, at: datetime, *, received_at: datetime, moved: Decimal | None = None) -> Quote | None:
        walk = self.walks[key]
        found = walk.price_at(at, moved)
        if found is None:
            return None
        price, before, traded = found
        return Quote(
            listing_id=key, price=price, previous_close=before, currency=walk.unit, as_of=traded,
            received_at=received_at, delay_minutes=int(_DELAY / timedelta(minutes=1)), provider=PROVIDER,
        )  # fmt: skip


def _walk(name: str, listing: Listing, moves: Mapping[date, Decimal], now: datetime) -> Walk:
    mic, _colon, symbol = name.partition(":")
    days = calendar(mic)
    split = None
    if name in _SPLITS:
        shares, ago = _SPLITS[name]
        split = days.next_trading_day((now - ago).date()), shares
    unit = listing.price_unit or listing.currency
    return Walk(mic, symbol, unit, days, until=now.date() + timedelta(days=7), split=split, moves=moves)


def _signed(statement: Statement) -> Decimal | None:
    if statement.measure != "change-percent":
        return None
    return -statement.number if statement.direction == "down" else statement.number
