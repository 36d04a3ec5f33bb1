"""Sums of money in copy and what they are said to be in another currency, by the stored reference rates."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from articles.markets.money import Amount, Checked, amount_text, check, find_amounts
from articles.models import ReferenceRate
from articles.quality.copy import Copy
from articles.quality.problems import Problem

#: The days whose rates are read for a story in one query: of its own week, and of a holiday before.
_NEAR: Final = timedelta(days=20)
_AHEAD: Final = timedelta(days=2)
#: How far back it is looked for the year whose rate somebody has taken: a currency a query, and only for what is wrong.
_FAR: Final = timedelta(days=13 * 366)

type _Days = list[tuple[date, Decimal]]


class StoredRates:
    """The reference rates of the database, as `articles.markets.rates` asks for them, around the day of a story."""

    def __init__(self, on: date) -> None:
        """Read nothing yet."""
        self._on = on
        self._near: dict[str, _Days] | None = None
        self._far: dict[str, _Days] = {}

    def between(self, currency: str, first: date, last: date) -> Sequence[tuple[date, Decimal]]:
        """Return the units of a currency for a euro on each day that has a rate, oldest first."""
        is_near = self._on - _NEAR <= first and last <= self._on + _AHEAD
        known = self._of_near_days().get(currency, []) if is_near else self._of_all_days(currency)
        return [(day, rate) for day, rate in known if first <= day <= last]

    def _of_near_days(self) -> dict[str, _Days]:
        if self._near is None:
            self._near = {}
            rates = ReferenceRate.objects.filter(date__range=(self._on - _NEAR, self._on + _AHEAD))
            for currency, day, rate in rates.order_by("date").values_list("currency", "date", "rate"):
                self._near.setdefault(currency, []).append((day, rate))
        return self._near

    def _of_all_days(self, currency: str) -> _Days:
        if currency not in self._far:
            rates = ReferenceRate.objects.filter(currency=currency, date__range=(self._on - _FAR, self._on + _AHEAD))
            self._far[currency] = list(rates.order_by("date").values_list("date", "rate"))
        return self._far[currency]


def conversions(copy: Copy, rates: StoredRates) -> list[Checked]:
    """Return the sums of the copy that are given in a second currency, each with its verdict."""
    return check(copy.text, rates, copy.on)


def lone_amounts(copy: Copy, checked: Sequence[Checked]) -> list[Amount]:
    """Return the sums that stand in one currency only."""
    paired = {(amount.start, amount.end) for one in checked for amount in (one.pair.amount, one.pair.conversion)}
    return [amount for amount in find_amounts(copy.text) if (amount.start, amount.end) not in paired]


def verdict_words(checked: Checked) -> str:
    """Return what the rates say of a conversion: verdict, rate, its day, the sum at that rate, and the tolerance."""
    verdict = checked.verdict
    if verdict.rate is None or verdict.converted is None or verdict.rate_on is None:
        return verdict.why
    values = {
        "source": verdict.source,
        "rate": f"{verdict.rate.normalize():.6g}",
        "target": verdict.target,
        "day": date_format(verdict.rate_on, "j F Y"),
        "converted": amount_text(verdict.converted, verdict.target, 3),
    }
    said = _("%(source)s 1 = %(target)s %(rate)s on %(day)s makes it %(converted)s.") % values
    if verdict.deviation is None or verdict.tolerance is None:
        return f"{verdict.why} {said}"
    far = {"deviation": _percent(verdict.deviation), "tolerance": _percent(verdict.tolerance)}
    return f"{verdict.why} {said} " + _("It is %(deviation)s%% off; %(tolerance)s%% may be rounding.") % far


def money_warnings(copy: Copy) -> Iterator[Problem]:
    """Yield conversions that are wrong, with both numbers and what probably happened."""
    for checked in conversions(copy, StoredRates(copy.on)):
        if checked.verdict.status == "wrong":
            pair = checked.pair
            words = copy.text[pair.start : pair.end]
            yield Problem("body", f"“{words}”: {verdict_words(checked)}")


def _percent(share: Decimal) -> str:
    return f"{abs(share) * 100:.1f}"
