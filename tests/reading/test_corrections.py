"""What stands on the page of corrections, and what no longer does."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import reading, workflow
from articles.models import Article, Edition
from articles.records import Gone, Story
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def corrected() -> Article:
    """Make a story of three hours ago that was corrected an hour later."""
    article = factories.live(at=AT - 3 * HOUR, headline="Old words")
    with clock_at(AT - 2 * HOUR):
        factories.rewrite(article, headline="New words")
        workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="The old words were wrong.")
    return article


def told(at: datetime) -> list[tuple[str, str]]:
    return [(entry.notice.text, entry.headline) for entry in reading.corrections(at).items]


def test_a_correction_stands_under_the_headline_of_today() -> None:
    corrected()

    assert told(AT - 3 * HOUR) == []
    assert told(AT) == [("The old words were wrong.", "New words")]


def test_a_withdrawal_takes_the_place_of_what_was_told_before() -> None:
    article = corrected()
    with clock_at(AT - HOUR):
        workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="It was made up.")

    assert told(AT) == [("It was made up.", "")]


def test_a_story_that_comes_back_is_corrected_and_no_longer_withdrawn() -> None:
    article = corrected()
    with clock_at(AT - HOUR):
        workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="It was made up.")
    with clock_at(AT):
        factories.rewrite(article, headline="True words")
        workflow.release(article, by=factories.person(Role.PUBLISHER))

    key = Edition.objects.filter(article=article).latest("live_from").public_key
    assert told(AT) == [("The old words were wrong.", "True words")]
    assert isinstance(reading.story(key, AT - HOUR), Gone)
    story = reading.story(key, AT)
    assert isinstance(story, Story)
    assert [notice.kind for notice in story.notices] == ["withdrawal", "correction"]


def test_an_expired_story_takes_its_corrections_along() -> None:
    article = corrected()
    with clock_at(AT - HOUR):
        workflow.expire(article, by=factories.person(Role.PUBLISHER), expires_at=AT - HOUR / 2)

    assert told(AT - 2 * HOUR) != []
    assert told(AT) == []
