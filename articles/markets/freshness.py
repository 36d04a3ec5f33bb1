"""Whether a price is as new as it could be."""

from datetime import date, datetime, timedelta
from typing import Final

from articles.markets.sessions import Calendar

#: How much older than its delay a quote may be while trading goes on: providers answer late, quiet shares trade seldom.
GRACE: Final = timedelta(minutes=20)
#: By when the closes of a day are loaded, after trading has ended.
OVERNIGHT: Final = timedelta(hours=12)
#: Without hours nobody knows when a price could have come: one of the last days passes.
UNKNOWN_HOURS: Final = timedelta(days=4)


def is_stale(as_of: datetime, at: datetime, delay: timedelta, calendar: Calendar | None) -> bool:
    """Say whether a quote is older than it should be at a moment.

    `delay` is what the provider says. While the exchange trades a quote may be `GRACE` older; when it is closed, what
    came before the last close by less than that still stands.
    """
    owed = at - delay - GRACE
    if calendar is None:
        return as_of < at - UNKNOWN_HOURS
    if calendar.is_open(owed):
        return as_of < owed
    try:
        closed = calendar.last_close(owed)
    except LookupError:
        return as_of < at - UNKNOWN_HOURS
    # In a lunch break, too, it is the last close that is owed.
    return as_of < closed - GRACE


def is_stale_close(day: date, at: datetime, calendar: Calendar | None) -> bool:
    """Say whether a daily close is older than the last one that should have been loaded at a moment."""
    if calendar is None:
        return day < (at - UNKNOWN_HOURS).date()
    try:
        closed = calendar.last_close(at - OVERNIGHT)
    except LookupError:
        return day < (at - UNKNOWN_HOURS).date()
    return day < calendar.date_at(closed)
