"""Lists of stories: order, paging by key, and what counts as newest."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import reading, records, workflow
from articles.models import Article
from articles.reading.cursors import BadCursor, read_cursor, write_cursor
from articles.reading.lists import FRONT_SIZE, PAGE_SIZE
from articles.states import Verb
from articles.workflow.clock import clock_at
from tests.factories import approved, author, company, live, rewrite, section, topic
from tests.workflow.desk import DAY, HOUR, MINUTE, NOON, TICK, publisher

pytestmark = pytest.mark.django_db

type _List = Callable[[datetime, str], records.Page[records.Card]]


def _stories(count: int, **content: Any) -> list[Article]:
    """Make live stories a minute apart, the last of them at noon; newest first."""
    return [live(at=NOON - number * MINUTE, headline=f"Story {number}", **content) for number in range(count)]


def _bundle(count: int, **content: Any) -> list[Article]:
    """Make stories that appeared in the same instant."""
    stories = [approved(headline=f"Bundled {number}", **content) for number in range(count)]
    workflow.release_bundle([workflow.Release(story) for story in stories], by=publisher())
    return stories


def _walk(page: Callable[[str], Any]) -> list[list[Any]]:
    """Return all pages of a list, following its cursors."""
    pages, cursor = [], ""
    while True:
        found = page(cursor)
        pages.append(list(found.items))
        cursor = found.older
        if not cursor:
            return pages


def _headlines(cards: Any) -> list[str]:
    return [card.headline for card in cards]


def _lists() -> tuple[dict[str, Any], dict[str, _List]]:
    """Return content that names nouns, and every list that must then have the same stories."""
    place, writer, firm, theme = section(), author(), company(), topic()
    content = {"section": place, "bylines": [writer], "companies": [firm], "topics": [theme]}
    return content, {
        "latest": reading.latest,
        "section": partial(reading.section_stories, place.slug),
        "company": partial(reading.company_stories, firm.pk),
        "author": partial(reading.author_stories, writer.pk),
        "topic": partial(reading.topic_stories, theme.pk),
    }


@pytest.mark.parametrize("name", ["latest", "section", "company", "author", "topic"])
def test_pages_have_every_story_once_and_newest_first(name: str) -> None:
    content, lists = _lists()
    stories = _stories(PAGE_SIZE + 3, **content)
    live(headline="Elsewhere", at=NOON - DAY, section=section("Other"))
    pages = _walk(lambda before: lists[name](NOON, before))
    expected = [story.headline for story in stories] + (["Elsewhere"] if name == "latest" else [])
    assert [headline for page in pages for headline in _headlines(page)] == expected
    assert [len(page) for page in pages] == [PAGE_SIZE, len(expected) - PAGE_SIZE]


@pytest.mark.parametrize("name", ["company", "author", "topic"])
def test_story_that_names_several_is_on_one_page_once(name: str) -> None:
    content, lists = _lists()
    content["companies"] += [company(), company()]
    content["bylines"] += [author(), author()]
    content["topics"] += [topic(), topic()]
    stories = _stories(2 * PAGE_SIZE + 1, **content)
    pages = _walk(lambda before: lists[name](NOON, before))
    assert [headline for page in pages for headline in _headlines(page)] == [story.headline for story in stories]


@pytest.mark.parametrize("name", ["latest", "section", "company", "author", "topic"])
def test_stories_of_one_instant_are_paged_without_loss(name: str) -> None:
    content, lists = _lists()
    stories = _bundle(2 * PAGE_SIZE + 1, **content)
    pages = _walk(lambda before: lists[name](NOON, before))
    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
    found = [headline for page in pages for headline in _headlines(page)]
    assert found == [story.headline for story in reversed(stories)]


def test_a_full_page_alone_has_nothing_older() -> None:
    _bundle(PAGE_SIZE)
    page = reading.latest(NOON)
    assert (len(page.items), page.older) == (PAGE_SIZE, "")


def test_empty_lists() -> None:
    empty = records.Page[records.Card](())
    assert reading.latest(NOON) == reading.section_stories("nowhere", NOON) == reading.company_stories(1, NOON) == empty
    assert reading.front(NOON) == records.Front(None, ())
    assert reading.navigation(NOON) == ()


def test_order_is_by_first_publication_and_an_update_does_not_move_a_story() -> None:
    older, newer = live(at=NOON - 2 * HOUR, headline="Older"), live(at=NOON - HOUR, headline="Newer")
    rewrite(older, standfirst="Updated.")
    workflow.update(older, by=publisher())
    assert _headlines(reading.latest(NOON).items) == ["Newer", "Older"]
    assert newer.pk != older.pk


def test_cursor_stays_good_while_newer_stories_come_and_others_go() -> None:
    stories = _stories(PAGE_SIZE + 5)
    first = reading.latest(NOON)
    with clock_at(NOON + HOUR):
        workflow.release(approved(headline="Brand new"), by=publisher())
        workflow.withdraw(stories[PAGE_SIZE - 1], by=publisher(), notice="Gone.")
    older = reading.latest(NOON + HOUR, first.older)
    assert _headlines(older.items) == [story.headline for story in stories[PAGE_SIZE:]]


def test_list_of_a_noun_of_the_past_has_what_it_had() -> None:
    firm = company()
    story = live(at=NOON - 2 * HOUR, companies=[firm])
    rewrite(story, companies=[])
    with clock_at(NOON - HOUR):
        workflow.update(story, by=publisher())
    assert len(reading.company_stories(firm.pk, NOON - HOUR - TICK).items) == 1
    assert reading.company_stories(firm.pk, NOON - HOUR).items == ()


def test_story_that_moved_is_in_its_new_section_only() -> None:
    old, new = section("Old"), section("New")
    story = live(at=NOON - HOUR, section=old)
    rewrite(story, section=new)
    workflow.refile(story, by=publisher())
    assert reading.section("old", NOON) is None
    assert len(reading.section_stories("new", NOON).items) == 1
    assert [part.slug for part in reading.navigation(NOON)] == ["new"]
    assert [part.slug for part in reading.navigation(NOON - TICK)] == ["old"]


def test_front_leads_with_the_newest_story_marked_so() -> None:
    stories = _stories(FRONT_SIZE + 5)
    front = reading.front(NOON)
    assert front.lead is not None
    assert front.lead.headline == "Story 0"
    assert _headlines(front.items) == [story.headline for story in stories[1 : FRONT_SIZE + 1]]
    live(at=NOON - DAY, headline="Lead", is_lead=True)
    live(at=NOON - 2 * DAY, headline="Older lead", is_lead=True)
    front = reading.front(NOON)
    assert front.lead is not None
    assert front.lead.headline == "Lead"
    assert _headlines(front.items) == [story.headline for story in stories[:FRONT_SIZE]]
    for at, lead in ((NOON - DAY, "Lead"), (NOON - DAY - TICK, "Older lead")):
        front = reading.front(at)
        assert front.lead is not None
        assert front.lead.headline == lead


def test_front_of_few_stories_has_the_lead_once() -> None:
    live(at=NOON - HOUR, headline="Lead", is_lead=True)
    live(at=NOON, headline="News")
    front = reading.front(NOON)
    assert front.lead is not None
    assert [front.lead.headline, *_headlines(front.items)] == ["Lead", "News"]


def test_navigation_is_in_the_desks_order() -> None:
    for order, name in ((3, "Third"), (1, "First"), (2, "Second")):
        live(section=section(name, order=order))
    section("Empty", order=0)
    assert [part.name for part in reading.navigation(NOON)] == ["First", "Second", "Third"]


def test_bundle_of_a_correction_and_a_release_flips_lists_together() -> None:
    old = live(at=NOON - HOUR, headline="Wrong")
    rewrite(old, headline="Right")
    parts = [workflow.Release(old, Verb.CORRECT, notice="It was wrong."), workflow.Release(approved(headline="New"))]
    workflow.release_bundle(parts, by=publisher(), at=NOON + HOUR)
    assert _headlines(reading.latest(NOON + HOUR - TICK).items) == ["Wrong"]
    assert _headlines(reading.latest(NOON + HOUR).items) == ["New", "Right"]


BAD = [
    "x",
    "1",
    "-",
    "1-",
    "-1",
    "1-x",
    "1.0-1",
    "١-١",
    "1-1-1",
    " 1-1",
    "+1-1",
    "9" * 39 + "-1",
    f"1-{1 << 63}",
    "1" * 40,
]


@pytest.mark.parametrize("cursor", BAD)
def test_cursor_that_no_page_printed_is_refused(cursor: str) -> None:
    for page in (
        lambda: reading.latest(NOON, cursor),
        lambda: reading.section_stories("markets", NOON, cursor),
        lambda: reading.company_stories(1, NOON, cursor),
        lambda: reading.author_stories(1, NOON, cursor),
        lambda: reading.topic_stories(1, NOON, cursor),
        lambda: reading.corrections(NOON, cursor),
    ):
        with pytest.raises(BadCursor):
            page()


@pytest.mark.parametrize("cursor", ["0-0", f"0-{(1 << 63) - 1}", f"{253402300799999999}-1", "0000000001-01"])
def test_cursor_at_the_end_of_time_is_only_a_place(cursor: str) -> None:
    live(headline="There")
    assert _headlines(reading.latest(NOON, cursor).items) == (["There"] if cursor.startswith("2534") else [])


@given(
    instant=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    key=st.integers(min_value=0, max_value=(1 << 63) - 1),
)
def test_cursors_are_read_as_they_were_written(instant: datetime, key: int) -> None:
    assert read_cursor(write_cursor(instant, key)) == (instant, key)


@given(cursor=st.text())
def test_any_other_text_is_a_bad_cursor_or_a_place(cursor: str) -> None:
    try:
        instant, key = read_cursor(cursor)
    except BadCursor:
        return
    assert (instant.tzinfo, key >= 0) == (UTC, True)
