"""What probably happened where a conversion is wrong: a place too many, another word, currency or year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from articles.markets.currencies import currency_name
from articles.markets.intervals import converted_interval, source_interval
from articles.markets.pairs import Pair
from articles.markets.rates import RateSource, cross_rate, cross_rates, rate_band

#: What newsrooms convert from and into, the commonest first.
COMMON: Final = "USD EUR GBP JPY CNY HKD AUD CAD CHF SGD INR KRW NZD SEK NOK DKK BRL MXN TWD".split()
_TIMES: Final = {1: "ten", 2: "a hundred", 3: "a thousand", 4: "ten thousand", 6: "a million"}
_SCALES: Final = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
#: A slip by a word is plain even if the rate was not the best one.
_PLAIN: Final = Decimal("0.2")
#: Sums this near are likelier to have another year's rate than another currency's.
_NEAR: Final = Decimal("0.25")
_YEARS: Final = 15


@dataclass(frozen=True, slots=True)
class Cause:
    """What explains a wrong conversion, in words for an editor; `year` is the one whose rate it agrees with, or 0."""

    words: str
    year: int = 0


def looks_like(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> Cause | None:
    """Return the first explanation that makes the two sums agree, or None."""
    rate = cross_rate(rates, source, target, on)
    if rate is None or not pair.amount.high:
        return None
    ratio = abs(pair.conversion.high / (pair.amount.high * rate.rate))
    slip = _slip(pair, ratio, rate_band(rates, source, target, on) or (rate.rate, rate.rate))
    if slip:
        return slip
    years, currencies = _years(pair, source, target, rates, on), _currencies(pair, source, target, rates, on)
    first, second = (years, currencies) if abs(ratio - 1) < _NEAR else (currencies, years)
    return next(first, None) or next(second, None)


def mislabeled(pair: Pair, currency: str, rates: RateSource, on: date) -> Cause | None:
    """Return which currency one of two sums, both printed in the same one, really is in; None if in no common one."""
    for code in COMMON[:12]:
        if code == currency:
            continue
        for one, other, which in ((currency, code, "second"), (code, currency, "first")):
            band = rate_band(rates, one, other, on)
            if band and agrees(pair, band):
                names = currency_name(currency), currency_name(code)
                return Cause(f"Both sums are printed in {names[0]}; the {which} one agrees with {names[1]}.")
    return None


def agrees(pair: Pair, band: tuple[Decimal, Decimal]) -> bool:
    """Say whether the sums of a pair, or the upper ends of their ranges, agree at one of the rates between two."""
    source = source_interval(pair.amount, abs(pair.amount.high))
    target = converted_interval(pair.conversion, abs(pair.conversion.high))
    return source.low * band[0] <= target.high and target.low <= source.high * band[1]


def _slip(pair: Pair, ratio: Decimal, band: tuple[Decimal, Decimal]) -> Cause | None:
    """Return the slip by a power of ten that a ratio of two sums shows, if it shows one."""
    for exponent, times in _TIMES.items():
        for sign, size in ((exponent, "large"), (-exponent, "small")):
            is_plain = exponent > 1 and abs(ratio.scaleb(-sign) - 1) <= _PLAIN
            if is_plain or agrees(pair, (band[0].scaleb(sign), band[1].scaleb(sign))):
                printed, meant = _SCALES.get(pair.conversion.scale), _SCALES.get(pair.conversion.scale - sign)
                word = f": it looks like {printed} for {meant}" if printed and meant else ""
                return Cause(f"The conversion is {times} times too {size}{word}.")
    return None


def _currencies(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> Iterator[Cause]:
    for code in COMMON:
        if code in {source, target}:
            continue
        into = rate_band(rates, source, code, on)
        if into and agrees(pair, into):
            yield Cause(f"The conversion agrees with {currency_name(code)} instead of {currency_name(target)}.")
        out_of = rate_band(rates, code, target, on)
        if out_of and agrees(pair, out_of):
            yield Cause(f"The sum agrees with {currency_name(code)} instead of {currency_name(source)}.")


def _years(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> Iterator[Cause]:
    """Yield the years whose rates the sums agree with: those the sentence names, then the nearest first."""
    near = sorted(range(on.year - _YEARS, on.year + _YEARS), key=lambda year: abs(year - on.year))
    for year in [*sorted(year for year in pair.years if year < on.year), *near]:
        if year == on.year or not date.min.year <= year <= date.max.year:
            continue
        found = [rate.rate for rate in cross_rates(rates, source, target, date(year, 1, 1), date(year, 12, 31))]
        if found and agrees(pair, (min(found), max(found))):
            yield Cause(f"The conversion agrees with the rate of {year}.", year)
