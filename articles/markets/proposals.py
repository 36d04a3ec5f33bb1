"""What copy says of a market: moves, levels and closes that the desk may bind to a listing."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from articles.markets.currencies import find_prefix, units_of_word
from articles.markets.figures import read_digits
from articles.markets.moments import DAY, TIME, Moment, find_times, is_time, resolve_moment
from articles.markets.movements import (
    DIRECTIONS,
    FLAT,
    LEVEL,
    LONGER,
    MOVE,
    MOVED,
    OR_PERCENT,
    SESSION,
    TO_LEVEL,
    is_counted,
)

Measure = Literal["change-percent", "change", "level", "close"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that state a move, a level or a close, between `start` and `end` of a text.

    `value` is as printed, with a sign only if one is; `direction` is "up", "down", "flat" or empty, `unit` an ISO
    4217 code, "GBX", "points" or empty (as for a move in percent). `session` is "pre", "post", "close", "regular" or
    empty, as far as words say so; `moment` has the words for time and day, which may stand before the span in the
    same sentence.
    """

    start: int
    end: int
    text: str
    measure: Measure
    value: Decimal
    direction: str
    unit: str
    session: str
    moment: Moment


def resolve(
    proposal: Proposal,
    written_at: datetime,
    zone: ZoneInfo,
    *,
    closes_at: Callable[[date], datetime | None] | None = None,
) -> datetime | None:
    """Return the as-of moment of a proposal, in UTC, in a story written at a moment about a market in a zone.

    See `articles.markets.moments.resolve_moment`; a close without a time of day needs `closes_at`.
    """
    at_close = closes_at if proposal.session == "close" else None
    return resolve_moment(proposal.moment, written_at, zone, closes_at=at_close)


#: Between the pieces that follow a figure: "today, as of 12:50 ET".
_GAP: Final = re.compile(r",?\s")
_STOP: Final = re.compile(r"[.!?;][\"”’)]*\s+(?=[A-Z\"“‘(])|\n")
#: Characters of a sentence that are looked at before a statement.
_SENTENCE: Final = 600
_LARGEST: Final = Decimal(10) ** 12


def propose(text: str) -> list[Proposal]:
    """Return the statements about a market in a text, in its order and without overlaps.

    "Revenue rose 12% to $5 billion" is none. What moved is told by the words before it in the sentence, or else by the
    session, the time or the day behind it.
    """
    found: list[Proposal] = []
    cores = [match for pattern in (LEVEL, MOVE, MOVED, FLAT) for match in pattern.finditer(text)]
    for core in sorted(cores, key=_first):
        if found and core.start() < found[-1].end:
            continue
        proposal = _proposal(text, core)
        if proposal:
            found.append(proposal)
    return found


def _first(core: re.Match[str]) -> tuple[int, bool, int]:
    """Order what begins at one place: a move in percent before all else, then the longest."""
    return core.start(), not core.groupdict().get("percent"), -core.end()


def _proposal(text: str, core: re.Match[str]) -> Proposal | None:
    """Return what the words of a pattern propose, with the pieces behind them."""
    read = _figure(text, core)
    if read is None or LONGER.match(text, core.end()):
        return None
    measure, value, unit = read
    end = core.end()
    if measure == "change" and (percent := OR_PERCENT.match(text, end)):
        figure = read_digits(percent["number"])
        if figure:
            measure, value, unit, end = "change-percent", figure.value, "", percent.end()
    tail = _read_tail(text, core, end)
    is_close = bool(core["closed"]) or tail.session == "close"
    if not _is_of_a_market(text, core, tail, is_close=is_close):
        return None
    groups = core.groupdict()
    return Proposal(
        start=core.start(),
        end=tail.end,
        text=text[core.start() : tail.end],
        measure="close" if measure == "level" and is_close else measure,
        value=value,
        direction=DIRECTIONS.get(" ".join((groups.get("verb") or groups.get("to") or "").lower().split()), ""),
        unit=unit,
        session="close" if is_close and not tail.session else tail.session,
        moment=Moment(tail.time_words, tail.day_words),
    )


def _figure(text: str, core: re.Match[str]) -> tuple[Measure, Decimal, str] | None:
    """Return measure, value and unit of a pattern; None for a figure that no market prints."""
    groups = core.groupdict()
    if "number" not in groups:
        return "change-percent", Decimal(0), ""
    name = "number" if groups["number"] else "sum"
    figure = read_digits(core[name])
    if figure is None or figure.value > _LARGEST:
        return None
    value = -figure.value if groups.get("sign") in {"-", "−", "–"} else figure.value
    if groups.get("percent"):
        return "change-percent", value, ""
    value, unit = _in_units(text, core, value, core.start(name))
    return ("level" if "to" in groups else "change"), value, unit


def _in_units(text: str, core: re.Match[str], value: Decimal, start: int) -> tuple[Decimal, str]:
    """Return a value with its unit: cents and basis points are hundredths, pence stay pence."""
    step = re.sub(r"\s+", " ", (core["step"] or "").lower())
    if step.startswith(("basis", "bp")):
        return value.scaleb(-2), "points"
    if step.startswith(("point", "pt", "percentage")):
        return value, "points"
    units = units_of_word(step) if step else find_prefix(text, start)[0]
    if not units:
        return value, ""
    if units[0].minor and units[0].currency == "GBP":
        return value, "GBX"
    return (value.scaleb(-2) if units[0].minor else value), units[0].currency


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows a figure: where it ends, the session, and the words for time and day."""

    end: int
    session: str = ""
    time_words: str = ""
    day_words: str = ""
    has_place: bool = False


def _read_tail(text: str, core: re.Match[str], end: int) -> _Tail:
    """Return the pieces that stand at a place behind a figure, in any order, each once."""
    level = TO_LEVEL.match(text, end) if core.groupdict().get("percent") or core.re is MOVE else None
    session = ""
    if level:
        end = level.end()
        session = "close" if level["closed"] else ""
    pieces: dict[str, str] = {}
    while (gap := _GAP.match(text, end)) and (piece := _piece(text, gap.end(), pieces)):
        kind, words = piece
        pieces[kind] = words
        end = gap.end() + len(words)
    session = next((kind for kind in ("pre", "post", "close", "regular") if kind in pieces), session)
    time_words = pieces.get("time") or _time_before(text, core.start())
    return _Tail(end, session, time_words, pieces.get("day", ""), "any" in pieces)


def _piece(text: str, start: int, have: dict[str, str]) -> tuple[str, str] | None:
    """Return the kind and the words of one piece at a place of the text, unless there is one of that kind."""
    clock = TIME.match(text, start)
    if clock and is_time(clock) and "time" not in have:
        return "time", clock[0]
    day = DAY.match(text, start)
    if day and "day" not in have:
        return "day", day[0]
    session = SESSION.match(text, start)
    if session and session.lastgroup and session.lastgroup not in have:
        return session.lastgroup, session[0]
    return None


def _time_before(text: str, start: int) -> str:
    """Return the time of day that the sentence gives before a statement: "At 12:50 ET, the shares were down 1.2%"."""
    times = [found[0] for found in find_times(text[_sentence_start(text, start) : start]) if found["zone"]]
    return times[-1] if times else ""


def _sentence_start(text: str, start: int) -> int:
    first = max(0, start - _SENTENCE)
    return max((found.end() for found in _STOP.finditer(text, first, start)), default=first)


def _is_of_a_market(text: str, core: re.Match[str], tail: _Tail, *, is_close: bool) -> bool:
    """Say whether a market moved, rather than what a company or a country counts."""
    before = text[_sentence_start(text, core.start()) : core.start()]
    counted = is_counted(before)
    if counted is not None:
        return not counted or tail.session in {"pre", "post"}
    is_timed = bool(tail.session or tail.time_words or tail.day_words or tail.has_place)
    return is_close or is_timed or not before.strip()
