"""Whether conversions hold, and what is said of those that do not."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from articles.markets.money import check
from articles.markets.pairs import find_pairs
from articles.markets.rates import Rates
from articles.markets.verdicts import Verdict, judge
from tests.markets.inject import PlainRates, labelled
from tests.markets.made_up_rates import FILE

DAY = date(2026, 11, 24)
# Round figures for a euro, so that the conversions can be followed in one's head.
RATES = Rates(
    (on, currency, Decimal(rate))
    for on, dollar in [(DAY, "1.25"), (date(2024, 11, 25), "1.00"), (date(2013, 6, 3), "1.50")]
    for currency, rate in [
        *[("USD", dollar), ("CNY", "10"), ("JPY", "200"), ("HKD", "10.4"), ("GBP", "0.80"), ("KRW", "2000")],
        *[("AUD", "2.0"), ("MXN", "25"), ("CHF", "1.0")],
    ]
)


def verdict(text: str) -> Verdict:
    [found] = check(text, RATES, DAY)
    return found.verdict


@pytest.mark.parametrize(
    "text",
    [
        "It paid 100 million euros ($125 million).",
        "It paid 100 million euros ($124.3 million).",
        "It paid 101 million euros ($130 million).",
        "It paid 100 million euros (about $120 million).",
        "It paid 100 million euros (more than $120 million).",
        "It paid 100 million euros (nearly $130 million).",
        "It paid more than 100 million euros ($128 million).",
        "It paid 800 billion yuan ($100 billion).",
        "It paid $100 billion (800 billion yuan).",
        "It paid 5 pence ($0.08).",
        "It wants 2-3 billion euros ($2.5-3.75 billion).",
        "It went from 1 billion to 2 billion euros ($2.5 billion).",
        "It paid -5 million euros ($6.25 million).",
        "It paid ¥160 ($1).",
        "It paid ¥160 ($20).",
        "It paid A$1.6 billion ($1.0 billion).",
        "It paid $1.6 billion (US$1.0 billion).",
        "Nothing changed. ($1 = 8.0115 Chinese yuan renminbi)",
        "It paid 0 euros ($0).",
    ],
)
def test_conversion_within_rounding_is_ok(text: str) -> None:
    assert verdict(text).status == "ok"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It paid 100 million euros ($1,250 million).", "The conversion is ten times too large."),
        ("It paid 100 million euros ($12.5 million).", "The conversion is ten times too small."),
        (
            "It paid 100 million euros ($125 billion).",
            "The conversion is a thousand times too large: it looks like billion for million.",
        ),
        (
            "It paid 8 billion yuan ($1.0 million).",
            "The conversion is a thousand times too small: it looks like million for billion.",
        ),
        ("公司投资800亿元（100万美元）。", "The conversion is ten thousand times too small."),
        (
            "It paid 125 million euros ($1.30 billion).",
            "The conversion agrees with Hong Kong dollars instead of US dollars.",
        ),
        ("It paid 8 billion yen ($1.0 billion).", "The sum agrees with Chinese yuan instead of Japanese yen."),
        ("It paid 100 million euros ($100 million).", "The conversion agrees with the rate of 2024."),
        ("It paid 100 million euros (more than $150 million).", "The conversion agrees with the rate of 2013."),
        ("It paid 100 million euros ($175 million).", "The conversion does not agree with the rate."),
        (
            "It paid 100 million euros (€125 million).",
            "Both sums are printed in euros; the second one agrees with US dollars.",
        ),
        (
            "It paid HK$832 million (HK$100 million).",
            "Both sums are printed in Hong Kong dollars; the second one agrees with US dollars.",
        ),
        (
            "It paid US$832 million ($100.0 million).",
            "Both sums are printed in US dollars; the first one agrees with Hong Kong dollars.",
        ),
        (
            "It wants 2-3 billion euros ($2.5 billion-$3.75 million).",
            "The conversion is a thousand times too small: it looks like million for billion.",
        ),
        ("It wants 2-3 billion euros ($2.5-4.5 billion).", "The conversion agrees with the rate of 2013."),
        ("Nothing changed. ($1 = 7.1701 Chinese yuan renminbi)", "The conversion does not agree with the rate."),
    ],
)
def test_conversion_beyond_rounding_is_wrong(text: str, why: str) -> None:
    found = verdict(text)

    assert (found.status, found.why) == ("wrong", why)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It paid NT$5 billion ($160 million).", "There is no rate of TWD in USD within a week before 2026-11-24."),
        ("It paid 100 million euros ($2.75).", "The two sums are too far apart to be meant as the same one."),
        (
            "In 2013 it paid 100 million euros ($150 million).",
            "The conversion agrees with the rate of 2013, which the sentence names.",
        ),
        (
            "It paid 100 million pesos ($50 million).",
            "The copy does not say whose money it is.",
        ),
    ],
)
def test_what_cannot_be_judged_is_unknown(text: str, why: str) -> None:
    found = verdict(text)

    assert (found.status, found.why) == ("unknown", why)


def test_verdict_has_rate_day_and_both_figures() -> None:
    assert verdict("It paid 100 million euros ($150.0 million).") == Verdict(
        status="wrong",
        why="The conversion agrees with the rate of 2013.",
        source="EUR",
        target="USD",
        converted=Decimal(125000000),
        rate=Decimal("1.25"),
        rate_on=DAY,
        deviation=Decimal("0.2000"),
        tolerance=Decimal("0.0154"),
    )


def test_figures_of_one_currency_are_not_reported() -> None:
    assert check("It paid 100 million euros (€104 million).", RATES, DAY) == []
    assert judge(find_pairs("It paid 100 million euros (€104 million).")[0], RATES, DAY).status == "unknown"


def test_mistakes_are_found_and_copy_is_left_in_peace() -> None:
    rates, found, all_of = Rates.from_csv(FILE), Counter[str](), Counter[str]()
    for line in labelled(7_041_776, PlainRates(), rounds=2, mistakes=3):
        checked = check(line.text, rates, date.fromisoformat(line.date))
        all_of[line.kind] += 1
        found[line.kind] += any(one.verdict.status == "wrong" for one in checked)

    mistakes = all_of.keys() - {"untouched", "no pair"}
    assert len(mistakes) == 6
    assert sum(found[kind] for kind in mistakes) >= 0.97 * sum(all_of[kind] for kind in mistakes)
    assert min(found[kind] / all_of[kind] for kind in mistakes) >= 0.93
    assert found["untouched"] + found["no pair"] <= 0.005 * (all_of["untouched"] + all_of["no pair"])
