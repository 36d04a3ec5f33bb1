"""Holidays, half days and days with hours of their own, from rules and from the package "holidays"."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

from articles.markets.day_rules import DayRule
from articles.markets.hours import Interval, read_time
from articles.markets.sessions import Calendar

_LANGUAGE: Final = "en_US"
#: Which moon will be seen is estimated; when the market closes stands in `SpecialDay.closes_at`.
_REMARK: Final = re.compile(r" \((?:estimated|markets? close[^)]*)\)")


class NoLibrary(Exception):
    """The package that knows holidays is not installed. The message says how to install it."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day on which an exchange does not trade as on any other.

    It is closed; or it closes early, at `closes_at`; or it has `sessions` of its own. Times are the exchange's.
    """

    day: date
    name: str
    closes_at: time | None = None
    sessions: tuple[Interval, ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether there is no trading."""
        return self.closes_at is None and not self.sessions


def find_special_days(source: Mapping[str, Any], ordinary: Calendar, first: int, last: int) -> Iterator[SpecialDay]:
    """Yield the special days of some years, in order.

    `source` is what the file of exchanges says of the days of one; `ordinary` is its calendar without any of them, by
    which holidays on a weekend are left out. Raises `NoLibrary`, and ValueError for what is no rule.
    """
    closed = _closed(source, first, last)
    trading = Calendar(ordinary.zone, ordinary.hours, closed=closed)
    found: dict[date, SpecialDay] = {
        day: SpecialDay(day, name) for day, name in closed.items() if ordinary.is_trading_day(day)
    }
    for day, name, end in _half(source, trading, first, last):
        if trading.is_trading_day(day):
            found[day] = SpecialDay(day, name, closes_at=end)
    for written, sessions, name, *years in source.get("special", ()):
        for day in DayRule.read(written, *years).days(first, last, trading.is_trading_day):
            found[day] = SpecialDay(day, name, sessions=_sessions(sessions))
    yield from sorted(found.values(), key=lambda special: special.day)


def _closed(source: Mapping[str, Any], first: int, last: int) -> dict[date, str]:
    library = source.get("library", {})
    closed = dict(_chosen(library, _ask_library(library, first, last))) if library else {}
    for written, name, *years in source.get("closed", ()):
        closed |= dict.fromkeys(DayRule.read(written, *years).days(first, last), name)
    for written in source.get("open", ()):
        for day in DayRule.read(written).days(first, last):
            closed.pop(day, None)
    return closed


def _half(source: Mapping[str, Any], trading: Calendar, first: int, last: int) -> Iterator[tuple[date, str, time]]:
    library = source.get("half_library", {})
    if library:
        end = read_time(library["at"])
        asked = {**library, "categories": ["half_day"]}
        yield from ((day, name, end) for day, name in _ask_library(asked, first, last).items())
    for written, at, name, *years in source.get("half", ()):
        for day in DayRule.read(written, *years).days(first, last, trading.is_trading_day):
            yield day, name, read_time(at)


def _chosen(library: Mapping[str, Any], days: Mapping[date, str]) -> Iterator[tuple[date, str]]:
    """Yield the holidays that an exchange keeps, and the eves that it does."""
    only, left_out, eves = (set(library.get(list_, ())) for list_ in ("only", "except", "eves"))
    named = [(day, name, set(name.split("; "))) for day, name in days.items()]
    # Before the holidays themselves, for the second day of a feast is no eve.
    yield from ((day - timedelta(days=1), f"Eve of {name}") for day, name, names in named if names & eves)
    yield from ((day, name) for day, name, names in named if not names <= left_out and (not only or names & only))


def _ask_library(library: Mapping[str, Any], first: int, last: int) -> dict[date, str]:
    """Return holidays and their names, without what the library adds to them in brackets."""
    try:
        import holidays  # an extra: only who loads exchanges needs it
    except ImportError as error:
        message = "Holidays come from a package that is not installed. Run: uv sync --extra markets"
        raise NoLibrary(message) from error
    options: dict[str, Any] = {"years": range(first, last + 1)}
    if "categories" in library:
        options["categories"] = tuple(library["categories"])
    if "subdivision" in library:
        options["subdiv"] = library["subdivision"]
    ask: Callable[..., Any] = holidays.financial_holidays if "market" in library else holidays.country_holidays
    code = library.get("market") or library["country"]
    if _LANGUAGE in (ask(code, years=()).supported_languages or ()):
        options["language"] = _LANGUAGE
    return {day: _REMARK.sub("", name) for day, name in ask(code, **options).items()}


def _sessions(written: str) -> tuple[Interval, ...]:
    """Return what "09:15-10:00 11:30-12:30" says. Raises ValueError."""
    parts: Sequence[Sequence[str]] = [part.split("-") for part in written.split()]
    return tuple((read_time(begin), read_time(end)) for begin, end in parts)
