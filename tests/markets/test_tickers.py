"""Tickers as copy prints them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.printed_exchanges import PRINTED, SUFFIX, is_same_market, markets_by_suffix, markets_named
from articles.markets.tickers import (
    BARE,
    CASHTAG,
    EXCHANGE,
    REUTERS,
    TERMINAL,
    find_tickers,
    parse_ticker,
    print_ticker,
    symbol_key,
)

SYMBOLS = st.from_regex(r"[A-Z]{1,5}(?:\.[A-Z])?", fullmatch=True) | st.from_regex(r"[1-9][0-9]{3,5}", fullmatch=True)


def found(text: str) -> list[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    return [
        (text[one.start : one.end], one.form, tuple((reading.symbol, reading.mics) for reading in one.readings))
        for one in find_tickers(text)
    ]


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        ("Alibaba (NYSE:BABA) rose", [("NYSE:BABA", EXCHANGE, (("BABA", ("XNYS",)),))]),
        ("Alibaba (NYSE: BABA) rose", [("NYSE: BABA", EXCHANGE, (("BABA", ("XNYS",)),))]),
        ("NYSE: BABA rose", [("NYSE: BABA", EXCHANGE, (("BABA", ("XNYS",)),))]),
        (
            "(NYSE:BABA, HKEX:9988)",
            [("NYSE:BABA", EXCHANGE, (("BABA", ("XNYS",)),)), ("HKEX:9988", EXCHANGE, (("9988", ("XHKG",)),))],
        ),
        (
            "(Nasdaq: GOOG, GOOGL)",
            [("Nasdaq: GOOG", EXCHANGE, (("GOOG", ("XNAS",)),)), ("GOOGL", EXCHANGE, (("GOOGL", ("XNAS",)),))],
        ),
        ("阿里巴巴（NYSE：BABA）", [("NYSE：BABA", EXCHANGE, (("BABA", ("XNYS",)),))]),
        ("on NYSE American: XYZ", [("NYSE American: XYZ", EXCHANGE, (("XYZ", ("XASE",)),))]),
        ("<BABA.N>", [("BABA.N", REUTERS, (("BABA.N", ()), ("BABA", ("XNYS",))))]),
        ("(9988.HK)", [("9988.HK", REUTERS, (("9988", ("XHKG",)),))]),
        ("<BRKb.N>", [("BRKb.N", REUTERS, (("BRK.B", ("XNYS",)),))]),
        ("buy $BABA now", [("$BABA", CASHTAG, (("BABA", ()),))]),
        ("buy $BRK.B now", [("$BRK.B", CASHTAG, (("BRK.B", ()),))]),
        ("Alibaba (BABA) rose", [("BABA", BARE, (("BABA", ()),))]),
        ("Alibaba ( BABA ) rose", [("BABA", BARE, (("BABA", ()),))]),
        ("(BRK/B)", [("BRK/B", BARE, (("BRK.B", ()),))]),
        ("(GOOGL, GOOG)", [("GOOGL", BARE, (("GOOGL", ()),)), ("GOOG", BARE, (("GOOG", ()),))]),
        ("(VOD LN)", [("VOD LN", TERMINAL, (("VOD", ("XLON",)),))]),
        ("(London: VOD)", [("London: VOD", EXCHANGE, (("VOD", ("XLON",)),))]),
    ],
)
def test_every_printed_form_is_read(text: str, tickers: object) -> None:
    assert found(text) == tickers


@pytest.mark.parametrize(
    "text",
    [
        "London: A storm is coming.",
        "New York: 9 dead.",
        "It cost US$BABA and $5.",
        "at 12:50 in London",
        "see example.com, e.g. U.S. rules",
        "Note: BABA is not here",
        "mail someone@BABA.N",
        "",
        "(a) and (b)",
    ],
)
def test_what_only_looks_like_a_ticker_is_left(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("symbol", ["BRK.B", "BRK-B", "BRK/B", "brk b", "BRK_B", "BRK.B."])
def test_a_share_class_is_one_however_it_is_set_off(symbol: str) -> None:
    assert symbol_key(symbol) == "BRK.B"


def test_a_number_is_one_with_and_without_zeros_before_it() -> None:
    assert symbol_key("0700") == symbol_key("700") == "700"
    assert symbol_key("0000") == "0000"


@pytest.mark.parametrize(
    ("name", "mics"),
    [
        ("Nasdaq", ("XNAS",)),
        ("NasdaqGS", ("XNAS",)),
        ("XNAS", ("XNAS",)),
        ("NYSE American", ("XASE",)),
        ("HKG", ("XHKG",)),
        ("HKSE", ("XHKG",)),
        ("LON", ("XLON",)),
        ("TYO", ("XTKS",)),
        ("FRA", ("XFRA",)),
        ("ETR", ("XETR",)),
        ("CSE", ("XCSE", "XCNQ")),
        ("Shares", ()),
    ],
)
def test_an_exchange_is_known_by_its_spellings(name: str, mics: tuple[str, ...]) -> None:
    assert markets_named(name) == mics


def test_segments_are_one_market_and_strangers_are_not() -> None:
    assert is_same_market("XNYS", "ARCX")
    assert is_same_market("XXXX", "XXXX")
    assert not is_same_market("XNYS", "XNAS")


def test_every_printed_spelling_and_suffix_leads_back_to_its_market() -> None:
    assert all(mic in markets_named(spelling) for mic, spelling in PRINTED.items())
    assert all(mic in markets_by_suffix(suffix) for mic, suffix in SUFFIX.items())


def test_an_exchange_without_a_spelling_is_refused() -> None:
    with pytest.raises(ValueError, match="no spelling of the exchange 'XXXX' for the form 'reuters'"):
        print_ticker("BABA", "XXXX", REUTERS)


@given(symbol=SYMBOLS, mic=st.sampled_from(sorted(PRINTED)))
def test_a_ticker_with_its_exchange_is_read_as_it_was_printed(symbol: str, mic: str) -> None:
    parsed = parse_ticker(f"({print_ticker(symbol, mic)})")
    assert parsed is not None
    assert parsed.form == EXCHANGE
    assert parsed.readings[0].symbol == symbol_key(symbol)
    assert mic in parsed.readings[0].mics


@given(symbol=SYMBOLS, mic=st.sampled_from(sorted(SUFFIX)))
def test_a_reuters_code_is_read_as_it_was_printed(symbol: str, mic: str) -> None:
    parsed = parse_ticker(f"<{print_ticker(symbol, mic, REUTERS)}>")
    assert parsed is not None
    assert any(reading.symbol == symbol_key(symbol) and mic in reading.mics for reading in parsed.readings)


@given(symbol=st.from_regex(r"[A-Z]{1,6}", fullmatch=True), form=st.sampled_from([CASHTAG, BARE]))
def test_a_ticker_without_an_exchange_is_read_as_it_was_printed(symbol: str, form: str) -> None:
    parsed = parse_ticker(print_ticker(symbol, form=form))
    assert parsed is not None
    assert (parsed.form, parsed.readings[0].symbol) == (form, symbol)


@given(text=st.text() | st.text("ANYSEB:.,$()<> /-19：（）", max_size=60))
def test_reading_tickers_never_fails_and_stays_within_the_text(text: str) -> None:
    spans = [(one.start, one.end) for one in find_tickers(text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    parse_ticker(text)
    symbol_key(text)
