"""Companies and people in copy: what is found, what is chosen, and where nothing is."""

from collections.abc import Hashable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.markets.mentions import Alias, Candidate, Finder, Mention

DAY = date(2026, 11, 24)
ALIASES = (
    Alias("Apple Inc. - Common Stock", "apple", symbol="AAPL", mic="XNAS"),
    Alias("Alibaba Group Holding Limited", "alibaba", symbol="BABA", mic="XNYS"),
    Alias("Alibaba Group Holding Limited", "alibaba", symbol="9988", mic="XHKG"),
    Alias("阿里巴巴", "alibaba"),
    Alias("Tencent Holdings Ltd", "tencent", symbol="0700", mic="XHKG"),
    Alias("腾讯", "tencent"),
    Alias("腾讯音乐", "tencent-music", symbol="TME", mic="XNYS"),
    Alias("Gap, Inc. (The) Common Stock", "gap", symbol="GAP", mic="XNYS"),
    Alias("Visa Inc. Class A Common Stock", "visa", symbol="V", mic="XNYS"),
    Alias("Mastercard Incorporated", "mastercard", symbol="MA", mic="XNYS"),
    Alias("Gartner, Inc.", "gartner", symbol="IT", mic="XNYS"),
    Alias("ING Groep N.V.", "ing", symbol="INGA", mic="XAMS"),
    Alias("Ford Motor Company", "ford", symbol="F", mic="XNYS"),
    Alias("Berkshire Hathaway Inc. Class B Common Stock", "berkshire", symbol="BRK.B", mic="XNYS"),
    Alias("McDonald's Corporation", "mcdonalds", symbol="MCD", mic="XNYS"),
    Alias("L'Oréal S.A.", "loreal", symbol="OR", mic="XPAR"),
    Alias("JP Morgan Chase & Co.", "jpmorgan", symbol="JPM", mic="XNYS"),
    Alias("SoftBank Group Corp.", "softbank-group", symbol="9984", mic="XTKS"),
    Alias("SoftBank Corp.", "softbank", symbol="9434", mic="XTKS"),
    Alias("Samsung", "samsung-sdi"),
    Alias("Samsung SDI Co., Ltd.", "samsung-sdi", symbol="006400", mic="XKRX"),
    Alias("Samsung", "samsung-electronics"),
    Alias("Samsung Electronics Co., Ltd.", "samsung-electronics", symbol="005930", mic="XKRX"),
    Alias("Wachovia Corporation", "wachovia", symbol="WB", mic="XNYS", until_on=date(2008, 12, 31)),
    Alias("Weibo Corporation", "weibo", symbol="WB", mic="XNAS", from_on=date(2014, 4, 17)),
    Alias("Square, Inc.", "block", symbol="SQ", mic="XNYS", until_on=date(2021, 12, 9)),
    Alias("Block, Inc.", "block", symbol="XYZ", mic="XNYS", from_on=date(2021, 12, 10)),
    Alias("Tim Cook", "tim-cook", "person"),
    Alias("Jim Ford", "jim-ford", "person"),
    Alias("Charles Schwab", "charles-schwab", "person"),
    Alias("Charles Schwab Corporation", "schwab", symbol="SCHW", mic="XNYS"),
)
FINDER = Finder(ALIASES)


def mentions(text: str, on: date = DAY, finder: Finder = FINDER, **more: Any) -> list[Mention]:
    return finder.find(text, on, **more)


def chosen(text: str, on: date = DAY, finder: Finder = FINDER, **more: Any) -> list[tuple[str, Hashable]]:
    return [(one.text, one.chosen) for one in mentions(text, on, finder, **more) if one.chosen is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alibaba's cloud unit grew.", [("Alibaba", "alibaba")]),
        ("Alibaba’s cloud unit grew.", [("Alibaba", "alibaba")]),
        ("ALIBABA CLOUD UNIT GREW LAST QUARTER", [("ALIBABA", "alibaba")]),
        ("Alibaba Group Holding Ltd. fell.", [("Alibaba Group Holding Ltd.", "alibaba")]),
        ("Alibaba\u00a0Group fell.", [("Alibaba\u00a0Group", "alibaba")]),
        ("At Tencent, sales rose.", [("Tencent", "tencent")]),
        ("McDonald’s and Mcdonalds' rivals", [("McDonald’s", "mcdonalds"), ("Mcdonalds", "mcdonalds")]),
        ("Le titre de L’Oréal gagne 2%.", [("L’Oréal", "loreal")]),
        ("LOREAL shares", [("LOREAL", "loreal")]),
        ("JPMorgan Chase rose, J.P. Morgan Chase & Co too.", [("JPMorgan Chase", "jpmorgan"),
                                                              ("J.P. Morgan Chase & Co", "jpmorgan")]),
        ("阿里巴巴发布财报", [("阿里巴巴", "alibaba")]),
        ("腾讯音乐和腾讯都上涨", [("腾讯音乐", "tencent-music"), ("腾讯", "tencent")]),
        ("ING reported a profit.", [("ING", "ing")]),
    ],
)  # fmt: skip
def test_a_name_is_found_however_it_is_written(text: str, expected: object) -> None:
    assert chosen(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alibaba (NYSE: BABA, HKEX: 9988)", ["Alibaba", "NYSE: BABA", "HKEX: 9988"]),
        ("NYSE: BABA and 9988.HK fell", ["NYSE: BABA", "9988.HK"]),
        ("Alibaba <BABA.N>", ["Alibaba", "BABA.N"]),
        ("sold $BABA today", ["$BABA"]),
        ("Alibaba (BABA) fell", ["Alibaba", "BABA"]),
    ],
)
def test_a_ticker_is_found_in_every_printed_form(text: str, expected: list[str]) -> None:
    assert chosen(text) == [(words, "alibaba") for words in expected]


@pytest.mark.parametrize("symbol", ["BRK.B", "BRK-B", "BRK/B"])
def test_a_share_class_is_found_however_it_is_set_off(symbol: str) -> None:
    assert chosen(f"bought ({symbol}) at Berkshire Hathaway ({symbol})")[-1] == (symbol, "berkshire")


@pytest.mark.parametrize(
    "text",
    [
        "Apple pie was served.",
        "The gap between rich and poor grew.",
        "Gap years are popular.",
        "Visa applications take six weeks.",
        "Gerald Ford became president.",
        "Mr. Ford won the lottery.",
        "All IT staff must leave.",
        "Information technology (IT) matters.",
        "Das Ing. Büro ist neu.",
        "The Visa-free regime ends.",
    ],
)
def test_it_abstains_where_words_may_mean_something_else(text: str) -> None:
    assert chosen(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shares of Apple fell.", [("Apple", "apple")]),
        ("Apple's chief executive left.", [("Apple", "apple")]),
        ("Apple said sales rose.", [("Apple", "apple")]),
        ("Gap Inc was sold.", [("Gap Inc", "gap")]),
        ("Gap (NYSE: GAP) was sold.", [("Gap", "gap"), ("NYSE: GAP", "gap")]),
        ("Visa and Mastercard were sued.", [("Visa", "visa"), ("Mastercard", "mastercard")]),
        ("Gartner (IT) fell.", [("Gartner", "gartner"), ("IT", "gartner")]),
        ("Ford reported earnings above estimates.", [("Ford", "ford")]),
        ("Gap Inc has a new designer. Gap hopes for customers.", [("Gap Inc", "gap"), ("Gap", "gap")]),
    ],
)
def test_context_makes_an_ordinary_word_a_company(text: str, expected: object) -> None:
    assert chosen(text) == expected


def test_an_abstention_shows_its_candidates() -> None:
    (one,) = mentions("Apple pie was served.")
    assert (one.text, one.chosen, one.form) == ("Apple", None, "name")
    assert one.candidates == (Candidate("apple", 0.3),)


def test_a_name_of_several_is_chosen_only_if_another_mention_decides() -> None:
    assert chosen("Samsung has a new head of design.") == []
    assert {one.entity for one in mentions("Samsung has a new head.")[0].candidates} == {
        "samsung-sdi",
        "samsung-electronics",
    }
    assert chosen("Samsung SDI signed a deal.\nSamsung will supply batteries.") == [
        ("Samsung SDI", "samsung-sdi"),
        ("Samsung", "samsung-sdi"),
    ]
    assert chosen("Samsung (KRX: 005930) rose")[0] == ("Samsung", "samsung-electronics")


def test_the_legal_form_tells_two_of_one_name_apart() -> None:
    assert chosen("SoftBank Corp. rose.") == [("SoftBank Corp.", "softbank")]
    assert chosen("SoftBank Group fell.") == [("SoftBank Group", "softbank-group")]
    assert chosen("SoftBank fell.") == []


def test_a_ticker_is_of_whoever_has_it_on_the_day() -> None:
    assert chosen("Sold (NYSE: WB)", date(2005, 3, 10)) == [("NYSE: WB", "wachovia")]
    assert chosen("Sold (Nasdaq: WB)") == [("Nasdaq: WB", "weibo")]
    assert chosen("Sold $WB", date(2010, 1, 1)) == []


def test_a_company_has_the_name_of_the_day() -> None:
    assert chosen("Square Inc rose.", date(2021, 12, 9)) == [("Square Inc", "block")]
    assert chosen("Square Inc rose.", date(2021, 12, 10)) == []
    assert chosen("Block Inc rose.", date(2021, 12, 10)) == [("Block Inc", "block")]


def test_a_person_is_found_in_full_and_then_by_surname() -> None:
    assert chosen("Cook is a common word.") == []
    assert chosen("Tim Cook left. “It is done,” Cook said.") == [("Tim Cook", "tim-cook"), ("Cook", "tim-cook")]
    assert [one.form for one in mentions("Tim Cook left. Cook's office was empty.")] == ["name", "surname"]


def test_a_person_and_a_company_of_one_name_compete() -> None:
    assert chosen("Charles Schwab was born in 1937.") == [("Charles Schwab", "charles-schwab")]
    assert chosen("Charles Schwab shares fell 3%.") == [("Charles Schwab", "schwab")]
    assert chosen("Jim Ford spoke. Mr. Ford then left.")[-1] == ("Ford", "jim-ford")
    assert chosen("Jim Ford spoke. Ford shares fell 3%.")[-1][0] != "Ford"


def test_always_needs_no_context_and_never_is_not_chosen() -> None:
    always = Finder([*ALIASES, Alias("Gap", "gap", rule="always")])
    assert chosen("Gap years are popular.", finder=always) == [("Gap", "gap")]
    never = Finder([*ALIASES, Alias("Gap", "gap", rule="never")])
    assert mentions("Shares of Gap fell.", finder=never) == []
    assert chosen("Shares of Gap Inc fell.", finder=never) == [("Gap Inc", "gap")]


def test_what_was_dismissed_for_a_story_stays_away() -> None:
    text = "Shares of Apple fell. Apple Inc said so."
    assert chosen(text, dismissed={("Apple", "apple")}) == [("Apple Inc", "apple")]
    assert chosen(text, dismissed={("apple", None)}) == [("Apple Inc", "apple")]
    assert chosen(text, dismissed={("Apple", "gap")}) == [("Apple", "apple"), ("Apple Inc", "apple")]


def test_what_a_story_is_known_to_be_about_tips_the_scales() -> None:
    assert chosen("Gap has a plan.") == []
    assert chosen("Gap has a plan.", known={"gap"}) == [("Gap", "gap")]
    assert chosen("Samsung has a plan.", known={"samsung-sdi"}) == [("Samsung", "samsung-sdi")]


def test_a_ticker_without_an_exchange_is_the_first_one_s_only_if_all_are_of_one_company() -> None:
    two = Finder([Alias("Aa Bb", 1, symbol="QQQX", mic="XLON"), Alias("Cc Dd", 2, symbol="QQQX", mic="XPAR")])
    assert chosen("Sold $QQQX", finder=two) == []
    assert chosen("Aa Bb fell. Sold $QQQX", finder=two)[-1] == ("$QQQX", 1)
    one = Finder([Alias("Aa Bb", 1, symbol="QQQX", mic="XLON"), Alias("Aa Bb", 1, symbol="QQQX", mic="XPAR")])
    assert chosen("Sold $QQQX", finder=one) == [("$QQQX", 1)]


def test_the_initials_of_a_company_are_its_ticker_wherever_its_name_stands_in_the_master() -> None:
    together = Finder([Alias("Advanced Micro Devices, Inc.", 1, symbol="AMD", mic="XNAS")])
    apart = Finder([Alias("Advanced Micro Devices, Inc.", 1), Alias("", 1, symbol="AMD", mic="XNAS")])
    strange = Finder([Alias("Advanced Micro Devices, Inc.", 1), Alias("", 2, symbol="AMD", mic="XNAS")])
    text = "A rival to AMD was born."
    assert [chosen(text, finder=finder) for finder in (together, apart, strange)] == [[("AMD", 1)], [("AMD", 1)], []]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Walt Disney Company (The) Common Stock", "Disney shares fell.", "Disney"),
        ("J Sainsbury plc", "Sainsbury’s profit rose 10%.", "Sainsbury"),
        ("United States Steel Corporation", "U.S. Steel fell.", "U.S. Steel"),
        ("Thermo Fisher Scientific Inc", "Thermo Fisher fell 3%.", "Thermo Fisher"),
        ("Exxon Mobil Corporation", "Exxon shares fell.", "Exxon"),
        ("Micron Technology, Inc.", "Micron fell.", "Micron"),
        ("Amazon.com, Inc.", "Amazon shares fell.", "Amazon"),
        ("Lowe's Companies, Inc.", "Lowe’s will buy a rival.", "Lowe’s"),
    ],
)
def test_a_company_is_found_by_what_people_call_it_for_short(name: str, text: str, words: str) -> None:
    assert chosen(text, finder=Finder([Alias(name, 1)])) == [(words, 1)]


def test_the_short_name_of_two_companies_is_nobody_s() -> None:
    assert chosen("Delta fell.", finder=Finder([Alias("Delta Air Lines", 1), Alias("Delta Apparel", 2)])) == []


def test_nothing_is_found_where_nothing_is() -> None:
    assert Finder([]).find("Apple (NYSE: BABA) 阿里巴巴", DAY) == []
    assert mentions("") == mentions("   \n ") == []


WORDS = st.sampled_from(
    "Apple apple Alibaba Group Holding Gap Inc. Visa ’s 's said shares (NYSE: BABA) <9988.HK> $BABA 阿里巴巴 腾讯 Ford "
    "Mr. Tim Cook Charles Schwab ING IT \n . , - & the of WB SQ Samsung SDI É \u0301 \u2028 ß İ ﬁ 𝒳 AAPL".split(" ")
)
TEXTS = st.text(max_size=80) | st.lists(WORDS, max_size=14).map(" ".join) | st.lists(WORDS, max_size=14).map("".join)


@given(text=TEXTS, on=st.dates())
@example(text="İ Alibaba", on=DAY)
def test_spans_are_in_the_text_in_order_and_apart(text: str, on: date) -> None:
    found = mentions(text, on)
    assert all(0 <= one.start < one.end <= len(text) and one.text == text[one.start : one.end] for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for one in found:
        confidences = [candidate.confidence for candidate in one.candidates]
        assert confidences == sorted(confidences, reverse=True)
        assert all(0 < confidence <= 1 for confidence in confidences)


@given(text=TEXTS)
def test_an_unrelated_sentence_before_a_text_changes_nothing_in_it(text: str) -> None:
    before = "It rained in the hills.\n"
    found = [(one.start, one.end, one.candidates) for one in mentions(text)]
    behind = [(one.start, one.end, one.candidates) for one in mentions(before + text)]
    assert behind == [(start + len(before), end + len(before), candidates) for start, end, candidates in found]


NEVER = Finder([*ALIASES, *(Alias(name, "alibaba", rule="never") for name in ("Alibaba", "BABA", "$BABA", "阿里巴巴"))])


@given(text=TEXTS)
def test_what_is_never_meant_is_never_chosen(text: str) -> None:
    for one in mentions(text, finder=NEVER):
        assert one.chosen != "alibaba" or one.text.strip("$") not in {"Alibaba", "BABA", "阿里巴巴"}


@given(names=st.lists(st.text(max_size=20), max_size=6), text=st.text(max_size=60))
def test_any_names_can_be_built_and_searched(names: list[str], text: str) -> None:
    finder = Finder([Alias(name, number, symbol=name) for number, name in enumerate(names)])
    for one in finder.find(text + " ".join(names), DAY):
        assert one.chosen is None or one.chosen in range(len(names))
