"""A text as its words and sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.wording import CAPITALS, PLAIN, TITLE, Taken, Wording


def sentences(text: str) -> list[str]:
    wording = Wording(text)
    bounds = sorted({wording.sentence(number) for number in range(len(wording))})
    return [" ".join(wording.words[first:behind]) for first, behind in bounds]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It rose. Then it fell.", ["It rose", "Then it fell"]),
        ("Mr. Ford of Gap Inc. Said so.", ["Mr Ford of Gap Inc Said so"]),
        ("Apple Inc.\nGap fell.", ["Apple Inc", "Gap fell"]),
        ("It cost $1.2 million.", ["It cost 1 2 million"]),
        ("Caterpillar - Shares fell", ["Caterpillar", "Shares fell"]),
        ("到了。Apple", ["到了", "Apple"]),
    ],
)
def test_a_text_is_taken_apart_into_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("Shares of Apple fell on Monday.", PLAIN),
        ("Apple Shares Fall on Weak China Sales", TITLE),
        ("The White House Picked Oracle Yesterday Morning.", TITLE),
        ("The White House picked Oracle, Silver Lake and MGX.", PLAIN),
        ("APPLE SHARES FALL ON WEAK CHINA SALES", CAPITALS),
        ("US and UK", PLAIN),
        ("Im Gap zwischen Anspruch und Wirklichkeit", TITLE),
    ],
)
def test_a_sentence_has_a_style(text: str, style: str) -> None:
    assert Wording(text).style(0) == style


def test_a_capital_that_its_place_explains_is_told_from_one_that_is_not() -> None:
    wording = Wording("Gap fell. “Gap fell,” said Gap.")
    assert [wording.opens(number) for number, word in enumerate(wording.words) if word == "Gap"] == [True, True, False]


def test_a_word_knows_its_possessive_ending_and_its_article() -> None:
    wording = Wording("Apple's l'Oréal Starbucks’")
    assert [wording.possessive_end(number) for number in range(3)] == [5, 0, 0]
    assert [wording.elided_start(number) for number in range(3)] == [0, 10, 0]


def test_what_is_taken_is_not_free() -> None:
    taken = Taken(10)
    taken.take(2, 5)
    assert [taken.is_free(0, 2), taken.is_free(4, 6), taken.is_free(5, 10)] == [True, False, True]


@given(text=st.text(max_size=80))
def test_words_are_where_they_say_they_are(text: str) -> None:
    wording = Wording(text)
    for number in range(len(wording)):
        assert text[wording.starts[number] : wording.ends[number]] == wording.words[number]
        first, behind = wording.sentence(number)
        assert first <= number < behind
        assert wording.style(number) in {PLAIN, TITLE, CAPITALS}
