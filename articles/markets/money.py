"""Money in copy, from end to end: find the conversions, judge them, print one that is missing."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from articles.markets.amounts import Amount, find_amounts
from articles.markets.intervals import rounding_step
from articles.markets.pairs import Pair, find_pairs
from articles.markets.rates import RateSource, cross_rate
from articles.markets.verdicts import Verdict, judge

__all__ = [
    "Amount",
    "Checked",
    "Pair",
    "Verdict",
    "amount_text",
    "check",
    "conversion_text",
    "find_amounts",
    "find_pairs",
]

#: In the house's form these stand before the figure; of all others the words below stand behind it.
_SIGNS: Final = {
    "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$", "AUD": "A$", "CAD": "C$", "SGD": "S$", "NZD": "NZ$", "TWD": "NT$",
    "BRL": "R$",
}  # fmt: skip
_WORDS: Final = {
    "CNY": "yuan", "JPY": "yen", "KRW": "won", "INR": "Indian rupees", "CHF": "Swiss francs", "SEK": "Swedish kronor",
    "NOK": "Norwegian kroner", "DKK": "Danish kroner", "CZK": "Czech koruna", "PLN": "zlotys", "HUF": "forints",
    "TRY": "Turkish lira", "ZAR": "rand", "MXN": "Mexican pesos", "PHP": "Philippine pesos", "IDR": "rupiah",
    "MYR": "ringgit", "THB": "baht", "ILS": "shekels", "RUB": "Russian roubles", "RON": "Romanian lei",
}  # fmt: skip
_SCALES: Final = ((12, "trillion"), (9, "billion"), (6, "million"))
#: Significant digits of a conversion: never fewer than two, never more than three, whatever the source has.
_FEWEST, _MOST = 2, 3
_SMALL: Final = 1000


@dataclass(frozen=True, slots=True)
class Checked:
    """A conversion in the copy and what the rates say of it."""

    pair: Pair
    verdict: Verdict


def check(text: str, rates: RateSource, on: date) -> list[Checked]:
    """Return every conversion of a text with its verdict by the rates of a day, in the text's order.

    Of two sums in one currency only those that are the other one's conversion with a wrong sign.
    """
    checked = [Checked(pair, judge(pair, rates, on)) for pair in find_pairs(text)]
    return [found for found in checked if not found.pair.is_one_currency or found.verdict.status == "wrong"]


def conversion_text(amount: Amount, to: str, rates: RateSource, on: date) -> str | None:
    """Return the words to insert behind a sum: "($53 billion)", "($1.2 billion to $1.3 billion)".

    Rounded as finely as the sum is printed, to two or three digits; a sum that is about something is converted to about
    something. `to` is an ISO 4217 code. None if the sum's currency is not decided, is `to` itself, or has no rate.
    """
    if not amount.currency or amount.currency == to:
        return None
    rate = cross_rate(rates, amount.currency, to, on)
    if rate is None:
        return None
    # Of small sums the hundredths count: $3.97, not $4.0.
    is_small = abs(amount.high * rate.rate) < _SMALL
    digits = _MOST if is_small else min(max(_digits(amount), _FEWEST), _MOST)
    ends = [
        _rounded(value * rate.rate, digits)
        for value in ((amount.low, amount.high) if amount.is_range else (amount.low,))
    ]
    words = " to ".join(amount_text(value, to, digits) for value in ends)
    return f"({'about ' if amount.qualifier else ''}{words})"


def amount_text(value: Decimal, currency: str, digits: int = 0) -> str:
    """Return a sum in the house's form: "$53 billion", "7.17 yuan", "CZK 5 million"; to so many digits, or as it is.

    The scale is the largest that leaves a whole number before the point. `find_amounts` reads it back as the same sum.
    """
    value = _rounded(value, digits) if digits else value
    exponent, word = next(((power, name) for power, name in _SCALES if abs(value) >= Decimal(10) ** power), (0, ""))
    figure = _figure(value.scaleb(-exponent), digits)
    minus = "-" if value < 0 else ""
    sum_in_words = f"{figure} {word}".strip()
    if currency in _SIGNS:
        return f"{minus}{_SIGNS[currency]}{sum_in_words}"
    if currency in _WORDS:
        return f"{minus}{sum_in_words} {_WORDS[currency]}"
    return f"{minus}{currency} {sum_in_words}"


def _figure(value: Decimal, digits: int) -> str:
    """Return an unsigned figure with commas: to so many digits, two places for small sums, no needless zeros."""
    value = abs(value)
    places = max(-int(value.normalize().as_tuple().exponent), 0) if value else 0
    if digits and value:
        places = max(places, min(max(digits - value.adjusted() - 1, 0), 2) if value < _SMALL else 0)
    return f"{value:,.{places}f}"


def _rounded(value: Decimal, digits: int) -> Decimal:
    """Return a value rounded to so many significant digits."""
    if not value:
        return Decimal(0)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - digits + 1), rounding=ROUND_HALF_EVEN)


def _digits(amount: Amount) -> int:
    """Return how many digits of a sum are printed for their own sake."""
    if not amount.high:
        return _MOST
    return amount.high.adjusted() - rounding_step(amount, abs(amount.high), 1).adjusted() + 1
