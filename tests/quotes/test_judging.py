"""What is read as a quote, and what is refused."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.quotes.judging import NoQuote, Sent, confirms, fit_unit, is_jump, read_quote

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
ROW: dict[str, Any] = {
    "symbol": "BABA",
    "mic": "XNYS",
    "price": "86.10",
    "previous_close": Decimal("87.15"),
    "currency": "USD",
    "as_of": "2026-11-24T12:50:00-05:00",
    "delay_minutes": 15,
}


def test_a_quote_is_read() -> None:
    as_of = datetime(2026, 11, 24, 17, 50, tzinfo=UTC)

    assert read_quote(ROW, NOW) == Sent("XNYS", "BABA", Decimal("86.10"), Decimal("87.15"), "USD", as_of, 15)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (1795542600, datetime(2026, 11, 24, 17, 50, tzinfo=UTC)),
        (1795542600000, datetime(2026, 11, 24, 17, 50, tzinfo=UTC)),
        ("2026-11-24T17:50:00Z", datetime(2026, 11, 24, 17, 50, tzinfo=UTC)),
        ("2026-11-24T18:01:00Z", datetime(2026, 11, 24, 18, 1, tzinfo=UTC)),  # somebody's clock is ahead
    ],
)
def test_instants_are_read(as_of: Any, expected: datetime) -> None:
    assert read_quote(ROW | {"as_of": as_of}, NOW).as_of == expected


def test_what_may_be_missing_may_be_missing() -> None:
    sent = read_quote({name: ROW[name] for name in ("symbol", "mic", "price", "as_of")}, NOW)

    assert (sent.previous_close, sent.unit, sent.delay_minutes) == (None, "", None)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"price": "NaN"}, "no price is"),
        ({"price": "Infinity"}, "no price is"),
        ({"price": "1e15"}, "no price is"),
        ({"price": Decimal("1e400000000")}, "no price is"),
        ({"price": "999999999999.9999999"}, "no price is"),
        ({"as_of": "0001-01-01T00:00:00+14:00"}, "write it as"),
        ({"as_of": "9999-12-31T23:59:00-14:00"}, "write it as"),
        ({"symbol": "\ud800"}, "Name the listing"),
        ({"symbol": "a\u0000b"}, "Name the listing"),
        ({"symbol": "a b"}, "Name the listing"),
        ({"price": "-1"}, "more than nothing"),
        ({"price": 0}, "more than nothing"),
        ({"price": "0.0000001"}, "less than a millionth"),
        ({"price": True}, "no number"),
        ({"price": None}, "missing"),
        ({"price": "1,234"}, "no number"),
        ({"price": [1]}, "no number"),
        ({"previous_close": "-"}, "previous_close"),
        ({"symbol": ""}, "Name the listing"),
        ({"mic": "NYSE!"}, "Name the listing"),
        ({"currency": "dollars"}, "no currency"),
        ({"as_of": "yesterday"}, "write it as"),
        ({"as_of": "2026-11-24T17:50:00"}, "no zone"),
        ({"as_of": "2026-11-24T18:03:00Z"}, "still to come"),
        ({"as_of": "2026-11-01T18:00:00Z"}, "10 days ago"),
        ({"as_of": None}, "write it as"),
        ({"as_of": 10**30}, "write it as"),
        ({"delay_minutes": -1}, "delay_minutes"),
        ({"delay_minutes": "15"}, "delay_minutes"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(NoQuote, match=words):
        read_quote(ROW | changes, NOW)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals() | st.text(max_size=30),
    st.lists,
    max_leaves=3,
)


@given(st.dictionaries(st.sampled_from(sorted(ROW)), _ANYTHING))
def test_anything_is_a_quote_or_refused(row: dict[str, Any]) -> None:
    try:
        sent = read_quote(ROW | row, NOW)
    except NoQuote:
        return
    assert sent.price > 0
    assert sent.as_of <= NOW + timedelta(minutes=2)


def test_unit_must_be_that_of_the_listing() -> None:
    pence = read_quote(ROW | {"currency": "GBp"}, NOW)

    assert fit_unit(pence, "GBX") == "GBX"
    assert fit_unit(read_quote(ROW | {"currency": ""}, NOW), "GBX") == "GBX"
    assert fit_unit(pence, "") == "GBX"
    with pytest.raises(NoQuote, match="a hundred times as much or as little"):
        fit_unit(pence, "GBP")
    with pytest.raises(NoQuote, match="in USD, the listing is quoted in HKD"):
        fit_unit(read_quote(ROW, NOW), "HKD")


@pytest.mark.parametrize(
    ("price", "before", "jumps"),
    [
        ("100", "99", False),
        ("100", None, False),
        ("301", "100", True),
        ("300", "100", True),
        ("33", "100", True),
        ("34", "100", False),
    ],
)
def test_a_jump_is_three_times_as_much_or_a_third(price: str, before: str | None, jumps: bool) -> None:
    assert is_jump(Decimal(price), Decimal(before) if before else None) == jumps


def test_a_second_price_confirms_when_it_is_near() -> None:
    assert confirms(Decimal("10.4"), Decimal(10))
    assert not confirms(Decimal("10.6"), Decimal(10))
