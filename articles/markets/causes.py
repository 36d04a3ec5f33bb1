"""What probably happened where a conversion is wrong: a place too many, another word, currency or year."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from articles.markets.currencies import currency_name
from articles.markets.intervals import Interval, converted_interval, source_interval
from articles.markets.pairs import Pair
from articles.markets.rates import RateSource, cross_rate, cross_rates

#: What newsrooms convert from and into, the commonest first.
_COMMON: Final = "USD EUR GBP JPY CNY HKD AUD CAD CHF SGD INR KRW NZD SEK NOK DKK BRL MXN TWD".split()
_DRIFT: Final = Decimal("0.0075")
_PLACES: Final = {
    1: "The conversion is ten times too large.",
    -1: "The conversion is ten times too small.",
    2: "The conversion is a hundred times too large.",
    -2: "The conversion is a hundred times too small.",
    3: "The conversion is a thousand times too large",
    -3: "The conversion is a thousand times too small",
    6: "The conversion is a million times too large",
    -6: "The conversion is a million times too small",
}
_SCALES: Final = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
_YEARS: Final = 12


@dataclass(frozen=True, slots=True)
class Cause:
    """What explains a wrong conversion, in words for an editor; `year` is the one whose rate it agrees with, or 0."""

    words: str
    year: int = 0


def looks_like(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> Cause | None:
    """Return the first explanation that makes the two sums agree, or None."""
    rate = cross_rate(rates, source, target, on)
    if rate is None:
        return None
    for exponent, words in _PLACES.items():
        if _agree(pair, rate.rate.scaleb(exponent)):
            return Cause(words + _slip(pair, exponent) if abs(exponent) > 2 else words)
    causes = list(_years(pair, source, target, rates, on)) if _is_near(pair, rate.rate) else []
    causes = causes or list(_currencies(pair, source, target, rates, on))
    causes = causes or list(_years(pair, source, target, rates, on))
    return causes[0] if causes else None


def _agree(pair: Pair, low: Decimal, high: Decimal | None = None) -> bool:
    """Say whether the sums agree at a rate, or at one between two."""
    source = source_interval(pair.amount, abs(pair.amount.high))
    target = converted_interval(pair.conversion, abs(pair.conversion.high))
    band = Interval(low * (1 - _DRIFT), (high or low) * (1 + _DRIFT))
    return source.low * band.low <= target.high and target.low <= source.high * band.high


def _is_near(pair: Pair, rate: Decimal) -> bool:
    """Say whether the sums are so near that another day is likelier than another currency."""
    converted = abs(pair.amount.high) * rate
    return bool(converted) and abs(abs(pair.conversion.high) / converted - 1) < Decimal("0.25")


def _slip(pair: Pair, exponent: int) -> str:
    """Return which word was taken for which."""
    scale = pair.conversion.scale
    printed, meant = _SCALES.get(scale), _SCALES.get(scale - exponent)
    return f": it looks like {printed} for {meant}." if printed and meant else "."


def _currencies(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> Iterator[Cause]:
    for code in _COMMON:
        if code in {source, target}:
            continue
        into = cross_rate(rates, source, code, on)
        if into and _agree(pair, into.rate):
            yield Cause(f"The conversion agrees with {currency_name(code)} instead of {currency_name(target)}.")
        out_of = cross_rate(rates, code, target, on)
        if out_of and _agree(pair, out_of.rate):
            yield Cause(f"The sum agrees with {currency_name(code)} instead of {currency_name(source)}.")


def _years(pair: Pair, source: str, target: str, rates: RateSource, on: date) -> Iterator[Cause]:
    """Yield the years whose rates the sums agree with: those the sentence names, then the nearest first."""
    near = sorted(range(max(on.year - _YEARS, 1), min(on.year + _YEARS, 9999)), key=lambda year: abs(year - on.year))
    for year in [*sorted(year for year in pair.years if year < on.year), *near]:
        if year == on.year or not 1 <= year <= 9999:
            continue
        found = [rate.rate for rate in cross_rates(rates, source, target, date(year, 1, 1), date(year, 12, 31))]
        if found and _agree(pair, min(found), max(found)):
            yield Cause(f"The conversion agrees with the rate of {year}.", year)
