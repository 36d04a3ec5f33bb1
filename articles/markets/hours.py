"""When an exchange trades on an ordinary day, and how that is written down.

`{"regular": [["09:30", "11:30"], ["12:30", "16:00"]], "pre": ["04:00", "09:30"], "post": ["16:00", "20:00"],
"days": [0, 1, 2, 3, 4], "from": "2024-11-05"}`: local times of 24 hours; a lunch break parts "regular" in two; "pre"
and "post" may be missing; "days" are weekdays, 0 is Monday, and are Monday to Friday where they are missing; "from" is
the first day of these hours. A list of such items has hours that have changed, or that differ between weekdays.
Nothing at all is known of an exchange whose hours are empty.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from itertools import chain, combinations, pairwise
from typing import Any, Final

#: From a time of day until another, which no longer belongs to it; both of the same local day.
type Interval = tuple[time, time]

_ORDINARY_WEEK: Final = frozenset(range(5))
_PARTS: Final = ("regular", "pre", "post", "days", "from")
_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of an exchange from a day on, in its own time.

    `regular` has two intervals where there is a lunch break. `pre` and `post` are the trading before and after,
    where there is any. `weekdays` are the days of an ordinary week, Monday is 0. Raises ValueError when the
    intervals overlap, are out of order, or when there is no regular one.
    """

    regular: tuple[Interval, ...]
    pre: Interval | None = None
    post: Interval | None = None
    weekdays: frozenset[int] = _ORDINARY_WEEK
    from_on: date = field(default=date.min)

    def __post_init__(self) -> None:
        if not self.regular:
            raise ValueError("Give the regular session as a list: [[“09:30”, “16:00”]].")
        if not self.weekdays <= set(range(7)):
            raise ValueError("Weekdays are numbered from 0, Monday, to 6, Sunday.")
        refuse_disorder(interval for interval in (self.pre, *self.regular, self.post) if interval is not None)


def refuse_disorder(intervals: Iterable[Interval]) -> None:
    """Raise ValueError unless every interval ends after it begins, and none begins before the last has ended."""
    times = list(chain.from_iterable(intervals))
    for position, (earlier, later) in enumerate(pairwise(times)):
        if later < earlier or (later == earlier and position % 2 == 0):
            raise ValueError(f"The session times {earlier:%H:%M} and {later:%H:%M} do not follow one another.")


def hours_problem(value: object) -> str:
    """Return what is wrong with hours that were written down, in words for who typed them; "" where nothing is."""
    try:
        read_hours(value)
    except ValueError as error:
        return str(error)
    return ""


def read_hours(value: object) -> tuple[Hours, ...]:
    """Return the hours that are written down, earliest first; none of them where nothing is known.

    Raises ValueError, its message for an editor.
    """
    items = [value] if isinstance(value, dict) and value else value
    if items == {}:
        return ()
    if not isinstance(items, list):
        raise ValueError("Give the hours in braces, as the example shows.")
    hours = sorted((_read(item) for item in items), key=lambda item: item.from_on)
    for earlier, later in combinations(hours, 2):
        if earlier.from_on == later.from_on and earlier.weekdays & later.weekdays:
            raise ValueError("Two hours of the list begin on the same day, and for the same weekday.")
    return tuple(hours)


def write_hours(hours: Sequence[Hours]) -> list[dict[str, Any]]:
    """Return hours as `read_hours` reads them."""
    return [_write(item) for item in hours]


def read_intervals(value: object) -> tuple[Interval, ...]:
    """Return the intervals that `[["09:30", "16:00"]]` says. Raises ValueError unless they follow one another."""
    if not isinstance(value, list):
        raise ValueError("Give the regular session as a list: [[“09:30”, “16:00”]].")
    intervals = tuple(_read_interval(interval) for interval in value)
    refuse_disorder(intervals)
    return intervals


def write_intervals(intervals: Iterable[Interval]) -> list[list[str]]:
    """Return intervals as `read_intervals` reads them."""
    return [_write_interval(interval) for interval in intervals]


def read_time(value: object) -> time:
    """Return the time of day that "09:30" says. Raises ValueError."""
    if not isinstance(value, str) or not _TIME.fullmatch(value):
        raise ValueError(f"“{value}” is no time of day; write it like “09:30”.")
    return time.fromisoformat(value)


def _read(item: object) -> Hours:
    if not isinstance(item, dict):
        raise ValueError("Give the hours in braces, as the example shows.")
    unknown = [part for part in item if part not in _PARTS]
    if unknown:
        raise ValueError(f"Hours have no “{unknown[0]}”: use {', '.join(_PARTS)}.")
    return Hours(
        regular=read_intervals(item.get("regular")),
        pre=_read_interval(item["pre"]) if "pre" in item else None,
        post=_read_interval(item["post"]) if "post" in item else None,
        weekdays=_read_weekdays(item["days"]) if "days" in item else _ORDINARY_WEEK,
        from_on=_read_date(item["from"]) if "from" in item else date.min,
    )


def _read_interval(value: object) -> Interval:
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError(f"“{value}” is no session: write it like [“09:30”, “16:00”].")
    return read_time(value[0]), read_time(value[1])


def _read_weekdays(value: object) -> frozenset[int]:
    known = isinstance(value, list) and all(type(day) is int and 0 <= day <= 6 for day in value)
    if not isinstance(value, list) or not known or not value:
        raise ValueError("Give the trading days as numbers from 0, Monday, to 6.")
    return frozenset(value)


def _read_date(value: object) -> date:
    try:
        return date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError(f"“{value}” is no date; write it like “2024-11-05”.") from None


def _write(hours: Hours) -> dict[str, Any]:
    written: dict[str, Any] = {"regular": write_intervals(hours.regular)}
    if hours.from_on != date.min:
        written["from"] = hours.from_on.isoformat()
    if hours.weekdays != _ORDINARY_WEEK:
        written["days"] = sorted(hours.weekdays)
    if hours.pre:
        written["pre"] = _write_interval(hours.pre)
    if hours.post:
        written["post"] = _write_interval(hours.post)
    return written


def _write_interval(interval: Interval) -> list[str]:
    return [f"{moment:%H:%M}" for moment in interval]
