"""Made-up prices and rates for the demo: the same on every machine for the same day, and true of no company.

Nothing is stored: a price is a walk from its beginning to a day, each step drawn from the ticker and the day, so the
demo that is loaded tomorrow goes on where today's stands.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from random import Random
from typing import Final

from articles.markets.sessions import Calendar

#: The day on which every price begins.
BEGINS: Final = date(2020, 6, 1)
#: The smallest step of a price in its unit.
_TICKS: Final = {"JPY": Decimal(1), "GBX": Decimal("0.5"), "HKD": Decimal("0.02")}
#: Between which prices listings begin, in their unit.
_SPANS: Final = {"XXX": (3200, 21000), "JPY": (700, 6000), "GBX": (90, 2400), "HKD": (9, 160)}
_DAILY, _TOGETHER, _DRIFT = 0.013, 0.006, 0.0003
#: Units of each currency for a euro when the walk begins; the yuan and the Hong Kong dollar follow the US dollar.
_RATES: Final = {
    "USD": 1.11, "GBP": 0.86, "JPY": 148.0, "CHF": 0.98, "SEK": 11.1, "NOK": 11.3, "DKK": 7.45, "PLN": 4.4,
    "CZK": 24.6, "AUD": 1.63, "CAD": 1.49, "NZD": 1.78, "INR": 91.0, "KRW": 1440.0, "SGD": 1.45, "BRL": 5.6,
    "MXN": 19.4, "ZAR": 19.6, "TRY": 31.0,
}  # fmt: skip
_PEGGED: Final = {"CNY": 7.17, "HKD": 7.80}


@dataclass(frozen=True)
class Walk:
    """The prices of a listing.

    `unit` is what they are in, USD or GBX for pence; `since` the last days with their closes that they go on from, if
    any; `split` is the first day of more shares, and how many there are of each; `moves` are the changes in percent
    that stories tell of, by day.
    """

    mic: str
    symbol: str
    unit: str
    calendar: Calendar
    until: date
    since: tuple[tuple[date, Decimal], ...] = ()
    split: tuple[date, int] | None = None
    moves: Mapping[date, Decimal] = field(default_factory=dict)

    @cached_property
    def closes(self) -> dict[date, Decimal]:
        """The closing prices by trading day, in order, as they were printed at the time."""
        found = dict(self.since)
        price, first = self._first(), BEGINS
        if self.since:
            last, close = self.since[-1]
            price, first = float(close), last + timedelta(days=1)
        for day in self.calendar.trading_days(first, self.until):
            price *= 1 + (float(self.moves[day]) / 100 if day in self.moves else self._move(day))
            shares = self.split[1] if self.split and day < self.split[0] else 1
            found[day] = self._rounded(price * shares)
        return found

    def days(self) -> Iterator[tuple[date, Decimal, Decimal, Decimal, Decimal, int]]:
        """Yield day, open, high, low, close and volume."""
        before: Decimal | None = None
        for day, close in self.closes.items():
            if self.split and day == self.split[0] and before is not None:
                before = self._rounded(float(before) / self.split[1])
            random = self._random(day, "day")
            opened = self._rounded(float(before or close) * (1 + random.gauss(0, 0.004)))
            high = self._rounded(float(max(opened, close)) * (1 + abs(random.gauss(0, 0.004))))
            low = self._rounded(float(min(opened, close)) * (1 - abs(random.gauss(0, 0.004))))
            yield (
                day,
                opened,
                max(high, opened, close),
                min(low, opened, close),
                close,
                random.randrange(90_000, 9_000_000),
            )
            before = close

    def price_at(self, at: datetime, moved: Decimal | None = None) -> tuple[Decimal, Decimal, datetime] | None:
        """Return the price, the close before and the instant of the last trade at `at`; None before the first day.

        `moved` is the change in percent that the price must show.
        """
        day = self.calendar.date_at(at)
        opened = self.calendar.opens_at(day)
        if opened is None or at < opened:
            day = self.calendar.previous_trading_day(day)
        closes = self.calendar.closes_at(day)
        opened = self.calendar.opens_at(day)
        before = self.closes.get(self.calendar.previous_trading_day(day))
        if before is None or opened is None or closes is None or day not in self.closes:
            return None
        traded = min(at, closes).replace(second=0, microsecond=0)
        if moved is not None:
            return self._rounded(float(before) * (1 + float(moved) / 100)), before, traded
        part = (traded - opened) / (closes - opened)
        move = float(self.closes[day]) / float(before) - 1
        stray = self._random(day, traded.isoformat()).gauss(0, 0.002) * math.sin(math.pi * part)
        return self._rounded(float(before) * (1 + move * part + stray)), before, traded

    def _first(self) -> float:
        low, high = _SPANS.get(self.unit, (12, 320))
        return Random(f"{self.mic}:{self.symbol}").uniform(low, high)  # noqa: S311 - a made-up price

    def _move(self, day: date) -> float:
        all_together = Random(f"market {day}").gauss(0, _TOGETHER)  # noqa: S311
        return all_together + self._random(day, "move").gauss(_DRIFT, _DAILY)

    def _random(self, day: date, what: str) -> Random:
        return Random(f"{self.mic}:{self.symbol} {day} {what}")  # noqa: S311

    def _rounded(self, price: float) -> Decimal:
        tick = _TICKS.get(self.unit, Decimal("0.01"))
        return max(tick, (Decimal(repr(price)) / tick).quantize(Decimal(1), ROUND_HALF_UP) * tick)


def rates(first: date, last: date) -> Iterator[tuple[date, Mapping[str, Decimal]]]:
    """Yield days and how many units of each currency a euro is worth on them; weekends have none."""
    worth = dict(_RATES)
    day = BEGINS
    while day <= last:
        if day.weekday() < 5:
            for code in worth:
                worth[code] *= 1 + Random(f"{code} {day}").gauss(0, 0.003)  # noqa: S311
            pegged = {
                code: worth["USD"] * units * (1 + Random(f"{code} {day}").gauss(0, 0.0005))  # noqa: S311
                for code, units in _PEGGED.items()
            }
            if day >= first:
                yield day, {code: Decimal(f"{rate:.5g}") for code, rate in sorted({**worth, **pegged}.items())}
        day += timedelta(days=1)


def at_local(calendar: Calendar, day: date, clock: time) -> datetime:
    """Return the instant of a time of day at an exchange."""
    return datetime.combine(day, clock, calendar.zone).astimezone(UTC)
