"""Lists that count to a bound and go on behind it."""

import datetime
import html
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin import lists
from articles.admin.filters import values_in_use
from articles.models import Article, Company, Topic
from articles.workflow import clock
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import LIST

pytestmark = pytest.mark.django_db
TOPICS = "/desk/articles/topic/"


@pytest.fixture
def _five(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count to five, two on a page."""
    monkeypatch.setattr(lists, "BOUND", 5)
    monkeypatch.setattr(lists.BoundedLists, "list_per_page", 2)


def shown(client: Client, address: str) -> tuple[Any, list[str]]:
    """Return a list and what stands in it."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.context["cl"], [str(row) for row in answer.context["cl"].result_list]


def further(client: Client, address: str) -> str:
    """Return where the last page of a list leads on to, "" for nowhere."""
    page = client.get(address).content.decode()
    found = re.search(r'<a class="pager-step" href="([^"]+)" rel="next">', page)
    return found[1].replace("&amp;", "&") if found else ""


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize(
    ("rows", "counted", "pages"),
    [(0, "0 topics", 1), (1, "1 topic", 1), (5, "5 topics", 3), (6, "More than 5 topics", 3)],
)
def test_list_counts_to_its_bound(rows: int, counted: str, pages: int, desk: Desk) -> None:
    for number in range(rows):
        factories.topic(f"Topic {number}")

    changes, _rows = shown(desk(Role.EDITOR), TOPICS)

    assert changes.counted == counted
    assert changes.paginator.num_pages == pages


def test_bound_is_printed_as_a_number_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "BOUND", 1000)
    Topic.objects.bulk_create(Topic(name=f"Topic {number}", slug=f"topic-{number}") for number in range(1001))

    page = desk(Role.EDITOR).get(TOPICS).content.decode()

    assert page.count("More than 1,000 topics") == 2


def walked(client: Client, room: str, query: str = "") -> list[str]:
    """Return all rows of a list, page by page and on behind the last of these."""
    seen: list[str] = []
    address = f"{room}{query}"
    while address:
        changes, _rows = shown(client, address)
        for page in changes.paginator.page_range:
            step = f"{address}{'&' if '?' in address else '?'}p={page}"
            seen += shown(client, step)[1]
            last = further(client, step)
        address = f"{room}{last}" if last else ""
    return seen


@pytest.mark.usefixtures("_five")
@pytest.mark.parametrize("query", ["", "?o=1", "?o=-1"])
def test_every_row_is_reached_once_page_by_page(query: str, desk: Desk) -> None:
    for number in range(13):
        factories.topic(f"Topic {number:02}")

    seen = walked(desk(Role.EDITOR), TOPICS, query)

    names = [f"Topic {number:02}" for number in range(13)]
    assert seen == (names[::-1] if query == "?o=-1" else names)


@pytest.mark.usefixtures("_five")
def test_rows_of_one_instant_are_reached_too(desk: Desk) -> None:
    at = clock.now() - factories.DAY
    for number in range(12):
        factories.draft(headline=f"Story {number}", at=at)

    seen = walked(desk(Role.EDITOR), LIST)

    assert seen == [f"Story {number}" for number in range(11, -1, -1)]


@pytest.mark.usefixtures("_five")
def test_filter_search_and_days_begin_at_the_first_row_again(desk: Desk) -> None:
    for number in range(12):
        factories.draft(headline=f"Story {number}", language=("en", "de")[number % 2])
    client = desk(Role.EDITOR)
    address = f"{LIST}{further(client, f'{LIST}?p=3')}"

    page = client.get(address).content.decode()

    assert "More than 5 stories from here on" in " ".join(page.split())
    assert "Back to the first" in page
    links = [link for link in re.findall(r'href="(\?[^"]*)"', page) if "after=" in link]
    # The other pages of these rows, and nothing else.
    assert {re.sub(r"after=[^&]*&amp;", "", link) for link in links} == {"?p=2", "?p=3"}
    assert 'name="after"' not in page


@pytest.mark.parametrize(
    "after",
    [
        "nonsense",
        "[]",
        '["2026-01-01"]',
        '["2026-01-01T00:00:00+00:00", "x"]',
        '["never", "1"]',
        '[null, "1"]',
        '["", ""]',
        '{"a": 1}',
        '["2026-01-01T00:00:00+00:00", "1", "2"]',
        "[" * 2000,
    ],
)
def test_place_that_no_list_has_printed_leads_to_the_list(after: str, desk: Desk) -> None:
    answer = desk(Role.EDITOR).get(f"{LIST}?after={quote(after)}")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}?e=1")


@pytest.mark.usefixtures("_five")
def test_page_behind_the_end_leads_to_the_list(desk: Desk) -> None:
    for _ in range(9):
        factories.topic()

    assert desk(Role.EDITOR).get(f"{TOPICS}?p=4").headers["Location"] == f"{TOPICS}?e=1"


def test_nothing_offers_to_count_or_choose_everything(desk: Desk) -> None:
    Topic.objects.bulk_create(Topic(name=f"Topic {number}", slug=f"topic-{number}") for number in range(60))

    page = desk(Role.ADMINISTRATOR).get(TOPICS).content.decode()

    assert "Show counts" not in page
    assert "Select all 60" not in page


ROOMS = sorted({"article", "author", "company", "edition", "exchange", "image", "redirect", "section"} | {
    "source", "topic", "transition",
})  # fmt: skip


@pytest.mark.parametrize("query", ["", "?q=some words"])
@pytest.mark.parametrize("room", ROOMS)
def test_room_takes_as_many_queries_for_many_rows_as_for_few(room: str, query: str, desk: Desk) -> None:
    client = desk(Role.ADMINISTRATOR)
    address = reverse(f"admin:articles_{room}_changelist") + query

    def make() -> None:
        company = factories.company("", "NYSE:S" + factories.topic("").slug.split("-")[-1])
        article = factories.live(headline="Some words", companies=[company], lead_image=factories.image())
        factories.source()
        company.slug += "-new"
        company.save()
        assert article.pk

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    for _ in range(2):
        make()
    queries()  # the first request also fills Django's caches
    for_few = queries()
    for _ in range(4):
        make()

    assert queries() == for_few


def test_days_lead_to_years_months_and_days_that_can_have_rows(desk: Desk) -> None:
    # 31 December in New York is in the new year in Greenwich.
    for at in ("2024-11-30T12:00", "2025-01-01T03:00", "2026-02-03T12:00"):
        factories.draft(at=datetime.datetime.fromisoformat(f"{at}+00:00"))
    client = desk(Role.EDITOR)

    def days(query: str = "") -> list[str]:
        page = client.get(f"{LIST}?{query}").content.decode()
        found = re.search(r'<nav class="toplinks".*?</nav>', page, re.DOTALL)
        return [html.unescape(link) for link in re.findall(r">\s*([^<>]+?)\s*</a>", found[0])] if found else []

    assert days() == ["2024", "2025", "2026"]
    assert days("changed_at__year=2024") == ["‹ All dates", "November 2024", "December 2024"]
    assert days("changed_at__year=2024&changed_at__month=11") == ["‹ 2024", "November 30"]
    assert days("changed_at__year=2024&changed_at__month=11&changed_at__day=30") == ["‹ November 2024"]
    assert days("changed_at__year=2026&changed_at__month=2") == ["‹ 2026", "February 1", "February 2", "February 3"]


def test_days_of_a_year_stand_in_the_list_when_there_is_no_other_year(desk: Desk) -> None:
    factories.draft(at=datetime.datetime(2026, 2, 3, 12, tzinfo=datetime.UTC))

    page = desk(Role.EDITOR).get(LIST).content.decode()

    assert "February 2026" in page
    assert "January 2026" not in page


def test_an_empty_list_has_no_days(desk: Desk) -> None:
    assert 'class="toplinks"' not in desk(Role.EDITOR).get(LIST).content.decode()


def test_filter_offers_the_values_in_use() -> None:
    for country in ("US", "", "CN", "US"):
        factories.company(country=country)

    assert values_in_use(Company, "country") == ["", "CN", "US"]


def test_filter_by_country_finds_what_it_says(desk: Desk) -> None:
    for country in ("US", "", "CN"):
        factories.company(f"Company {country}", country=country)
    client = desk(Role.EDITOR)

    assert shown(client, "/desk/articles/company/?country=CN")[1] == ["Company CN"]
    assert shown(client, "/desk/articles/company/?country=")[1] == ["Company"]
    page = client.get("/desk/articles/company/?country=CN").content.decode()
    choices = page[page.index("By country") :]
    assert re.findall(r'href="\?country=(\w*)"', choices[: choices.index("</ul>")]) == ["", "CN", "US"]


def test_filter_does_not_offer_what_only_a_confidential_story_has() -> None:
    factories.draft(language="de")
    factories.confidential(language="tlh")

    assert values_in_use(Article, "language") == ["de"]


def test_filter_with_one_value_is_no_filter(desk: Desk) -> None:
    factories.draft(language="en")
    client = desk(Role.EDITOR)
    assert "By language" not in client.get(LIST).content.decode()

    factories.draft(language="de")

    assert "By language" in client.get(LIST).content.decode()
