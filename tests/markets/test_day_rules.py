"""Days that come every year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.day_rules import DayRule, easter


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2018-12-05", [date(2018, 12, 5)]),
        ("2011-12-05", []),
        ("12-24", [date(2018, 12, 24), date(2019, 12, 24), date(2020, 12, 24)]),
        ("02-29", [date(2020, 2, 29)]),
        ("easter-2", [date(2018, 3, 30), date(2019, 4, 19), date(2020, 4, 10)]),
        ("easter+1", [date(2018, 4, 2), date(2019, 4, 22), date(2020, 4, 13)]),
        ("fri>=06-19", [date(2018, 6, 22), date(2019, 6, 21), date(2020, 6, 19)]),
        ("last<12-25", [date(2018, 12, 24), date(2019, 12, 24), date(2020, 12, 24)]),
        ("last<01-01", [date(2018, 12, 31), date(2019, 12, 31), date(2020, 12, 31)]),
        ("first>=01-01", [date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1)]),
    ],
)
def test_rule_finds_its_days(written: str, days: list[date]) -> None:
    assert list(DayRule.read(written).days(2018, 2020)) == days


def test_rule_asks_which_days_trade() -> None:
    def is_trading(day: date) -> bool:
        return day.weekday() < 5 and day != date(2026, 1, 1)

    assert list(DayRule.read("first>=01-01").days(2026, 2026, is_trading)) == [date(2026, 1, 2)]
    assert list(DayRule.read("last<12-25").days(2022, 2022, is_trading)) == [date(2022, 12, 23)]
    assert list(DayRule.read("last<12-25").days(2022, 2022, lambda _day: False)) == []


@pytest.mark.parametrize(
    ("years", "kept"),
    [("", [2019, 2020, 2021]), ("2020-", [2020, 2021]), ("-2020", [2019, 2020]), ("2020-2020", [2020]), ("2030-", [])],
)
def test_rule_holds_in_its_years(years: str, kept: list[int]) -> None:
    assert [day.year for day in DayRule.read("06-19", years).days(2019, 2021)] == kept


@pytest.mark.parametrize(
    "written", ["", "Christmas", "13-01", "02-30", "2019-02-29", "easter", "fri>06-19", "last<13-01"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"day|month"):
        DayRule.read(written)


def test_what_are_no_years_is_refused() -> None:
    with pytest.raises(ValueError, match="'since 2020' are no years"):
        DayRule.read("06-19", "since 2020")


@pytest.mark.parametrize(
    "day",
    [date(2000, 4, 23), date(2008, 3, 23), date(2011, 4, 24), date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5),
     date(2027, 3, 28), date(2035, 3, 25), date(2038, 4, 25)],
)  # fmt: skip
def test_easter(day: date) -> None:
    assert easter(day.year) == day


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = easter(year)

    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)
