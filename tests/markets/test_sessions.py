"""Trading days and sessions, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.markets.hours import Hours, read_hours
from articles.markets.sessions import Calendar, Session
from tests.markets.test_hours import some_hours

ZONES = [
    "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Hong_Kong", "Asia/Kolkata", "Asia/Tehran",
    "Asia/Tokyo", "Australia/Lord_Howe", "Australia/Sydney", "Europe/London", "Africa/Cairo", "Pacific/Apia", "UTC",
]  # fmt: skip
NEW_YORK_HOURS = read_hours([{"pre": ["04:00", "09:30"], "regular": [["09:30", "16:00"]], "post": ["16:00", "20:00"]}])
TOKYO_HOURS = read_hours(
    [
        {"regular": [["09:00", "11:30"], ["12:30", "15:00"]]},
        {"from": "2024-11-05", "regular": [["09:00", "11:30"], ["12:30", "15:30"]]},
    ]
)
NEW_YORK = Calendar(
    ZoneInfo("America/New_York"),
    NEW_YORK_HOURS,
    closed={date(2026, 11, 26), date(2026, 12, 25)},
    half={date(2026, 11, 27): time(13), date(2026, 12, 24): time(13)},
)
TOKYO = Calendar(ZoneInfo("Asia/Tokyo"), TOKYO_HOURS, closed={date(2024, 11, 4)}, half={date(2025, 1, 6): time(11)})


def new_york(day: int, clock: str, month: int = 11) -> datetime:
    """A moment of 2026 by the clocks of New York."""
    return datetime.combine(date(2026, month, day), time.fromisoformat(clock), ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("day", "clock", "session"),
    [
        (24, "03:59:59", "closed"),
        (24, "04:00", "pre"),
        (24, "09:29:59", "pre"),
        (24, "09:30", "regular"),
        (24, "15:59:59", "regular"),
        (24, "16:00", "post"),
        (24, "20:00", "closed"),
        (26, "12:00", "closed"),  # Thanksgiving
        (27, "12:59:59", "regular"),
        (27, "13:00", "post"),
        (27, "16:59:59", "post"),
        (27, "17:00", "closed"),
        (28, "12:00", "closed"),  # a Saturday
    ],
)
def test_session_at_a_moment(day: int, clock: str, session: str) -> None:
    assert NEW_YORK.session_at(new_york(day, clock)) == session
    assert NEW_YORK.is_open(new_york(day, clock)) == (session == "regular")


@pytest.mark.parametrize(
    ("clock", "session"),
    [("08:59", "closed"), ("09:00", "regular"), ("11:30", "lunch"), ("12:29", "lunch"), ("12:30", "regular"),
     ("15:29", "regular"), ("15:30", "closed")],
)  # fmt: skip
def test_lunch_is_no_trading(clock: str, session: str) -> None:
    at = datetime.combine(date(2024, 11, 5), time.fromisoformat(clock), ZoneInfo("Asia/Tokyo"))

    assert TOKYO.session_at(at) == session


def test_hours_change_on_their_day() -> None:
    assert TOKYO.closes_at(date(2024, 11, 1)) == datetime(2024, 11, 1, 6, 0, tzinfo=UTC)
    assert TOKYO.closes_at(date(2024, 11, 5)) == datetime(2024, 11, 5, 6, 30, tzinfo=UTC)


def test_half_day_before_lunch_has_none() -> None:
    day = date(2025, 1, 6)

    assert TOKYO.is_half_day(day)
    assert TOKYO.closes_at(day) == datetime(2025, 1, 6, 2, 0, tzinfo=UTC)
    assert TOKYO.session_at(datetime(2025, 1, 6, 3, 0, tzinfo=UTC)) is Session.CLOSED


def test_open_and_close_follow_the_clocks() -> None:
    """New York leaves summer time on 1 November 2026, and the opening comes an hour later in UTC."""
    assert NEW_YORK.opens_at(date(2026, 10, 30)) == datetime(2026, 10, 30, 13, 30, tzinfo=UTC)
    assert NEW_YORK.opens_at(date(2026, 11, 2)) == datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
    assert NEW_YORK.closes_at(date(2026, 3, 6)) == datetime(2026, 3, 6, 21, 0, tzinfo=UTC)
    assert NEW_YORK.closes_at(date(2026, 3, 9)) == datetime(2026, 3, 9, 20, 0, tzinfo=UTC)


def test_days_without_trading_neither_open_nor_close() -> None:
    assert NEW_YORK.opens_at(date(2026, 11, 26)) is None
    assert NEW_YORK.closes_at(date(2026, 11, 28)) is None
    assert not NEW_YORK.is_half_day(date(2026, 11, 26))


def test_trading_days_leave_out_weekends_and_holidays() -> None:
    days = list(NEW_YORK.trading_days(date(2026, 11, 25), date(2026, 12, 1)))

    assert days == [date(2026, 11, 25), date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)]


def test_leap_day_is_a_day_like_any_other() -> None:
    assert NEW_YORK.previous_trading_day(date(2024, 3, 1)) == date(2024, 2, 29)
    assert NEW_YORK.previous_trading_day(date(2028, 3, 1)) == date(2028, 2, 29)
    assert NEW_YORK.next_trading_day(date(2020, 2, 28)) == date(2020, 3, 2)


def test_neighbors_of_a_trading_day() -> None:
    assert NEW_YORK.previous_trading_day(date(2026, 11, 27)) == date(2026, 11, 25)
    assert NEW_YORK.next_trading_day(date(2026, 11, 25)) == date(2026, 11, 27)


def test_next_open_goes_on_after_lunch_and_over_weekends() -> None:
    lunch, evening = datetime(2024, 11, 1, 3, 0, tzinfo=UTC), datetime(2024, 11, 1, 7, 0, tzinfo=UTC)

    assert TOKYO.next_open(lunch) == datetime(2024, 11, 1, 3, 30, tzinfo=UTC)
    assert TOKYO.next_open(evening) == datetime(2024, 11, 5, 0, 0, tzinfo=UTC)
    assert TOKYO.next_open(datetime(2024, 11, 5, 0, 0, tzinfo=UTC)) == datetime(2024, 11, 5, 3, 30, tzinfo=UTC)


def test_closes_are_the_ends_of_days() -> None:
    lunch = datetime(2024, 11, 1, 3, 0, tzinfo=UTC)
    friday, tuesday = datetime(2024, 11, 1, 6, 0, tzinfo=UTC), datetime(2024, 11, 5, 6, 30, tzinfo=UTC)

    assert (TOKYO.next_close(lunch), TOKYO.next_close(friday)) == (friday, tuesday)
    assert TOKYO.last_close(lunch) == datetime(2024, 10, 31, 6, 0, tzinfo=UTC)
    assert TOKYO.last_close(friday) == friday
    assert TOKYO.last_close(datetime(2024, 11, 4, 12, 0, tzinfo=UTC)) == friday


def test_special_days_trade_whatever_the_weekday() -> None:
    """India traded on Saturday 1 February 2025, the day of the budget; a late opening is of this kind too."""
    saturday = date(2025, 2, 1)
    calendar = Calendar(
        ZoneInfo("Asia/Kolkata"),
        read_hours([{"pre": ["09:00", "09:08"], "regular": [["09:15", "15:30"]]}]),
        closed={saturday},
        half={saturday: time(12)},
        special={saturday: ((time(10), time(14)),)},
    )

    assert calendar.is_trading_day(saturday)
    assert not calendar.is_half_day(saturday)
    assert calendar.opens_at(saturday) == datetime(2025, 2, 1, 4, 30, tzinfo=UTC)
    assert calendar.closes_at(saturday) == datetime(2025, 2, 1, 8, 30, tzinfo=UTC)
    assert calendar.session_at(datetime(2025, 2, 1, 3, 32, tzinfo=UTC)) is Session.CLOSED
    assert calendar.previous_trading_day(date(2025, 2, 3)) == saturday


def test_week_may_change() -> None:
    """Tel Aviv traded Sunday to Thursday until 2025, Monday to Friday from 5 January 2026."""
    hours = [{"days": [6, 0, 1, 2, 3], "regular": [["10:00", "17:15"]]},
             {"from": "2026-01-05", "regular": [["10:00", "17:15"]]}]  # fmt: skip
    calendar = Calendar(ZoneInfo("Asia/Jerusalem"), read_hours(hours))

    assert list(calendar.trading_days(date(2025, 12, 31), date(2026, 1, 9))) == [
        date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 4), date(2026, 1, 5), date(2026, 1, 6), date(2026, 1, 7),
        date(2026, 1, 8), date(2026, 1, 9),
    ]  # fmt: skip


def test_hours_of_a_weekday_are_its_own() -> None:
    hours = [{"days": [0, 1, 2, 3], "regular": [["09:00", "12:00"], ["13:30", "15:50"]]},
             {"days": [4], "regular": [["09:00", "11:30"], ["14:00", "15:50"]]}]  # fmt: skip
    calendar = Calendar(ZoneInfo("Asia/Jakarta"), read_hours(hours))

    assert calendar.session_at(datetime(2026, 11, 26, 6, 45, tzinfo=UTC)) is Session.REGULAR
    assert calendar.session_at(datetime(2026, 11, 27, 6, 45, tzinfo=UTC)) is Session.LUNCH
    assert not calendar.is_trading_day(date(2026, 11, 28))


def test_nothing_trades_before_the_first_hours() -> None:
    calendar = Calendar(ZoneInfo("UTC"), read_hours([{"from": "2026-01-05", "regular": [["10:00", "17:15"]]}]))

    assert not calendar.is_trading_day(date(2026, 1, 2))
    assert calendar.session_at(datetime(2026, 1, 2, 12, tzinfo=UTC)) is Session.CLOSED
    with pytest.raises(LookupError, match="no trading day within 400 days"):
        calendar.previous_trading_day(date(2026, 1, 5))


def test_calendar_without_trading_says_so() -> None:
    hours = Hours(((time(9), time(15)),), weekdays=frozenset())
    calendar = Calendar(ZoneInfo("UTC"), [hours])

    with pytest.raises(LookupError):
        calendar.next_open(datetime(2026, 1, 2, 12, tzinfo=UTC))
    with pytest.raises(LookupError):
        calendar.next_close(datetime(2026, 1, 2, 12, tzinfo=UTC))


def test_calendar_needs_hours_and_moments_a_zone() -> None:
    with pytest.raises(ValueError, match="needs hours"):
        Calendar(ZoneInfo("UTC"), [])
    with pytest.raises(ValueError, match="needs a time zone"):
        NEW_YORK.session_at(datetime(2026, 11, 24, 12))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="do not follow one another"):
        Calendar(ZoneInfo("UTC"), NEW_YORK_HOURS, special={date(2026, 1, 1): ((time(12), time(11)),)})


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """A calendar of any hours anywhere, with holidays and half days in 2026."""
    days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
    hours = draw(some_hours())
    return Calendar(
        ZoneInfo(draw(st.sampled_from(ZONES))),
        [Hours(hours.regular, hours.pre, hours.post, hours.weekdays)],
        closed=draw(st.sets(days, max_size=20)),
        half=draw(st.dictionaries(days, st.times().map(lambda clock: clock.replace(microsecond=0)), max_size=5)),
    )


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@settings(max_examples=100)
@given(calendars(), MOMENTS)
def test_what_opens_next_is_open_and_was_not_before(calendar: Calendar, at: datetime) -> None:
    opens, closes, last = calendar.next_open(at), calendar.next_close(at), calendar.last_close(at)

    assert last <= at < opens
    assert at < closes
    assert calendar.session_at(closes - timedelta(microseconds=1)) is Session.REGULAR
    # Unless two intervals touch, nothing is open just before an opening; and never is it open at a close.
    assert not calendar.is_open(closes)
    assert calendar.is_open(opens) or calendar.opens_at(calendar.date_at(opens)) == opens
    if not calendar.is_open(at):
        assert not any(calendar.is_open(at + (opens - at) * part / 7) for part in range(7))
        assert opens < closes


@settings(max_examples=100)
@given(calendars(), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_days_agree_with_their_hours(calendar: Calendar, day: date) -> None:
    opens, closes = calendar.opens_at(day), calendar.closes_at(day)

    assert calendar.is_trading_day(day) == (opens is not None) == (closes is not None)
    assert list(calendar.trading_days(day, day)) == [day] * calendar.is_trading_day(day)
    before, after = calendar.previous_trading_day(day), calendar.next_trading_day(day)
    assert before < day < after
    assert set(calendar.trading_days(before, after)) == {before, after} | ({day} if opens else set())
    if opens is not None and closes is not None:
        assert opens <= closes
        assert opens.astimezone(calendar.zone).date() == closes.astimezone(calendar.zone).date() == day


@given(st.sampled_from(ZONES), st.dates(date(2015, 1, 1), date(2035, 12, 31)))
def test_opening_is_at_the_same_local_time_all_year(zone: str, day: date) -> None:
    calendar = Calendar(ZoneInfo(zone), [Hours(((time(9, 30), time(16)),), weekdays=frozenset(range(7)))])
    opens, closes = calendar.opens_at(day), calendar.closes_at(day)

    assert opens is not None
    assert closes is not None
    assert opens.astimezone(calendar.zone).replace(tzinfo=None) == datetime.combine(day, time(9, 30))
    assert closes - opens == timedelta(hours=6, minutes=30)


def test_hour_that_the_clocks_leave_out_is_the_moment_at_which_they_do() -> None:
    """In New York 02:00 became 03:00 on 8 March 2026, at 07:00 UTC; 01:30 came twice on 1 November."""
    hours = [Hours(((time(1, 30), time(2, 30)), (time(3, 15), time(4))), weekdays=frozenset(range(7)))]
    calendar = Calendar(ZoneInfo("America/New_York"), hours)

    assert calendar.session_at(datetime(2026, 3, 8, 6, 59, 59, tzinfo=UTC)) is Session.REGULAR
    assert calendar.session_at(datetime(2026, 3, 8, 7, 0, tzinfo=UTC)) is Session.LUNCH
    assert calendar.session_at(datetime(2026, 3, 8, 7, 15, tzinfo=UTC)) is Session.REGULAR
    assert calendar.opens_at(date(2026, 11, 1)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert calendar.session_at(datetime(2026, 11, 1, 7, 29, tzinfo=UTC)) is Session.REGULAR
