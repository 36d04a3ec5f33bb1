"""What stands beside a story."""

from datetime import UTC, datetime, timedelta

import pytest

from articles import reading
from articles.models import Article, Edition
from articles.records import Story
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def related_to(article: Article) -> list[str]:
    story = reading.story(Edition.objects.get(article=article).public_key, AT)
    assert isinstance(story, Story)
    return [card.headline for card in story.related]


def test_the_newest_of_the_section_stand_beside_a_story() -> None:
    factories.live(headline="Elsewhere", section=factories.section("Energy"), at=AT - HOUR)
    factories.live(headline="Older", at=AT - 3 * HOUR)
    factories.live(headline="Newer", at=AT - 2 * HOUR)
    factories.scheduled(headline="To come", at=AT - HOUR, live_from=AT + HOUR)

    assert related_to(factories.live(at=AT - HOUR)) == ["Newer", "Older"]


def test_the_newest_of_all_stand_beside_a_story_without_a_section() -> None:
    factories.live(headline="Markets story", at=AT - 3 * HOUR)
    factories.live(headline="Energy story", section=factories.section("Energy"), at=AT - 2 * HOUR)

    assert related_to(factories.live(kind="alert", section=None, at=AT - HOUR)) == ["Energy story", "Markets story"]


def test_stories_picked_by_hand_stand_there_while_they_are_public() -> None:
    public = factories.live(headline="Public", at=AT - 3 * HOUR)
    secret = factories.scheduled(headline="Secret", at=AT - 3 * HOUR, live_from=AT + HOUR)
    followed = factories.live(headline="Followed", at=AT - 2 * HOUR)

    article = factories.live(related=[secret, public], follows=followed, at=AT - HOUR)

    assert related_to(article) == ["Followed", "Public"]
