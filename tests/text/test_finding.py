"""The words by which names and headlines are found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.finding import LONGEST, words_of, words_sought


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Alibaba’s São Paulo S&P 500", ["alibabas", "sao", "paulo", "s", "p", "500"]),
        ("group-wide, GROUP wide", ["group", "wide"]),
        ("O'Brien O’Brien obrien", ["obrien"]),
        ("ＢＡＢＡ Straße", ["baba", "strasse"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("蓝海电池65亿", ["蓝海", "海电", "电池", "池", "65", "亿"]),
        ("東京Stock", ["東京", "京", "stock"]),
        ("x" * 60, ["x" * LONGEST]),
        ("% — …", []),
        ("", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Group ali", ["group", "ali"]),
        ("NYSE:BABA", ["nyse", "baba"]),
        ("电池斥资", ["电池", "池斥", "斥资"]),
        ("电", ["电"]),
        ("a b c d e f g h i j", ["a", "b", "c", "d", "e", "f", "g", "h"]),
        ("%", []),
    ],
)
def test_words_sought_by_what_was_typed(typed: str, words: list[str]) -> None:
    assert words_sought(typed) == words


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_text_has_what_is_sought_by_it(text: str, cut: int) -> None:
    # Half a word typed is the beginning of one that the text has.
    whole = words_of(text)
    for word in words_sought(text, most=100):
        assert any(known.startswith(word) for known in whole)
        assert any(known.startswith(word[:cut]) for known in whole)
