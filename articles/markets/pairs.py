"""Conversions in copy: two sums of which one is said to be the other, "380 billion yuan ($53 billion)".

What else stands in brackets is none: the same currency again, other figures, another measure ("$2.75 a share").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from articles.markets.amounts import Amount, find_amounts
from articles.markets.currencies import DOLLARS


@dataclass(frozen=True, slots=True)
class Pair:
    """A sum and what it is said to be in another currency, between `start` and `end` of the text, brackets included.

    `form` is "brackets", "words" ("…, or $53 billion") or "rate" ("$1 = 7.17 yuan"). `years` are those that the
    sentence names: it may speak of the rates of then. With `is_one_currency` both sums are printed in the same one,
    in a way that makes a wrong sign likely; only another currency's rate can tell that from two figures of one kind.
    """

    start: int
    end: int
    amount: Amount
    conversion: Amount
    form: str
    years: frozenset[int] = frozenset()
    is_one_currency: bool = False


_ABOUT: Final = (
    r"about|around|slightly|a\slittle|roughly|approximately|approx\.?|some|circa|ca\.?|c\.|nearly|almost|close\sto|just|over|under|well|more\sthan"
    r"|less\sthan|up\sto|as\smuch\sas|at\sleast|only|an\sestimated|rund|etwa|knapp|über|environ|soit|unos|约|約|~|≈"
)
_SAME: Final = (
    r"or|i\.e\.,?|that\sis,?|equivalent\sto|equal\sto|the\sequivalent\sof|equivalent\sof|equaling|equalling|worth|which\sis"
    r"|amounting\sto|translating\sto|=|oder|ou|o|\(?US"
)
_LEAD: Final = rf"(?:(?:{_SAME}|{_ABOUT})\s?){{0,4}}"
#: What may stand between a sum and its bracket: "a share", "worth of bonds", "in cash"; never a second figure.
_NO_TAIL: Final = r"and|or|to|from|versus|vs|than|against|but|while|plus|minus|with|compared"
_TAIL: Final = rf"(?:[\s-](?!(?:{_NO_TAIL})\b)(?:[^\W\d_][\w'’.-]*|(?:19|20)\d\d)){{0,4}}"
_IN_BRACKETS: Final = re.compile(rf"(?P<tail>{_TAIL})\s?[(\[（]\s?{_LEAD}", re.IGNORECASE)
_IN_WORDS: Final = re.compile(
    rf"(?P<tail>{_TAIL})(?:,\s(?:(?:or|i\.e\.,?|that\sis,?)\s(?:(?:the\sequivalent\sof|equivalent\sto)\s)?(?:(?:{_ABOUT})\s)*)"
    rf"|,?\s(?:which\s(?:is\s)?)?(?:(?:{_ABOUT})\s)*(?:(?:the\s)?equivalent\s(?:to|of)|equal\sto|equal(?:s|l?ing)|amounts\sto"
    rf"|translates\s(?:in)?to)\s(?:(?:{_ABOUT})\s)*|,\swhich\sis\s(?:(?:{_ABOUT})\s)*|\s?(?:=|≈|/)\s?)",
    re.IGNORECASE,
)
_ASIDE: Final = re.compile(rf"(?:,\s|\s?[–—]\s?|\s--?\s)(?:or\s)?(?:{_ABOUT})\s(?:{_ABOUT}|\s)*", re.IGNORECASE)
_AND_ANOTHER: Final = re.compile(rf"(?:\s?[,;/]\s?|\s)(?:or\s|and\s)?(?:(?:{_ABOUT})\s)*", re.IGNORECASE)
_EQUALS: Final = re.compile(r"\s?=\s?")
_EQUALED: Final = re.compile(r"=\s?$")
#: What may follow the conversion inside its bracket.
_REMARK: Final = (
    r"(?:\sat\s(?:the\s)?(?:current|present|prevailing|today['’]s|latest|\w+day['’]s)\s(?:exchange\s|conversion\s|market\s)*rates?"
    r"(?:\sof\s[\d.]+)?"
    r"|\sequivalent|\sin\s(?:US|U\.S\.)\s(?:currency|dollars|terms)|\sor\sso|\sor\smore|\+|\splus|,?\sapproximately)?"
)
_CLOSE: Final = re.compile(rf"(?P<measure>[^()\[\]（）]{{0,80}}?){_REMARK}\s?[)\]）]")
_MEASURE: Final = re.compile(r"\s?(?:(?:a|an|per|pro|par|por)\s[^\W\d]+|apiece|each)", re.IGNORECASE)
#: Behind a conversion in words: what it would be at another time.
_THEN: Final = re.compile(
    r",?\s(?:(?:in\s)?today\b|now\b|then\b|back\sthen|at\sthe\stime|at\sthat\stime|adjusted)", re.IGNORECASE
)
_EQUAL: Final = re.compile(r"=|≈|\bequ")
_FARTHEST: Final = 4
#: Characters between a sum and its conversion, and of a sentence before and behind them.
_FARTHEST_APART: Final = 120
_SENTENCE: Final = 600
_UNLIKE: Final = re.compile(
    r"\b(?:either|whichever|(?:greater|higher|lower|lesser|larger|smaller)\sof)\b", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?<![\d.,$€£¥])(?:19|20)\d\d(?![\d,]|\.\d)")
_STOP: Final = re.compile(r"[.!?][\"”’)]*\s+(?=[A-Z\"“‘(])|\n|。")


def find_pairs(text: str) -> list[Pair]:
    """Return the conversions in a text, in its order."""
    amounts = find_amounts(text)
    return [pair for place in range(len(amounts) - 1) for pair in _pairs_of(text, amounts, place)]


def _pairs_of(text: str, amounts: list[Amount], place: int) -> Iterator[Pair]:
    """Yield the pairs of one sum with those right behind it."""
    amount, conversion = amounts[place], amounts[place + 1]
    if conversion.start - amount.end > _FARTHEST_APART:
        return
    gap = (text, amount.end, conversion.start)
    rest = amounts[place + 2 :]
    if found := _IN_BRACKETS.fullmatch(*gap):
        yield from _bracketed(text, amount, [conversion, *rest], found["tail"] or "")
    elif found := _IN_WORDS.fullmatch(*gap):
        yield from _said(text, amount, [conversion, *rest], found["tail"] or "")
    elif _ASIDE.fullmatch(*gap) and re.match(r"\s?(?:[,;.)]|[–—]|--?\s|$)", text[conversion.end : conversion.end + 3]):
        yield from _told_apart(text, amount, conversion, "words", conversion.end)


def _bracketed(text: str, amount: Amount, rest: list[Amount], tail: str) -> Iterator[Pair]:
    """Yield the pairs of a sum with one or more conversions in a bracket behind it."""
    inside = [rest[0]]
    for following in rest[1:]:
        if not _AND_ANOTHER.fullmatch(text, inside[-1].end, following.start):
            break
        inside.append(following)
    close = _CLOSE.match(text, inside[-1].end)
    if close is None or not _is_same_measure(close["measure"], tail):
        return
    # "($14 million and $28 million)" belongs to two sums, not to one.
    if len({conversion.currencies for conversion in inside}) < len(inside):
        return
    for conversion in inside:
        yield from _told_apart(text, amount, conversion, "brackets", close.end())


def _is_same_measure(measure: str, tail: str) -> bool:
    """Say whether "($3.20 a share)" is measured as "HK$25 a share" before it; without a measure it is."""
    plain = measure.strip().lower()
    if not plain:
        return True
    if plain in {"each", "apiece"}:
        return bool(_MEASURE.match(tail))
    return bool(_MEASURE.fullmatch(plain)) and plain.split()[-1] in tail.lower().split()


def _said(text: str, amount: Amount, rest: list[Amount], tail: str) -> Iterator[Pair]:
    """Yield the pair of a sum with a conversion in words, or those of a line of rates."""
    conversion = rest[0]
    is_equation = _EQUALS.fullmatch(text, amount.end, conversion.start) is not None
    if is_equation and _EQUALED.search(text[max(0, amount.start - 2) : amount.start]):
        return  # "= 0.92 euros = 0.78 pounds" goes on from the first sum
    form = "rate" if is_equation and amount.low == amount.high == 1 else "words"
    measure = _MEASURE.match(text, conversion.end)
    if measure and not _MEASURE.match(tail) and not is_equation:
        return
    if _UNLIKE.search(text, max(0, amount.start - 40), amount.start) or _THEN.match(text, conversion.end):
        return
    yield from _told_apart(text, amount, conversion, form, conversion.end)
    for following in rest[1:] if is_equation else ():
        if not _EQUALS.fullmatch(text, conversion.end, following.start):
            break
        conversion = following
        yield from _told_apart(text, amount, conversion, form, conversion.end)


def _told_apart(text: str, amount: Amount, conversion: Amount, form: str, end: int) -> Iterator[Pair]:
    """Yield the pair of two sums; each helps to say what the other one is in.

    Two sums in one currency are a pair only if they are written in two ways ("2 billion euros (€1.9 billion)"), are
    said to be equal, or are too far apart to be the same thing in another year.
    """
    first = _beside(amount, conversion)
    second = _beside(conversion, first or amount)
    first = first or (_beside(amount, second) if second else None)
    years = _years(text, amount.start, end)
    if first is not None and second is not None:
        yield Pair(amount.start, end, first, second, form, years)
    elif amount.low != conversion.low and (
        _EQUAL.search(text, amount.end, conversion.start) or _is_unlikely(amount, conversion)
    ):
        yield Pair(amount.start, end, amount, conversion, form, years, is_one_currency=True)


def _is_unlikely(amount: Amount, conversion: Amount) -> bool:
    """Say whether two sums in one currency are unlikely to be figures of one kind: this year's and the last one's."""
    styles = [re.sub(r"[\d.,\s-]|[mb]illion|trillion", "", found.text) for found in (amount, conversion)]
    if styles[0] != styles[1]:
        return True
    return not amount.high / _FARTHEST < conversion.high < amount.high * _FARTHEST


def _beside(amount: Amount, other: Amount) -> Amount | None:
    """Return a sum without what its neighbor is in: "$1.5 billion (US$1 billion)" are dollars of another country."""
    if not other.currency or other.currency not in amount.currencies:
        return amount
    left = tuple(code for code in amount.currencies if code != other.currency)
    if not left and amount.text.startswith("$") and not other.text.startswith("$") and "$" in other.text:
        left = tuple(code for code in DOLLARS if code != other.currency)
    if not left:
        return None
    return replace(amount, currency=left[0] if len(left) == 1 else "", currencies=left)


def _years(text: str, start: int, end: int) -> frozenset[int]:
    """Return the years that the sentence around a pair names."""
    first, last = max(0, start - _SENTENCE), min(len(text), end + _SENTENCE)
    begins = max((found.end() for found in _STOP.finditer(text, first, start)), default=first)
    following = _STOP.search(text, end, last)
    ends = following.start() if following else last
    return frozenset(int(found[0]) for found in _YEAR.finditer(text, begins, ends))
