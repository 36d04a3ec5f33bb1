"""What feeds carry, and when they last changed."""

from datetime import datetime
from typing import Any

import pytest

from articles import reading, records, workflow
from articles.reading.feeds import FEED_SIZE
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import approved, author, company, live, person, rewrite, section, topic
from tests.workflow.desk import DAY, HOUR, MINUTE, NOON, TICK, publisher

pytestmark = pytest.mark.django_db


def test_feed_item_carries_the_whole_story() -> None:
    firm, theme, writer = company("Firm", "NYSE:F", aliases=["F"]), topic("AI"), author("Mei Lin")
    with clock_at(NOON - HOUR):
        story = live(
            headline="Wrong",
            body="<p>Words.</p>",
            dateline="PARIS",
            disclosure="None.",
            bylines=[writer],
            companies=[firm],
            topics=[theme],
        )
    rewrite(story, headline="Right")
    workflow.correct(story, by=publisher(), notice="It was wrong.")
    feed = reading.feed(NOON)
    (item,) = feed.items
    assert (item.card.headline, item.body, item.dateline, item.disclosure) == ("Right", story.body, "PARIS", "None.")
    assert [byline.name for byline in item.card.bylines] == ["Mei Lin"]
    assert item.topics == (records.Topic("AI", "/topics/ai/"),)
    assert item.companies == (
        records.Company(
            firm.pk, "Firm", "/companies/firm/", "NYSE:F", "subject", ("Firm", "F"), firm.listings.get().pk
        ),
    )
    assert item.notices == (records.Notice("correction", "It was wrong.", NOON),)
    assert item.card.guid == story.guid
    assert feed.changed_at == NOON


def test_feeds_have_the_newest_and_no_more() -> None:
    place, firm, writer, theme = section("Asia"), company(), author(), topic()
    content: dict[str, Any] = {"section": place, "companies": [firm], "bylines": [writer], "topics": [theme]}
    stories = [live(at=NOON - n * MINUTE, headline=f"Story {n}", **content) for n in range(FEED_SIZE + 2)]
    live(at=NOON, headline="Elsewhere", section=section("World"))
    newest = [story.headline for story in stories]
    feeds = {
        "section": reading.feed(NOON, ("section", place.pk)),
        "company": reading.feed(NOON, ("company", firm.pk)),
        "author": reading.feed(NOON, ("author", writer.pk)),
        "topic": reading.feed(NOON, ("topic", theme.pk)),
    }
    for feed in feeds.values():
        assert [item.card.headline for item in feed.items] == newest[:FEED_SIZE]
    assert [item.card.headline for item in reading.feed(NOON).items] == ["Elsewhere", *newest[: FEED_SIZE - 1]]


def test_feeds_of_nothing_are_empty() -> None:
    assert reading.feed(NOON) == records.Feed((), None)
    live()
    for feed in (
        reading.feed(NOON, ("section", 99999)),
        reading.feed(NOON, ("company", 99999)),
        reading.feed(NOON, ("author", 99999)),
        reading.feed(NOON, ("topic", 99999)),
    ):
        assert feed == records.Feed((), None)
    assert reading.feed(NOON - TICK) == records.Feed((), None)


def test_lists_change_with_a_release_a_withdrawal_and_an_expiry() -> None:
    first = approved()
    workflow.release(first, by=publisher(), expires_at=NOON + 3 * HOUR)
    with clock_at(NOON + HOUR):
        second = live()
        workflow.release(approved(), by=publisher(), at=NOON + DAY)
    with clock_at(NOON + 2 * HOUR):
        workflow.withdraw(second, by=publisher(), notice="Gone.")
    expected: list[tuple[datetime, datetime | None]] = [
        (NOON - TICK, None),
        (NOON, NOON),
        (NOON + HOUR - TICK, NOON),
        (NOON + HOUR, NOON + HOUR),
        (NOON + 2 * HOUR, NOON + 2 * HOUR),
        (NOON + 3 * HOUR - TICK, NOON + 2 * HOUR),
        (NOON + 3 * HOUR, NOON + 3 * HOUR),
        (NOON + DAY - TICK, NOON + 3 * HOUR),
        (NOON + DAY, NOON + DAY),
    ]
    assert [(at, reading.changed_at(at)) for at, _changed in expected] == expected


def test_feed_changed_when_the_last_of_its_own_stories_did() -> None:
    tech = section("Tech")
    first = live(section=tech, at=NOON)
    with clock_at(NOON + HOUR):
        workflow.refile(rewrite(first, headline="Other words"), by=publisher())
    live(at=NOON + 2 * HOUR)
    asked = (NOON - TICK, NOON, NOON + HOUR - TICK, NOON + HOUR, NOON + 2 * HOUR)
    assert [reading.feed(at, ("section", tech.pk)).changed_at for at in asked] == [
        None,
        NOON,
        NOON,
        NOON + HOUR,
        NOON + HOUR,
    ]
    assert reading.feed(NOON + 2 * HOUR).changed_at == NOON + 2 * HOUR


def test_company_named_twice_is_carried_once() -> None:
    old, new = company("Old"), company("New")
    story = live(companies=[old, new], at=NOON - HOUR)
    workflow.merge(old, new, by=person(Role.COPY_EDITOR))
    (item,) = reading.feed(NOON).items
    assert [firm.name for firm in item.companies] == ["New"]
    assert item.card.guid == story.guid
