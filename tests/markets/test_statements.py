"""The words of a statement, printed absolutely from the first second."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.statements import absolute, absolute_edits

MOMENT, DAY = "12:50 ET", "24 November"


@pytest.mark.parametrize(
    ("words", "printed"),
    [
        ("down 1.2% today, as of 12:50 ET", "down 1.2% as of 12:50 ET on 24 November"),
        ("down 1.2% at 12:50 p.m. ET", "down 1.2% as of 12:50 ET on 24 November"),
        ("down 1.2%", "down 1.2%, as of 12:50 ET on 24 November"),
        ("down 1.2% today.", "down 1.2% as of 12:50 ET on 24 November."),
        ("fell 2.5% on Tuesday", "fell 2.5% as of 12:50 ET on 24 November"),
        ("was flat so far today", "was flat as of 12:50 ET on 24 November"),
        (
            "rose 3% to $86.10 in premarket trading",
            "rose 3% to $86.10 in premarket trading, as of 12:50 ET on 24 November",
        ),
        ("rose 2% yesterday in London, at 16:00 GMT", "rose 2% in London as of 12:50 ET on 24 November"),
        ("lost 3% earlier on Tuesday in thin trade", "lost 3% as of 12:50 ET on 24 November in thin trade"),
        ("up 3% at 9:30 a.m. on Nov. 24, 2026", "up 3% as of 12:50 ET on 24 November"),
        ("Today, shares fell 2%", "Shares fell 2%, as of 12:50 ET on 24 November"),
        ("today's 1.2% drop", "the day’s 1.2% drop, as of 12:50 ET on 24 November"),
        ("closed at $86.10 on Tuesday", "closed at $86.10 on 24 November"),
        ("closed at $12.30", "closed at $12.30 on 24 November"),
        ("ended the day 0.4% higher", "ended the day 0.4% higher on 24 November"),
        ("today", "as of 12:50 ET on 24 November"),
    ],
)
def test_words_are_printed_absolutely(words: str, printed: str) -> None:
    assert absolute(words, MOMENT, DAY) == printed


def test_moment_of_any_house_form_is_kept() -> None:
    printed = "gab 1,2% nach, as of 12:50 UTC+05:30 on 24 November"

    assert absolute(printed, "12:50 UTC+05:30", DAY) == printed


def test_statement_without_a_moment_keeps_its_words() -> None:
    assert absolute("down 1.2% today", "", "") == "down 1.2% today"


def test_day_alone_stands_for_a_close() -> None:
    assert absolute("lost 1.1% at the close on Tuesday", "16:00 ET", DAY) == "lost 1.1% at the close on 24 November"


PIECES = st.sampled_from(
    [
        *"today Today TODAY today's yesterday tonight Tuesday down up rose fell flat closed ended shares and".split(),
        *["on the day", "on Tuesday", "on Nov. 24", "on 24 November", "this morning", "so far today", "as of 12:50 ET"],
        *["at 1.30 p.m. local time", "by 0950 GMT", "at noon", "as of 12:50 ET on 24 November", "in premarket trading"],
        *[
            "at the close",
            "1.2%",
            "3 percent",
            "$86.10",
            "to $86.10",
            "at 12.30",
            "4,512.30",
            "12 cents",
            ", ",
            ".",
            ",",
        ],
    ]
)
WORDS = st.lists(PIECES, min_size=1, max_size=9).map(" ".join)
TEXT = st.one_of(WORDS, st.text(max_size=60), st.tuples(WORDS, st.text(max_size=20)).map("".join))


@given(TEXT)
def test_printing_twice_is_printing_once(words: str) -> None:
    once = absolute(words, MOMENT, DAY)

    assert absolute(once, MOMENT, DAY) == once


@given(TEXT)
def test_no_words_of_the_day_are_left(words: str) -> None:
    assert not re.search(r"(?<!\w)(?:today|yesterday|tonight)(?!\w)", absolute(words, MOMENT, DAY), re.IGNORECASE)


@given(WORDS)
def test_figures_are_never_changed(words: str) -> None:
    def figures(text: str) -> list[str]:
        return re.findall(r"1\.2%|3 percent|\$86\.10|12\.30|4,512\.30|12 cents", text)

    assert figures(absolute(words, MOMENT, DAY)) == figures(words)


@given(TEXT)
def test_edits_are_in_order_and_apart(words: str) -> None:
    edits = absolute_edits(words, MOMENT, DAY)

    assert all(start <= end for start, end, _replacement in edits)
    assert all(before[1] <= after[0] for before, after in pairwise(edits))
