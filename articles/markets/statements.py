"""A statement about a market as data, and its words as they stay true: printed absolutely from the first second."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from articles.markets.flaws import Flaw, SessionCalendar, problems
from articles.markets.moments import DAY, TIME, is_time
from articles.markets.proposals import Measure, Proposal, propose, resolve

__all__ = [
    "Flaw",
    "Measure",
    "Proposal",
    "SessionCalendar",
    "Statement",
    "absolute",
    "absolute_edits",
    "problems",
    "propose",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a mark in the copy holds: a move, a level or a close of a listing.

    `value` is as printed, with a sign only if the words print one; `direction` is "up", "down", "flat" or empty;
    `unit` is an ISO 4217 code, "GBX" or "points", and empty for a move in percent. `as_of` is in UTC, or
    None where the words give no moment. `session` is "pre", "regular", "post" or "close".
    """

    listing: Hashable
    measure: Measure
    value: Decimal
    direction: str
    unit: str
    as_of: datetime | None
    session: str
    words: str


_CLOSING: Final = re.compile(
    r"(?<!\w)(?:closed?|closes|ended|ends|finished|finishes|settled|settles|at\sthe\s(?:close|closing\sbell))(?!\w)",
    re.IGNORECASE,
)
_POSSESSIVE: Final = re.compile(
    r"(?<!\w)(?:today|yesterday|tonight|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)['’]s(?!\w)", re.IGNORECASE
)
#: Between two phrases of one moment: "today, as of 12:50 ET".
_BETWEEN: Final = re.compile(r"(?:,?\s+(?:and\s)?)?")
_BEFORE: Final = re.compile(r",?\s*$")
_AFTER: Final = re.compile(r",?\s*")
_END: Final = re.compile(r"[\s.,;:]*$")


def absolute(words: str, moment: str, day: str) -> str:
    """Return the words of a statement with its moment in place of "today", "on Tuesday" or "at 12:50 p.m.".

    `moment` and `day` are in the house's form, "12:50 ET" and "24 November"; of a close only the day is printed. The
    figures stay as they are, and what is absolute stays so:

    >>> absolute("down 1.2% today, as of 12:50 ET", "12:50 ET", "24 November")
    'down 1.2% as of 12:50 ET on 24 November'

    Without a day the statement has no moment, and its words are returned as they are.
    """
    for start, end, replacement in reversed(absolute_edits(words, moment, day)):
        words = words[:start] + replacement + words[end:]
    return words


def absolute_edits(words: str, moment: str, day: str) -> list[tuple[int, int, str]]:
    """Return what `absolute` changes: places in the words, in order, and what comes there; they do not overlap.

    For who prints the words with markup in between.
    """
    if not day:
        return []
    is_close = not moment or _CLOSING.search(words) is not None
    when = f"on {day}" if is_close else f"as of {moment} on {day}"
    phrases = _phrases(words, when)
    kept = next((phrase for phrase in phrases if words[slice(*phrase)] == when), None)
    anchor = kept or _anchor(words, phrases)
    edits = [(*found.span(), "the day’s") for found in _POSSESSIVE.finditer(words)]
    taken = {edit[0] for edit in edits} | {phrase[0] for phrase in phrases}
    edits += [_edit(words, phrase, when if phrase == anchor else "", taken) for phrase in phrases if phrase != kept]
    if anchor is None:
        end = _END.search(words)
        # Behind everything but a full stop, and behind what is taken away.
        place = max([end.start() if end else len(words), *(edit[1] for edit in edits)])
        has_more = place > sum(len(words[slice(*phrase)]) for phrase in phrases)
        edits.append((place, place, f"{'' if is_close else ','} {when}" if has_more else when))
    return sorted(edits)


def _phrases(words: str, when: str) -> list[tuple[int, int]]:
    """Return where the words say when, in order; phrases that stand beside each other are one."""
    place = words.find(when)
    spans = [(place, place + len(when))] if place >= 0 else []
    found = [match.span() for match in TIME.finditer(words) if is_time(match)]
    found += [match.span() for match in DAY.finditer(words)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans + [span for span in found if not _overlap(span, spans)]):
        last = joined[-1] if joined else (0, -1)
        stands_alone = last in spans or (start, end) in spans
        if start < last[1] or (last[1] >= 0 and not stands_alone and _BETWEEN.fullmatch(words, last[1], start)):
            joined[-1] = (last[0], max(end, last[1]))
        else:
            joined.append((start, end))
    return joined


def _overlap(span: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _anchor(words: str, phrases: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the phrase whose place the moment takes: the first with a time of day, or the first; none at the start."""
    inside = [phrase for phrase in phrases if words[: phrase[0]].strip(" \t\r\n,")]
    timed = [phrase for phrase in inside if any(is_time(match) for match in TIME.finditer(words, *phrase))]
    return next(iter(timed or inside), None)


def _edit(words: str, phrase: tuple[int, int], replacement: str, taken: set[int]) -> tuple[int, int, str]:
    """Return the edit that replaces a phrase, or removes it, with the comma and the space that lead to it.

    `taken` are the places at which other edits begin.
    """
    start, end = phrase
    before = _BEFORE.search(words[:start])
    if before and before.start():
        return before.start(), end, f" {replacement}" if replacement else ""
    after = _AFTER.match(words, end)
    end = after.end() if after else end
    # "Today, shares fell" begins with a capital without its first word, too.
    if not replacement and words[start].isupper() and words[end : end + 1].islower() and end not in taken:
        return start, end + 1, words[end].upper()
    return start, end, replacement
