"""Money from end to end: parsing never fails, what is printed is read back, what is inserted holds."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.amounts import find_amounts
from articles.markets.figures import read_digits
from articles.markets.money import amount_text, check, conversion_text
from articles.markets.rates import Rates
from tests.markets.made_up_rates import AVERAGES, FILE

RATES = Rates.from_csv(FILE)
DAY = date(2026, 11, 24)
CURRENCIES = st.sampled_from(sorted({*AVERAGES, "EUR"} - {"BGN", "ISK"}))

PIECES = st.sampled_from(
    [
        *"$ € £ ¥ HK$ R Rs US$ EUR kr 5 5.2 1,234.5 1.234,5 1,00,000 9999999999999999999 -5 2-3 to between or".split(),
        *"( ) , . = about more than million bn m crore 万 亿 兆 yuan dollars Australian p pence half a two".split(),
        *["and-a-half", "%", "\u00a0", " ", "½", "٣", "²", "1.", ",5", "…"],
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
def test_any_text_is_read(text: str) -> None:
    for amount in find_amounts(text):
        assert text[amount.start : amount.end] == amount.text
        assert amount.step > 0
        assert set(amount.currencies) >= ({amount.currency} - {""})
    check(text, RATES, DAY)


@given(st.text(max_size=30), st.booleans())
def test_any_figure_is_read_or_refused(text: str, continental: bool) -> None:
    figure = read_digits(text, continental=continental) if any(character.isdigit() for character in text) else None

    assert figure is None or figure.value >= 0


@given(st.integers(-(10**15), 10**15), st.integers(0, 2), CURRENCIES)
def test_printed_sum_is_read_back(whole: int, places: int, currency: str) -> None:
    value = Decimal(whole).scaleb(-places)

    [found] = find_amounts(f"It paid {amount_text(value, currency)} for it.")

    assert (found.low, found.high, found.currency) == (value, value, currency)
    assert found.text == amount_text(value, currency)


@given(
    st.integers(1, 9999),
    st.sampled_from(["", " million", " billion", " trillion"]),
    st.sampled_from(["", "more than ", "about ", "nearly "]),
    CURRENCIES,
    CURRENCIES,
)
def test_inserted_conversion_holds(number: int, scale: str, qualifier: str, currency: str, to: str) -> None:
    text = f"It paid {qualifier}{currency} {number}{scale} for it."
    [amount] = find_amounts(text)
    words = conversion_text(amount, to, RATES, DAY)
    if currency == to:
        assert words is None
        return
    assert words is not None

    checked = check(f"{text[: amount.end]} {words}{text[amount.end :]}", RATES, DAY)

    # What rounds to nothing ("1 rupiah ($0.00)") is no sum of money any more.
    assert [found.verdict.status for found in checked] == ["ok"]


@pytest.mark.parametrize(
    ("text", "to", "words"),
    [
        ("380 billion yuan", "USD", "($53 billion)"),
        ("about 5 crore rupees", "USD", "(about $540,000)"),
        ("€2-3 billion", "USD", "($2.3 billion to $3.5 billion)"),
        ("€1.234bn", "CNY", "(10.3 billion yuan)"),
        ("300p", "USD", "($3.96)"),
        ("1 euro", "JPY", "(189 yen)"),
        ("-$5 million", "EUR", "(-€4.3 million)"),
        ("0 euros", "USD", "($0)"),
        ("$5 million", "USD", None),
        ("NT$5 million", "USD", None),
        ("¥5 million", "USD", None),
    ],
)
def test_conversion_is_rounded_as_the_sum_is(text: str, to: str, words: str | None) -> None:
    [amount] = find_amounts(text)

    assert conversion_text(amount, to, RATES, DAY) == words


@pytest.mark.parametrize(
    ("value", "currency", "digits", "printed"),
    [
        ("53000000000", "USD", 0, "$53 billion"),
        ("1234567", "EUR", 3, "€1.23 million"),
        ("1234567", "EUR", 0, "€1.234567 million"),
        ("999999", "GBP", 2, "£1.0 million"),
        ("7.17", "CNY", 0, "7.17 yuan"),
        ("2500", "JPY", 0, "2,500 yen"),
        ("1500000000000", "KRW", 0, "1.5 trillion won"),
        ("5000000", "AED", 0, "AED 5 million"),
        ("-0.5", "HKD", 0, "-HK$0.5"),
        ("0", "USD", 2, "$0"),
    ],
)
def test_sum_is_printed_in_the_house_s_form(value: str, currency: str, digits: int, printed: str) -> None:
    assert amount_text(Decimal(value), currency, digits) == printed
