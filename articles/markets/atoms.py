"""One figure of a text with what stands at it: a sign before, a scale and a word for the currency behind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from articles.markets.currencies import WORD, Unit, find_prefix, units_of_word
from articles.markets.figures import (
    DIGITS,
    IN_WORDS,
    SCALE,
    Figure,
    is_continental,
    read_digits,
    read_scale,
    read_words,
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A figure between `start` and `end` of a text.

    `units` is empty where no currency stands at it, `scale` None where no word for one does.
    """

    start: int
    end: int
    figure: Figure
    scale: int | None
    units: tuple[Unit, ...]
    is_prefixed: bool
    is_negative: bool = False
    in_words: bool = False


_FIGURE: Final = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?<!\d['’])(?P<digits>{DIGITS})(?!\d)|(?<![\w-])(?P<words>{IN_WORDS})(?=[\s\u00a0-][^\W\d])"
)
_MORE: Final = re.compile(rf"(?P<digits>{DIGITS})(?=[万萬亿億억조兆千百십백천만])")
_SUFFIX: Final = re.compile(rf"(?:[\s\u00a0\u202f\u2009]|-(?!\s))?(?:(?:of|de|di)\s|d['’])?{WORD}")
_ATTACHED: Final = re.compile(r"(?P<noun>[pc¢])(?!\w)(?!\.\w)")
_NATIONAL: Final = re.compile(
    r"[\s\u00a0](?:(?P<adjective>US|U\.S\.|Canadian|Australian|Hong Kong|Singapore)(?!\w)"
    r"|(?P<code>(?:US|AU|CA|HK|SG|NZ)D)(?!\w))"
)
_SCREENS: Final = frozenset({"240", "360", "480", "720", "1080", "1440", "2160"})
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
#: Signs that are also initials or road numbers: money only with a scale, decimals or thousands behind them.
_WEAK_SIGNS: Final = frozenset("R P SR Won TL Ft Fr Bt Dh RM kr Re".split())
#: Nouns that are also verbs or other words: not behind what may be a year.
_WEAK_NOUNS: Final = frozenset("won real rand sol lei mark fr ft kr c p".split())
_MINUS: Final = re.compile(r"(?<![^\s(\[])(?:[-−–]|minus\s)$")


def find_atoms(text: str) -> Iterator[Atom]:
    """Yield the figures of a text, with or without a currency, in its order."""
    continental = is_continental(text)
    position = 0
    while found := _FIGURE.search(text, position):
        atom = _digits_atom(text, found, continental=continental) if found["digits"] else _words_atom(text, found)
        position = max(atom.end, found.end()) if atom else found.end()
        if atom:
            yield atom


def _words_atom(text: str, found: re.Match[str]) -> Atom | None:
    """Return a number in words; "a" is one only with a scale ("a million euros")."""
    figure = read_words(found["words"])
    scale, end = _scale(text, found.end())
    if figure is None or (scale is None and found["words"].lower() in {"a", "an", "half a", "half an"}):
        return None
    units, end = _suffix(text, end, found["words"])
    return Atom(found.start(), end, figure, scale, units, is_prefixed=False, in_words=True)


def _digits_atom(text: str, found: re.Match[str], *, continental: bool) -> Atom | None:
    """Return a figure in digits with its sign, scale and currency."""
    figure = read_digits(found["digits"], continental=continental)
    if figure is None:
        return None
    units, start = _prefix(text, found.start())
    if (
        start == found.start()
        and start
        and text[start - 1].isascii()
        and (text[start - 1].isalpha() or text[start - 1] == "_")
    ):
        return None  # a letter before it: A380, Q3
    figure, scale, end = _with_scale(text, found.end(), figure)
    if units and _is_weak(text[start : found.start()], found["digits"], scale):
        units, start = (), found.start()
    if units:
        units, end = _national(text, end, units)
        prefixed = True
    else:
        units, end = _suffix(text, end, found["digits"])
        prefixed = False
    start, negative = _minus(text, start, found.start())
    return Atom(start, end, figure, scale, units, is_prefixed=prefixed, is_negative=negative)


def _prefix(text: str, start: int) -> tuple[tuple[Unit, ...], int]:
    """Return what the sign before a figure may mean, and where it begins; the minus of "$-5" stands between the two."""
    if start > 1 and text[start - 1] in "-−" and text[start - 2] in "$€£¥":
        return find_prefix(text, start - 1)
    return find_prefix(text, start)


def _is_weak(sign: str, digits: str, scale: int | None) -> bool:
    return sign.strip() in _WEAK_SIGNS and scale is None and not re.search(r"[.,]", digits)


def _minus(text: str, start: int, figure_start: int) -> tuple[int, bool]:
    """Return where a sum begins, its minus included, and whether it has one."""
    if figure_start and text[figure_start - 1] in "-−" and start < figure_start - 1:
        return start, True
    found = _MINUS.search(text[max(0, start - 7) : start])
    return (start - len(found[0]), True) if found else (start, False)


def _scale(text: str, end: int) -> tuple[int | None, int]:
    """Return the scale that stands behind a figure, and where it ends."""
    found = SCALE.match(text, end)
    return (read_scale(found[0]), found.end()) if found else (None, end)


def _with_scale(text: str, end: int, figure: Figure) -> tuple[Figure, int | None, int]:
    """Return a figure with the scale behind it; of 1兆2000億 the parts are added up, and the last scale is left."""
    scale, end = _scale(text, end)
    while scale and (more := _MORE.match(text, end)):
        part = read_digits(more["digits"])
        next_scale, next_end = _scale(text, more.end())
        if part is None or not next_scale or next_scale >= scale:
            break
        value = figure.value.scaleb(scale - next_scale) + part.value
        figure, scale, end = Figure(value, part.exponent), next_scale, next_end
    return figure, scale, end


def _national(text: str, end: int, units: tuple[Unit, ...]) -> tuple[tuple[Unit, ...], int]:
    """Return whose dollars a sum is in, where that is said behind it: "$5 million Canadian", "$7 USD"."""
    found = _NATIONAL.match(text, end)
    if found is None or len(units) == 1:
        return units, end
    word = units_of_word("dollars", found["adjective"]) if found["adjective"] else units_of_word(found["code"])
    both = tuple(unit for unit in word if unit in units)
    # "$5 million Canadian", but not "$5 million Australian mine".
    if len(both) != 1 or (found["adjective"] and re.match(r"[\s\u00a0][^\W\d]", text[found.end() :])):
        return units, end
    return both, found.end()


def _suffix(text: str, end: int, figure: str) -> tuple[tuple[Unit, ...], int]:
    """Return what currency is named behind a figure, and where that ends."""
    attached = _ATTACHED.match(text, end)
    if attached and figure not in _SCREENS and figure[-1:].isdigit():
        return units_of_word(attached["noun"]), attached.end()
    found = _SUFFIX.match(text, end)
    if found is None:
        return (), end
    noun = found["code"] or found["noun"] or found["unspaced"] or found["after"] or ""
    if noun.lower() in _WEAK_NOUNS and _YEAR.fullmatch(figure):
        return (), end
    return units_of_word(noun, found["adjective"] or ""), found.end()


def whole(figure: Figure, scale: int, *, minor: bool) -> tuple[Decimal, Decimal]:
    """Return a figure's value and the size of its last digit, in whole units of the currency."""
    exponent = scale - (2 if minor else 0)
    return figure.value.scaleb(exponent), Decimal(1).scaleb(figure.exponent + exponent)
