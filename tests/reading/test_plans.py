"""Lists are walks along an index from the asked instant: a page of the past costs what today's does."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import reading
from tests.workflow.desk import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.needs_sqlite]

LISTS: dict[str, tuple[Callable[[], Any], str]] = {
    "front": (lambda: reading.front(NOON), "edition_latest"),
    "latest": (lambda: reading.latest(NOON), "edition_latest"),
    "older": (lambda: reading.latest(NOON, "1780000000000000-7"), "edition_latest"),
    "section": (lambda: reading.section_stories("asia", NOON), "edition_section"),
    "company": (lambda: reading.company_stories(1, NOON), "edition_company_list"),
    "author": (lambda: reading.author_stories(1, NOON), "edition_author_list"),
    "topic": (lambda: reading.topic_stories(1, NOON), "edition_topic_list"),
    "older of a company": (lambda: reading.company_stories(1, NOON, "1780000000000000-7"), "edition_company_list"),
    "feed": (lambda: reading.feed(NOON), "edition_latest"),
    "section feed": (lambda: reading.feed(NOON, ("section", 1)), "edition_section"),
    "company feed": (lambda: reading.feed(NOON, ("company", 1)), "edition_company_list"),
    "author feed": (lambda: reading.feed(NOON, ("author", 1)), "edition_author_list"),
    "topic feed": (lambda: reading.feed(NOON, ("topic", 1)), "edition_topic_list"),
}


def _plan(ask: Callable[[], Any]) -> list[str]:
    """Return how SQLite would find the rows of the first query that `ask` makes."""
    with CaptureQueriesContext(connection) as queries:
        ask()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"])
        return [row[3] for row in cursor.fetchall()]


@pytest.mark.parametrize("name", LISTS)
def test_list_is_a_walk_along_its_index_from_the_asked_instant(name: str) -> None:
    ask, index = LISTS[name]
    plan = _plan(ask)
    assert [step for step in plan if f"USING INDEX {index} (" in step and "first_published_at<?)" in step], plan
    assert [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step] == []


@pytest.mark.parametrize("name", LISTS)
def test_newer_edition_is_looked_for_in_an_index_alone(name: str) -> None:
    plan = _plan(LISTS[name][0])
    probe = "USING COVERING INDEX sqlite_autoindex_articles_edition_1 (article_id=? AND live_from>? AND live_from<?)"
    assert [step for step in plan if probe in step], plan


def test_story_is_found_by_its_key() -> None:
    plan = _plan(lambda: reading.story("abcdefgh", NOON))
    assert [step for step in plan if "USING INDEX edition_key (public_key=?)" in step], plan
    assert [step for step in plan if step.startswith("SCAN")] == []
