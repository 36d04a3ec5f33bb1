"""The words of a statement are held against what it says, for somebody may have typed in their midst."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from articles.markets.exchanges import calendar
from articles.markets.statements import Statement, problems

#: A Tuesday.
AS_OF = datetime(2026, 11, 24, 17, 50, tzinfo=UTC)


SAID = Statement(
    listing=1,
    measure="change-percent",
    value=Decimal("1.2"),
    direction="down",
    unit="",
    as_of=AS_OF,
    session="regular",
    words="fell 1.2%",
)


def codes(words: str, **changes: Any) -> set[str]:
    said = replace(SAID, words=words, **changes)
    return {flaw.code for flaw in problems(said, now=AS_OF, calendar=calendar("XNYS"))}


@pytest.mark.parametrize(
    "words",
    [
        "down 1.2% today, as of 12:50 ET",
        "fell 1.2 percent on Tuesday",
        "fell 1.2% on Nov. 24, as of 12:50 p.m. ET",
        "fell 1.2% to $86.10 at 12:50 ET",
        "were 1.2% lower yesterday",
        "fell 1.2% as of 17:50 GMT",
        "fell 1.20%",
    ],
)
def test_words_that_say_the_same_are_right(words: str) -> None:
    assert not codes(words) & {"figure", "moment"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("fell 2.1% today, as of 12:50 ET", "figure"),
        ("fell rose % today", "figure"),
        ("fell % today", "figure"),
        ("fell two percent", "figure"),
        ("fell 1.2% today, as of 13:50 ET", "moment"),
        ("fell 1.2% on Friday", "moment"),
        ("fell 1.2% on 23 November", "moment"),
        ("fell 1.2% as of 12:50 GMT", "moment"),
    ],
)
def test_words_that_say_something_else_are_flagged(words: str, code: str) -> None:
    assert code in codes(words)


def test_both_figures_are_named() -> None:
    said = replace(SAID, words="fell 2.1%")
    [flaw] = [flaw for flaw in problems(said, now=AS_OF) if flaw.code == "figure"]

    assert (flaw.printed, flaw.stored) == (Decimal("2.1"), Decimal("1.2"))
    assert flaw.message == "The words say 2.1, the statement says 1.2. Bind the words again."


def test_words_for_numbers_cents_and_points_are_read() -> None:
    assert "figure" not in codes("fell two percent", value=Decimal(2))
    assert "figure" not in codes("fell 12 cents", value=Decimal("0.12"), measure="change", unit="USD")
    assert "figure" not in codes("little changed", value=Decimal(0), direction="flat")
