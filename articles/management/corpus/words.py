# ruff: noqa: S311  (nothing here is secret)
"""The words of the corpus: business sentences with places for names and figures, and pools of texts made of them.

Everything here is invented; the companies have names that no exchange lists and tickers that none would give. A text of
a pool is made once, with all that is made from it: a corpus of a million stories has the words of some thousand.
"""

from functools import cache
from random import Random
from typing import NamedTuple

from articles.text.counts import count_words
from articles.text.finding import words_of
from articles.text.paragraphs import with_ids
from articles.text.plain import plain_text, search_text
from articles.text.slugs import make_slug

#: How many texts each pool has; of those about a company, for each company.
PARAGRAPHS, QUOTATIONS, SUBHEADS, STANDFIRSTS, DESCRIPTIONS = 600, 200, 50, 2000, 200
HEADLINES, LEADS, NO_COMMENTS = 40, 4, 2

SECTIONS = ("Markets", "Business", "Economy", "Technology", "Energy", "Opinion")
SECTION_WEIGHTS = (30, 28, 16, 14, 9, 3)
TOPICS = tuple(
    topic.strip()
    for topic in """
    Earnings|Interest rates|Inflation|Mergers|Bonds|Currencies|Commodities|Dividends|Supply chains|Semiconductors
    Shipping|Airlines|Housing|Retail|Banking|Insurance|Private equity|Listings|Antitrust|Tariffs|Labor|Wages
    Electric vehicles|Batteries|Grid|Natural gas|Crude oil|Nuclear power|Wind power|Data centers|Payments|Accounting
    Pensions|Central banks|Fiscal policy|Emerging markets|Agriculture|Mining|Steel|Pharmaceuticals
    """.strip()
    .replace("\n", "|")
    .split("|")
)
_FIRST = "Ada Ben Clara Daniel Elena Farid Greta Hugo Ines Jonas Keiko Lars Mara Nikhil Olga Pavel Rosa Samir Tess Umar"
_LAST = "Abara Bergqvist Castellanos Drummond Eklund Falkner Grönvall Hadley Iwata Jankowski"
_STEMS = (
    "Aldermoor Brennick Corvane Dunstrath Elmquist Farrowgate Glenmaur Harbinsted Iverlund Jessamond Kestrow "
    "Lindhallow Marravale Northquill Ostrander Pellworth Quenby Ravensholt Stellgrove Tavolar Underhay Vintermoor "
    "Wexcombe Yarrowdene"
)
_TRADES = "Airways Chemicals Energy Foods Freight Insurance Materials Motors Networks Pharma Retail Semiconductors"
_ROLES = "Markets reporter|Economics correspondent|Companies reporter|Energy correspondent|Technology reporter"
CITIES = "NEW YORK|LONDON|FRANKFURT|TOKYO|SINGAPORE|ZURICH|TORONTO|SAO PAULO|MUMBAI|JOHANNESBURG".split("|")

_PLACES: dict[str, str] = {
    "unit": "the industrial arm|the consumer division|the services unit|the overseas business|the lending book",
    "metric": "operating profit|net income|revenue|free cash flow|order intake|comparable sales|net interest income",
    "rose": "rose|climbed|edged up|advanced|increased|improved",
    "fell": "fell|slipped|eased|declined|dropped|retreated",
    "region": "North America|western Europe|Southeast Asia|the Nordic countries|Latin America|the Gulf|Japan|India",
    "period": "the first quarter|the second quarter|the third quarter|the fourth quarter|the first half|the year",
    "cost": "energy costs|freight rates|wages|raw materials|interest charges|insurance premiums|component prices",
    "people": "analysts|fund managers|suppliers|lenders|customers|dealers|shareholders|economists",
    "body": "the supervisory board|the finance committee|the works council|the regulator|the auditor",
    "plan": "the buyback|the expansion|the cost program|the disposal|the new plant|the refinancing|the pricing review",
    "mood": "cautious|steady|upbeat|guarded|confident|subdued",
    "when": "by the end of the year|within eighteen months|before the summer|over the next two quarters|from January",
}
_CHOICES = {name: tuple(choices.split("|")) for name, choices in _PLACES.items()}
_SENTENCES = tuple(
    """
    {Metric} {rose} {percent}% in {period}, helped by demand in {region} and lower {cost}.
    {Metric} {fell} {percent}% in {period} as {cost} ate into margins.
    Spending on {plan} came to ${amount} million, about a {part} of what had been set aside.
    Executives called the outlook {mood} and left their forecast for {period} where it was.
    {Unit} accounted for {share}% of sales, up from {lower}% a year earlier.
    Several {people} had expected {plan} to take longer than that.
    Orders from {region} {rose} for a {ordinal} quarter in a row, to ${amount} million.
    The figures do not include {unit}, which is to be sold {when}.
    {Body} approved {plan} on the condition that debt stays below {multiple} times earnings.
    Inventories {fell} by ${amount} million, which freed cash for {plan}.
    Hedging covers {share}% of {cost} {when}, according to the report.
    Prices in {region} {rose} {percent}%, while volumes {fell} slightly.
    {People} asked about {cost}, and the answer was that contracts would be renewed {when}.
    The margin widened by {points} basis points, the most since {year}.
    Two of the {count} sites affected have reopened; the others follow {when}.
    A weaker dollar added ${amount} million to reported {metric}.
    {Body} will publish its findings {when}, a spokesperson said.
    About {count},000 people work for {unit}, most of them in {region}.
    Comparable companies trade at {multiple} times expected earnings.
    The loan runs until {later} and carries a coupon of {percent}%.
    {Plan} should lift {metric} by ${amount} million a year once it is complete.
    Management expects {cost} to ease {when}, though it gave no figure.
    The dispute with {people} in {region} was settled for ${amount} million.
    Since {year}, {unit} has grown by {percent}% a year on average.
    Return on capital was {percent}%, against a target of {share}%.
    The tax rate {fell} to {lower}% because of a one-time credit in {region}.
    Short interest in the shares {fell} to {percent}% of those available.
    {People} said the tone of the call was {mood}, and that {plan} had taken up most of it.
    None of the {count} lenders asked for changes to the covenants.
    Capacity in {region} is booked out for {period}, and {plan} will not change that soon.
    """.strip().splitlines()
)
_QUOTES = (
    "We said we would finish {plan} {when}, and we will.",
    "Demand in {region} is better than it looks from the outside.",
    "Nobody here is counting on {cost} to fall.",
    "The balance sheet is where {people} wanted it to be.",
    "{Period} was harder than we had thought, and we priced for it.",
)
_SUBHEADS = (
    "What {people} expect",
    "Costs and {cost}",
    "A look at {region}",
    "Next steps for {unit}",
    "After {period}",
)
_HEADLINES = (
    "{metric} {rose} {percent}% on demand in {region}",
    "{metric} {fell} {percent}% as {cost} bite",
    "to finish {plan} {when}",
    "raises ${amount} million for {plan}",
    "sees a {mood} start in {region}",
    "weighs sale of {unit}",
    "settles with {people} for ${amount} million",
    "and {people} at odds over {plan}",
)


@cache
def authors() -> tuple[tuple[str, str], ...]:
    """Return the names and role titles of the corpus's authors."""
    roles, last, first = _ROLES.split("|"), _LAST.split(), _FIRST.split()
    names = [f"{name} {last[(n + n // len(first)) % len(last)]}" for n, name in enumerate(first * 2)]
    return tuple((name, roles[n % len(roles)]) for n, name in enumerate(names))


@cache
def companies() -> tuple[tuple[str, str], ...]:
    """Return the names and symbols of the corpus's companies."""
    names = [f"{stem} {trade}" for trade in _TRADES.split() for stem in _STEMS.split()]
    return tuple((name, f"QZ{number:03d}") for number, name in enumerate(names))


class Block(NamedTuple):
    """A block of a body as it is stored, with its id, and what is made from it."""

    html: str
    plain: str
    folded: str
    words: int


class Line(NamedTuple):
    """A text without markup, what it is in an address and in a search, and the words that lead to it."""

    text: str
    slug: str
    folded: str
    words: frozenset[str]


@cache
def block(seed: int, number: int) -> Block:
    """Return one of the paragraphs that stories share."""
    random = Random(f"paragraph/{seed}/{number}")
    return _block(f"<p>{paragraph(random, random.randint(3, 5))}</p>")


@cache
def quotation(seed: int, number: int) -> Block:
    """Return one of the blocks in which somebody is quoted."""
    random = Random(f"quotation/{seed}/{number}")
    return _block(f"<blockquote><p>{filled(random, random.choice(_QUOTES))}</p></blockquote>")


@cache
def subhead(seed: int, number: int) -> Block:
    """Return one of the headings inside a story."""
    random = Random(f"subhead/{seed}/{number}")
    return _block(f"<h2>{filled(random, random.choice(_SUBHEADS))}</h2>")


@cache
def lead(seed: int, company: int, number: int) -> Block:
    """Return one of the first paragraphs that a company's stories have."""
    random = Random(f"lead/{seed}/{company}/{number}")
    return _block(f"<p>{companies()[company][0]} is in the news again: {paragraph(random, 2)}</p>")


@cache
def no_comment(seed: int, company: int, number: int) -> Block:
    """Return one of the paragraphs in which a company says nothing."""
    random = Random(f"no comment/{seed}/{company}/{number}")
    return _block(f"<p>{companies()[company][0]} gave no comment. {paragraph(random, 2)}</p>")


@cache
def headline(seed: int, company: int, number: int) -> Line:
    """Return one of the headlines that a company's stories have."""
    random = Random(f"headline/{seed}/{company}/{number}")
    return _line(f"{companies()[company][0]} {filled(random, random.choice(_HEADLINES))}")


@cache
def standfirst(seed: int, number: int) -> Line:
    """Return one of the standfirsts."""
    return _line(paragraph(Random(f"standfirst/{seed}/{number}"), 2))


@cache
def description(seed: int, number: int) -> str:
    """Return one of the descriptions for search engines."""
    return paragraph(Random(f"description/{seed}/{number}"), 1)


def paragraph(random: Random, sentences: int) -> str:
    """Return a paragraph of some different sentences."""
    return " ".join(filled(random, text) for text in random.sample(_SENTENCES, sentences))


def _block(html: str) -> Block:
    stored = with_ids(html)
    plain = plain_text(stored)
    return Block(stored, plain, search_text(plain), count_words(plain))


def _line(text: str) -> Line:
    return Line(text, make_slug(text), search_text(text), frozenset(words_of(text)))


def filled(random: Random, text: str) -> str:
    """Return a sentence with its places filled; a place that begins with a capital letter begins a sentence."""
    words = {name: random.choice(choices) for name, choices in _CHOICES.items()}
    values: dict[str, object] = {
        **words,
        **{name.capitalize(): word[0].upper() + word[1:] for name, word in words.items()},
    }
    values |= {
        "percent": f"{random.randint(11, 149) / 10:.1f}",
        "amount": random.randint(12, 980),
        "share": random.randint(31, 68),
        "lower": random.randint(12, 30),
        "points": random.randint(10, 95),
        "count": random.randint(3, 19),
        "year": random.randint(2004, 2013),
        "later": random.randint(2031, 2042),
        "multiple": f"{random.randint(18, 99) / 10:.1f}",
        "part": random.choice(("third", "quarter", "fifth", "tenth")),
        "ordinal": random.choice(("second", "third", "fourth", "fifth")),
    }
    return text.strip().format_map(values)
