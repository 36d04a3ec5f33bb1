"""What stands around the name of a company."""

import pytest

from articles.markets.folding import fold_words
from articles.markets.legal_endings import core_of, ending_after, has_ending_of, shortened, without_security


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Apple Inc. - Common Stock", "Apple Inc."),
        ("Gap, Inc. (The) Common Stock", "Gap, Inc."),
        ("Cisco Systems, Inc. - Common Stock (DE)", "Cisco Systems, Inc."),
        ("Alphabet Inc. - Class A Common Stock", "Alphabet Inc."),
        ("Alphabet Inc. Class A", "Alphabet Inc."),
        (
            "Alibaba Group Holding Limited American Depositary Shares each representing eight Ordinary share",
            "Alibaba Group Holding Limited",
        ),
        ("Nokia Corporation Sponsored American Depositary Shares", "Nokia Corporation"),
        ("Ford Motor Company 6.200% Notes due June 1, 2059", "Ford Motor Company"),
        ("UBS Group AG Registered Ordinary Shares", "UBS Group AG"),
        ("Shopify Inc. Class A Subordinate Voting Shares", "Shopify Inc."),
        ("American Tower Corporation (REIT) Common Stock", "American Tower Corporation"),
        ("BANK OF AMERICA CORP /DE/", "BANK OF AMERICA CORP"),
        ("Unit Corporation", "Unit Corporation"),
        ("Common Citizen Corp", "Common Citizen Corp"),
        ("Class Acceleration Corp", "Class Acceleration Corp"),
        ("(The)", "(The)"),
        ("", ""),
    ],
)
def test_the_class_of_shares_is_cut_off(name: str, bare: str) -> None:
    assert without_security(name) == bare


@pytest.mark.parametrize(
    ("name", "core", "short"),
    [
        ("Alibaba Group Holding Limited", "alibaba", "alibaba"),
        ("The Walt Disney Company", "walt disney", "walt disney"),
        ("JPMorgan Chase & Co.", "jpmorgan chase", "jpmorgan chase"),
        ("Delta Air Lines, Inc.", "delta air lines", "delta"),
        ("Kweichow Moutai Co., Ltd.", "kweichow moutai", "kweichow moutai"),
        ("Henkel AG & Co. KGaA", "henkel", "henkel"),
        ("PT Bank Central Asia Tbk", "bank central asia", "bank central asia"),
        ("AB Volvo", "volvo", "volvo"),
        ("BP p.l.c.", "bp", "bp"),
        ("Enel S.p.A.", "enel", "enel"),
        ("The Limited", "limited", "limited"),
    ],
)
def test_a_name_is_cut_to_its_core_and_without_its_trade(name: str, core: str, short: str) -> None:
    assert core_of(fold_words(name)) == core.split()
    assert shortened(core_of(fold_words(name))) == short.split()


@pytest.mark.parametrize(
    ("name", "ending", "rest"),
    [
        ("Gap", " Inc", " said"),
        ("Gap", ", Inc.", " said"),
        ("Alibaba", " Group Holding Ltd.", " fell"),
        ("Henkel", " AG & Co. KGaA", " fell"),
        ("Match", " Group", "'s Tinder"),
        ("Apple", "", " group therapy"),
        ("Apple", "", " & pear"),
        ("Apple", "", " as usual"),
        ("Apple", "", ""),
    ],
)
def test_legal_forms_behind_a_name_are_found(name: str, ending: str, rest: str) -> None:
    assert ending_after(name + ending + rest, len(name)) == len(name + ending)


@pytest.mark.parametrize(
    ("written", "name", "may_be"),
    [
        (" Inc", "Apple Inc.", True),
        (" Corp", "Apple Inc.", True),
        (" Co", "Orange S.A.", True),
        (" Holdings", "Orange S.A.", False),
        (" Group", "Alibaba Group Holding Limited", True),
        (" AG", "Apple Inc.", False),
        (" Holdings", "Orange", True),
    ],
)
def test_legal_forms_may_be_those_of_a_name_or_not(written: str, name: str, may_be: bool) -> None:
    assert has_ending_of(written, name) is may_be
