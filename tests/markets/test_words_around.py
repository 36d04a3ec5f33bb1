"""What the words before and behind a name say of it, each against the same name with nothing beside it."""

from datetime import date

import pytest

from articles.markets.mentions import Alias, Finder

DAY = date(2026, 11, 24)
FINDER = Finder(
    [
        Alias("Target Corporation", 1),
        Alias("Wells plc", 2),
        Alias("Nvidia Corporation", 3),
        Alias("Nasdaq, Inc.", 4),
        Alias("S&P Global Inc.", 5),
    ]
)


def confidence(text: str) -> float:
    return max((one.candidates[0].confidence for one in FINDER.find(text, DAY)), default=0.0)


@pytest.mark.parametrize(
    "text",
    [
        "Target shares closed",
        "Target reported a loss",
        "Target’s chief executive left",
        "Target will cut the price",
        "Target is expected to report",
        "Target, the retailer, left",
        "Target, which was here, left",
        "Target and its union met",
        "Target Q3 profit was up",
        "Target - Shares were up",
        "Target-owned stores were full",
        "Target to Raise a Billion for New Stores",
        "He left the retailer Target",
        "They sold shares of Target",
        "They liked stores such as Target",
        "They left for Target",
    ],
)
def test_words_make_an_ordinary_word_a_company(text: str) -> None:
    assert confidence(text) > confidence("Target")


@pytest.mark.parametrize(
    "text",
    [
        "Target practice was held",
        "Target of a drone",
        "He met the Target there",
        "He met Tom Target there",
        "His daughter Target was here",
        "He met Justice Target there",
        "They met on Trafalgar Target there",
        "They met at Target Field there",
        "They met in Target, Ohio.",
        "A Target-green shirt",
        "He wrote to @Target there",
        "TARGET",
        "Switch TARGET off",
    ],
)
def test_words_make_it_something_else(text: str) -> None:
    assert confidence(text) < 0.7


@pytest.mark.parametrize(
    "text", ["Wells, 34, was here", "Wells was born here", "Mr. Wells reported a theft", "Wells said no"]
)
def test_what_people_do_is_a_person_s(text: str) -> None:
    assert confidence(text) < 0.7


@pytest.mark.parametrize(
    "text", ["Jensen Nvidia was here", "Peter Nvidia was here", "Mr Nvidia was here", "Nvidia died"]
)
def test_even_a_name_like_no_other_is_not_a_company_s_where_it_is_a_person_s(text: str) -> None:
    assert (confidence(text) < 0.7) is (text != "Jensen Nvidia was here")


@pytest.mark.parametrize("text", ["The Nasdaq fell", "The S&P 500 fell 1%", "The Nasdaq Composite fell"])
def test_an_index_is_no_company(text: str) -> None:
    assert confidence(text) < 0.7


@pytest.mark.parametrize("text", ["Nasdaq Inc said sales rose", "S&P Global cut France’s rating"])
def test_who_makes_the_index_is(text: str) -> None:
    assert confidence(text) >= 0.7
