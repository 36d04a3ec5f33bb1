"""Symbols, however their share class is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.symbols import spellings, symbol_key


@pytest.mark.parametrize("printed", ["BRK.B", "BRK-B", "BRK/B", "BRK B", "brk.b", " BRK_B ", "BRK..B"])
def test_share_classes_are_one(printed: str) -> None:
    assert symbol_key(printed) == "BRK.B"


@pytest.mark.parametrize(
    ("symbol", "key"), [("BABA", "BABA"), ("0700", "700"), ("00700", "700"), ("700", "700"), ("600519", "600519"),
                        ("0", "0"), ("000001", "1"), ("BRKB", "BRKB"), ("7203.T", "7203.T"), ("", ""), ("-", "")]
)  # fmt: skip
def test_symbol_key(symbol: str, key: str) -> None:
    assert symbol_key(symbol) == key


def test_spellings_begin_with_what_was_asked_for() -> None:
    assert spellings("BRK-B") == ("BRK-B", "BRK.B", "BRK/B", "BRK B")
    assert spellings("700") == ("700", "0700", "00700", "000700")
    assert spellings("BABA") == ("BABA",)


SYMBOLS = st.from_regex(r"\A(?:[A-Z]{1,5}(?:[.\-/ ][A-Z])?|[0-9]{1,6})\Z")


@given(SYMBOLS)
def test_all_spellings_are_one_symbol(symbol: str) -> None:
    assert {symbol_key(spelling) for spelling in spellings(symbol)} == {symbol_key(symbol)}
    assert symbol_key(symbol_key(symbol)) == symbol_key(symbol)


@given(st.text(max_size=12))
def test_no_text_is_too_odd(text: str) -> None:
    assert symbol_key(symbol_key(text)) == symbol_key(text)
    assert text.strip() in spellings(text)
