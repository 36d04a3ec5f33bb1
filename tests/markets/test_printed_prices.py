"""How prices and percentages are printed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.printed_prices import MINOR, print_percent, print_price


@pytest.mark.parametrize(
    ("price", "unit", "printed"),
    [
        ("82.15", "USD", "$82.15"),
        ("82.1", "USD", "$82.10"),
        ("82", "USD", "$82.00"),
        ("82.155", "USD", "$82.16"),
        ("1234567.5", "USD", "$1,234,567.50"),
        ("0.0385", "USD", "$0.0385"),
        ("0.5", "USD", "$0.50"),
        ("0.99999", "USD", "$1.00"),
        ("-37.63", "USD", "−$37.63"),
        ("0", "USD", "$0.00"),
        ("0.385", "HKD", "HK$0.385"),
        ("12.3", "EUR", "€12.30"),
        ("3050", "JPY", "¥3,050"),
        ("12.5", "SEK", "SEK 12.50"),
        ("412.5", "GBX", "412.5p"),
        ("412", "GBX", "412p"),
        ("1412.25", "GBX", "1,412.25p"),
        ("-1", "GBX", "−1p"),
        ("4125", "ZAC", "4,125c"),
        ("6705.12", "", "6,705.12"),
        ("82.15", "XXW", "XXW 82.15"),
    ],
)
def test_a_price_is_printed_in_its_own_unit(price: str, unit: str, printed: str) -> None:
    assert print_price(Decimal(price), unit) == printed


@pytest.mark.parametrize(
    ("percent", "printed"),
    [
        ("1.234", "1.2%"),
        ("-1.25", "1.3%"),
        ("0.04", "0.04%"),
        ("0.094", "0.09%"),
        ("0.095", "0.1%"),
        ("0", "0.0%"),
        ("12", "12.0%"),
        ("100", "100%"),
        ("-305.966", "306%"),
    ],
)
def test_a_percentage_is_printed_without_a_sign(percent: str, printed: str) -> None:
    assert print_percent(Decimal(percent)) == printed


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=6), st.sampled_from(["USD", "JPY", "", *MINOR]))
def test_any_price_can_be_printed(price: Decimal, unit: str) -> None:
    printed = print_price(price, unit)
    digits = "".join(character for character in printed if character.isdigit() or character == ".")
    assert printed.startswith("−") == (price < 0)
    assert abs(Decimal(digits.strip(".")) - abs(price)) <= Decimal("0.5" if unit == "JPY" else "0.005")
