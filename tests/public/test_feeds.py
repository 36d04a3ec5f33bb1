"""The feeds of the site, its sections, companies, topics and authors."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import workflow
from articles.models import Article
from articles.rendering.site import this_site
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories
from tests.public.rss_rules import NS, parsed, problems

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
FEEDS = ["/rss.xml", "/tech/rss.xml", "/companies/acme/rss.xml", "/topics/chips/rss.xml", "/authors/ada/rss.xml"]
FEEDS.append("/people/joe/rss.xml")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def nouns() -> dict[str, Any]:
    """Nouns that every address of `FEEDS` is about; each story made with them is in every feed."""
    return {
        "section": factories.section("Tech", slug="tech", description="Chips & code."),
        "companies": [factories.company("Acme", "NYSE:ACME", slug="acme")],
        "topics": [factories.topic("Chips", slug="chips")],
        "bylines": [factories.author("Ada", slug="ada")],
        "persons": [factories.somebody("Joe", slug="joe")],
    }


@pytest.fixture
def article(nouns: dict[str, Any]) -> Article:
    """A story of all nouns, live since noon."""
    return factories.live(at=NOON, headline="Acme sells chips", **nouns)


def headlines(content: bytes) -> list[str | None]:
    return [title.text for title in parsed(content).findall("channel/item/title")]


def channel_text(content: bytes, name: str) -> str | None:
    return parsed(content).findtext(f"channel/{name}")


@pytest.mark.parametrize(
    ("path", "title", "description", "home"),
    [
        ("/rss.xml", "The Test Ledger", "The latest stories from The Test Ledger.", "/"),
        ("/tech/rss.xml", "Tech – The Test Ledger", "Chips & code.", "/tech/"),
        (
            "/companies/acme/rss.xml",
            "Acme – The Test Ledger",
            "Stories that name Acme, from The Test Ledger.",
            "/companies/acme/",
        ),
        (
            "/topics/chips/rss.xml",
            "Chips – The Test Ledger",
            "Stories about Chips, from The Test Ledger.",
            "/topics/chips/",
        ),
        (
            "/people/joe/rss.xml",
            "Joe – The Test Ledger",
            "Stories that name Joe, from The Test Ledger.",
            "/people/joe/",
        ),
        ("/authors/ada/rss.xml", "Ada – The Test Ledger", "Stories by Ada, from The Test Ledger.", "/authors/ada/"),
    ],
)
def test_feed_has_its_own_stories(
    client: Client, article: Article, path: str, title: str, description: str, home: str
) -> None:
    factories.live(at=NOON + MINUTE, headline="Somebody else’s news")
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/rss+xml; charset=utf-8")
    assert problems(response.content) == []
    everything = ["Somebody else’s news", "Acme sells chips"]
    assert headlines(response.content) == (everything if path == "/rss.xml" else everything[1:])
    assert channel_text(response.content, "title") == title
    assert channel_text(response.content, "description") == description
    assert channel_text(response.content, "language") == "en"
    assert channel_text(response.content, "link") == this_site().absolute(home)
    (link,) = parsed(response.content).findall("channel/atom:link", NS)
    assert link.get("href") == this_site().absolute(path)


@pytest.mark.parametrize("path", FEEDS)
def test_feed_is_the_same_for_everybody(client: Client, article: Article, path: str) -> None:
    response = client.get(path)
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("method", ["get", "head"])
def test_feed_is_sent_once(client: Client, article: Article, path: str, method: str) -> None:
    first = client.get(path)
    again = getattr(client, method)(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for header in ("ETag", "Cache-Control"):
        assert again.headers[header] == first.headers[header]


@pytest.mark.parametrize("path", FEEDS[1:])
def test_feed_of_a_slug_in_capitals_leads_to_the_feed(client: Client, article: Article, path: str) -> None:
    spelling = path.upper().replace("RSS.XML", "rss.xml").replace("/COMPANIES", "/companies")
    spelling = spelling.replace("/TOPICS", "/topics").replace("/AUTHORS", "/authors").replace("/PEOPLE", "/people")

    response = client.get(spelling)

    assert (response.status_code, response.headers["Location"]) == (301, path)


def test_feed_answers_head_with_the_headers_of_get(client: Client, article: Article) -> None:
    head = client.head("/rss.xml")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == client.get("/rss.xml").headers


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_feed_can_only_be_read(client: Client, article: Article, path: str, method: str) -> None:
    response = getattr(client, method)(path)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_feed_dates_are_those_of_its_stories(client: Client, article: Article) -> None:
    for later in (NOON + MINUTE, NOON + timedelta(days=400)):
        with time_machine.travel(later, tick=False):
            response = client.get("/rss.xml")
        assert channel_text(response.content, "lastBuildDate") == "Mon, 02 Mar 2026 17:00:00 +0000"


def test_feed_before_the_first_story_is_empty_and_undated(client: Client) -> None:
    response = client.get("/rss.xml")
    assert (response.status_code, problems(response.content), headlines(response.content)) == (200, [], [])
    assert channel_text(response.content, "lastBuildDate") is None


def test_feed_of_a_section_is_not_new_because_another_section_has_news(client: Client, article: Article) -> None:
    first = client.get("/tech/rss.xml")
    factories.live(at=NOON + MINUTE, section=factories.section("Energy"))
    assert client.get("/tech/rss.xml", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    assert client.get("/rss.xml", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_feed_shows_a_correction_under_the_same_guid(client: Client, article: Article) -> None:
    first = client.get("/rss.xml")
    with clock_at(NOON + MINUTE):
        corrected = factories.rewrite(article, headline="Acme sells more chips")
        workflow.correct(corrected, by=factories.person(Role.PUBLISHER), notice="Acme sold more than we said.")
    again = client.get("/rss.xml", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert headlines(again.content) == ["Acme sells more chips"]
    assert channel_text(again.content, "lastBuildDate") == "Mon, 02 Mar 2026 17:01:00 +0000"
    (before,), (after,) = (parsed(answer.content).findall("channel/item") for answer in (first, again))
    assert after.findtext("guid") == before.findtext("guid") == f"urn:uuid:{article.guid}"
    assert after.findtext("pubDate") == before.findtext("pubDate") == "Mon, 02 Mar 2026 17:00:00 +0000"
    assert after.findtext("atom:updated", namespaces=NS) == "2026-03-02T17:01:00+00:00"
    content = after.findtext("content:encoded", namespaces=NS) or ""
    assert content.startswith(
        "<p><strong>Correction (2 March 2026, 12:01 ET):</strong> Acme sold more than we said.</p>"
    )


def test_feed_knows_a_story_by_its_guid_whatever_its_address(client: Client, article: Article) -> None:
    with clock_at(NOON + MINUTE):
        energy = factories.section("Energy")
        factories.rewrite(article, headline="Other words", slug="other-words", section=energy, public_key="abcd2345")
        workflow.refile(article, by=factories.person(Role.PUBLISHER))

    (item,) = parsed(client.get("/rss.xml").content).findall("channel/item")

    assert item.findtext("link") == "https://news.example.com/energy/other-words-abcd2345/"
    assert item.findtext("guid") == f"urn:uuid:{article.guid}"


def test_feed_drops_a_withdrawn_story(client: Client, article: Article) -> None:
    factories.live(at=NOON, section=factories.section("Tech"), headline="Still here")
    with clock_at(NOON + MINUTE):
        workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="Withdrawn.")
    assert headlines(client.get("/tech/rss.xml").content) == ["Still here"]


def test_feed_shows_a_scheduled_story_from_its_instant_on(client: Client, nouns: dict[str, Any]) -> None:
    factories.live(at=NOON - MINUTE, headline="Before", **nouns)
    factories.scheduled(at=NOON - MINUTE, live_from=NOON, headline="Acme sells chips", **nouns)
    with time_machine.travel(NOON - timedelta(microseconds=1), tick=False):
        first = client.get("/companies/acme/rss.xml")
    with time_machine.travel(NOON, tick=False):
        again = client.get("/companies/acme/rss.xml")
    assert headlines(first.content) == ["Before"]
    assert headlines(again.content) == ["Acme sells chips", "Before"]


@pytest.mark.parametrize("path", FEEDS[1:])
def test_feed_of_a_noun_that_only_a_draft_names_is_not_found(client: Client, nouns: dict[str, Any], path: str) -> None:
    factories.draft(**nouns)
    unknown = client.get(path.replace("/rss.xml", "-and-more/rss.xml"))
    assert (client.get(path).status_code, unknown.status_code) == (404, 404)
    factories.live(**nouns)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("noun", "path"),
    [
        ("section", "/tech/"),
        ("companies", "/companies/acme/"),
        ("topics", "/topics/chips/"),
        ("bylines", "/authors/ada/"),
        ("persons", "/people/joe/"),
    ],
)
def test_feed_follows_its_noun_to_another_address(
    client: Client, article: Article, nouns: dict[str, Any], noun: str, path: str
) -> None:
    named = nouns[noun] if noun == "section" else nouns[noun][0]
    named = type(named).objects.get(pk=named.pk)
    named.slug = "renamed"
    named.save()
    response = client.get(f"{path}rss.xml")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{named.path}rss.xml"
    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("path", FEEDS)
def test_feed_costs_the_same_however_many_stories(
    client: Client,
    article: Article,
    nouns: dict[str, Any],
    path: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    # The stamp is read before and after, and what the pages of a stamp share once.
    queries = {"/rss.xml": 5, "/tech/rss.xml": 5, "/companies/acme/rss.xml": 7, "/people/joe/rss.xml": 7}.get(path, 6)
    with django_assert_num_queries(queries):
        client.get(path)
    for number in range(21):
        company, topic = factories.company(), factories.topic()
        more = {"companies": [*nouns["companies"], company], "topics": [*nouns["topics"], topic]}
        factories.live(at=NOON + number * MINUTE, lead_image=factories.image(), **(nouns | more))
    with django_assert_num_queries(queries):
        response = client.get(path)
    assert len(headlines(response.content)) == 20
    assert problems(response.content) == []
