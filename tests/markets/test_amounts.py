"""Sums of money in every form that newsrooms print."""

from decimal import Decimal

import pytest

from articles.markets.amounts import Amount, find_amounts

FORMS = """
380 billion yuan | 380e9 CNY 1e9
380bn renminbi | 380e9 CNY 1e9
Rmb380bn | 380e9 CNY 1e9
CN¥380 million | 380e6 CNY 1e6
$53 bn | 53e9 USD 1e9
$53bn | 53e9 USD 1e9
US$53b | 53e9 USD 1e9
U.S. $5 million | 5e6 USD 1e6
US$1,234.50 | 1234.5 USD .01
$5m | 5e6 USD 1e6
$5 mn | 5e6 USD 1e6
$5.20 | 5.2 USD .01
$750k | 750e3 USD 1e3
$1.5 tn | 1.5e12 USD .1e12
-$5 million | -5e6 USD 1e6
$-5m | -5e6 USD 1e6
minus 5 million euros | -5e6 EUR 1e6
€1.2m | 1.2e6 EUR .1e6
EUR 1.2 million | 1.2e6 EUR .1e6
1.2 million EUR | 1.2e6 EUR .1e6
1.2-billion-euro | 1.2e9 EUR .1e9
1,2 Mrd. Euro | 1.2e9 EUR .1e9
1,5 Millionen Euro | 1.5e6 EUR .1e6
1.234 Millionen Euro, 2,5 Mio. Euro | 1234e6 EUR 1e6
3 milliards d'euros | 3e9 EUR 1e9
500 millones de euros | 500e6 EUR 1e6
5 M€ | 5e6 EUR 1e6
€1.234.567,89 | 1234567.89 EUR .01
1 234,5 euros | 1234.5 EUR .1
1\u202f234\u202f567 euros | 1234567 EUR 1
CHF 1'234.50 | 1234.5 CHF .01
CHF 3 mn | 3e6 CHF 1e6
SFr3mn | 3e6 CHF 1e6
Fr. 3.5 million | 3.5e6 CHF .1e6
JPY 5bn | 5e9 JPY 1e9
5,000 yen | 5000 JPY 1
HK$3.5 billion | 3.5e9 HKD .1e9
5 million Hong Kong dollars | 5e6 HKD 1e6
NT$12 billion | 12e9 TWD 1e9
A$1.2m | 1.2e6 AUD .1e6
$A5m | 5e6 AUD 1e6
240 million Australian dollars | 240e6 AUD 1e6
C$34bn | 34e9 CAD 1e9
$5 million Canadian | 5e6 CAD 1e6
S$106,000 | 106000 SGD 1
NZ$16 billion | 16e9 NZD 1e9
R$45 billion | 45e9 BRL 1e9
261.3 billion reais | 261.3e9 BRL .1e9
₹5 crore | 5e7 INR 1e7
5 crore rupees | 5e7 INR 1e7
3 lakh crore rupees | 3e12 INR 1e12
Rs 500 crore | 500e7 INR 1e7
Rs.500 crore | 500e7 INR 1e7
Rs 1,00,000 | 100000 INR 1
Rs 12,34,567.50 | 1234567.5 INR .01
2.5 trillion won | 2.5e12 KRW .1e12
3.5 bln roubles | 3.5e9 RUB .1e9
£2.4bn | 2.4e9 GBP .1e9
5 million pounds sterling | 5e6 GBP 1e6
300p | 3 GBP .01
250 pence | 2.5 GBP .01
12.5p | .125 GBP .001
50 cents | .5 USD .01
5 billion Swedish kronor | 5e9 SEK 1e9
SKr5bn | 5e9 SEK 1e9
7.1bn Norwegian kroner | 7.1e9 NOK .1e9
NKr7bn | 7e9 NOK 1e9
120 billion Danish crowns | 120e9 DKK 1e9
R65 billion | 65e9 ZAR 1e9
RM32mil | 32e6 MYR 1e6
Rp 54.8 trillion | 54.8e12 IDR .1e12
25 billion zlotys | 25e9 PLN 1e9
two billion dollars | 2e9 USD 1e9
half a billion dollars | .5e9 USD .1e9
a million euros | 1e6 EUR 1e6
two and a half million pounds | 2.5e6 GBP .1e6
twenty-five euros | 25 EUR 1
three hundred million dollars | 300e6 USD 1e6
100万元 | 100e4 CNY 1e4
3800亿元 | 3800e8 CNY 1e8
530亿美元 | 530e8 USD 1e8
1兆2000億円 | 12000e8 JPY 1e8
20조 원 | 20e12 KRW 1e12
"""


@pytest.mark.parametrize("line", FORMS.strip().splitlines())
def test_amount_is_read_in_every_form(line: str) -> None:
    text, _, expected = line.partition(" | ")
    value, currency, step = expected.split()

    found = find_amounts(f"It paid {text}.")[0]

    assert (found.low, found.high, found.currency, found.step) == (
        Decimal(value),
        Decimal(value),
        currency,
        Decimal(step),
    )
    assert found.text == text.split(", ")[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("$2 billion to $3 billion", "2e9", "3e9", "USD"),
        ("$2-3 billion", "2e9", "3e9", "USD"),
        ("$280-$420 million", "280e6", "420e6", "USD"),
        ("$800 to $1 billion", "800", "1e9", "USD"),
        ("€2bn–€3bn", "2e9", "3e9", "EUR"),
        ("between 10 and 12 million euros", "10e6", "12e6", "EUR"),
        ("10 to 12 million euros", "10e6", "12e6", "EUR"),
        ("400-500 billion yuan", "400e9", "500e9", "CNY"),
        ("20-30p", ".2", ".3", "GBP"),
    ],
)
def test_range_has_both_ends(text: str, low: str, high: str, currency: str) -> None:
    [found] = find_amounts(f"It paid {text} for it.")

    assert (found.low, found.high, found.currency) == (Decimal(low), Decimal(high), currency)
    assert found.is_range


@pytest.mark.parametrize(
    "text",
    [
        "The A380 flew to Q3 in 1080p.",
        "It has 12 million users, 5.2% more than in 2024.",
        "In 2019 won the party; 2024 real wages fell.",
        "Take the R5 to P4.",
        "A lone dollar bill, and 5 million. Euro zone banks lent.",
        "The road is 5 m wide and 12 people won.",
    ],
)
def test_figures_without_a_currency_are_no_money(text: str) -> None:
    assert [found.text for found in find_amounts(text)] == []


def amount(text: str) -> Amount:
    [found] = find_amounts(text)
    return found


@pytest.mark.parametrize(
    ("text", "currency", "currencies"),
    [
        ("It paid ¥5 billion in Osaka.", "JPY", ("JPY",)),
        ("It paid ¥5 billion in Shanghai.", "CNY", ("CNY",)),
        ("It paid ¥5 billion.", "", ("JPY", "CNY")),
        ("China's oldest maker paid ¥5 billion to Japanese rivals.", "", ("JPY", "CNY")),
        ("It paid $5 billion.", "USD", ("USD",)),
        ("It paid $5 billion in Sydney.", "USD", ("USD", "AUD")),
        ("It paid 5 billion pesos in Manila.", "PHP", ("PHP",)),
        ("It paid 5 billion rupees in Karachi.", "PKR", ("PKR",)),
        ("It paid 5 billion rupees.", "INR", ("INR",)),
        ("Oslo paid 5 billion kroner.", "NOK", ("NOK",)),
        ("It paid 5 billion kroner.", "", ("NOK", "DKK")),
        ("It paid 5 million francs.", "CHF", ("CHF",)),
        ("It paid 5 million CFA francs in Dakar.", "XOF", ("XOF",)),
    ],
)
def test_sign_of_several_currencies_is_decided_by_the_copy(
    text: str, currency: str, currencies: tuple[str, ...]
) -> None:
    found = amount(text)

    assert (found.currency, found.currencies) == (currency, currencies)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("more than $5 million", "over"),
        ("at least $5 million", "over"),
        ("$5 million or more", "over"),
        ("$5 million+", "over"),
        ("nearly €3m", "under"),
        ("up to a million euros", "under"),
        ("as much as $10 billion", "under"),
        ("about 380 billion yuan", "about"),
        ("some 5 crore rupees", "about"),
        ("$3m or so", "about"),
        ("exactly $3m", ""),
        ("winsome $3m", ""),
    ],
)
def test_qualifier_is_read_around_the_sum(text: str, qualifier: str) -> None:
    assert amount(f"It paid {text} for it.").qualifier == qualifier
