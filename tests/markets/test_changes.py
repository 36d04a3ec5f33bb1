"""How prices move: rises, falls, nothing, prices of nothing and less, and splits."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.changes import StockSplit, adjusted, as_of_today, change

SPLIT = StockSplit(date(2024, 6, 10), 10, 1)
PRICES = st.decimals(min_value=-1000, max_value=10**6, allow_nan=False, places=4)


@pytest.mark.parametrize(
    ("price", "previous", "amount", "percent", "direction"),
    [
        ("101", "100", "1", "1", "up"),
        ("99", "100", "-1", "-1", "down"),
        ("100", "100", "0", "0", "flat"),
        ("0", "100", "-100", "-100", "down"),
        ("-37.63", "18.27", "-55.90", "-305.9661", "down"),
        ("10.01", "-37.63", "47.64", None, "up"),
        ("1", "0", "1", None, "up"),
        ("0", "0", "0", None, "flat"),
    ],
)
def test_change_is_told_in_units_and_percent(
    price: str, previous: str, amount: str, percent: str | None, direction: str
) -> None:
    moved = change(Decimal(price), Decimal(previous))
    assert (moved.amount, moved.direction) == (Decimal(amount), direction)
    assert (moved.percent is None) == (percent is None)
    assert moved.percent is None or round(moved.percent, 4) == Decimal(percent or "")


@given(PRICES, PRICES)
def test_a_percentage_has_the_sign_of_the_change(price: Decimal, previous: Decimal) -> None:
    moved = change(price, previous)
    assert previous + moved.amount == price
    if moved.percent is not None:
        assert (moved.percent > 0, moved.percent < 0) == (moved.amount > 0, moved.amount < 0)


def test_closes_of_before_a_split_are_what_they_would_be_today() -> None:
    closes = [(date(2024, 6, 7), Decimal(1208)), (date(2024, 6, 10), Decimal(121))]
    assert adjusted(closes, [SPLIT], date(2024, 6, 11)) == [(closes[0][0], Decimal("120.8")), closes[1]]
    assert adjusted(closes, [], date(2024, 6, 11)) == closes


def test_a_split_that_is_still_to_come_changes_nothing() -> None:
    close = (date(2024, 6, 6), Decimal(1200))
    assert adjusted([close], [SPLIT], date(2024, 6, 9)) == [close]


def test_splits_follow_one_another_and_go_both_ways() -> None:
    reverse = StockSplit(date(2025, 1, 2), 1, 20)
    assert as_of_today(Decimal(100), date(2024, 1, 2), [SPLIT, reverse], date(2025, 2, 1)) == Decimal(200)
