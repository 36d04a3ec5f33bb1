"""How prices are printed: in the unit that the exchange quotes them in, which is never converted."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from babel.numbers import get_currency_precision, get_currency_symbol

#: What is printed behind prices in hundredths of a currency.
MINOR: Final = {"GBX": "p", "ZAC": "c", "ILA": " agorot"}
#: An index has no currency, or as ISO 4217 says XXX.
NO_UNIT: Final = frozenset({"", "XXX"})
MINUS: Final = "−"
#: Prices below one have so many digits behind the point at most, others as many as their currency.
_SMALL_PLACES: Final = 4


def print_price(price: Decimal, unit: str) -> str:
    """Return a price as readers see it: "$82.15", "412.5p", "HK$0.385", "EUR" as "€"; a number for the unit ""."""
    sign = MINUS if price < 0 else ""
    size = abs(price)
    if unit in MINOR:
        return f"{sign}{_number(size, 0, 2)}{MINOR[unit]}"
    if unit in NO_UNIT:
        return f"{sign}{_number(size, 2, 2)}"
    before, places = _currency(unit)
    return f"{sign}{before}{_number(size, places, max(places, _SMALL_PLACES if size < 1 else places))}"


def print_percent(percent: Decimal) -> str:
    """Return the size of a change in percent as readers see it, without a sign: "1.2%", "0.04%", "250%"."""
    size = abs(percent)
    most = 0 if size >= 100 else 1 if size >= Decimal("0.095") else 2
    return f"{_number(size, min(most, 1), most)}%"


def _number(size: Decimal, least: int, most: int) -> str:
    """Return a number with so many digits behind the point, those that say nothing left out."""
    rounded = f"{size.quantize(Decimal(1).scaleb(-most), ROUND_HALF_UP):,f}"
    whole, point, digits = rounded.partition(".")
    digits = digits.rstrip("0").ljust(least, "0")
    return f"{whole}{point}{digits}" if digits else whole


@lru_cache(maxsize=256)
def _currency(unit: str) -> tuple[str, int]:
    """Return what stands before an amount, and how many digits behind the point it has."""
    symbol = get_currency_symbol(unit, "en_US")
    return f"{unit} " if symbol == unit else symbol, get_currency_precision(unit)
