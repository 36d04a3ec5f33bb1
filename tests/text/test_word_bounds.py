"""Where names begin and end."""

import pytest

from articles.text.word_bounds import ends_word, starts_word


@pytest.mark.parametrize(
    ("before", "first"),
    [("", "A"), (" ", "A"), ("(", "A"), ("“", "A"), ("在", "A"), ("は", "ト"), ("的", "阿"), ("- ", "A"), ("—", "A")],
)
def test_a_name_may_begin(before: str, first: str) -> None:
    assert starts_word(before, first)


@pytest.mark.parametrize(
    ("before", "first"),
    [("x", "A"), ("3", "A"), ("é", "A"), ("non-", "A"), ("@", "A"), ("#", "A"), ("&", "a"), ("ソ", "ニ"), ("و", "أ")],
)
def test_a_name_may_not_begin(before: str, first: str) -> None:
    assert not starts_word(before, first)


@pytest.mark.parametrize(
    ("last", "after"),
    [
        ("a", ""),
        ("a", " x"),
        ("a", ". "),
        ("a", "."),
        ("a", "’s"),
        ("a", "- "),
        ("a", "集"),
        ("团", "宣"),
        ("자", "는"),
    ],
)
def test_a_name_may_end(last: str, after: str) -> None:
    assert ends_word(last, after)


@pytest.mark.parametrize(
    ("last", "after"), [("a", "b"), ("a", "9"), ("a", "-b"), ("a", ".com"), ("a", "\u0301"), ("ヨ", "タ"), ("ا", "ت")]
)
def test_a_name_may_not_end(last: str, after: str) -> None:
    assert not ends_word(last, after)
