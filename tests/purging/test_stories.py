"""Which pages a change of a story can have changed: those that print it, printed it or list its nouns."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from articles import workflow
from articles.models import Article, Author, Person, PersonRole
from articles.purging import keys
from articles.purging.stories import keys_of
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def of(story: Article, at: datetime = NOON) -> set[str]:
    return keys_of({story.pk}, at)


def steady(**options: Any) -> Article:
    """Make a story that keeps its section in the navigation, whatever happens to others."""
    return factories.live(at=NOON - 9 * HOUR, **options)


def test_its_page_and_every_list_that_it_is_in() -> None:
    company, topic, author = factories.company(), factories.topic(), factories.author()
    person, board, employer = factories.somebody(), factories.somebody(), factories.company()
    PersonRole.objects.create(person=board, company=company, title="director")
    PersonRole.objects.create(person=person, company=employer, title="clerk")
    PersonRole.objects.create(person=person, body="Treasury", title="minister")
    picture = factories.image()
    steady()
    story = factories.live(
        at=NOON - HOUR,
        companies=[company],
        topics=[topic],
        bylines=[author],
        persons=[person],
        lead_image=picture,
        slug="up",
    )

    assert of(story) == {
        keys.LISTS,
        keys.PICKS,
        keys.story(story.public_key),
        f"section-{story.section_id}",
        f"company-{company.pk}",
        f"topic-{topic.pk}",
        f"author-{author.pk}",
        f"person-{person.pk}",
        # Their pages print each other from when readers can see both.
        f"person-{board.pk}",
        f"company-{employer.pk}",
        keys.file(str(picture.file)),
    }


def test_a_story_of_nothing_in_particular_is_in_lists_alone() -> None:
    author = factories.author()
    story = factories.live(at=NOON - HOUR, kind="alert", section=None, bylines=[author])

    assert of(story) == {keys.LISTS, keys.PICKS, keys.story(story.public_key), f"author-{author.pk}"}


def test_lists_that_it_was_in_count_after_it_has_left_them() -> None:
    old, new = factories.company(), factories.company()
    markets, world = factories.section("Markets"), factories.section("World")
    steady(section=markets)
    steady(section=world)
    story = factories.live(at=NOON - 2 * HOUR, section=markets, companies=[old], public_key="abcd2345")
    with clock_at(NOON - HOUR):
        factories.rewrite(story, section=world, companies=[new], public_key="bcde2345")
        workflow.update(story, by=factories.person(Role.PUBLISHER))

    assert {
        keys.story("abcd2345"),
        keys.story("bcde2345"),
        f"section-{markets.pk}",
        f"section-{world.pk}",
        f"company-{old.pk}",
        f"company-{new.pk}",
    } <= of(story)
    assert keys.SITE not in of(story)


def test_the_tombstone_names_no_company_and_the_lists_are_purged_all_the_same() -> None:
    company = factories.company()
    steady()
    story = factories.live(at=NOON - 2 * HOUR, companies=[company])
    with clock_at(NOON - HOUR):
        workflow.withdraw(story, by=factories.person(Role.PUBLISHER), notice="Gone.")

    assert {f"company-{company.pk}", f"section-{story.section_id}"} <= of(story)


def test_a_portrait_goes_with_the_last_story_of_its_author() -> None:
    author = Author.objects.create(name="Ada", portrait=ContentFile(factories.jpeg(), "ada.jpg"))
    steady()
    story = factories.live(at=NOON - HOUR, bylines=[author])

    assert keys.file(str(author.portrait)) in of(story)


def test_a_portrait_goes_with_the_last_story_that_names_its_person() -> None:
    person = Person.objects.create(name="Joe", portrait=ContentFile(factories.jpeg(), "joe.jpg"))
    steady()
    story = factories.live(at=NOON - HOUR, persons=[person])

    assert keys.file(str(person.portrait)) in of(story)


@pytest.mark.parametrize("others", [0, 1])
def test_every_page_counts_when_the_navigation_may_change(others: int) -> None:
    for _number in range(others):
        steady()
    story = factories.live(at=NOON - HOUR)

    assert (keys.SITE in of(story)) is (others == 0)


def test_a_bundle_of_all_stories_of_a_section_may_change_the_navigation() -> None:
    first, second = factories.live(at=NOON - HOUR), factories.live(at=NOON - HOUR)

    assert keys.SITE not in of(first)
    assert keys.SITE in keys_of({first.pk, second.pk}, NOON)


def _expires(story: Article, at: datetime) -> None:
    workflow.expire(story, by=factories.person(Role.PUBLISHER), expires_at=at)


def _is_changed_soon(story: Article, at: datetime) -> None:
    factories.rewrite(story, standfirst="Another.")
    workflow.update(story, by=factories.person(Role.PUBLISHER), at=at)


def _is_withdrawn(story: Article, _at: datetime) -> None:
    workflow.withdraw(story, by=factories.person(Role.PUBLISHER), notice="Gone.")


@pytest.mark.parametrize(
    ("what", "ahead", "is_steady"),
    [
        (_expires, 15 * MINUTE, False),
        (_expires, 16 * MINUTE, True),
        (_is_changed_soon, 15 * MINUTE, False),
        (_is_changed_soon, 16 * MINUTE, True),
        (_is_withdrawn, MINUTE, False),
    ],
)
def test_a_section_is_steady_while_another_story_stays_for_a_while(
    what: Any, ahead: timedelta, is_steady: bool
) -> None:
    other = steady()
    with clock_at(NOON - HOUR):
        what(other, NOON + ahead)
    story = factories.live(at=NOON - HOUR)

    assert (keys.SITE not in of(story)) is is_steady
