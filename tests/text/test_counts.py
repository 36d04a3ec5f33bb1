"""How long stories are."""

import pytest

from articles.text.counts import count_words, reading_minutes, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" — & * … ", []),
        ("Alibaba's well-known U.S. unit: 3,500.5%", ["Alibaba's", "well-known", "U.S.", "unit:", "3,500.5%"]),
        ("London—Paris and/or\nRome", ["London", "Paris", "and", "or", "Rome"]),
        ("हिन्दी में समाचार", ["हिन्दी", "में", "समाचार"]),
        ("阿里巴巴BABA上調", ["阿", "里", "巴", "巴", "BABA", "上", "調"]),
        ("「銀行」は、カード", ["銀", "行", "は", "カ", "ー", "ド"]),
        ("삼성전자 주가", ["삼성전자", "주가"]),
        ("ارتفعت أسهم البنك", ["ارتفعت", "أسهم", "البنك"]),
    ],
)
def test_words_are_told_apart(text: str, found: list[str]) -> None:
    assert words(text) == found
    assert count_words(text) == len(found)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("", 0),
        ("—", 0),
        ("One", 1),
        ("w " * 230, 1),
        ("w " * 231, 2),
        ("銀" * 400, 1),
        ("銀" * 401, 2),
        ("w " * 115 + "銀" * 201, 2),
    ],
)
def test_reading_minutes_round_up(text: str, minutes: int) -> None:
    assert reading_minutes(text) == minutes
