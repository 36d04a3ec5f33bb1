"""Exchange rates by day: the latest one on or before a day, across the euro, and how far it moved around it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final, Protocol

from articles.markets.ecb import read_rates

#: A rate stands in for a day without one (weekends, holidays) for so many days.
REACH: Final = timedelta(days=7)
#: The published rates of these days around a story's are as good as that of its own.
BEFORE, AFTER = timedelta(days=4), timedelta(days=1)
#: How far a rate within the day may be from those published around it.
DRIFT: Final = Decimal("0.01")
_EURO: Final = "EUR"
#: What central banks hold at a fixed rate, and the ECB does not list: so many units for one unit of the other.
#: (BIS and IMF, AREAER; unchanged for decades.)
PEGS: Final = {
    "AED": ("USD", Decimal("3.6725")),
    "BHD": ("USD", Decimal("0.376")),
    "JOD": ("USD", Decimal("0.709")),
    "OMR": ("USD", Decimal("0.3845")),
    "QAR": ("USD", Decimal("3.64")),
    "SAR": ("USD", Decimal("3.75")),
    "XAF": ("EUR", Decimal("655.957")),
    "XOF": ("EUR", Decimal("655.957")),
    "BGN": ("EUR", Decimal("1.95583")),
}


class RateSource(Protocol):
    """Where reference rates come from: a file, or the newsroom's table of them."""

    def between(self, currency: str, first: date, last: date) -> Sequence[tuple[date, Decimal]]:
        """Return the units of a currency for one euro on each day that has a rate, both days included, oldest first."""


@dataclass(frozen=True, slots=True)
class CrossRate:
    """Units of one currency for one unit of another, on the day that both rates are of."""

    rate: Decimal
    on: date


class Rates:
    """Reference rates held in memory."""

    def __init__(self, rates: Iterable[tuple[date, str, Decimal]]) -> None:
        by_currency: dict[str, dict[date, Decimal]] = {}
        for on, currency, rate in rates:
            by_currency.setdefault(currency, {})[on] = rate
        self._values = {currency: sorted(days.items()) for currency, days in by_currency.items()}
        self._days = {currency: [on for on, _rate in values] for currency, values in self._values.items()}

    @classmethod
    def from_csv(cls, path: Path, refuse: Callable[[int, str], object] = lambda _line, _why: None) -> "Rates":
        """Return the rates of a file of the ECB's, CSV or zip; `refuse` is told of lines that cannot be used.

        Raises `articles.markets.ecb.UnreadableRates` for another file.
        """
        return cls((row.on, row.currency, row.rate) for row in read_rates(path, refuse))

    @property
    def currencies(self) -> frozenset[str]:
        """What there is a rate of, on some day."""
        return frozenset(self._values)

    def between(self, currency: str, first: date, last: date) -> Sequence[tuple[date, Decimal]]:
        """Return the rates of a currency from one day to another, oldest first."""
        days = self._days.get(currency, [])
        return self._values.get(currency, [])[bisect_left(days, first) : bisect_right(days, last)]


def cross_rates(source: RateSource, one: str, other: str, first: date, last: date) -> list[CrossRate]:
    """Return the units of `other` for one unit of `one` on each day that has both, oldest first."""
    dividends, divisors = (_per_euro(source, currency, first, last) for currency in (other, one))
    if dividends is None or divisors is None:
        # One of them is the euro, or moves with it alone.
        known = divisors if dividends is None else dividends
        fixed = _fixed(other if dividends is None else one)
        rates = [(on, fixed / rate if dividends is None else rate / fixed) for on, rate in known or ()]
        return [CrossRate(rate, on) for on, rate in rates]
    by_day = dict(divisors)
    return [CrossRate(rate / by_day[on], on) for on, rate in dividends if on in by_day]


def cross_rate(source: RateSource, one: str, other: str, on: date) -> CrossRate | None:
    """Return the units of `other` for one unit of `one` on the latest day until `on`, not older than a week."""
    rates = cross_rates(source, one, other, on - REACH, on)
    return rates[-1] if rates else None


def rate_band(source: RateSource, one: str, other: str, on: date) -> tuple[Decimal, Decimal] | None:
    """Return between which rates of `other` for `one` a newsroom may have converted on a day; None without a rate.

    Those published around the day are as good as its own, and within a day rates move by `DRIFT`.
    """
    rate = cross_rate(source, one, other, on)
    if rate is None:
        return None
    near = [rate.rate, *(found.rate for found in cross_rates(source, one, other, on - BEFORE, on + AFTER))]
    return min(near) * (1 - DRIFT), max(near) * (1 + DRIFT)


def _fixed(currency: str) -> Decimal:
    """Return the units for a euro of what never moves against it."""
    return Decimal(1) if currency == _EURO else PEGS[currency][1]


def _per_euro(source: RateSource, currency: str, first: date, last: date) -> Sequence[tuple[date, Decimal]] | None:
    """Return the rates of a currency against the euro; None for what never moves against it."""
    if currency == _EURO:
        return None
    own = source.between(currency, first, last)
    if own or currency not in PEGS:
        return own
    anchor, units = PEGS[currency]
    if anchor == _EURO:
        return None
    return [(on, rate * units) for on, rate in source.between(anchor, first, last)]
