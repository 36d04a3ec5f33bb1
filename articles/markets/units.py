"""Units of prices: a currency, or the hundredth of one in which some exchanges quote."""

import re
from typing import Final

#: Units that are the hundredth of a currency, by the codes that prices are stored with.
HUNDREDTHS: Final = {"GBX": "GBP", "ZAC": "ZAR", "ILA": "ILS"}
#: How else files print them. Lower case is told apart: GBP is pounds, GBp is pence.
_PRINTED: Final = {
    "GBp": "GBX",
    "GBx": "GBX",
    "GBPp": "GBX",
    "p": "GBX",
    "ZAc": "ZAC",
    "ZAx": "ZAC",
    "ILa": "ILA",
    "ILX": "ILA",
}
_CODE: Final = re.compile(r"[A-Za-z]{3}")


def read_unit(printed: str) -> str:
    """Return the unit that a file prints: an ISO 4217 code, GBX, ZAC or ILA; "" for what is none."""
    text = printed.strip()
    if text in _PRINTED:
        return _PRINTED[text]
    return text.upper() if _CODE.fullmatch(text) else ""


def currency_of(unit: str) -> str:
    """Return the currency that a unit belongs to: GBP for GBX, and every currency for itself."""
    return HUNDREDTHS.get(unit, unit)
