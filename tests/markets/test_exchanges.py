"""The exchanges that ship, against what they published."""

import builtins
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from babel.core import get_global

from articles.markets import special_days as special_days_module
from articles.markets.exchanges import FIRST_YEAR, LAST_YEAR, calendar, markets, special_days
from articles.markets.hours import read_hours, write_hours
from articles.markets.sessions import Session
from articles.markets.special_days import NoLibrary

#: What is 30 operators: some have several markets among the first fifty.
LARGEST = (
    "XNYS XNAS XSHG XTKS XPAR XHKG XNSE XBOM XSHE XTSE XLON XSAU XETR XSWX XTAI XKRX XSTO XASX XJSE XADS BVMF XMAD "
    "XSES XIDX XBKK XKLS XMEX XIST XTAE XDFM"
).split()


def test_thirty_largest_operators_ship() -> None:
    assert len(LARGEST) == 30
    assert set(LARGEST) <= set(markets())


def test_codes_are_what_others_call_them() -> None:
    currencies = get_global("all_currencies")
    for mic, market in markets().items():
        assert (len(mic), mic) == (4, mic.upper())
        assert market.zone in available_timezones()
        assert market.currency in currencies
        assert market.country in get_global("territory_currencies")
        assert market.quoted_in in {"", "GBX", "ZAC", "ILA"}


def test_no_two_exchanges_print_one_acronym() -> None:
    forms = [
        form for market in markets().values() for form in {word.upper() for word in (market.acronym, *market.also)}
    ]

    assert sorted(forms) == sorted(set(forms))


@pytest.mark.parametrize("mic", sorted(markets()))
def test_hours_are_stored_and_read_again(mic: str) -> None:
    hours = markets()[mic].hours

    assert read_hours(write_hours(hours)) == hours


@pytest.mark.parametrize("mic", sorted(markets()))
def test_every_year_has_about_250_trading_days(mic: str) -> None:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        days = list(calendar(mic).trading_days(date(year, 1, 1), date(year, 12, 31)))
        assert 230 <= len(days) <= 261


@pytest.mark.parametrize("mic", sorted(markets()))
def test_special_days_are_no_ordinary_days(mic: str) -> None:
    found = special_days(mic)

    assert [special.day for special in found] == sorted({special.day for special in found})
    for special in found:
        assert special.name
        assert calendar(mic).is_trading_day(special.day) == (not special.is_closed)
        assert calendar(mic).is_half_day(special.day) == (special.closes_at is not None)


def closed_in(mic: str, year: int) -> list[str]:
    return [f"{special.day:%m-%d}" for special in special_days(mic) if special.day.year == year and special.is_closed]


@pytest.mark.parametrize(
    ("mic", "year", "closed"),
    [
        ("XNYS", 2018, "01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25"),
        ("XNYS", 2021, "01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24"),
        ("XNAS", 2025, "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25"),
        ("XNYS", 2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25"),
        ("XLON", 2022, "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27"),
        ("XLON", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        ("XPAR", 2026, "01-01 04-03 04-06 05-01 12-25"),
        ("XETR", 2026, "01-01 04-03 04-06 05-01 12-24 12-25 12-31"),
        ("XHKG", 2026, "01-01 02-17 02-18 02-19 04-03 04-06 04-07 05-01 05-25 06-19 07-01 10-01 10-19 12-25"),
        ("XTSE", 2026, "01-01 02-16 04-03 05-18 07-01 08-03 09-07 10-12 12-25 12-28"),
        ("XTKS", 2022, "01-03 01-10 02-11 02-23 03-21 04-29 05-03 05-04 05-05 07-18 08-11 09-19 09-23 10-10 11-03 11-23"),  # noqa: E501
        ("XTAE", 2025, "04-13 04-30 05-01 06-01 06-02 08-03 09-22 09-23 09-24 10-01 10-02 10-06 10-07 10-13 10-14"),
        ("XSTO", 2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"),
    ],
)  # fmt: skip
def test_holidays_are_those_that_were_published(mic: str, year: int, closed: str) -> None:
    assert closed_in(mic, year) == closed.split()


@pytest.mark.parametrize(
    ("mic", "day", "closes"),
    [
        ("XNYS", "2026-11-27", "13:00"),
        ("XNYS", "2026-12-24", "13:00"),
        ("XNYS", "2025-07-03", "13:00"),
        ("XLON", "2022-12-23", "12:30"),
        ("XLON", "2026-12-31", "12:30"),
        ("XPAR", "2026-12-24", "14:05"),
        ("XHKG", "2026-02-16", "12:00"),
        ("XASX", "2023-12-22", "14:10"),
        ("XETR", "2026-12-30", "14:00"),
        ("XSES", "2026-12-24", "12:00"),
        ("XTSE", "2026-12-24", "13:00"),
        ("XSTO", "2026-04-30", "13:00"),
    ],
)
def test_half_days_end_when_they_end(mic: str, day: str, closes: str) -> None:
    on = date.fromisoformat(day)
    ends = datetime.combine(on, time.fromisoformat(closes), ZoneInfo(markets()[mic].zone))

    assert calendar(mic).is_half_day(on)
    assert calendar(mic).closes_at(on) == ends


def test_sessions_that_no_week_has() -> None:
    mumbai, seoul = calendar("XNSE"), calendar("XKRX")

    assert mumbai.is_trading_day(date(2025, 2, 1))
    assert mumbai.opens_at(date(2024, 11, 1)) == datetime(2024, 11, 1, 12, 30, tzinfo=UTC)
    assert seoul.opens_at(date(2026, 1, 2)) == datetime(2026, 1, 2, 1, 0, tzinfo=UTC)
    assert seoul.closes_at(date(2026, 11, 19)) == datetime(2026, 11, 19, 7, 30, tzinfo=UTC)


def test_lunch_breaks() -> None:
    noon = {"XTKS": 3, "XHKG": 4, "XSHG": 4, "XSES": 4, "XNSE": 6, "XLON": 12}

    found = {mic: calendar(mic).session_at(datetime(2026, 11, 25, hour, 15, tzinfo=UTC)) for mic, hour in noon.items()}

    assert found == {
        "XTKS": Session.LUNCH, "XHKG": Session.LUNCH, "XSHG": Session.LUNCH, "XSES": Session.LUNCH,
        "XNSE": Session.REGULAR, "XLON": Session.REGULAR,
    }  # fmt: skip


def test_exchanges_that_follow_new_york_change_with_its_clocks() -> None:
    for day in (date(2026, 3, 6), date(2026, 3, 9), date(2026, 10, 30), date(2026, 11, 3)):
        opens, closes = calendar("XNYS").opens_at(day), calendar("XNYS").closes_at(day)
        assert (calendar("XMEX").opens_at(day), calendar("XMEX").closes_at(day)) == (opens, closes)
    assert calendar("BVMF").closes_at(date(2026, 3, 6)) == datetime(2026, 3, 6, 21, 0, tzinfo=UTC)
    assert calendar("BVMF").closes_at(date(2026, 3, 9)) == datetime(2026, 3, 9, 20, 0, tzinfo=UTC)


def test_weeks_of_the_gulf_and_tel_aviv() -> None:
    sunday, friday = date(2026, 11, 22), date(2026, 11, 27)

    open_on = {mic: [calendar(mic).is_trading_day(day) for day in (sunday, friday)] for mic in ("XSAU", "XADS", "XTAE")}

    assert open_on == {"XSAU": [True, False], "XADS": [False, True], "XTAE": [False, True]}
    assert calendar("XTAE").is_trading_day(date(2025, 11, 23))
    assert calendar("XADS").is_trading_day(date(2021, 11, 21))


def test_without_the_library_holidays_are_not_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def none_such(name: str, *rest: Any) -> Any:
        if name == "holidays":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", none_such)
    with pytest.raises(NoLibrary, match="uv sync --extra markets"):
        list(special_days_module.find_special_days({"library": {"market": "XNYS"}}, calendar_of_weekdays(), 2026, 2026))


def calendar_of_weekdays() -> Any:
    from articles.markets.sessions import Calendar

    return Calendar(ZoneInfo("UTC"), read_hours({"regular": [["09:00", "17:00"]]}))
