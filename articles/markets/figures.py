"""Figures as newsrooms print them: separators of every house, words for numbers, words and letters for their scale."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: More digits than any sum of money has: what is longer is a number of something else.
LONGEST: Final = 15
_SPACE: Final = "\u00a0\u202f\u2009 "
#: Digits with separators; whose they are `read_digits` decides.
DIGITS: Final = rf"\d{{1,3}}(?:[{_SPACE}'’]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"

_SCALES: Final = {
    "k|tsd|tausend|thousand|tusen|tusind": 3,
    "lakh|lakhs|lac|lacs": 5,
    "m|mn|mln|mio|mill|million|millions|millionen|millón|millones|milioni|milione|milhão|milhões|mil|miljoen|miljon|miljoner"
    "|millioner|mm": 6,
    "crore|crores|cr": 7,
    "thousand crore|thousand crores": 10,
    "b|bn|bln|bil|billion|billions|mrd|milliarde|milliarden|milliard|milliards|md|mds|mil millones|mil milhões"
    "|bilhão|bilhões|miliardi|miliardo|miljard|miljarder|milliarder|mia": 9,
    "lakh crore|lakh crores": 12,
    "t|tn|tr|trn|tln|trillion|trillions|billionen|bio|billones|trilhão|trilhões": 12,
    "quadrillion|quadrillions": 15,
}  # fmt: skip
_EXPONENTS: Final = {word: exponent for words, exponent in _SCALES.items() for word in words.split("|")}
#: Letters that are a scale only right behind the figure ("$5m"): apart from it they are words, or the start of one.
_LETTERS: Final = frozenset("k m b t md cr mm mil".split())
_UNSPACED: Final = {
    "万亿": 12, "萬億": 12, "兆": 12, "조": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "億": 8, "억": 8,
    "千万": 7, "百万": 6, "십만": 5, "백만": 6, "천만": 7, "万": 4, "萬": 4, "만": 4, "천": 3,
}  # fmt: skip
#: What says that a text writes 1.234,5.
_CONTINENTAL: Final = re.compile(
    r"\d,\d{1,2}(?![\d,])|\b(?:Mrd|Mio|Mia|Milliarden?|Millionen|milliards?|millones|milhões|miljoner|miljarder|miljard|miliardi)\b"
)


def alternatives(words: list[str]) -> str:
    """Return words as alternatives of a pattern, the longest first; their spaces may not break."""
    return "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0-]") for word in sorted(words, key=len, reverse=True))


_WORDS: Final = alternatives([word for word in _EXPONENTS if word not in _LETTERS])
_SHORT: Final = "Mrd|Mio|Mia|Mill|Bio|Tsd"
#: The scale behind a figure; the full stop of a German short form belongs to it, one that ends a sentence does not.
SCALE: Final = re.compile(
    rf"[\s\u00a0\u202f-]?(?:(?:{_SHORT})\.(?=[\s\u00a0]?[^\W\d]|[\s\u00a0]?[€$£])|(?i:{_WORDS})(?![\w])"
    rf"|(?i:{alternatives(sorted(_LETTERS - {'mil'}))})(?![\w'’]|-[A-Za-z])"
    rf"|{alternatives(list(_UNSPACED))})|mil(?!\w)"
)

_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_BY_WORD: Final = {word: number for number, word in enumerate(_SMALL)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_UNIT: Final = "|".join(_SMALL[1:10])
CARDINAL: Final = rf"(?:{'|'.join(_TENS)})(?:[\s-](?:{_UNIT}))?|{'|'.join(sorted(_SMALL, key=len, reverse=True))}"
#: A number in words: "two", "twenty-five", "a", "half a", "two and a half", "three hundred".
IN_WORDS: Final = (
    rf"(?i:half\s(?:a|an)|(?:a|one)\squarter\sof\sa|(?:{CARDINAL})(?:\shundred)?(?:[\s-]and[\s-]a[\s-]half)?"
    r"|a\shundred|a|an)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, and the exponent of its last printed digit: 1.25 is (1.25, -2), 300 is (300, 0)."""

    value: Decimal
    exponent: int


def is_continental(text: str) -> bool:
    """Say whether a text writes a comma before decimals: then 1.234 is a thousand and more."""
    return _CONTINENTAL.search(text) is not None


def read_digits(printed: str, *, continental: bool = False) -> Figure | None:
    """Return what digits with separators say; None where no house prints a number so, or it is too long.

    The last kind of separator, used once, divides decimals; one alone before three digits divides thousands, except
    the full stop in a text that is not continental (1.234 billion) and the comma in one that is.
    """
    plain = re.sub(rf"[{_SPACE}'’]", "", printed)
    if not re.fullmatch(r"\d[\d.,]*", plain):
        return None
    mark = _decimal_mark(plain, continental=continental)
    whole, _, decimals = plain.rpartition(mark) if mark else (plain, "", "")
    if re.search(r"\D", decimals) or not _is_grouped(whole):
        return None
    digits = re.sub(r"\D", "", whole) + decimals
    if len(digits) > LONGEST:
        return None
    return Figure(Decimal(int(digits)).scaleb(-len(decimals)), -len(decimals))


def _decimal_mark(plain: str, *, continental: bool) -> str:
    """Return which of the separators divides decimals; empty if none does."""
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return ""
    if len(set(marks)) == 2:
        return str(marks[-1]) if marks.count(marks[-1]) == 1 else ""
    if len(marks) > 1:
        return ""
    groups = len(plain.rpartition(marks[0])[2]) == 3 and not plain.startswith("0")
    groups = groups and len(plain.rpartition(marks[0])[0]) <= 3
    return "" if groups and (marks[0] == ("." if continental else ",")) else str(marks[0])


def _is_grouped(whole: str) -> bool:
    """Say whether separators before the decimals divide thousands, or lakhs and crores."""
    if not re.search(r"[.,]", whole):
        return True
    return re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}", whole) is not None


def read_words(printed: str) -> Figure | None:
    """Return what a number in words says: "two and a half" is 2.5; None for other words."""
    words = [word for word in re.split(r"[\s-]+", printed.lower()) if word not in {"and", "of"}]
    if words[:2] in (["half", "a"], ["half", "an"]):
        return Figure(Decimal("0.5"), -1)
    if "quarter" in words:
        return Figure(Decimal("0.25"), -2)
    halves = words[-2:] == ["a", "half"]
    number, rest = 0, words[: len(words) - 2 * halves]
    for word in rest:
        if word == "hundred":
            number *= 100
        elif word in {"a", "an"}:
            number += 1
        elif word in _BY_WORD:
            number += _BY_WORD[word]
        else:
            return None
    return Figure(number + (Decimal("0.5") if halves else Decimal(0)), -1 if halves else 0)


def read_scale(printed: str) -> int:
    """Return the power of ten that a word, letter or character for a scale means; 0 for none."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", printed.strip("-.\u00a0\u202f ")).lower()
    return _UNSPACED.get(plain) or _EXPONENTS.get(plain, 0)
