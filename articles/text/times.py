"""Times and dates as the house prints them."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

# What a newsroom writes where the time zone database has only an offset, one letter too many, or a
# name that means another place too (CST is Chicago first).
_SHORT_NAMES: Final = {
    "America/Chicago": "CT",
    "America/Denver": "MT",
    "America/Los_Angeles": "PT",
    "America/Mexico_City": "Mexico City time",
    "America/New_York": "ET",
    "America/Sao_Paulo": "BRT",
    "America/Toronto": "ET",
    "Asia/Bangkok": "ICT",
    "Asia/Dubai": "GST",
    "Asia/Ho_Chi_Minh": "ICT",
    "Asia/Hong_Kong": "HKT",
    "Asia/Jerusalem": "Israel time",
    "Asia/Kuala_Lumpur": "MYT",
    "Asia/Macau": "Macau time",
    "Asia/Manila": "Manila time",
    "Asia/Riyadh": "AST",
    "Asia/Shanghai": "Beijing time",
    "Asia/Singapore": "SGT",
    "Asia/Taipei": "Taipei time",
    "Asia/Tokyo": "JST",
    "Europe/Dublin": "Dublin time",
    "Europe/Istanbul": "TRT",
}
_LETTERS = re.compile("[A-Za-z]+")
_ENGLISH: Final = Locale("en", "GB")


def house_time(at: datetime, zone: ZoneInfo, *, seconds: bool = False) -> str:
    """Return a moment as the time of day in a zone: "12:50 ET", "20:50 HKT", "18:20 UTC+05:30", or to the second.

    Raises ValueError for a datetime without a zone.
    """
    local = _local(at, zone)
    return f"{local:{'%H:%M:%S' if seconds else '%H:%M'}} {_zone_name(local, zone)}"


def house_date(at: datetime, zone: ZoneInfo, language: str = "en") -> str:
    """Return a moment as the date in a zone, in words of a language: "24 November 2026", "2026年11月24日".

    `language` is a BCP 47 tag; English is day first in every country, and stands in for a language that
    nobody knows. Raises ValueError for a datetime without a zone.
    """
    return format_date(_local(at, zone).date(), format="long", locale=_locale(language))


def house_day(at: datetime, zone: ZoneInfo, language: str = "en") -> str:
    """Return a moment as the date in a zone without its year, in words of a language: "24 November", "11月24日".

    Raises ValueError for a datetime without a zone.
    """
    local, locale = _local(at, zone), _locale(language)
    return (
        format_date(local, "d MMMM", locale) if locale is _ENGLISH else format_skeleton("MMMMd", local, locale=locale)
    )


def house_month(on: date, language: str = "en") -> str:
    """Return the month of a day in words of a language: "November 2026", "2026年11月"."""
    return format_skeleton("yMMMM", on, locale=_locale(language))


def house_datetime(at: datetime, zone: ZoneInfo, language: str = "en") -> str:
    """Return a moment as date and time in a zone: "24 November 2026, 12:50 ET".

    As `house_date` and `house_time`, joined the way the language does. Raises ValueError for a datetime
    without a zone.
    """
    date, time = house_date(at, zone, language), house_time(at, zone)
    pattern = str(_locale(language).datetime_formats["medium"])
    return pattern.replace("{1}", date).replace("{0}", time)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment in a zone; a datetime that names no zone is no moment."""
    if at.utcoffset() is None:
        raise ValueError(f"{at!r} has no time zone: it does not say when.")
    return at.astimezone(zone)


def _zone_name(local: datetime, zone: ZoneInfo) -> str:
    """Return how the zone of a local time is printed."""
    if zone.key in _SHORT_NAMES:
        return _SHORT_NAMES[zone.key]
    name = local.tzname() or ""
    return name if _LETTERS.fullmatch(name) else f"UTC{local:%:z}"


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Return the locale whose words a language tag asks for."""
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return _ENGLISH
    return _ENGLISH if locale.language == "en" else locale
