"""Texts found again."""

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.text.alignment import align, in_order

texts = st.lists(st.sampled_from(["A", "B", "C", "one two three four", "one two three five", "six two three five"]))


def test_align_prefers_equal_texts_wherever_they_are() -> None:
    assert align(["B", "new", "A"], ["A", "gone", "B"]) == {0: 2, 2: 0}


def test_align_pairs_the_most_similar_first() -> None:
    later = ["the bank rose by five percent now", "the bank rose by five percent"]

    assert align(later, ["the bank rose by six percent"]) == {1: 0}


def test_align_never_pairs_similar_texts_crosswise() -> None:
    later = ["one two three four six", "seven eight nine ten twelve"]
    earlier = ["seven eight nine ten eleven", "one two three four five"]

    assert align(later, earlier) == {0: 1}


def test_align_compares_texts_that_are_too_long_to_compare_exactly_by_their_words() -> None:
    text = " ".join(f"word{number % 50}" for number in range(100_000))

    assert align([f"{text} more"], [text]) == {0: 0}
    assert align(["other " * 100_000], [text]) == {}


@settings(deadline=None)
@given(texts, texts)
def test_align_uses_no_text_twice(later: list[str], earlier: list[str]) -> None:
    pairs = align(later, earlier)

    assert len(set(pairs.values())) == len(pairs)
    assert all(0 <= late < len(later) and 0 <= early < len(earlier) for late, early in pairs.items())
    equal = sum(min(later.count(text), earlier.count(text)) for text in set(later))
    assert sum(later[late] == earlier[early] for late, early in pairs.items()) == equal


@given(st.permutations(range(7)))
def test_in_order_finds_the_longest_series(order: list[int]) -> None:
    series = in_order(dict(enumerate(order)))

    longest = max(
        chosen.bit_count()
        for chosen in range(1 << len(order))
        if (picked := [value for place, value in enumerate(order) if chosen >> place & 1]) == sorted(picked)
    )
    assert len(series) == longest
    assert series == sorted(series) == [(place, order[place]) for place, _ in series]
