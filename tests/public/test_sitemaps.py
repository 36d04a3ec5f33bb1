"""Sitemaps, robots.txt and the icon."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from articles import paths, workflow
from articles.models import Author, Company
from articles.public import sitemaps
from articles.public.sitemaps import NEWS_NAMESPACE, SITEMAP_NAMESPACE, news_language
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

SITE = "https://news.example.com"
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
NS = {"s": SITEMAP_NAMESPACE, "news": NEWS_NAMESPACE}


def entries(client: Client, path: str) -> dict[str, str | None]:
    """Return the addresses of a map, or of the index, with the dates of their last changes."""
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    root = etree.fromstring(response.content)
    assert root.tag in {f"{{{SITEMAP_NAMESPACE}}}{name}" for name in ("urlset", "sitemapindex")}
    found = {str(one.findtext("s:loc", namespaces=NS)): one.findtext("s:lastmod", namespaces=NS) for one in root}
    assert all(address.startswith(f"{SITE}/") and address.isascii() for address in found)
    return {address.removeprefix(SITE): changed for address, changed in found.items()}


def test_index_leads_to_every_map(client: Client) -> None:
    factories.live(at=datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    factories.live(at=datetime(2026, 2, 1, tzinfo=UTC))
    factories.live(at=NOON)
    index = entries(client, "/sitemap.xml")
    assert index == {
        "/sitemaps/pages.xml": "2026-03-02T17:00:00+00:00",
        "/sitemaps/news.xml": None,
        "/sitemaps/2026-03.xml": "2026-03-02T17:00:00+00:00",
        "/sitemaps/2026-02.xml": "2026-02-01T00:00:00+00:00",
        "/sitemaps/2026-01.xml": "2026-01-31T23:59:00+00:00",
    }
    for path in index:
        entries(client, path)


def test_month_lists_its_live_stories_with_their_last_changes(client: Client) -> None:
    first = factories.live(at=NOON)
    second = factories.live(at=NOON + MINUTE, headline="阿里巴巴 <&>", section=factories.section("中文"))
    with clock_at(NOON + DAY):
        workflow.correct(
            factories.rewrite(first, headline="Put right"), by=factories.person(Role.PUBLISHER), notice="Wrong."
        )
    stories = entries(client, "/sitemaps/2026-03.xml")
    assert list(stories.values()) == ["2026-03-02T17:01:00+00:00", "2026-03-03T17:00:00+00:00"]
    for (path, _changed), article in zip(stories.items(), (second, first), strict=True):
        assert paths.article_key(path.rstrip("/").rpartition("/")[2]) == article.public_key
        assert client.get(path).status_code == 200


def test_month_leaves_out_what_search_engines_shall_not_find(client: Client) -> None:
    shown = factories.live(at=NOON)
    for hidden in (
        factories.live(at=NOON, search_engines="noindex"),
        factories.scheduled(at=NOON, live_from=datetime.now(UTC) + DAY),
        factories.draft(at=NOON),
    ):
        assert hidden.public_key != shown.public_key
    for gone in (factories.live(at=NOON), factories.live(at=NOON)):
        with clock_at(NOON + MINUTE):
            workflow.withdraw(gone, by=factories.person(Role.PUBLISHER), notice="Withdrawn.")
    (path,) = entries(client, "/sitemaps/2026-03.xml")
    assert shown.public_key in path


def test_month_shows_a_scheduled_story_from_its_instant_on(client: Client) -> None:
    factories.live(at=NOON - MINUTE)
    factories.scheduled(at=NOON - MINUTE, live_from=NOON)
    with time_machine.travel(NOON - timedelta(microseconds=1), tick=False):
        assert len(entries(client, "/sitemaps/2026-03.xml")) == 1
    with time_machine.travel(NOON, tick=False):
        assert len(entries(client, "/sitemaps/2026-03.xml")) == 2


def test_month_of_more_stories_than_a_map_holds_comes_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "ENTRIES", 2)
    for number in range(5):
        factories.live(at=NOON + number * MINUTE)
    parts = [path for path in entries(client, "/sitemap.xml") if "2026" in path]
    assert parts == ["/sitemaps/2026-03.xml", "/sitemaps/2026-03-2.xml", "/sitemaps/2026-03-3.xml"]
    listed = [list(entries(client, path)) for path in parts]
    assert [len(part) for part in listed] == [2, 2, 1]
    assert len({path for part in listed for path in part}) == 5
    assert client.get("/sitemaps/2026-03-4.xml").status_code == 404


def test_pages_of_more_nouns_than_a_map_holds_come_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(9):
        factories.live(at=NOON, companies=[factories.company()])
    monkeypatch.setattr(sitemaps, "ENTRIES", 11)
    parts = [path for path in entries(client, "/sitemap.xml") if "pages" in path]
    assert parts[0] == "/sitemaps/pages.xml"
    listed = [list(entries(client, path)) for path in parts]
    assert all(0 < len(part) <= 11 for part in listed)
    every = [path for part in listed for path in part]
    assert len(set(every)) == len(every)
    companies = {company.path for company in Company.objects.all()}
    assert {path for path in every if path.startswith("/companies/")} == companies | {paths.COMPANIES}
    assert len(companies) == 9


def test_parts_that_hold_nothing_are_not_led_to(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.live(at=NOON, bylines=[factories.author("Somebody")])
    last = Author.objects.latest("pk")
    nobody = Author.objects.create(pk=last.pk + 30, name="Nobody yet")
    monkeypatch.setattr(sitemaps, "ENTRIES", 5 * (last.pk + 1) + 5)  # the first part ends behind the last author
    assert [path for path in entries(client, "/sitemap.xml") if "pages" in path] == [paths.sitemap_pages()]

    monkeypatch.setattr(sitemaps, "ENTRIES", 15)  # two of each kind of noun
    part = paths.sitemap_pages(nobody.pk // 2 + 1)
    assert part not in entries(client, "/sitemap.xml")
    factories.live(at=NOON, bylines=[nobody])
    assert part in entries(client, "/sitemap.xml")


@pytest.mark.parametrize("part", ["0", "1", "01", "-1", "1000001", "99999999999999999999"])
def test_pages_answer_only_to_their_own_addresses(client: Client, part: str) -> None:
    factories.live(at=NOON)
    assert client.get("/sitemaps/pages.xml").status_code == 200
    assert client.get(f"/sitemaps/pages-{part}.xml").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "2026-02",
        "2026-3",
        "02026-03",
        "2026-03-1",
        "2026-03-0",
        "2026-03-02",
        "2026-13",
        "2026-00",
        "0000-03",
        "9999-12",
    ],
)
def test_month_answers_only_to_its_own_address(client: Client, path: str) -> None:
    factories.live(at=NOON)
    assert client.get("/sitemaps/2026-03.xml").status_code == 200
    assert client.get(f"/sitemaps/{path}.xml").status_code == 404


def test_pages_lists_the_fronts_of_public_nouns(client: Client) -> None:
    factories.live(
        at=NOON,
        section=factories.section("Tech", slug="tech"),
        companies=[factories.company("Acme", slug="acme")],
        topics=[factories.topic("Chips", slug="chips")],
        bylines=[factories.author("Ada", slug="ada")],
        persons=[factories.somebody("Joe Tsai")],
    )
    factories.draft(
        section=factories.section("Secret", slug="secret"),
        companies=[factories.company("Hidden", slug="hidden")],
        topics=[factories.topic("Hush", slug="hush")],
        bylines=[factories.author("Bo", slug="bo")],
        persons=[factories.somebody("Nobody Yet")],
    )
    assert entries(client, "/sitemaps/pages.xml") == dict.fromkeys(
        [
            *("/", "/latest/", "/corrections/", "/companies/", "/people/"),
            *("/tech/", "/companies/acme/", "/topics/chips/", "/authors/ada/", "/people/joe-tsai/"),
        ],
        "2026-03-02T17:00:00+00:00",
    )


def test_news_lists_the_last_two_days_with_headline_date_and_language(client: Client) -> None:
    factories.live(at=NOON - 2 * DAY - MINUTE, headline="Too old")
    factories.live(at=NOON - 2 * DAY, headline="Just in time", language="zh-Hant-HK")
    factories.live(at=NOON - MINUTE, headline="AT&T <new>")
    factories.live(at=NOON - MINUTE, headline="Not for search engines", search_engines="noindex")
    with time_machine.travel(NOON, tick=False):
        response = client.get("/sitemaps/news.xml")
    found = [
        [one.findtext(f".//news:{name}", namespaces=NS) for name in ("name", "language", "publication_date", "title")]
        for one in etree.fromstring(response.content)
    ]
    assert found == [
        ["The Test Ledger", "en", "2026-03-02T16:59:00+00:00", "AT&T <new>"],
        ["The Test Ledger", "zh-tw", "2026-02-28T17:00:00+00:00", "Just in time"],
    ]


@pytest.mark.parametrize(
    ("tag", "language"),
    [("en", "en"), ("en-GB", "en"), ("pt-BR", "pt"), ("zh", "zh-cn"), ("zh-Hans-SG", "zh-cn"), ("zh-TW", "zh-tw")],
)
def test_news_language_is_written_as_google_reads_it(tag: str, language: str) -> None:
    assert news_language(tag) == language


def test_robots_shows_the_way_to_the_sitemap_and_away_from_the_desk(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content == b"User-agent: *\nDisallow: /desk/\n\nSitemap: https://news.example.com/sitemap.xml\n"


def test_favicon_leads_to_the_icon_of_this_release(client: Client) -> None:
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/img/favicon.ico")
    assert response.headers["Cache-Control"] == "no-cache"
    assert finders.find("img/favicon.ico")


ALL = ["/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/news.xml", "/sitemaps/2026-03.xml", "/robots.txt"]


@pytest.mark.parametrize("path", ALL)
def test_map_is_sent_once_and_read_only(client: Client, path: str) -> None:
    factories.live(at=NOON)
    first = client.get(path)
    assert first.headers.get("Vary", "") == ("Accept-Encoding" if len(first.content) >= 200 else "")
    assert not first.cookies
    for method in (client.get, client.head):
        again = method(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.head(path).headers == first.headers
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", ALL[:3])
def test_map_is_new_after_a_release(client: Client, path: str) -> None:
    factories.live(at=NOON)
    first = client.get(path)
    factories.live(section=factories.section("Energy"))
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


@pytest.mark.parametrize(("path", "queries"), [(ALL[0], 7), (ALL[1], 9), (ALL[2], 3), (ALL[3], 3)])
def test_map_costs_the_same_however_many_stories(
    client: Client, path: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        factories.live(at=NOON + number * MINUTE, companies=[factories.company()], topics=[factories.topic()])
        with django_assert_num_queries(queries):
            client.get(path)
