"""What readers have of a story, computed from its editions."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from articles import workflow
from articles.states import PublicStatus, Scheduled, State
from articles.workflow import clock
from articles.workflow.clock import clock_at
from articles.workflow.status import (
    current_edition,
    future_edition,
    lacks_changes,
    live_edition,
    public_status,
    text_before,
)
from tests.factories import approved, draft, rewrite, scheduled
from tests.workflow.desk import DAY, HOUR, NOON, TICK, again, busy, in_texts, live_this_morning, publisher

pytestmark = pytest.mark.django_db


def test_status_changes_exactly_at_its_instants() -> None:
    story = approved()
    workflow.release(story, by=publisher(), at=NOON + HOUR, expires_at=NOON + 2 * HOUR)
    with clock_at(NOON + 3 * HOUR):
        workflow.withdraw(story, by=publisher(), notice="Gone.")
    expected = [
        (NOON - DAY, PublicStatus.SCHEDULED),
        (NOON + HOUR - TICK, PublicStatus.SCHEDULED),
        (NOON + HOUR, PublicStatus.LIVE),
        (NOON + 2 * HOUR - TICK, PublicStatus.LIVE),
        (NOON + 2 * HOUR, PublicStatus.EXPIRED),
        (NOON + 3 * HOUR - TICK, PublicStatus.EXPIRED),
        (NOON + 3 * HOUR, PublicStatus.WITHDRAWN),
        (NOON + 999 * DAY, PublicStatus.WITHDRAWN),
    ]
    assert [(at, public_status(story, at)) for at, _status in expected] == expected
    assert [live_edition(story, at) is not None for at, _status in expected] == [
        status is PublicStatus.LIVE for _at, status in expected
    ]


def test_story_nobody_released_is_not_published() -> None:
    story = draft()
    assert public_status(story, NOON) is PublicStatus.NOT_PUBLISHED
    assert (current_edition(story, NOON), live_edition(story, NOON), future_edition(story, NOON)) == (None, None, None)
    assert not lacks_changes(story, NOON)


def test_live_story_with_a_scheduled_update_is_live() -> None:
    story = busy(State.RELEASED)
    assert public_status(story, NOON) is PublicStatus.LIVE
    waiting = future_edition(story, NOON)
    assert waiting is not None
    assert waiting == current_edition(story, NOON + HOUR)
    assert future_edition(story, NOON + HOUR) is None


def test_scheduled_text_lacks_changes_once_a_revision_is_saved() -> None:
    story = scheduled(live_from=NOON + HOUR)
    assert not lacks_changes(story, NOON)
    rewrite(story, headline="Newer")
    assert lacks_changes(again(story), NOON)


def test_order_is_by_instant_and_never_by_number() -> None:
    story = live_this_morning(headline="First")
    rewrite(story, headline="Second")
    workflow.update(story, by=publisher(), at=NOON + DAY)
    rewrite(story, headline="Third")
    workflow.update(story, by=publisher(), scheduled=Scheduled.CANCEL)
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Fourth")
        workflow.update(story, by=publisher(), at=NOON + 2 * HOUR)
    current = current_edition(story, NOON + 3 * HOUR)
    assert current is not None
    assert current.headline == "Fourth"


def test_text_before_is_none_without_one() -> None:
    assert text_before([]) is None
    story = in_texts("Only")
    assert text_before(story.editions.order_by("live_from")) is None


def test_clock_told_of_an_instant_tells_it_in_utc_until_the_end() -> None:
    local = datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=ZoneInfo("America/New_York"))
    with clock_at(local):
        assert clock.now() == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
        assert clock.now().tzinfo is UTC
        with clock_at(NOON):
            assert clock.now() == NOON
        assert clock.now() == local.astimezone(UTC)


def test_clock_is_not_told_a_time_without_a_zone() -> None:
    with pytest.raises(ValueError, match="has no time zone"), clock_at(datetime(2026, 6, 1, 12, 0)):  # noqa: DTZ001
        pass
