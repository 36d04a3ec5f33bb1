"""Sums of money are held against the stored rates of the story's day."""

from datetime import date
from decimal import Decimal

import pytest

from articles.models import ReferenceRate
from articles.quality.money import StoredRates, conversions, lone_amounts, money_warnings, verdict_words
from tests.quality import markets
from tests.quality.markets import TUESDAY, copy_of

pytestmark = pytest.mark.django_db
PAIR = "<p>It will spend 380 billion yuan ($%s billion) over three years.</p>"


def test_right_conversion_is_right_with_rate_and_day() -> None:
    markets.rates(USD="1.08", CNY="7.74")

    [checked] = conversions(copy_of(PAIR % 53), StoredRates(TUESDAY))

    assert checked.verdict.status == "ok"
    said = "The conversion agrees with the rate. CNY 1 = USD 0.139535 on 24 November 2026 makes it $53.0 billion."
    assert verdict_words(checked).startswith(f"{said} It is 0.0% off; ")


def test_wrong_conversion_is_a_warning_with_its_cause() -> None:
    markets.rates(USD="1.08", CNY="7.74")

    [warning] = money_warnings(copy_of(PAIR % 530))

    assert str(warning).startswith("“380 billion yuan ($530 billion)”: The conversion is ten times too large. CNY 1 = ")
    assert "makes it $53.0 billion" in str(warning)


def test_conversion_without_a_rate_is_not_judged() -> None:
    copy = copy_of(PAIR % 530)

    [checked] = conversions(copy, StoredRates(TUESDAY))

    assert checked.verdict.status == "unknown"
    assert verdict_words(checked) == checked.verdict.why
    assert list(money_warnings(copy)) == []


def test_sums_in_one_currency_are_told_from_pairs() -> None:
    copy = copy_of(PAIR % 53 + "<p>Harbor Bank paid €1.2 million.</p>")

    assert [amount.text for amount in lone_amounts(copy, conversions(copy, StoredRates(TUESDAY)))] == ["€1.2 million"]


def test_rates_near_the_day_take_one_query(django_assert_num_queries: object) -> None:
    markets.rates(USD="1.08", CNY="7.74", GBP="0.85")
    body = PAIR % 53 + "<p>The bank paid £850 million ($1.08 billion) and 774 million yuan ($108 million).</p>"

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert [one.verdict.status for one in conversions(copy_of(body), StoredRates(TUESDAY))] == ["ok"] * 3


def test_rate_of_another_year_is_found() -> None:
    markets.rates(USD="1.08", GBP="0.85")
    for day, rate in ((date(2020, 3, 2), "0.50"), (date(2020, 6, 2), "0.51")):
        ReferenceRate.objects.create(currency="GBP", date=day, rate=Decimal(rate))
        ReferenceRate.objects.create(currency="USD", date=day, rate=Decimal("1.00"))

    [warning] = money_warnings(copy_of("<p>The bank paid £500 million ($990 million).</p>"))

    assert "2020" in str(warning)


def test_stored_rates_are_those_between_two_days() -> None:
    markets.rates(USD="1.08")
    rates = StoredRates(TUESDAY)

    assert rates.between("USD", TUESDAY, TUESDAY) == [(TUESDAY, Decimal("1.08"))]
    assert rates.between("USD", date(2020, 1, 1), date(2026, 11, 23)) == [(date(2026, 11, 23), Decimal("1.08"))]
    assert rates.between("XXX", TUESDAY, TUESDAY) == []
