"""New York trading days, for dating the demo's market stories."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from articles.markets.exchanges import calendar

NEW_YORK = ZoneInfo("America/New_York")
_MIC = "XNYS"


def last_session(before: datetime) -> date:
    """Return the day of the last full New York session that had closed at an instant."""
    days = calendar(_MIC)
    day = days.date_at(before)
    closes = days.closes_at(day)
    if closes is None or before < closes or days.is_half_day(day):
        day = days.previous_trading_day(day)
    while days.is_half_day(day):
        day = days.previous_trading_day(day)
    return day


def session_told(released: datetime) -> date:
    """Return the session that a story tells of: its own if it is released late in one, else the one before."""
    return last_session(released + timedelta(hours=4))


def at(day: date, clock: time) -> datetime:
    """Return the instant (UTC) of a time of day in New York."""
    return datetime.combine(day, clock, NEW_YORK).astimezone(UTC)
