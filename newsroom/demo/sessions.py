"""New York trading days, for dating the demo's market stories."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NEW_YORK = ZoneInfo("America/New_York")
_CLOSE = time(16, 0)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY = 0, 3, 4, 5


def last_session(before: datetime) -> date:
    """Return the day of the last full New York session that had closed at an instant."""
    local = before.astimezone(NEW_YORK)
    day = local.date() if local.time() >= _CLOSE else local.date() - timedelta(days=1)
    while not is_full_session(day):
        day -= timedelta(days=1)
    return day


def at(day: date, clock: time) -> datetime:
    """Return the instant (UTC) of a time of day in New York."""
    return datetime.combine(day, clock, NEW_YORK).astimezone(UTC)


def is_full_session(day: date) -> bool:
    """Say whether New York trades all day: no weekend, holiday (NYSE Rule 7.2) or early close."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year) and day not in early_closes(day.year)


def holidays(year: int) -> set[date]:
    """Return the days of a year on which the New York Stock Exchange is shut."""
    fixed = {_observed(date(year, month, day)) for month, day in ((6, 19), (7, 4), (12, 25))}
    new_year = date(year, 1, 1)
    if new_year.weekday() != _SATURDAY:  # a New Year's Day on a Saturday is not made up for
        fixed.add(_observed(new_year))
    return fixed | {
        _nth(year, 1, _MONDAY, 3),
        _nth(year, 2, _MONDAY, 3),
        easter(year) - timedelta(days=2),
        _nth(year, 6, _MONDAY, 1) - timedelta(days=7),
        _nth(year, 9, _MONDAY, 1),
        _nth(year, 11, _THURSDAY, 4),
    }


def early_closes(year: int) -> set[date]:
    """Return the days of a year on which New York closes at 1 p.m."""
    return {date(year, 7, 3), date(year, 12, 24), _nth(year, 11, _THURSDAY, 4) + timedelta(days=1)}


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian; the anonymous algorithm in Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _observed(day: date) -> date:
    if day.weekday() == _SATURDAY:
        return day - timedelta(days=1)
    return day + timedelta(days=1) if day.weekday() > _SATURDAY else day
