"""When a price is flagged: never while nothing newer could have come, always when it should have."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles.markets.freshness import GRACE, is_stale, is_stale_close
from articles.markets.hours import Hours
from articles.markets.sessions import Calendar

YORK = ZoneInfo("America/New_York")
NYSE = Calendar(
    YORK, [Hours(((time(9, 30), time(16)),))], closed={date(2026, 11, 26)}, half={date(2026, 11, 27): time(13)}
)
TOKYO = Calendar(ZoneInfo("Asia/Tokyo"), [Hours(((time(9), time(11, 30)), (time(12, 30), time(15, 30))))])
QUARTER = timedelta(minutes=15)


def york(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=YORK).astimezone(UTC)


@pytest.mark.parametrize(
    ("as_of", "at", "stale"),
    [
        (york(24, 12, 30), york(24, 12, 45), False),
        (york(24, 12, 10), york(24, 12, 45), False),
        (york(24, 12, 9), york(24, 12, 45), True),
        (york(23, 16), york(24, 9), False),  # before the opening
        (york(23, 16), york(24, 9, 45), False),  # just after it nothing can have come
        (york(23, 16), york(24, 10, 10), True),
        (york(24, 15, 55), york(24, 23), False),  # the last trade of the day
        (york(24, 15), york(24, 23), True),
        (york(25, 15, 59), york(26, 12), False),  # Thanksgiving
        (york(25, 15, 59), york(27, 9), False),
        (york(27, 12, 58), york(27, 15), False),  # a half day
        (york(27, 12, 58), york(29, 12), False),  # a weekend
        (york(25, 15, 59), york(29, 12), True),
        (datetime(2020, 1, 2, tzinfo=UTC), york(24, 12), True),
    ],
)
def test_a_quote_is_stale_when_a_newer_one_is_owed(as_of: datetime, at: datetime, stale: bool) -> None:
    assert is_stale(as_of, at, QUARTER, NYSE) is stale


def test_nothing_is_owed_in_a_lunch_break() -> None:
    noon = datetime(2026, 11, 24, 12, 10, tzinfo=TOKYO.zone)
    assert not is_stale(noon.replace(hour=11, minute=29), noon, timedelta(0), TOKYO)


def test_the_clocks_that_change_make_nothing_stale() -> None:
    friday = datetime(2026, 10, 30, 15, 59, tzinfo=YORK)
    sunday = datetime(2026, 11, 1, 12, tzinfo=YORK)
    assert not is_stale(friday, sunday, QUARTER, NYSE)


def test_without_hours_a_quote_stands_for_some_days() -> None:
    at = york(24, 12)
    assert not is_stale(at - timedelta(days=3), at, QUARTER, None)
    assert is_stale(at - timedelta(days=5), at, QUARTER, None)
    never = Calendar(YORK, [Hours(((time(9), time(10)),), from_on=date(2030, 1, 1))])
    assert is_stale(at - timedelta(days=5), at, QUARTER, never)


@pytest.mark.parametrize(
    ("day", "at", "stale"),
    [
        (24, york(24, 17), False),
        (23, york(24, 17), False),  # the day's file has the night
        (23, york(25, 3, 59), False),
        (23, york(25, 4), True),
        (25, york(27, 12), False),
        (27, york(30, 12), False),
    ],
)
def test_a_close_is_stale_when_the_next_one_should_be_loaded(day: int, at: datetime, stale: bool) -> None:
    assert is_stale_close(date(2026, 11, day), at, NYSE) is stale


def test_a_close_without_hours_stands_for_some_days() -> None:
    assert not is_stale_close(date(2026, 11, 21), york(24, 12), None)
    assert is_stale_close(date(2026, 11, 19), york(24, 12), None)
    assert timedelta(minutes=5) < GRACE
