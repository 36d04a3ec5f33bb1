"""Units of prices."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.units import currency_of, read_unit


@pytest.mark.parametrize(
    ("printed", "unit", "currency"),
    [
        ("USD", "USD", "USD"),
        (" usd ", "USD", "USD"),
        ("GBP", "GBP", "GBP"),
        ("GBp", "GBX", "GBP"),
        ("GBX", "GBX", "GBP"),
        ("GBx", "GBX", "GBP"),
        ("ZAc", "ZAC", "ZAR"),
        ("ZAC", "ZAC", "ZAR"),
        ("ILA", "ILA", "ILS"),
        ("ILa", "ILA", "ILS"),
    ],
)
def test_pence_are_told_from_pounds(printed: str, unit: str, currency: str) -> None:
    assert read_unit(printed) == unit
    assert currency_of(unit) == currency


@pytest.mark.parametrize("printed", ["", "$", "US$", "dollars", "12", "U D", "ＵＳＤ"])
def test_what_is_no_unit_is_none(printed: str) -> None:
    assert read_unit(printed) == ""


@given(st.text(max_size=6))
def test_units_are_read_again(printed: str) -> None:
    unit = read_unit(printed)

    assert read_unit(unit) == unit
    assert len(unit) in {0, 3}
