"""Symbols of securities: BRK.B, BRK-B and BRK/B are one, and so are 700 and 0700."""

import re
from collections.abc import Iterator
from typing import Final

_SEPARATORS: Final = re.compile(r"[.\-/_ ^]+")
#: What stands between a symbol and the letters of its share class, as exchanges and files print it.
_PRINTED: Final = (".", "-", "/", " ")
#: Digits of the symbols that are numbers: Hong Kong pads with zeros to four or five, Tokyo, Shanghai and Seoul do not.
_PADDED: Final = (4, 5, 6)


def symbol_key(symbol: str) -> str:
    """Return a symbol in the one form in which symbols are compared."""
    if symbol.isalpha() and symbol.isupper():
        return symbol
    key = ".".join(part for part in _SEPARATORS.split(symbol.strip().upper()) if part)
    return key.lstrip("0") or "0" if key.isdigit() else key


def spellings(symbol: str) -> tuple[str, ...]:
    """Return the ways in which a symbol may be stored, the one that was asked for first."""
    return tuple(dict.fromkeys(_spellings(symbol)))


def _spellings(symbol: str) -> Iterator[str]:
    yield symbol.strip()
    key = symbol_key(symbol)
    if key.isdigit():
        yield from (key.rjust(digits, "0") for digits in (0, *_PADDED))
        return
    yield from (key.replace(".", separator) for separator in _PRINTED)
