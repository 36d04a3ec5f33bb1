"""What stands around the stories of a company, and what does not."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import reading, records, workflow
from articles.models import CompanyName, PersonRole, Redirect, Split
from articles.reading import company_pages
from newsroom.roles import Role
from tests.factories import (
    company,
    daily_prices,
    listing,
    live,
    person,
    quote,
    rewrite,
    scheduled,
    somebody,
    topic,
    withdrawn,
)
from tests.workflow.desk import DAY, MINUTE, NOON

pytestmark = pytest.mark.django_db

LATER = NOON + MINUTE


def page(slug: str = "alibaba", at: datetime = LATER, days: int = 31) -> records.CompanyPage:
    found = reading.company_page(slug, at, reading.house(at, None), days)
    assert isinstance(found, records.CompanyPage)
    return found


def test_a_company_that_no_live_story_names_has_no_page() -> None:
    firm = company("Alibaba", "NYSE:BABA")
    scheduled(live_from=LATER, companies=[firm])
    house = reading.house(NOON, None)
    assert reading.company_page("alibaba", LATER - timedelta(microseconds=1), house, 31) is None
    assert page().company.name == "Alibaba"
    assert reading.company_page("nobody", LATER, house, 31) is None


def test_a_company_that_was_renamed_is_found_where_it_is() -> None:
    live(companies=[firm := company("Alibaba")])
    Redirect.objects.create(path="/companies/old/", company=firm)
    assert reading.company_page("old", LATER, reading.house(LATER, None), 31) == records.Moved("/companies/alibaba/")


def test_the_profile_is_that_of_the_company() -> None:
    firm = company("Alibaba", "NYSE:BABA", "HKEX:9988", legal_name="Alibaba Ltd", country="CN", from_reference=True)
    listing("HKEX:9988", share_class="H")
    found = page()
    profile = reading.company("alibaba", LATER)
    assert isinstance(profile, records.CompanyProfile)
    assert found.kind == "company"
    assert [(item.ticker, item.share_class) for item in found.company.listings] == [
        ("NYSE:BABA", ""),
        ("HKEX:9988", "H"),
    ]
    assert [item.id for item in found.company.listings] == [listing("NYSE:BABA").pk, listing("HKEX:9988").pk]
    assert (found.company.id, found.company.legal_name, found.company.country) == (firm.pk, "Alibaba Ltd", "CN")
    assert [item.ticker for item in profile.listings] == [item.ticker for item in found.company.listings]


def test_a_company_without_listings_has_neither_prices_nor_chart() -> None:
    live(companies=[company("Alibaba")])
    found = page()
    assert (found.company.listings, found.prices, found.chart) == ((), (), None)


def test_delisted_shares_are_left_out_from_their_day_on() -> None:
    live(at=NOON - 2 * DAY, companies=[company("Alibaba", "NYSE:BABA")])
    quote(listing("NYSE:BABA", delisted_on=NOON.date()), as_of=NOON - DAY)
    assert [item.ticker for item in page(at=NOON - DAY + MINUTE).company.listings] == ["NYSE:BABA"]
    assert page().prices == ()


def test_prices_are_those_of_the_instant() -> None:
    live(at=NOON - 2 * DAY, companies=[company("Alibaba", "NYSE:BABA", "HKEX:9988")])
    shares = listing("NYSE:BABA")
    quote(shares, "80", as_of=NOON - DAY)
    quote(shares, "82", as_of=NOON)
    assert [price.price for price in page(at=NOON - DAY + MINUTE).prices] == [80]
    assert [(price.listing, price.price) for price in page().prices] == [(shares.pk, Decimal(82))]


def test_the_chart_has_the_closes_of_its_days_after_splits() -> None:
    live(companies=[company("Alibaba", "NYSE:BABA")])
    shares, today = listing("NYSE:BABA"), NOON.date()
    days = {today - timedelta(days=number): str(100 + number) for number in range(-1, 40)}
    daily_prices(shares, days)
    Split.objects.create(listing=shares, date=today - timedelta(days=1), new=2)
    chart = page().chart
    assert chart is not None
    assert (chart.ticker, chart.unit, chart.days, chart.is_adjusted) == ("NYSE:BABA", "USD", 31, True)
    assert len(chart.closes) == 31
    assert chart.closes[-1] == (today, Decimal(100))
    assert chart.closes[-3:-1] == (
        (today - timedelta(days=2), Decimal(51)),
        (today - timedelta(days=1), Decimal(101)),
    )


def test_a_split_that_is_still_to_come_changes_no_chart() -> None:
    live(companies=[company("Alibaba", "NYSE:BABA")])
    shares, today = listing("NYSE:BABA"), NOON.date()
    daily_prices(shares, {today - timedelta(days=2): "100", today - timedelta(days=1): "101"})
    Split.objects.create(listing=shares, date=today + timedelta(days=3), new=2)
    chart = page().chart
    assert chart is not None
    assert not chart.is_adjusted
    assert [close for _on, close in chart.closes] == [100, 101]


def test_a_long_chart_has_the_last_close_of_each_week() -> None:
    live(companies=[company("Alibaba", "NYSE:BABA")])
    shares, today = listing("NYSE:BABA"), date(2026, 6, 1)
    days = [today - timedelta(days=number) for number in range(1900)]
    daily_prices(shares, {day: "100" for day in days if day.weekday() < 5})
    chart = page(days=1827).chart
    assert chart is not None
    assert 255 < len(chart.closes) < 265
    assert {on.weekday() for on, _close in chart.closes[:-1]} == {4}


def test_closes_in_another_unit_are_left_out() -> None:
    live(companies=[company("Tesco", "LSE:TSCO")])
    shares, today = listing("LSE:TSCO"), NOON.date()
    daily_prices(shares, {today - timedelta(days=3): "4.05"}, currency="GBP")
    daily_prices(shares, {today - timedelta(days=2): "405"}, currency="GBX")
    chart = page("tesco").chart
    assert chart is not None
    assert (chart.unit, [close for _on, close in chart.closes]) == ("GBX", [Decimal(405)])


def test_an_index_is_in_points() -> None:
    index = company("S&P 500", "CBOE:SPX", kind="index", from_reference=True)
    daily_prices(listing("CBOE:SPX"), {NOON.date() - timedelta(days=1): "6705.12"})
    found = page(index.slug)
    assert found.kind == "index"
    assert found.chart is not None
    assert found.chart.unit == ""


def test_former_names_are_told_the_last_first() -> None:
    live(companies=[firm := company("Alphabet")])
    for name, since, until in (("BackRub", None, date(1998, 9, 4)), ("Google", date(1998, 9, 4), date(2015, 10, 2))):
        CompanyName.objects.create(company=firm, name=name, from_on=since, until_on=until)
    CompanyName.objects.create(company=firm, name="To Come", from_on=date(2099, 1, 1))
    CompanyName.objects.create(company=firm, name="Alphabet")
    assert page("alphabet").former_names == (
        records.FormerName("Google", date(1998, 9, 4), date(2015, 10, 2)),
        records.FormerName("BackRub", None, date(1998, 9, 4)),
    )


def test_people_are_told_once_readers_can_see_them() -> None:
    firm, chair, chief, hidden, former = (
        company("Alibaba"),
        *(somebody(name) for name in ("Joe", "Eddie", "Mei", "Jack")),
    )
    for who, title, since, until in (
        (chair, "chairman", date(2023, 9, 10), None),
        (chief, "chief executive", None, None),
        (hidden, "secretary", None, None),
        (former, "chairman", None, date(2019, 9, 10)),
        (chair, "owner", date(2099, 1, 1), None),
    ):
        PersonRole.objects.create(person=who, company=firm, title=title, since_on=since, until_on=until)
    live(companies=[firm], persons=[chair, chief, former])
    scheduled(live_from=NOON + DAY, companies=[firm], persons=[hidden])
    assert [(found.name, found.title, found.until) for found in page().people] == [
        ("Joe", "chairman", None),
        ("Eddie", "chief executive", None),
        ("Jack", "chairman", date(2019, 9, 10)),
    ]
    assert page().people[0].path == "/people/joe/"


def test_topics_and_peers_are_those_named_most_often_in_live_stories() -> None:
    firm, rival, other, secret = (company(name) for name in ("Alibaba", "Tencent", "Baidu", "Stealth"))
    cloud, chips, rumor = topic("Cloud"), topic("Chips"), topic("Rumor")
    live(companies=[firm, rival, other], topics=[cloud])
    live(companies=[firm, rival], topics=[cloud, chips])
    live(companies=[rival, secret], topics=[rumor])
    withdrawn(companies=[firm, secret], topics=[rumor])
    scheduled(live_from=NOON + DAY, companies=[firm, secret], topics=[rumor])
    found = page()
    assert [item.name for item in found.topics] == ["Cloud", "Chips"]
    assert [(item.name, item.path) for item in found.peers] == [
        ("Tencent", "/companies/tencent/"),
        ("Baidu", "/companies/baidu/"),
    ]


def test_only_recent_stories_say_who_is_named_with_a_company(monkeypatch: pytest.MonkeyPatch) -> None:
    firm, old, new = (company(name) for name in ("Alibaba", "Old", "New"))
    monkeypatch.setattr(company_pages, "_BESIDE", company_pages._BESIDE.replace("LIMIT 20\n)", "LIMIT 2\n)"))
    live(at=NOON - 3 * DAY, companies=[firm, old])
    for _story in range(2):
        live(companies=[firm, new])
    assert [item.name for item in page().peers] == ["New"]


def test_corrections_are_told_beside_the_story_as_it_is() -> None:
    firm = company("Alibaba")
    article = live(companies=[firm], headline="Profit up")
    article = rewrite(article, headline="Profit down")
    workflow.correct(article, by=person(Role.PUBLISHER), notice="It was down.")
    live(companies=[company("Other")])
    (correction,) = page(at=LATER + DAY).corrections
    assert (correction.headline, correction.notice.text, correction.notice.kind) == (
        *("Profit down", "It was down.", "correction"),
    )
    assert correction.path == article.editions.latest("live_from").path
    assert reading.corrections(LATER + DAY).items == (correction,)


def test_stories_can_be_those_about_a_company() -> None:
    firm = company("Alibaba")
    about = [live(at=NOON - number * DAY, companies=[[firm.pk, "subject"]]) for number in (1, 2)]
    live(companies=[[firm.pk, "mentioned"]])
    house = reading.house(LATER, None)
    found = reading.printed_list(("row",), LATER, house, "", ("subject", firm.pk))
    assert [card.key for card in found.items] == [article.public_key for article in about]
    assert len(reading.printed_list(("row",), LATER, house, "", ("company", firm.pk)).items) == 3


def questions(at: datetime) -> int:
    house = reading.house(at, None)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        reading.company_page("alibaba", at, house, 1827)
    return len(asked)


def test_a_page_costs_three_questions_however_much_there_is() -> None:
    firm = company("Alibaba", "NYSE:BABA")
    quote(listing("NYSE:BABA"), as_of=NOON - MINUTE)
    live(companies=[firm])
    one = questions(LATER)
    much: dict[str, Any] = {"persons": [somebody() for _ in range(3)], "topics": [topic() for _ in range(3)]}
    for who in much["persons"]:
        PersonRole.objects.create(person=who, company=firm, title="director")
    live(companies=[firm, *(company() for _ in range(5))], **much)
    assert (one, questions(LATER)) == (3, 3)
