"""The pages that list stories."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import workflow
from articles.models import Article, Edition
from newsroom.roles import Role
from tests import factories
from tests.pages import attributes, parse, select, texts

pytestmark = pytest.mark.django_db

PAGE = 20


def tree_of(client: Client, path: str) -> Any:
    response = client.get(path)
    assert response.status_code == 200, path
    return parse(response.content)


def stories(number: int, **fields: Any) -> list[Article]:
    now = timezone.now()
    return [
        factories.live(headline=f"Story {n}", at=now - timedelta(minutes=n), **fields) for n in range(1, number + 1)
    ]


def test_latest_lists_stories_newest_first(client: Client) -> None:
    stories(3)

    assert texts(tree_of(client, "/latest/"), ".river-headline") == ["Story 1", "Story 2", "Story 3"]


def test_a_list_goes_on_from_page_to_page_without_losing_or_repeating_a_story(client: Client) -> None:
    stories(PAGE + 2)

    first = tree_of(client, "/latest/")
    [older] = attributes(first, ".pager-older", "href")
    second = tree_of(client, str(older))

    assert texts(first, ".pager-older") == ["Older stories"]
    assert texts(first, ".river-headline") + texts(second, ".river-headline") == [
        f"Story {n}" for n in range(1, PAGE + 3)
    ]
    assert texts(second, ".pager a") == ["Newest"]
    assert attributes(second, ".pager a", "href") == ["/latest/"]


def test_older_pages_are_for_readers_and_not_for_search_engines(client: Client) -> None:
    stories(PAGE + 1)
    [older] = attributes(tree_of(client, "/latest/"), ".pager-older", "href")

    tree = tree_of(client, str(older))

    assert attributes(tree, "meta[name=robots]", "content") == ["noindex, follow"]
    assert attributes(tree, "link[rel=canonical]", "href") == [f"https://news.example.com{older}"]


@pytest.mark.parametrize("path", ["/latest/", "/corrections/", "/markets/"])
@pytest.mark.parametrize("cursor", ["x", "'", "2026", "\x00", "9" * 400, "..", "2026-13-45T00:00:00Z_1"])
def test_a_cursor_that_is_none_is_not_found(client: Client, path: str, cursor: str) -> None:
    stories(1)

    assert client.get(path, {"before": cursor}).status_code == 404


def test_an_empty_cursor_is_the_beginning(client: Client) -> None:
    stories(1)

    assert attributes(tree_of(client, "/latest/?before="), "link[rel=canonical]", "href") == [
        "https://news.example.com/latest/"
    ]


def test_a_section_has_its_stories_its_words_and_its_feed(client: Client) -> None:
    energy = factories.section("Energy", description="Power and fuel.", language="de")
    stories(2, section=energy)
    factories.live(headline="Elsewhere")

    tree = tree_of(client, "/energy/")

    assert texts(tree, "h1") == ["Energy"]
    assert texts(tree, ".page-description") == ["Power and fuel."]
    assert texts(tree, ".river-headline") == ["Story 1", "Story 2"]
    assert tree.get("lang") == "de"
    assert attributes(tree, "link[type=application/rss+xml]", "href") == ["/rss.xml", "/energy/rss.xml"]
    assert texts(tree, ".navigation [aria-current=page]") == ["Energy"]


def test_a_section_begins_with_its_newest_story_when_that_has_a_picture(client: Client) -> None:
    now = timezone.now()
    factories.live(headline="Old", at=now - timedelta(hours=1))
    factories.live(headline="New", lead_image=factories.image(), at=now)

    tree = tree_of(client, "/markets/")

    assert texts(tree, ".section-lead .card-headline") == ["New"]
    assert texts(tree, ".river-headline") == ["Old"]


def test_a_section_with_nothing_but_its_lead_is_not_called_empty(client: Client) -> None:
    factories.live(headline="New", lead_image=factories.image())

    tree = tree_of(client, "/markets/")

    assert texts(tree, ".section-lead .card-headline") == ["New"]
    assert texts(tree, ".empty") == []


def test_a_company_has_its_listings_and_stories(client: Client) -> None:
    alibaba = factories.company("Alibaba Group", "NYSE:BABA", "HKEX:9988", website="https://www.example.com/")
    factories.live(headline="About it", companies=[alibaba])
    factories.live(headline="About another")

    tree = tree_of(client, "/companies/alibaba-group/")

    assert texts(tree, "h1") == ["Alibaba Group"]
    assert texts(tree, ".listings .ticker") == ["NYSE:BABA", "HKEX:9988"]
    assert texts(tree, ".river-headline") == ["About it"]
    assert texts(tree, ".facts a") == ["example.com", "RSS feed of Alibaba Group"]


def test_a_private_company_says_that_it_is_not_listed(client: Client) -> None:
    factories.live(companies=[factories.company("DeepSeek")])

    tree = tree_of(client, "/companies/deepseek/")

    assert texts(tree, ".facts-note") == ["Not listed on an exchange.", "RSS feed of DeepSeek"]
    assert texts(tree, ".ticker") == []


def test_an_author_has_a_page(client: Client) -> None:
    ada = factories.author(
        "Ada Smith", role_title="Markets editor", bio="She writes.", links=["https://social.example.com/@ada"]
    )
    factories.live(headline="By her", bylines=[ada])

    tree = tree_of(client, "/authors/ada-smith/")

    assert texts(tree, "h1") == ["Ada Smith"]
    assert texts(tree, ".page-role") == ["Markets editor"]
    assert texts(tree, ".profile-links a") == ["social.example.com/@ada"]
    assert texts(tree, ".river-headline") == ["By her"]


def test_a_topic_has_a_page(client: Client) -> None:
    factories.live(headline="On it", topics=[factories.topic("Cloud", description="Rented computing.")])

    tree = tree_of(client, "/topics/cloud/")

    assert texts(tree, "h1") == ["Cloud"]
    assert texts(tree, ".river-headline") == ["On it"]


NOUN_PAGES = ["/markets/", "/companies/alibaba/", "/authors/ada/", "/people/joe/", "/topics/cloud/"]


@pytest.fixture
def nouns() -> None:
    factories.live(
        companies=[factories.company("Alibaba")],
        bylines=[factories.author("Ada")],
        persons=[factories.somebody("Joe")],
        topics=[factories.topic("Cloud")],
    )


@pytest.mark.usefixtures("nouns")
@pytest.mark.parametrize("path", [*NOUN_PAGES, "/latest/", "/corrections/", "/feeds/", "/people/", "/companies/"])
def test_an_address_without_its_slash_leads_to_the_page_at_once(client: Client, path: str) -> None:
    response = client.get(path.rstrip("/") + "?utm_source=x")

    assert (response.status_code, response.headers["Location"]) == (301, path)


@pytest.mark.usefixtures("nouns")
@pytest.mark.parametrize("path", NOUN_PAGES)
def test_a_slug_in_capitals_leads_to_the_page(client: Client, path: str) -> None:
    first, slug = path.rstrip("/").rsplit("/", 1)

    response = client.get(f"{first}/{slug.title()}")

    assert (response.status_code, response.headers["Location"]) == (301, path)


@pytest.mark.usefixtures("nouns")
def test_a_redirect_keeps_the_place_in_the_list(client: Client) -> None:
    response = client.get("/latest?before=abc&utm_source=x")

    assert response.headers["Location"] == "/latest/?before=abc"


def test_a_new_slug_leaves_the_old_address_of_a_noun_working(client: Client) -> None:
    topic = factories.topic("Cloud")
    factories.live(topics=[topic])
    topic = type(topic).objects.get(pk=topic.pk)
    topic.slug = "cloud-computing"
    topic.save()

    assert client.get("/topics/cloud/").headers["Location"] == "/topics/cloud-computing/"
    assert client.get("/topics/cloud-computing/").status_code == 200


def test_a_merged_company_leads_to_what_it_became(client: Client) -> None:
    twice, once = factories.company("Ali Baba"), factories.company("Alibaba")
    factories.live(companies=[twice])
    factories.live(companies=[once])
    workflow.merge(twice, once, by=factories.person(Role.ADMINISTRATOR))

    response = client.get("/companies/ali-baba/")

    assert (response.status_code, response.headers["Location"]) == (301, "/companies/alibaba/")


@pytest.mark.parametrize("path", NOUN_PAGES)
def test_a_noun_that_no_live_story_names_is_not_found(client: Client, path: str) -> None:
    factories.draft(
        companies=[factories.company("Alibaba")],
        bylines=[factories.author("Ada")],
        persons=[factories.somebody("Joe")],
        topics=[factories.topic("Cloud")],
    )

    assert client.get(path).status_code == 404


def test_a_story_in_another_language_says_so_in_a_list(client: Client) -> None:
    factories.live(headline="قمر تبني رصيفا", language="ar")

    tree = tree_of(client, "/latest/")

    assert attributes(tree, ".river-row", "lang") == ["ar"]
    assert attributes(tree, ".river-row", "dir") == ["rtl"]
    assert [span.get("dir") for span in select(tree, ".river-time span")] == ["ltr"]
    assert attributes(tree, ".river-section", "lang") == ["en"]


def test_a_card_labels_what_is_no_news(client: Client) -> None:
    factories.live(kind="press_release", disclosure="Supplied.", source=factories.source("Acme"))

    assert texts(tree_of(client, "/latest/"), ".kind") == ["Press release"]


def test_editions_not_articles_are_listed(client: Client) -> None:
    article = factories.live(headline="What readers have")
    workflow.save(article, {"headline": "What the desk writes"}, by=factories.person(Role.COPY_EDITOR))

    assert texts(tree_of(client, "/latest/"), ".river-headline") == ["What readers have"]
    assert Edition.objects.count() == 1
