"""The page of a company as readers get it."""

import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import paths, workflow
from articles.models import CompanyName, Exchange, Listing, PersonRole, ReferenceRate
from newsroom.roles import Role
from tests import factories
from tests.pages import parse, texts

pytestmark = pytest.mark.django_db

PATH = "/companies/alibaba/"


@pytest.fixture
def baba() -> Listing:
    firm = factories.company(
        "Alibaba", "NYSE:BABA", "HKEX:9988", legal_name="Alibaba Ltd", website="https://ali.example/"
    )
    factories.live(companies=[[firm.pk, "subject"]], headline="About Alibaba")
    factories.live(companies=[[firm.pk, "mentioned"]], headline="Beside Alibaba")
    return factories.listing("NYSE:BABA")


def shown(client: Client, query: str = "") -> str:
    response = client.get(PATH + query)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    """Return the text of a page, with its blanks as one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))


def closes(listed: Listing, days: int = 40) -> None:
    today = timezone.now().date()
    factories.daily_prices(listed, {today - timedelta(days=n): f"{100 - n % 7}.5" for n in range(1, days)})


def test_prices_are_told_in_words_with_their_age(client: Client, baba: Listing) -> None:
    moment = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=5)
    factories.quote(baba, "86.10", as_of=moment, delay_minutes=15)
    said = words(shown(client))
    assert "$86.10 ▼ down $1.05, 1.2% as of" in said
    assert "(delayed by 15 minutes)" in said
    assert "Not current" not in said


def test_a_price_that_is_not_current_says_so_in_words(client: Client, baba: Listing) -> None:
    factories.quote(baba, "86.10", as_of=timezone.now() - timedelta(days=20))
    assert "Not current: nothing newer has come in." in words(shown(client))


def test_a_price_becomes_stale_with_the_clock_alone(client: Client, baba: Listing) -> None:
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=1)
    always = {"regular": [["00:00", "23:59"]], "days": [0, 1, 2, 3, 4, 5, 6]}
    Exchange.objects.filter(short_name="NYSE").update(hours=always)
    factories.quote(baba, "86.10", as_of=noon, received_at=noon)
    told = []
    for minutes in (1, 20, 21, 60):
        with time_machine.travel(noon + timedelta(minutes=minutes), tick=False):
            told.append("Not current" in shown(client))
    assert told == [False, False, True, True]


def test_a_poll_is_seen_at_once(client: Client, baba: Listing) -> None:
    factories.quote(baba, "86.10")
    assert "$86.10" in shown(client)
    factories.quote(baba, "90", provider="another", previous_close=Decimal(80))
    assert "$90.00 ▲ up $10.00, 12.5%" in words(shown(client))


def test_pence_are_pence(client: Client, baba: Listing) -> None:
    factories.quote(baba, "412.5", currency="GBX", previous_close=Decimal(410))
    assert "412.5p ▲ up 2.5p, 0.6%" in words(shown(client))


@pytest.mark.parametrize(
    ("price", "previous", "said"),
    [
        ("0", "1", "$0.00 ▼ down $1.00, 100%"),
        ("-1.5", "1", "−$1.50 ▼ down $2.50, 250%"),
        ("1", "-2", "$1.00 ▲ up $3.00 as of"),
        ("5", "5", "$5.00 ◆ unchanged as of"),
    ],
)
def test_prices_of_nothing_and_less_are_printed(
    client: Client, baba: Listing, price: str, previous: str, said: str
) -> None:
    factories.quote(baba, price, previous_close=Decimal(previous))
    assert said in words(shown(client))


def test_a_company_without_prices_says_nothing_of_them(client: Client, baba: Listing) -> None:
    page = shown(client)
    assert 'class="price"' not in page
    assert "<svg" not in page
    assert "NYSE:BABA" in page


@pytest.mark.parametrize(
    ("query", "span"),
    [("", "One month"), ("?chart=month", "One month"), ("?chart=year", "One year"), ("?chart=five", "Five years")],
)
def test_charts_can_be_chosen_without_a_script(client: Client, baba: Listing, query: str, span: str) -> None:
    closes(baba)
    page = shown(client, query)
    assert f'aria-current="true">{span}</a>' in page
    assert f'<title id="chart-title">NYSE:BABA, daily closes, {span.lower()}</title>' in page
    assert page.count("<svg") == 1
    assert "style=" not in page.partition("<main")[2]


def test_a_chart_has_a_table_of_its_figures(client: Client, baba: Listing) -> None:
    today = timezone.now().date()
    factories.daily_prices(baba, {today - timedelta(days=1): "82.15", today - timedelta(days=2): "80"})
    table = shown(client).partition("<table>")[2].partition("</table>")[0]
    assert re.findall(r"<td>(.*?)</td>", table) == ["$82.15", "$80.00"]


@pytest.mark.parametrize("query", ["?chart=x", "?chart=Month", "?stories=all", "?stories=x&chart=year", "?before=x"])
def test_what_no_page_leads_to_is_not_found(client: Client, baba: Listing, query: str) -> None:
    assert client.get(PATH + query).status_code == 404


def test_stories_can_be_those_about_the_company(client: Client, baba: Listing) -> None:
    every, about = shown(client), shown(client, "?stories=subject")
    assert ("About Alibaba" in every, "Beside Alibaba" in every) == (True, True)
    assert ("About Alibaba" in about, "Beside Alibaba" in about) == (True, False)
    assert "noindex" in about
    assert "noindex" not in every


def test_older_stories_about_a_company_follow_one_another(client: Client, baba: Listing) -> None:
    for number in range(21):
        at = timezone.now() - timedelta(days=1, hours=number)
        factories.live(at=at, companies=[[baba.company_id, "subject"]])
        factories.live(at=at, companies=[[baba.company_id, "mentioned"]])
    first = parse(shown(client, "?stories=subject").encode())
    (older,) = [link.get("href") for link in first.iter("a") if link.get("rel") == "next"]
    assert older is not None
    assert older.startswith(f"{PATH}?stories=subject&before=")
    page = client.get(older)
    assert page.status_code == 200
    assert page.content.decode().count('class="row') == 2 or "Older stories" in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/companies/alibaba?chart=year", f"{PATH}?chart=year"),
        ("/companies/alibaba?stories=subject", f"{PATH}?stories=subject"),
        ("/companies/ALIBABA/", PATH),
        ("/companies/alibaba?utm_source=x", PATH),
    ],
)
def test_another_spelling_leads_to_the_page(client: Client, baba: Listing, asked: str, leads_to: str) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, leads_to)


def test_people_topics_peers_names_and_corrections_are_there(client: Client, baba: Listing) -> None:
    firm, chair = baba.company, factories.somebody("Joe Tsai")
    PersonRole.objects.create(person=chair, company=firm, title="chairman", since_on=date(2023, 9, 10))
    CompanyName.objects.create(company=firm, name="Alibaba Dot Com", until_on=date(2014, 1, 1))
    content: dict[str, Any] = {"persons": [chair], "topics": [factories.topic("Cloud")]}
    article = factories.live(companies=[firm, factories.company("Tencent")], **content)
    article = factories.rewrite(article, headline="Put right")
    workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="It was wrong.")
    said = words(shown(client))
    assert "Formerly Alibaba Dot Com (until 1 January 2014 )" in said
    assert "Joe Tsai chairman, since 10 September 2023" in said
    assert "Cloud" in said
    assert "Named with it Tencent" in said
    assert "Put right It was wrong." in said


def test_search_engines_are_told_of_the_company(client: Client, baba: Listing) -> None:
    page = parse(shown(client).encode())
    (data,) = [
        json.loads(script.text or "") for script in page.iter("script") if script.get("type") == "application/ld+json"
    ]
    assert data["@type"] == "Corporation"
    assert data["tickerSymbol"] == ["NYSE BABA", "HKEX 9988"]
    assert (data["legalName"], data["sameAs"]) == ("Alibaba Ltd", "https://ali.example/")
    assert data["url"].endswith(PATH)


def test_a_page_costs_eight_questions_at_most(client: Client, baba: Listing) -> None:
    closes(baba)
    factories.quote(baba)
    factories.live(
        companies=[baba.company, factories.company()], persons=[factories.somebody()], topics=[factories.topic()]
    )
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{PATH}?chart=five").status_code == 200
    assert len(asked) <= 8, [query["sql"] for query in asked]


def test_a_page_is_kept_while_no_price_changes(client: Client, baba: Listing) -> None:
    moment = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=2)
    with time_machine.travel(moment, tick=False):
        first = client.get(PATH)
        with CaptureQueriesContext(connection) as asked:
            again = client.get(PATH)
        assert (len(asked), again.content, again.headers["ETag"]) == (1, first.content, first.headers["ETag"])
        ReferenceRate.objects.create(currency="USD", date=date(2026, 1, 1), rate=Decimal("1.05"))
        with CaptureQueriesContext(connection) as asked:
            again = client.get(PATH, headers={"If-None-Match": first.headers["ETag"]})
        assert (len(asked) > 1, again.status_code) == (True, 304)
    assert texts(parse(first.content), "h1") == ["Alibaba"]
    assert paths.company("alibaba") == PATH
