"""Whether a conversion in copy holds, by the reference rates of the story's day.

Both sums are intervals: the figures are rounded, and words like "more than" open one side. The rate is one, too: a
newsroom may have used that of the day before or of any hour. A conversion is wrong when the intervals do not meet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Final, Literal

from articles.markets.causes import looks_like, mislabeled
from articles.markets.intervals import Interval, converted_interval, source_interval
from articles.markets.pairs import Pair
from articles.markets.rates import CrossRate, RateSource, cross_rate, rate_band

Status = Literal["ok", "wrong", "unknown"]

#: Sums that are further apart, for no reason that we know, are not meant to be the same.
FURTHEST: Final = 50
_PLACES: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rates say of a pair.

    `converted` is the sum at the rate of `rate_on`, `rate` the units of `target` for one of `source`; for a range
    they are of its lower end. `deviation` is how far the printed conversion is from it and `tolerance` how far it may
    be, both as shares (0.05 is five in a hundred). `why` is for an editor. Without a rate the status is "unknown",
    and both currencies may be empty.
    """

    status: Status
    why: str
    source: str = ""
    target: str = ""
    converted: Decimal | None = None
    rate: Decimal | None = None
    rate_on: date | None = None
    deviation: Decimal | None = None
    tolerance: Decimal | None = None


def judge(pair: Pair, rates: RateSource, on: date) -> Verdict:
    """Return whether a conversion agrees with the rates of a story's day.

    A sign that may mean several currencies is given the benefit: one that fits is enough. What cannot be judged, for
    want of a rate or because the sentence speaks of another year whose rates fit, is "unknown".
    """
    if pair.is_one_currency:
        return _judge_sign(pair, rates, on)
    verdicts = list(_verdicts(pair, rates, on))
    best = next((verdict for verdict in verdicts if verdict.status == "ok"), None)
    if best is not None:
        return best
    judged = [verdict for verdict in verdicts if verdict.rate is not None]
    if not judged:
        return verdicts[0]
    if len(judged) < len(verdicts) and not (pair.amount.currency and pair.conversion.currency):
        return _judge_dollars(pair, rates, on)
    return judged[0]


def _judge_sign(pair: Pair, rates: RateSource, on: date) -> Verdict:
    """Return whether one of two sums in one currency has the sign of another: if they agree at its rate."""
    currency = pair.amount.currency
    cause = mislabeled(pair, currency, rates, on)
    if cause is None:
        return Verdict("unknown", "Both sums are in one currency.", currency, currency)
    return Verdict("wrong", cause.words, currency, currency)


def _judge_dollars(pair: Pair, rates: RateSource, on: date) -> Verdict:
    """Return what is known of a sum whose currency is undecided: "US$12.4bn ($1.6bn)" may be of two American ones."""
    is_american = (
        "USD" in {pair.amount.currency, pair.conversion.currency}
        and "$" in pair.amount.text[:1] + pair.conversion.text[:1]
    )
    cause = mislabeled(pair, "USD", rates, on) if is_american else None
    if cause is None:
        return Verdict("unknown", "The copy does not say whose money it is.")
    return Verdict("wrong", cause.words)


def _verdicts(pair: Pair, rates: RateSource, on: date) -> Iterator[Verdict]:
    """Yield a verdict for everything that the two signs may mean."""
    for source, target in product(pair.amount.currencies, pair.conversion.currencies):
        if source == target:
            continue
        rate = cross_rate(rates, source, target, on)
        if rate is None:
            why = f"There is no rate of {source} in {target} within a week before {on}."
            yield Verdict("unknown", why, source, target)
        else:
            yield _compare(pair, source, target, rate, rates, on)


def _compare(pair: Pair, source: str, target: str, rate: CrossRate, rates: RateSource, on: date) -> Verdict:
    """Return the verdict where both currencies and the rate are known."""
    band = Interval(*(rate_band(rates, source, target, on) or (rate.rate, rate.rate)))
    gaps = [_gap(pair, first, second, rate.rate, band) for first, second in _ends(pair)]
    holds = [deviation is not None and abs(deviation) <= tolerance for deviation, tolerance in gaps]
    deviation, tolerance = gaps[0] if all(holds) else gaps[holds.index(False)]
    converted = pair.amount.low * rate.rate
    figures = (source, target, converted, rate.rate, rate.on, deviation, tolerance)
    if all(holds):
        return Verdict("ok", "The conversion agrees with the rate.", *figures)
    status, why = _explain(pair, source, target, rates, on)
    return Verdict(status, why, *figures)


def _ends(pair: Pair) -> list[tuple[Decimal, Decimal]]:
    """Return which figures have to agree: of two ranges both ends, of a range and a sum whichever is nearer."""
    amount, conversion = pair.amount, pair.conversion
    if amount.is_range == conversion.is_range:
        return [(amount.low, conversion.low), (amount.high, conversion.high)][: 2 if amount.is_range else 1]
    # "raised it from 2 billion to 3 billion yuan ($420 million)" converts the last figure.
    return [(amount.high, conversion.high)]


def _gap(pair: Pair, value: Decimal, printed: Decimal, rate: Decimal, band: Interval) -> tuple[Decimal | None, Decimal]:
    """Return how far a printed conversion is from the value at the rate, and how far it may be on that side."""
    value, printed = abs(value), abs(printed)
    converted = value * rate
    source = source_interval(pair.amount, value)
    target = converted_interval(pair.conversion, printed)
    low, high = source.low * band.low, source.high * band.high
    if not converted:
        return (Decimal(0), Decimal(0)) if target.low <= 0 else (None, Decimal(0))
    deviation = printed / converted - 1
    room = high + printed - target.low if deviation > 0 else low + printed - target.high
    tolerance = abs(room / converted - 1)
    return deviation.quantize(_PLACES), tolerance.quantize(_PLACES)


def _explain(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> tuple[Status, str]:
    """Return what a conversion that does not hold is, and what probably happened."""
    cause = looks_like(pair, source, target, rates, on)
    if cause is not None and cause.year in pair.years:
        return "unknown", f"The conversion agrees with the rate of {cause.year}, which the sentence names."
    if cause is not None:
        return "wrong", cause.words
    if _is_far(pair, source, target, rates, on):
        return "unknown", "The two sums are too far apart to be meant as the same one."
    return "wrong", "The conversion does not agree with the rate."


def _is_far(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> bool:
    rate = cross_rate(rates, source, target, on)
    if rate is None or not pair.amount.high or not pair.conversion.high:
        return False
    ratio = abs(pair.conversion.high / (pair.amount.high * rate.rate))
    return not 1 / Decimal(FURTHEST) < ratio < FURTHEST
