"""What a page may cost: as many queries for thirty items as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import reading, workflow
from articles.models import Article, Person, PersonRole
from tests.factories import approved, author, company, image, live, section, somebody, source, topic
from tests.workflow.desk import DAY, MINUTE, NOON, publisher

pytestmark = pytest.mark.django_db


def _content() -> dict[str, Any]:
    firm = company("", "NYSE:A" + str(Article.objects.count()))
    mention = f'<span data-company="{firm.pk}">The firm</span>'
    said = f'<data value="1.2" data-listing="{firm.listings.get().pk}" data-measure="change-percent">1.2%</data>'
    return {
        "body": f"<p>{mention} rose {said}.</p>",
        "section": section("Asia"),
        "source": source(),
        "bylines": [author(), author()],
        "companies": [firm, company()],
        "topics": [topic(), topic()],
        "persons": [_official(), _official()],
        "lead_image": image(),
    }


def _official() -> Person:
    made = somebody()
    PersonRole.objects.create(person=made, company=company(from_reference=True), title="chairman")
    return made


def _asks(shared: dict[str, Any], key: str) -> dict[str, tuple[int, Callable[[], Any]]]:
    """Return the door's functions with the most queries each may make."""
    firm, writer, theme = shared["companies"][0], shared["bylines"][0], shared["topics"][0]
    one, ticker = shared["persons"][0], firm.listings.get().ticker
    house = reading.house(NOON, reading.stamp(NOON))
    return {
        "story": (9, lambda: reading.story(key, NOON)),
        "printed story": (3, lambda: reading.printed_story(key, NOON, house)),
        "printed front": (2, lambda: reading.printed_front(NOON, house)),
        "printed list": (1, lambda: reading.printed_list(("row",), NOON, house)),
        "printed author": (1, lambda: reading.printed_list(("row",), NOON, house, "", ("author", writer.pk))),
        "printed feed": (1, lambda: reading.printed_feed(NOON, house)),
        "printed company feed": (1, lambda: reading.printed_feed(NOON, house, ("company", firm.pk))),
        "stamp": (1, lambda: reading.stamp(NOON)),
        "front": (4, lambda: reading.front(NOON)),
        "latest": (3, lambda: reading.latest(NOON)),
        "section": (4, lambda: reading.section_stories("asia", NOON)),
        "company": (3, lambda: reading.company_stories(firm.pk, NOON)),
        "author": (3, lambda: reading.author_stories(writer.pk, NOON)),
        "person": (3, lambda: reading.person_stories(one.pk, NOON)),
        "topic": (3, lambda: reading.topic_stories(theme.pk, NOON)),
        "corrections": (3, lambda: reading.corrections(NOON)),
        "feed": (7, lambda: reading.feed(NOON)),
        "company feed": (7, lambda: reading.feed(NOON, ("company", firm.pk))),
        "author feed": (7, lambda: reading.feed(NOON, ("author", writer.pk))),
        "person feed": (7, lambda: reading.feed(NOON, ("person", one.pk))),
        "topic feed": (7, lambda: reading.feed(NOON, ("topic", theme.pk))),
        "navigation": (1, lambda: reading.navigation(NOON)),
        "months": (3, lambda: reading.sitemap_months(NOON)),
        "sitemap": (1, lambda: reading.sitemap(2026, 6, NOON)),
        "news": (1, lambda: reading.sitemap_news(NOON - DAY, NOON)),
        "page parts": (1, lambda: reading.sitemap_page_parts(NOON)),
        "pages": (7, lambda: reading.sitemap_pages(NOON)),
        "company page": (2, lambda: reading.company(firm.slug, NOON)),
        "author page": (1, lambda: reading.author(writer.slug, NOON)),
        "person page": (2, lambda: reading.person(one.slug, NOON)),
        "companies": (2, lambda: reading.companies_index(NOON)),
        "companies under C": (2, lambda: reading.companies_index(NOON, "c")),
        "people": (3, lambda: reading.people_index(NOON)),
        "ticker": (1, lambda: reading.quoted(ticker, NOON)),
        "topic page": (1, lambda: reading.topic(theme.slug, NOON)),
        "section page": (1, lambda: reading.section("asia", NOON)),
        "picture": (1, lambda: reading.media(str(shared["lead_image"].file.name), NOON)),
        "no redirect": (1, lambda: reading.redirect("/nowhere/", NOON)),
        "no story": (1, lambda: reading.story("22222222", NOON)),
    }


def _counts(asks: dict[str, tuple[int, Callable[[], Any]]]) -> dict[str, int]:
    counts = {}
    for name, (_most, ask) in asks.items():
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts[name] = len(queries)
    return counts


def test_thirty_items_cost_as_many_queries_as_one() -> None:
    shared = _content()
    live(at=NOON - 2 * DAY, section=shared["section"])
    first = live(at=NOON - DAY, **shared)
    asks = _asks(shared, first.public_key)
    one = _counts(asks)
    for number in range(30):
        other = _content()
        lists = {name: [shared[name][0], *other[name]] for name in ("bylines", "companies", "topics")}
        live(at=NOON - number * MINUTE, **other | lists)
    assert _counts(asks) == one
    assert {name: count for name, count in one.items() if count > asks[name][0]} == {}


def test_a_story_with_thirty_of_everything_costs_three_queries() -> None:
    related = [live(at=NOON - DAY) for _ in range(3)]
    story = live(
        bylines=[author() for _ in range(30)],
        companies=[company("", f"NYSE:B{number}") for number in range(30)],
        topics=[topic() for _ in range(30)],
        related=related,
        lead_image=image(),
    )
    house = reading.house(NOON, reading.stamp(NOON))
    with CaptureQueriesContext(connection) as queries:
        assert reading.printed_story(story.public_key, NOON, house) is not None
    assert len(queries) == 3


def test_a_bundle_costs_no_query_more_for_reading_than_its_stories() -> None:
    stories = [approved() for _ in range(10)]
    workflow.release_bundle([workflow.Release(story) for story in stories], by=publisher())
    house = reading.house(NOON, reading.stamp(NOON))
    with CaptureQueriesContext(connection) as queries:
        assert len(reading.printed_list(("row",), NOON, house).items) == 10
    assert len(queries) == 1


def test_the_door_begins_no_transaction() -> None:
    """A read inside a transaction waits for writers on SQLite."""
    shared = _content()
    story = live(**shared)
    statements = []
    for _most, ask in _asks(shared, story.public_key).values():
        with CaptureQueriesContext(connection) as queries:
            ask()
        statements += [query["sql"].split()[0].upper() for query in queries]
    assert set(statements) == {"SELECT", "WITH"}
