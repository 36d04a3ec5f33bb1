"""Sums of money in copy: where they stand, and what they say."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from articles.markets.atoms import Atom, find_atoms, whole
from articles.markets.countries import hinted
from articles.markets.currencies import Unit
from articles.markets.qualifiers import read_qualifier


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money, or a range of them, between `start` and `end` of a text.

    `low` and `high` are in whole units of `currency` (pence are hundredths of a pound; `minor` says that they are
    printed) and equal unless a range is printed; then `low` is what stands first. `scale` is the power of ten of the
    printed word, 9 for a billion, and `step` the size of the last printed digit in units of the currency. `qualifier`
    is "over", "under", "about" or empty. `currencies` has everything that the sign may mean in this text, the
    likeliest first; `currency` is empty where the text does not decide it.
    """

    start: int
    end: int
    text: str
    low: Decimal
    high: Decimal
    currency: str
    currencies: tuple[str, ...]
    scale: int
    step: Decimal
    qualifier: str = ""
    minor: bool = False
    in_words: bool = False

    @property
    def is_range(self) -> bool:
        """Whether two figures are printed."""
        return self.low != self.high


_CONNECTOR: Final = re.compile(r"(?P<dash>[-–—~～至])|\s(?P<word>to|and|bis|à)\s|\s(?P<spaced>[-–—])\s", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\b(?:between|zwischen|entre)\s$", re.IGNORECASE)
#: What stands for one currency where nothing in the text speaks for another.
_DEFAULTS: Final = frozenset("USD GBP CHF INR KRW TRY AED RUB SEK RON".split())


def find_amounts(text: str) -> list[Amount]:
    """Return the sums of money in a text, in its order; figures without a currency are none.

    >>> [(f"{amount.low:f}", amount.currency) for amount in find_amounts("It paid 380 billion yuan ($53bn).")]
    [('380000000000', 'CNY'), ('53000000000', 'USD')]
    """
    atoms = list(find_atoms(text))
    found: list[Amount] = []
    place = 0
    while place < len(atoms):
        both = _range(text, atoms[place], atoms[place + 1]) if place + 1 < len(atoms) else None
        amount = both or _single(text, atoms[place])
        place += 2 if both else 1
        if amount:
            found.append(amount)
    return found


def _single(text: str, atom: Atom) -> Amount | None:
    """Return the sum that a figure with a currency is."""
    if not atom.units:
        return None
    unit = atom.units[0]
    value, step = whole(atom.figure, atom.scale or 0, minor=unit.minor)
    value = -value if atom.is_negative else value
    currency, currencies = _decide(text, atom.units)
    return Amount(
        start=atom.start,
        end=atom.end,
        text=text[atom.start : atom.end],
        low=value,
        high=value,
        currency=currency,
        currencies=currencies,
        scale=atom.scale or 0,
        step=step,
        qualifier=read_qualifier(text, atom.start, atom.end),
        minor=unit.minor,
        in_words=atom.in_words,
    )


def _range(text: str, first: Atom, second: Atom) -> Amount | None:
    """Return the range that two neighboring figures are, or None: what one of them lacks, the other one gives."""
    if not (first.units or second.units) or not _is_connected(text, first, second):
        return None
    units = second.units or first.units
    if first.units and second.units and not set(first.units) & set(second.units):
        return None
    scale = second.scale if second.scale is not None else first.scale
    last = replace(second, units=units, scale=scale)
    # "$2-3 billion", but "$800 to $1 billion" starts at 800 dollars.
    inherits = first.scale is None and first.figure.value < second.figure.value
    head = replace(first, units=units, scale=scale if inherits else first.scale, end=second.end)
    low, high = _single(text, head), _single(text, last)
    # "From 12 to 10 million euros" has one sum; what is falling and complete ("$3 billion to $2 billion") has two.
    is_complete = bool(first.units and second.units)
    if low is None or high is None or (low.low > high.high and not is_complete):
        return None
    return replace(low, high=high.high, scale=high.scale, step=min(low.step, high.step))


def _is_connected(text: str, first: Atom, second: Atom) -> bool:
    """Say whether the words between two figures make a range of them."""
    found = _CONNECTOR.fullmatch(text, first.end, second.start)
    if found is None:
        return False
    if second.is_prefixed and not first.is_prefixed:
        return False
    complete = bool(first.units and second.units)
    word = (found["word"] or "").lower()
    if word == "and" or (word == "à" and not complete):
        return _BETWEEN.search(text[max(0, first.start - 10) : first.start]) is not None
    return complete or not found["spaced"]


def _decide(text: str, units: tuple[Unit, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the currency that a sign means in a text, empty if undecided, and what it may mean."""
    codes = tuple(unit.currency for unit in units)
    if len(codes) == 1:
        return codes[0], codes
    spoken_for = tuple(code for code in codes if code in hinted(text))
    default = codes[0]
    if default == "USD":
        return default, (default, *(code for code in spoken_for if code != default))
    if len(spoken_for) == 1:
        return spoken_for[0], spoken_for
    if default in _DEFAULTS and not spoken_for:
        return default, (default,)
    return "", spoken_for or codes
