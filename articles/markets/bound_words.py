"""Whether the words of a market statement still say what the statement says: somebody may have changed them since."""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from articles.markets.figures import CARDINAL, DIGITS, read_digits, read_words
from articles.markets.moments import DAY, Moment, find_times, resolve_moment

if TYPE_CHECKING:
    from articles.markets.statements import Statement

_DIGITS: Final = re.compile(DIGITS)
_WORDS: Final = re.compile(rf"\b(?:{CARDINAL})\b", re.IGNORECASE)
#: Cents and basis points are hundredths of what a statement keeps.
_HUNDREDTH: Final = Decimal("0.01")


def other_figure(statement: "Statement") -> Decimal | bool | None:
    """Return a figure that the words print in place of the statement's; None for no figure, False where it is there."""
    printed = list(_figures(statement.words))
    value = abs(statement.value)
    if any(figure in (value, value / _HUNDREDTH) for figure in printed) or not value:
        return False
    return printed[0] if printed else None


def other_moment(statement: "Statement", zone: ZoneInfo) -> datetime | None:
    """Return the moment that the words name, in UTC, where it is another than the statement's.

    `zone` is the exchange's. What a day is called from the day of writing, "yesterday", says nothing here.
    """
    as_of = statement.as_of
    if as_of is None:
        return None
    clock = next(find_times(statement.words), None)
    day = DAY.search(statement.words)
    day_words = day[0] if day and not day["relative"] else ""
    if clock is None and not day_words:
        return None
    noon = as_of.astimezone(zone).strftime("as of %H:%M")
    moment = Moment(clock[0] if clock else noon, day_words)
    named = resolve_moment(moment, as_of, zone)
    same = as_of.replace(second=0, microsecond=0)
    return named if named is not None and named != same else None


def _figures(words: str) -> Iterator[Decimal]:
    """Yield the figures in words that are no times and no days."""
    for found in (*find_times(words), *DAY.finditer(words)):
        words = words.replace(found[0], " " * len(found[0]), 1)
    for found in _DIGITS.finditer(words):
        figure = read_digits(found[0])
        if figure is not None:
            yield figure.value
    for found in _WORDS.finditer(words):
        figure = read_words(found[0])
        if figure is not None:
            yield figure.value
