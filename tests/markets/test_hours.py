"""Hours of trading as they are written down."""

import re
from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.hours import Hours, hours_problem, read_hours, write_hours

TOKYO = [
    {"from": "2024-11-05", "regular": [["09:00", "11:30"], ["12:30", "15:30"]]},
    {"regular": [["09:00", "11:30"], ["12:30", "15:00"]]},
]


def test_hours_are_read_earliest_first() -> None:
    morning = (time(9), time(11, 30))

    assert read_hours(TOKYO) == (
        Hours(regular=(morning, (time(12, 30), time(15)))),
        Hours(regular=(morning, (time(12, 30), time(15, 30))), from_on=date(2024, 11, 5)),
    )


def test_hours_have_a_week_and_trading_before_and_after() -> None:
    [hours] = read_hours(
        {"days": [6, 0], "pre": ["09:30", "10:00"], "regular": [["10:00", "15:00"]], "post": ["15:10", "15:20"]}
    )

    assert hours == Hours(
        regular=((time(10), time(15)),),
        pre=(time(9, 30), time(10)),
        post=(time(15, 10), time(15, 20)),
        weekdays=frozenset({0, 6}),
    )


@pytest.mark.parametrize("value", [{}, []])
def test_of_no_hours_nothing_is_known(value: Any) -> None:
    assert read_hours(value) == ()
    assert hours_problem(value) == ""


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("09:30", "Give the hours in braces"),
        (None, "Give the hours in braces"),
        (["09:30"], "Give the hours in braces"),
        ({"pre": ["08:00", "09:00"]}, "Give the regular session as a list"),
        ({"regular": [["09:30", "16:00"]], "lunch": []}, "Hours have no “lunch”: use regular, pre, post, days, from."),
        ({"regular": "09:30"}, "Give the regular session as a list"),
        ({"regular": []}, "Give the regular session as a list"),
        ({"regular": ["09:30"]}, "“09:30” is no session"),
        ({"regular": [["09:30", "16:00"]], "pre": None}, "“None” is no session"),
        ({"regular": [["9:30", "16:00"]]}, "“9:30” is no time of day"),
        ({"regular": [["09:30", "24:00"]]}, "“24:00” is no time of day"),
        ({"regular": [["09:30", None]]}, "“None” is no time of day"),
        ({"regular": [["16:00", "09:30"]]}, "16:00 and 09:30 do not follow one another"),
        ({"regular": [["09:30", "09:30"]]}, "09:30 and 09:30 do not follow one another"),
        ({"regular": [["09:00", "12:00"], ["11:00", "15:00"]]}, "12:00 and 11:00 do not follow one another"),
        ({"regular": [["09:30", "16:00"]], "pre": ["08:00", "10:00"]}, "10:00 and 09:30 do not follow one another"),
        ({"regular": [["09:30", "16:00"]], "days": "monday"}, "numbers from 0, Monday"),
        ({"regular": [["09:30", "16:00"]], "days": []}, "numbers from 0, Monday"),
        ({"regular": [["09:30", "16:00"]], "days": [7]}, "numbers from 0, Monday"),
        ({"regular": [["09:30", "16:00"]], "days": [True]}, "numbers from 0, Monday"),
        ({"regular": [["09:30", "16:00"]], "from": "5.11.2024"}, "“5.11.2024” is no date"),
        ([{"regular": [["09:30", "16:00"]]}] * 2, "begin on the same day, and for the same weekday"),
    ],
)
def test_what_are_no_hours_is_refused(value: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        read_hours(value)
    assert message in hours_problem(value)


def test_weekdays_may_differ() -> None:
    """Jakarta breaks longer on Fridays, for the prayer."""
    friday = {"days": [4], "regular": [["09:00", "11:30"], ["14:00", "15:50"]]}
    others = {"days": [0, 1, 2, 3], "regular": [["09:00", "12:00"], ["13:30", "15:50"]]}

    assert [hours.weekdays for hours in read_hours([friday, others])] == [{4}, {0, 1, 2, 3}]


def test_weekdays_beyond_a_week_are_refused() -> None:
    with pytest.raises(ValueError, match="Weekdays are numbered from 0"):
        Hours(regular=((time(9), time(15)),), weekdays=frozenset({7}))


@st.composite
def some_hours(draw: st.DrawFn) -> Hours:
    """Hours of any exchange, to the minute."""
    count = draw(st.integers(1, 4))
    minutes = sorted(draw(st.lists(st.integers(0, 1439), min_size=2 * count, max_size=2 * count, unique=True)))
    clocks = [time(minute // 60, minute % 60) for minute in minutes]
    intervals = list(zip(clocks[::2], clocks[1::2], strict=True))
    pre = intervals.pop(0) if len(intervals) > 1 and draw(st.booleans()) else None
    post = intervals.pop() if len(intervals) > 1 and draw(st.booleans()) else None
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return Hours(tuple(intervals), pre, post, weekdays, draw(st.dates(date(2000, 1, 1), date(2035, 12, 31))))


@given(st.lists(some_hours(), max_size=3, unique_by=lambda hours: hours.from_on))
def test_hours_that_are_written_are_read_again(hours: list[Hours]) -> None:
    assert read_hours(write_hours(hours)) == tuple(sorted(hours, key=lambda item: item.from_on))
