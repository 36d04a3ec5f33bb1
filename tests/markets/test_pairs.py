"""Which sums in copy are conversions of others, and which are something else."""

import json

import pytest

from articles.markets.pairs import find_pairs
from tests.markets.inject import DATA, read_no_pairs

PAIRS = """
It will spend [380 billion yuan ($53 billion)] on it. | 380 billion yuan = $53 billion
It will spend [380 billion yuan, or $53 billion], on it. | 380 billion yuan = $53 billion
It will spend [380 billion yuan, or about $53 billion]. | 380 billion yuan = $53 billion
It paid [$53 billion (380 billion yuan)] for it. | $53 billion = 380 billion yuan
It was [€1.2m (£1.0m)] in all. | €1.2m = £1.0m
It was [€1.2m/£1.0m] in all. | €1.2m = £1.0m
It lost [$20 million, equivalent to £16 million], in it. | $20 million = £16 million
It lost [$20 million, the equivalent of £16 million], in it. | $20 million = £16 million
It lost [$20 million – about £16 million] – in it. | $20 million = £16 million
It lost [$20 million, roughly £16 million], in it. | $20 million = £16 million
It lost [$20 million (equivalent to about £16 million)]. | $20 million = £16 million
It lost [$20 million (about £16 million at current rates)]. | $20 million = £16 million
It lost [$20 million (£16 million at Friday's exchange rate)]. | $20 million = £16 million
It lost [$20 million (slightly more than £16 million)]. | $20 million = £16 million
It lost [$20 million (roughly equivalent to £16 million)]. | $20 million = £16 million
It lost [$20 million (£16 million at the current exchange rate of 0.80)]. | $20 million = £16 million
It lost [$20 million, which is about £16 million], in it. | $20 million = £16 million
It lost [$20 million, roughly equal to £16 million], in it. | $20 million = £16 million
It lost [$20 million [£16 million]] in it. | $20 million = £16 million
A [1.2 billion euro ($1.3 billion)] loan was signed. | 1.2 billion euro = $1.3 billion
A [500-million-yuan ($70 million)] loan was signed. | 500-million-yuan = $70 million
It offers [HK$25 a share (US$3.20)] for it. | HK$25 = US$3.20
It offers [HK$25 a share (US$3.20 a share)] for it. | HK$25 = US$3.20
It pays [500 million yuan in cash ($70 million)] for it. | 500 million yuan = $70 million
It wants [$2-3 billion (€1.8-2.7 billion)] for it. | $2-3 billion = €1.8-2.7 billion
It paid [A$1.5 billion ($1.0 billion)] for it. | A$1.5 billion = $1.0 billion
In Sydney it paid [$1.5 billion (US$1.0 billion)]. | $1.5 billion = US$1.0 billion
公司将投资[3800亿元（530亿美元）]。 | 3800亿元 = 530亿美元
Es zahlt [1,2 Milliarden Euro (rund 1,3 Milliarden Dollar)] dafür. | 1,2 Milliarden Euro = 1,3 Milliarden Dollar
Profit rose. ([$1 = 7.1701 Chinese yuan renminbi]) | $1 = 7.1701 Chinese yuan renminbi
"""


@pytest.mark.parametrize("line", PAIRS.strip().splitlines())
def test_conversion_is_found(line: str) -> None:
    text, _, expected = line.partition(" | ")
    start, end = text.index("["), text.rindex("]")
    plain = text[:start] + text[start + 1 : end] + text[end + 1 :]

    [pair] = find_pairs(plain)

    assert f"{pair.amount.text} = {pair.conversion.text}" == expected
    assert plain[pair.start : pair.end] == text[start + 1 : end]
    assert not pair.is_one_currency


@pytest.mark.parametrize(
    "text",
    [
        *read_no_pairs(),
        "Rs. 12.4 million (about US$3.2 million at the time) went missing.",
        "The ships cost 6.4bn yuan ($953 million in total, with spares).",
        "The set cost £32 in 1911, equivalent to about $1,000 today.",
        "The fine is €20 million, or $22 a head, for each of them.",
        "They want the higher of €10 million, or $12 million.",
        "Revenue of 5 billion yuan from the unit and a loss ($300 million).",
        "It sold bonds of €1 billion and £2 billion ($1.1 billion and $2.5 billion).",
        "The price of $86.10 (HK$85 in Hong Kong) was a record.",
    ],
)
def test_other_sums_are_no_conversion(text: str) -> None:
    assert [pair for pair in find_pairs(text) if not pair.is_one_currency] == []


def test_several_conversions_of_one_sum_are_found() -> None:
    pairs = find_pairs("He took 2.2bn yuan ($325m; £243m) in bribes.")

    assert [(pair.amount.text, pair.conversion.text) for pair in pairs] == [
        ("2.2bn yuan", "$325m"),
        ("2.2bn yuan", "£243m"),
    ]


def test_line_of_rates_has_a_pair_for_each() -> None:
    pairs = find_pairs("Sales rose. ($1 = 0.9202 euros = 0.7811 pounds)")

    assert [(pair.form, pair.amount.text, pair.conversion.text) for pair in pairs] == [
        ("rate", "$1", "0.9202 euros"),
        ("rate", "$1", "0.7811 pounds"),
    ]


def test_dollars_beside_american_ones_are_another_country_s() -> None:
    [pair] = find_pairs("It paid $1.5 billion (US$1.0 billion) for it.")

    assert (pair.amount.currency, "USD" in pair.amount.currencies) == ("", False)
    assert {"AUD", "CAD", "HKD"} <= set(pair.amount.currencies)


@pytest.mark.parametrize(
    "text",
    [
        "It will cut costs by 10 billion euros (€11.2 billion).",
        "It paid HK$3.5 billion (HK$447 million) for it.",
        "It lost $20 million, equivalent to $15.7 million, in it.",
        "(1 euro = €1.12)",
    ],
)
def test_two_sums_in_one_currency_are_marked(text: str) -> None:
    assert [pair.is_one_currency for pair in find_pairs(text)] == [True]


def test_years_of_the_sentence_are_told() -> None:
    [pair] = find_pairs("It began in 2001. In 2013 it paid 1 billion yuan ($162 million), by 2014 more. See 2020.")

    assert pair.years == {2013, 2014}


def test_labelled_set_says_which_sentences_have_conversions() -> None:
    lines = [json.loads(line) for line in (DATA / "money.jsonl").read_text(encoding="utf-8").splitlines()]

    assert len(lines) > 300
    for line in lines:
        if line["kind"] in {"untouched", "times ten", "a tenth", "million for billion", "wrong year"}:
            assert find_pairs(line["text"]), line["text"]
