"""The hours of an exchange as they are stored, and what is wrong with them.

`{"regular": [["09:30", "11:30"], ["12:30", "16:00"]], "pre": ["04:00", "09:30"], "post": ["16:00", "20:00"],
"days": [0, 1, 2, 3, 4]}`: local times of 24 hours; a lunch break parts "regular" in two; "pre" and "post" may be
missing; "days" are weekdays, 0 is Monday, and are Monday to Friday where they are missing. Nothing at all is known of
an exchange whose hours are empty.
"""

import re
from typing import Any, Final

_TIME: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d|24:00")
_PARTS: Final = ("regular", "pre", "post", "days")


def hours_problem(hours: object) -> str:
    """Return what is wrong with stored hours, in words for who typed them; "" where nothing is."""
    if not isinstance(hours, dict):
        return "Give the hours in braces, as the example shows."
    if not hours:
        return ""
    unknown = [part for part in hours if part not in _PARTS]
    if unknown:
        return f"Hours have no “{unknown[0]}”: use {', '.join(_PARTS)}."
    regular = hours.get("regular")
    if not isinstance(regular, list) or not regular:
        return "Give the regular session as a list: [[“09:30”, “16:00”]]."
    pre, post = ([hours[part]] if part in hours else [] for part in ("pre", "post"))
    return _span_problem([*pre, *regular, *post]) or _days_problem(hours.get("days"))


def _span_problem(spans: list[Any]) -> str:
    last = "00:00"
    for span in spans:
        if not (isinstance(span, list) and len(span) == 2 and all(_is_time(time) for time in span)):
            return f"“{span}” is no session: write it like [“09:30”, “16:00”]."
        if not last <= span[0] < span[1]:
            return f"The session {span[0]}–{span[1]} does not follow the one before it."
        last = span[1]
    return ""


def _is_time(time: object) -> bool:
    return isinstance(time, str) and _TIME.fullmatch(time) is not None


def _days_problem(days: object) -> str:
    if days is None:
        return ""
    known = isinstance(days, list) and all(type(day) is int and 0 <= day <= 6 for day in days)
    return "" if known and days else "Give the trading days as numbers from 0, Monday, to 6."
