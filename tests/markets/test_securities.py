"""Shares, and what is told from them by the names of securities."""

import pytest

from articles.markets.company_names import company_name, name_key
from articles.markets.securities import SecurityKind, are_kin, kind_of, share_class_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Apple Inc. - Common Stock", "share"),
        ("Alphabet Inc. - Class C Capital Stock", "share"),
        ("Alibaba Group Holding Limited American Depositary Shares each representing eight Ordinary share", "share"),
        ("Enterprise Products Partners L.P. Common Stock", "share"),
        ("Energy Transfer LP Common Units representing Limited Partner Interests", "share"),
        ("Brookfield Infrastructure Partners LP Limited Partnership Units", "share"),
        ("Acme Corp. Common Stock (including associated Preferred Stock Purchase Rights)", "share"),
        ("Rights Media Group - Ordinary Shares", "share"),
        ("United Rentals, Inc. Common Stock", "share"),
        ("Berkshire Hathaway Inc.", "share"),
        ("Invesco QQQ Trust, Series 1 ETF", "fund"),
        ("SPDR Gold ETN", "fund"),
        (
            "Ares Acquisition Corporation - Units, each consisting of one Class A share and one-half of a Warrant",
            "unit",
        ),
        ("Cartica Acquisition Corp - Unit", "unit"),
        ("Cartica Acquisition Corp - Warrant", "warrant"),
        ("Acme Corp Warrants, each exercisable for one share of Common Stock", "warrant"),
        ("Aimei Health Technology Co., Ltd - Rights", "right"),
        ("Bank of America Corporation 6.00% Senior Notes due 2026", "note"),
        ("AT&T Inc. 5.350% Global Notes due 2066", "note"),
        ("Bank of America Corporation Non Cumulative Perpetual Conv Pfd Ser L Preferred Stock", "preferred share"),
        ("NASDAQ TEST STOCK", "test issue"),
        ("", "share"),
    ],
)
def test_kind_of_a_security(name: str, kind: str) -> None:
    assert kind_of(name) == SecurityKind(kind)


@pytest.mark.parametrize(
    ("name", "symbol", "share_class"),
    [
        ("Alphabet Inc. - Class A Common Stock", "GOOGL", "A"),
        ("Berkshire Hathaway Inc. New Common Stock", "BRK.B", "B"),
        ("Brown Forman Inc", "BF-A", "A"),
        ("Alibaba Group Holding Limited American Depositary Shares", "BABA", "ADR"),
        ("Apple Inc. - Common Stock", "AAPL", ""),
    ],
)
def test_class_of_a_share(name: str, symbol: str, share_class: str) -> None:
    assert share_class_of(name, symbol) == share_class


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("GOOG", "GOOGL", True), ("LBRDA", "LBRDK", True), ("FOX", "FOXA", True), ("Z", "ZG", True),
        ("FBNC", "FBP", False), ("AAPL", "AAP", True), ("A", "AAPL", False), ("FB", "META", False),
        ("ABC", "ABD", False),
    ],
)  # fmt: skip
def test_symbols_of_one_company_look_alike(one: str, other: str, kin: bool) -> None:
    assert are_kin(one, other) == are_kin(other, one) == kin


@pytest.mark.parametrize(
    "name", ["Apple Inc.", "APPLE INC", "Apple Inc. - Common Stock", "Apple, Inc", "APPLE INC /CA/", "apple"]
)
def test_spellings_of_a_name_have_one_key(name: str) -> None:
    assert name_key(name) == "apple"


def test_other_names_have_other_keys() -> None:
    names = [
        "Alphabet Inc.",
        "Meta Platforms, Inc.",
        "Facebook Inc",
        "Gap, Inc. (The) Common Stock",
        "阿里巴巴集团",
        "AT&T Inc.",
    ]

    assert len({name_key(name) for name in names}) == len(names)


@pytest.mark.parametrize(
    ("security", "name"),
    [
        ("Apple Inc. - Common Stock", "Apple Inc."),
        ("Imperial Oil Limited Common Stock", "Imperial Oil Limited"),
        (
            "Alibaba Group Holding Limited American Depositary Shares each representing eight",
            "Alibaba Group Holding Limited",
        ),
        ("Alphabet Inc. - Class C Capital Stock", "Alphabet Inc."),
        ("Energy Transfer LP Common Units representing Limited Partner Interests", "Energy Transfer LP"),
        ("Berkshire Hathaway Inc. New Common Stock", "Berkshire Hathaway Inc."),
        ("Apple Inc.", "Apple Inc."),
    ],
)
def test_name_of_the_company_is_what_its_security_begins_with(security: str, name: str) -> None:
    assert company_name(security) == name
