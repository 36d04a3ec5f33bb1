"""When copy says that something was, "today, as of 12:50 ET" or "at 0950 GMT", and the moment meant by it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

#: Zones by what newsrooms write behind a time. Daylight time or not is the date's business: an EST in July is a slip.
_ZONES: Final = {
    "ET EST EDT": "America/New_York",
    "CT CDT": "America/Chicago",
    "MT MST MDT": "America/Denver",
    "PT PST PDT": "America/Los_Angeles",
    "GMT UTC Z": "UTC",
    "BST": "Europe/London",
    "WET WEST": "Europe/Lisbon",
    "CET CEST MEZ MESZ": "Europe/Paris",
    "EET EEST": "Europe/Athens",
    "MSK": "Europe/Moscow",
    "TRT": "Europe/Istanbul",
    "SAST": "Africa/Johannesburg",
    "GST": "Asia/Dubai",
    "AST": "Asia/Riyadh",
    "IST": "Asia/Kolkata",
    "ICT": "Asia/Bangkok",
    "WIB": "Asia/Jakarta",
    "MYT": "Asia/Kuala_Lumpur",
    "SGT": "Asia/Singapore",
    "HKT": "Asia/Hong_Kong",
    "PHT": "Asia/Manila",
    "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul",
    "AEST AEDT": "Australia/Sydney",
    "AWST": "Australia/Perth",
    "NZST NZDT NZT": "Pacific/Auckland",
    "BRT": "America/Sao_Paulo",
}
_BY_NAME: Final = {name: zone for names, zone in _ZONES.items() for name in names.split()} | {
    "beijing time": "Asia/Shanghai",
    "hong kong time": "Asia/Hong_Kong",
    "london time": "Europe/London",
    "macau time": "Asia/Macau",
    "manila time": "Asia/Manila",
    "new york time": "America/New_York",
    "paris time": "Europe/Paris",
    "frankfurt time": "Europe/Berlin",
    "singapore time": "Asia/Singapore",
    "sydney time": "Australia/Sydney",
    "taipei time": "Asia/Taipei",
    "tokyo time": "Asia/Tokyo",
    "eastern time": "America/New_York",
}
#: When the clocks are set back an hour comes twice; these name its second, winter time.
_WINTER: Final = frozenset("EST CST MST PST GMT CET MEZ EET WET AEST NZST".split())
_DAYS: Final = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS: Final = "January February March April May June July August September October November December".split()

_ZONE_WORDS: Final = "|".join(
    [*sorted((name for name in _BY_NAME if name.isupper()), key=len, reverse=True), "CST"]
    + [rf"(?i:{name})" for name in _BY_NAME if not name.isupper()]
    + ["(?i:local time)", r"UTC[+-]\d\d:\d\d"]
)
_CLOCK: Final = (
    r"(?:(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?::[0-5]\d)?|(?P<whole>1[0-2]|[1-9])(?=\s?[ap]\.?m)"
    r"|(?P<military>(?:[01]\d|2[0-3])[0-5]\d)(?=\s(?:GMT|UTC|ET|EST|EDT|BST|CET|CEST|HKT|JST|IST))|(?P<name>noon|midday|midnight))"
    r"(?:\s?(?P<half>[ap])(?:\.m\.|m)(?!\w))?"
)
#: A time of day, with what leads to it; one without a zone needs that lead.
TIME: Final = re.compile(
    rf"(?<![\w.,:])(?:(?P<lead>(?i:as\sof|as\sat|at|by|around|shortly\sbefore|shortly\safter|just\sbefore|just\safter))\s)?(?:about\s)?"
    rf"(?i:{_CLOCK})(?:\s(?P<zone>{_ZONE_WORDS})(?![\w]))?"
)
_MONTH_WORDS: Final = "|".join(rf"{month}|{month[:4]}\.|{month[:3]}\.?" for month in _MONTHS)
_DATE: Final = (
    rf"(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\s(?P<month>{_MONTH_WORDS})(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<us_month>{_MONTH_WORDS})\s(?P<us_day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,\s(?P<us_year>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d\d-\d\d))"
)
#: A day: "today", "on Tuesday", "yesterday", "on 24 November", "Nov. 24".
DAY: Final = re.compile(
    r"(?<!\w)(?:(?:so\sfar|earlier|late|early|later)\s(?=today|yesterday|on\s|this\s|[MTWFS]))?"
    rf"(?:(?P<relative>(?i:today|yesterday|on\sthe\sday|this\s(?:morning|afternoon|evening)|tonight))"
    rf"|(?:on\s)?(?:last\s)?(?P<weekday>{'|'.join(_DAYS)})(?:\s(?i:morning|afternoon|evening))?|(?:on\s|of\s)?{_DATE})(?!\w)(?!['’]s(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was, as the copy has it: the words for the time of day and for the day, either may be empty."""

    time_words: str = ""
    day_words: str = ""


def find_times(text: str) -> Iterator[re.Match[str]]:
    """Yield the times of day in a text: those with a zone, or with "as of", "at" or "by" before them."""
    return (found for found in TIME.finditer(text) if is_time(found))


def is_time(found: re.Match[str]) -> bool:
    """Say whether a match of `TIME` is a time of day, and no other figure: by its zone, or what leads to it."""
    return bool(found["zone"] or (found["lead"] and (":" in found[0] or found["half"] or found["name"])))


def resolve_moment(
    moment: Moment,
    written_at: datetime,
    zone: ZoneInfo,
    *,
    closes_at: Callable[[date], datetime | None] | None = None,
) -> datetime | None:
    """Return the moment, in UTC, that words mean in a story written at a moment; None where they give none.

    `zone` is that of the market: it holds where the words name no zone, or "local time". Without a day it is the
    story's. Without a time of day it is the close of that day, if `closes_at` is given: it says when a market closes
    on a day, or None. Raises ValueError for a `written_at` without a zone.
    """
    if written_at.utcoffset() is None:
        raise ValueError(f"{written_at!r} has no time zone: it does not say when.")
    found = next(find_times(moment.time_words), None) if moment.time_words else None
    if found is None:
        return (
            _close(moment.day_words, written_at.astimezone(zone).date(), written_at, closes_at) if closes_at else None
        )
    where = _zone(found["zone"] or "", zone)
    day = _day(moment.day_words, written_at.astimezone(where).date())
    clock = _clock(found)
    if day is None or clock is None:
        return None
    fold = int((found["zone"] or "") in _WINTER)
    return datetime.combine(day, clock, where).replace(fold=fold).astimezone(UTC)


def _close(
    day_words: str, written_on: date, written_at: datetime, closes_at: Callable[[date], datetime | None]
) -> datetime | None:
    """Return the close of the day that the words name, or else the last one before the story was written."""
    if day_words:
        day = _day(day_words, written_on)
        closed = closes_at(day) if day else None
        return closed.astimezone(UTC) if closed else None
    for back in range(8):
        closed = closes_at(written_on - timedelta(days=back))
        if closed and closed <= written_at:
            return closed.astimezone(UTC)
    return None


def _zone(name: str, zone: ZoneInfo) -> ZoneInfo:
    """Return the zone of a name; that of the market for no name and for "local time"."""
    if name == "CST":  # Chicago's or China's
        return ZoneInfo("Asia/Shanghai") if zone.key.startswith("Asia/") else ZoneInfo("America/Chicago")
    key = _BY_NAME.get(name) or _BY_NAME.get(name.lower())
    return ZoneInfo(key) if key else zone


def _clock(found: re.Match[str]) -> time | None:
    """Return the time of day of a match, or None for one that no clock shows (13:00 p.m. is taken for 13:00)."""
    if found["name"]:
        return time(0 if found["name"].lower() == "midnight" else 12)
    military = found["military"]
    hour = int(military[:2] if military else found["hour"] or found["whole"])
    minute = int(military[2:] if military else found["minute"] or 0)
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    return time(hour, minute) if hour < 24 else None


def _day(words: str, written_on: date) -> date | None:
    """Return the day that words mean on the day of writing: the latest that fits; the day itself without words."""
    found = DAY.search(words) if words else None
    if found is None:
        return written_on
    relative = (found["relative"] or "").lower()
    if relative:
        return written_on - timedelta(days=relative == "yesterday") if written_on > date.min else None
    if found["weekday"]:
        back = (written_on.weekday() - _DAYS.index(found["weekday"])) % 7
        back = back or (7 if "last " in found[0] else 0)
        return written_on - timedelta(days=back) if written_on.toordinal() > back else None
    return _date(found, written_on)


def _date(found: re.Match[str], written_on: date) -> date | None:
    """Return a date in words; without a year the latest one, but a day ahead is still this year's."""
    if found["iso"]:
        try:
            return date.fromisoformat(found["iso"])
        except ValueError:
            return None
    month = 1 + next(
        place for place, name in enumerate(_MONTHS) if name.startswith((found["month"] or found["us_month"])[:3])
    )
    day, year = int(found["day"] or found["us_day"]), found["year"] or found["us_year"]
    for candidate in [int(year)] if year else [written_on.year, written_on.year - 1]:
        try:
            guess = date(candidate, month, day)
        except ValueError:
            continue
        if year or (guess - written_on).days <= 1:
            return guess
    return None
