"""What sitemaps list."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles import reading, records, workflow
from articles.reading import SitemapMonth
from articles.workflow.clock import clock_at
from tests.factories import author, company, live, rewrite, section, somebody, topic
from tests.workflow.desk import DAY, HOUR, NOON, TICK, publisher

pytestmark = pytest.mark.django_db


def _paths(entries: tuple[records.SitemapEntry, ...]) -> list[str]:
    return [entry.path for entry in entries]


def test_months_are_those_of_utc_newest_first() -> None:
    new_york = ZoneInfo("America/New_York")
    for local in (
        datetime(2026, 4, 30, 19, 59, 59, tzinfo=new_york),
        datetime(2026, 4, 30, 20, 0, tzinfo=new_york),
        datetime(2025, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 1, 1, tzinfo=UTC),
    ):
        live(at=local, headline=local.isoformat())
    months = reading.sitemap_months(NOON)
    assert [(month.year, month.month, month.parts) for month in months] == [
        (2026, 5, 1),
        (2026, 4, 1),
        (2026, 1, 1),
        (2025, 12, 1),
    ]
    for month in months:
        (entry,) = reading.sitemap(month.year, month.month, NOON)
        assert entry.changed_at == month.changed_at
        assert entry.changed_at is not None
        assert (entry.changed_at.year, entry.changed_at.month) == (month.year, month.month)


def test_month_changes_with_its_stories() -> None:
    first = live(at=datetime(2026, 5, 1, tzinfo=UTC))
    live(at=datetime(2026, 5, 31, tzinfo=UTC))
    rewrite(first, headline="Changed")
    workflow.update(first, by=publisher())
    assert reading.sitemap_months(NOON, 1) == (SitemapMonth(2026, 5, NOON, 2),)
    entries = reading.sitemap(2026, 5, NOON)
    assert [entry.changed_at for entry in entries] == [datetime(2026, 5, 31, tzinfo=UTC), NOON]
    with clock_at(NOON + HOUR):
        workflow.withdraw(first, by=publisher(), notice="Gone.")
    assert [month.parts for month in reading.sitemap_months(NOON + HOUR, 1)] == [1]


@pytest.mark.parametrize(("year", "month"), [(1, 1), (2026, 2), (2026, 7), (9998, 12)])
def test_month_without_stories_is_empty(year: int, month: int) -> None:
    live()
    assert reading.sitemap(year, month, NOON) == ()


def test_what_search_engines_are_asked_to_leave_out_is_left_out() -> None:
    live(search_engines="noindex")
    assert reading.sitemap_months(NOON) == ()
    assert reading.sitemap(2026, 6, NOON) == ()
    assert reading.sitemap_news(NOON - DAY, NOON) == ()
    story = live(search_engines="noarchive")
    assert len(reading.sitemap(2026, 6, NOON)) == 1
    assert [card.guid for card in reading.sitemap_news(NOON - DAY, NOON)] == [story.guid]


def test_news_are_those_of_a_span_by_first_publication() -> None:
    old, new = live(at=NOON - 2 * DAY - TICK), live(at=NOON - 2 * DAY)
    rewrite(old, headline="Updated")
    workflow.update(old, by=publisher())
    assert [card.guid for card in reading.sitemap_news(NOON - 2 * DAY, NOON)] == [new.guid]


def test_late_change_of_an_older_story_is_told() -> None:
    place, firm, writer = section("Asia"), company("Firm"), author("Mei Lin")
    old = live(at=NOON - 2 * HOUR, section=place, companies=[firm], bylines=[writer])
    live(at=NOON - HOUR, section=place, companies=[firm], bylines=[writer])
    rewrite(old, headline="Changed")
    workflow.update(old, by=publisher())
    entries = {entry.path: entry.changed_at for entry in reading.sitemap_pages(NOON)}
    assert [entries[path] for path in ("/asia/", "/companies/firm/", "/authors/mei-lin/")] == [NOON] * 3
    assert reading.sitemap_months(NOON) == (SitemapMonth(2026, 6, NOON, 1),)
    assert [entry.changed_at for entry in reading.sitemap(2026, 6, NOON)] == [NOON - HOUR, NOON]


def test_pages_are_those_with_a_live_story_and_change_with_it() -> None:
    place, firm, theme, writer = section("Asia"), company("Firm"), topic("AI"), author("Mei Lin")
    section("Empty"), company("Unnamed"), topic("Unused"), author("Nobody"), somebody("Unnamed")
    named = {"companies": [firm], "topics": [theme], "bylines": [writer], "persons": [somebody("Joe Tsai")]}
    live(at=NOON - HOUR, section=place, **named)
    live(at=NOON, section=place)
    entries = {entry.path: entry.changed_at for entry in reading.sitemap_pages(NOON)}
    other = {path for path in entries if path.startswith("/authors/author-")}
    assert {path: changed for path, changed in entries.items() if path not in other} == {
        "/": NOON,
        "/latest/": NOON,
        "/corrections/": NOON,
        "/companies/": NOON,
        "/people/": NOON,
        "/asia/": NOON,
        "/companies/firm/": NOON - HOUR,
        "/topics/ai/": NOON - HOUR,
        "/authors/mei-lin/": NOON - HOUR,
        "/people/joe-tsai/": NOON - HOUR,
    }
    assert len(_paths(reading.sitemap_pages(NOON))) == len(entries)
