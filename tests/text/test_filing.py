"""Under what names stand in an index A–Z."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.filing import FILED_LENGTH, LETTERS, OTHER, bounds, filed_as


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Alibaba Group", "alibaba group"),
        ("Électricité de France", "electricite de france"),
        ("eBay", "ebay"),
        ("Ørsted", "orsted"),
        ("Łódź Holdings", "lodz holdings"),
        ("ASSA ABLOY", "assa abloy"),
        ("Æon", "aeon"),
        ("Großmann", "grossmann"),
        ("“K” Line", 'k" line'),
        ("  ‘t Hooft ", "t hooft"),
        ("3M", "{3m"),
        ("阿里巴巴", "{阿里巴巴"),
        ("Газпром", "{газпром"),
        ("!", "{!"),
        ("", "{"),
    ],
)
def test_name_is_filed(name: str, filed: str) -> None:
    assert filed_as(name) == filed


def test_order_is_that_of_an_index() -> None:
    names = ["3M", "Zynga", "eBay", "Éclair", "Eaton", "阿里巴巴", "ABB", "Ägide", "abacus"]

    assert sorted(names, key=filed_as) == [
        "abacus",
        "ABB",
        "Ägide",
        "Eaton",
        "eBay",
        "Éclair",
        "Zynga",
        "3M",
        "阿里巴巴",
    ]


@given(st.text(max_size=200))
def test_every_name_stands_under_exactly_one_letter(name: str) -> None:
    filed = filed_as(name)

    assert len(filed) <= FILED_LENGTH
    assert len([letter for letter in LETTERS if bounds(letter)[0] <= filed < bounds(letter)[1]]) == 1


def test_letters_follow_one_another() -> None:
    found = [bounds(letter) for letter in LETTERS]

    assert [end for _start, end in found[:-1]] == [start for start, _end in found[1:]]
    assert LETTERS[-1] == OTHER


@pytest.mark.parametrize("letter", ["", "A", "aa", "é", "{", "1", "##"])
def test_no_letter_is_refused(letter: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        bounds(letter)
