"""Fragments are what rendering would give now, or they are not used."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from articles import reading, records, workflow
from articles.models import Edition, EditionTopic, Fragment, Listing
from articles.printing import fragments
from articles.printing.rows import CARD_JOINS, stories_of
from articles.reading.house import house
from articles.rendering.prices import with_prices
from articles.rendering.slots import CHARACTERS
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import (
    HOUR,
    author,
    company,
    draft,
    exchange,
    image,
    live,
    person,
    rewrite,
    scheduled,
    section,
    source,
    topic,
    withdrawn,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now


@pytest.fixture
def nouns() -> dict[str, Any]:
    """Return a noun of every kind that a page prints."""
    return {
        "section": section("Technology", description="Chips."),
        "author": author("Ada Smith", role_title="Editor", bio="Writes.", email="ada@example.com"),
        "company": company("Alibaba", "NYSE:BABA", aliases=["Ali"]),
        "topic": topic("Cloud"),
        "image": image(caption="A picture."),
        "source": source("Agency", prefix="Agency --"),
    }


@pytest.fixture
def edition(nouns: dict[str, Any]) -> Edition:
    """Return the live edition of a story that prints all of them."""
    article = live(
        headline="Alibaba grows",
        body="<p>Alibaba grew.</p>",
        section=nouns["section"],
        bylines=[nouns["author"]],
        companies=[nouns["company"]],
        topics=[nouns["topic"]],
        lead_image=nouns["image"],
        source=nouns["source"],
    )
    found: Edition = article.editions.get()
    return found


def rendered_now(edition: Edition) -> dict[str, str]:
    """Return the parts of an edition rendered from its rows."""
    row = Edition.objects.select_related(*CARD_JOINS).get(pk=edition.pk)
    (story,) = stories_of([row], NOW())
    return fragments.render(story)


def is_used(edition: Edition, at: datetime | None = None) -> bool:
    """Say whether pages print an edition's fragment: a mark in it comes out."""
    Fragment.objects.filter(pk=edition.pk).update(row="<li>stored</li>")
    at = at or NOW()
    page = reading.printed_list(("row",), at, house(at, reading.stamp(at)))
    (card,) = [card for card in page.items if card.key == edition.public_key]
    return card.row == "<li>stored</li>"


def test_a_release_stores_what_rendering_gives(edition: Edition) -> None:
    fragment = Fragment.objects.get(pk=edition.pk)

    assert {part: getattr(fragment, part) for part in fragments.RENDERERS} == rendered_now(edition)
    assert is_used(edition)


def test_a_fragment_knows_its_nouns(edition: Edition, nouns: dict[str, Any]) -> None:
    expected = {f"{kind}-{noun.pk}" for kind, noun in nouns.items()}

    found = set(Fragment.objects.get(pk=edition.pk).nouns.split())

    assert found == expected | {f"edition-{edition.pk}", f"exchange-{exchange('NYSE').pk}"}


def test_every_release_stores_a_fragment_but_a_withdrawal() -> None:
    changed = live()
    workflow.correct(rewrite(changed, headline="Right"), by=person(Role.PUBLISHER), notice="It was wrong.")
    scheduled()
    gone = withdrawn()
    draft()

    tombstone = gone.editions.get(release_kind="withdrawal")
    assert set(Fragment.objects.values_list("pk", flat=True)) == {
        *Edition.objects.exclude(pk=tombstone.pk).values_list("pk", flat=True)
    }


def test_a_cancelled_schedule_takes_its_fragment_along() -> None:
    article = scheduled()

    workflow.cancel(article, by=person(Role.PUBLISHER))

    assert not Fragment.objects.exists()


def rename(noun: Any) -> None:
    """Change the name of a noun."""
    noun.name = "Another name"
    noun.save()


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "section": lambda nouns: rename(nouns["section"]),
    "author": lambda nouns: rename(nouns["author"]),
    "company": lambda nouns: rename(nouns["company"]),
    "topic": lambda nouns: rename(nouns["topic"]),
    "source": lambda nouns: rename(nouns["source"]),
    "picture": lambda nouns: type(nouns["image"]).objects.update(caption="Another caption."),
    "exchange": lambda _: type(exchange("NYSE")).objects.update(short_name="NYX"),
    "listing": lambda _: Listing.objects.update(symbol="ABAB"),
    "listing gone": lambda _: Listing.objects.all().delete(),
    "merge": lambda nouns: workflow.merge(nouns["author"], author("Ada B. Smith"), by=person(Role.ADMINISTRATOR)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_noun_makes_a_fragment_stale(change: str, edition: Edition, nouns: dict[str, Any]) -> None:
    assert is_used(edition)

    CHANGES[change](nouns)

    assert not is_used(edition)
    fragments.store([edition])
    assert Fragment.objects.get(pk=edition.pk).row == rendered_now(edition)["row"]
    assert is_used(edition)


INDEX_ROWS: dict[str, Callable[[Edition], object]] = {
    "insert": lambda edition: EditionTopic.objects.create(
        content_object=edition, tag=topic("Late"), article=edition.article, first_published_at=edition.live_from
    ),
    "update": lambda edition: edition.author_items.update(author=author("Bob")),
    "delete": lambda edition: edition.company_items.all().delete(),
    "raw": lambda edition: edition.topic_items.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", INDEX_ROWS)
@pytest.mark.parametrize("days", [0, 3])
def test_rows_of_the_index_that_change_later_are_printed(change: str, days: int, nouns: dict[str, Any]) -> None:
    """Whether readers have the edition already or will have it one day."""
    at = NOW() + timedelta(days=days)
    content: dict[str, Any] = {
        "bylines": [nouns["author"]],
        "companies": [nouns["company"]],
        "topics": [nouns["topic"]],
    }
    article = scheduled(live_from=at, **content) if days else live(**content)
    edition = article.editions.get()
    assert Fragment.objects.filter(pk=edition.pk).exists()

    INDEX_ROWS[change](edition)

    later = at + timedelta(seconds=1)
    story = reading.printed_story(edition.public_key, later, house(later, reading.stamp(later)))
    assert isinstance(story, records.PrintedStory)
    parts = rendered_now(edition)
    assert (story.head, story.main) == (parts["head"], with_prices(parts["main"], {}, "en"))
    assert not Fragment.objects.filter(pk=edition.pk).exists()


def test_another_noun_leaves_a_fragment_alone(edition: Edition) -> None:
    other = live(bylines=[author("Bo Li")], section=section("Energy")).editions.get()
    rename(other.author_items.get().author)
    rename(other.section)

    assert is_used(edition)
    assert not is_used(other)


def test_a_ticker_is_printed_while_it_is_listed(nouns: dict[str, Any]) -> None:
    today = NOW().date()
    Listing.objects.update(listed_on=today - timedelta(days=9), delisted_on=today + timedelta(days=2))
    edition = live(body="<p>Alibaba grew.</p>", companies=[nouns["company"]]).editions.get()
    fragment = Fragment.objects.get(pk=edition.pk)

    assert (fragment.good_from, fragment.good_until) == (today - timedelta(days=9), today + timedelta(days=2))
    assert "(NYSE:BABA)" in fragment.main
    assert is_used(edition)
    assert is_used(edition, NOW() + timedelta(days=1))
    assert not is_used(edition, NOW() + timedelta(days=2))
    after = NOW() + timedelta(days=2)
    story = reading.printed_story(edition.public_key, after, house(after, reading.stamp(after)))
    assert "NYSE:BABA" not in story.main  # type: ignore[union-attr]


def test_a_scheduled_ticker_is_that_of_its_day(nouns: dict[str, Any]) -> None:
    day = NOW() + timedelta(days=3)
    Listing.objects.update(listed_on=day.date())
    edition = scheduled(live_from=day, body="<p>Alibaba.</p>", companies=[nouns["company"]]).editions.get()

    assert "(NYSE:BABA)" in Fragment.objects.get(pk=edition.pk).main


@pytest.mark.parametrize(
    ("good_from", "good_until", "good"),
    [
        (None, None, True),
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 24), None, False),
        (None, date(2026, 11, 24), True),
        (None, date(2026, 11, 23), False),
        ("2026-11-23", "2026-11-24", True),
    ],
)
def test_a_span_holds_from_its_first_day_to_before_its_last(good_from: Any, good_until: Any, good: bool) -> None:
    assert fragments.good_at(datetime(2026, 11, 23, 23, 59, tzinfo=NOW().tzinfo), good_from, good_until) is good


def test_other_settings_make_every_fragment_stale(edition: Edition, settings: Settings) -> None:
    assert is_used(edition)

    settings.NEWSROOM_NAME = "Another paper"

    reading.forget()
    assert not is_used(edition)


def test_nothing_stored_is_trusted_without_a_stamp(edition: Edition) -> None:
    Fragment.objects.update(row="<li>stored</li>")

    (card,) = reading.printed_list(("row",), NOW(), house(NOW(), None)).items

    assert card.row == rendered_now(edition)["row"]


def test_pages_are_the_same_with_and_without_fragments(edition: Edition, client: Client) -> None:
    other = live(at=NOW() - HOUR, headline="Older", section=edition.section, related=[edition.article])
    with clock_at(NOW() - HOUR / 2):
        workflow.correct(rewrite(other, headline="Old"), by=person(Role.PUBLISHER), notice="It was wrong.")
    author_path = edition.author_items.get().author.path
    company_path = edition.company_items.get().company.path
    paths = ["/", "/latest/", "/technology/", author_path, company_path, "/topics/cloud/", edition.path, "/rss.xml"]
    paths += [f"{path}rss.xml" for path in ("/technology/", author_path, company_path, "/topics/cloud/")]
    paths.append(other.editions.get(number=2).path)
    stored = {path: client.get(path).content for path in paths}

    Fragment.objects.all().delete()
    reading.forget()

    for path in paths:
        response = client.get(path)
        assert (response.status_code, response.content) == (200, stored[path]), path
        assert not CHARACTERS & set(response.content.decode()), path
