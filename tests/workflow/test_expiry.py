"""Setting, moving and taking away the instant from which readers no longer have a story."""

from datetime import datetime

import pytest

from articles import reading, records, workflow
from articles.models import Edition
from articles.states import PublicStatus, ReleaseKind, Scheduled, State, Verb
from articles.workflow.clock import clock_at
from articles.workflow.status import future_edition, public_status
from tests.factories import approved, scheduled
from tests.workflow.desk import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    TICK,
    again,
    busy,
    last_row,
    ledger,
    live_this_morning,
    publisher,
    shown,
    stored,
)

pytestmark = pytest.mark.django_db


NAIVE = datetime(2026, 6, 3, 12, 0)  # noqa: DTZ001


def test_expiry_is_set_moved_taken_away_and_set_again() -> None:
    story = live_this_morning(headline="Words")
    first = workflow.expire(story, by=publisher(), expires_at=NOON + DAY, reason="Licence.")
    assert (first.number, first.release_kind, first.notice) == (2, ReleaseKind.REFILE, "")
    assert (first.live_from, first.updated_at, first.first_published_at) == (NOON, NOON - 3 * HOUR, NOON - 3 * HOUR)
    assert (first.headline, first.author_items.count()) == ("Words", 1)
    row = last_row(story)
    assert (row["verb"], row["edition_id"], row["reason"]) == (Verb.EXPIRE, first.pk, "Licence.")
    assert row["details"] == {"expires_at": (NOON + DAY).isoformat()}
    with clock_at(NOON + HOUR):
        assert workflow.expire(story, by=publisher(), expires_at=NOON + 2 * HOUR).expires_at == NOON + 2 * HOUR
    with clock_at(NOON + 2 * HOUR):
        assert public_status(story, NOON + 2 * HOUR) is PublicStatus.EXPIRED
        assert workflow.expire(story, by=publisher(), expires_at=None).expires_at is None
    with clock_at(NOON + 3 * HOUR):
        last = workflow.expire(story, by=publisher(), expires_at=NOON + 3 * HOUR)
        assert public_status(story, NOON + 3 * HOUR) is PublicStatus.EXPIRED
    assert (last.live_from, last.expires_at, last.number) == (NOON + 3 * HOUR, NOON + 3 * HOUR, 5)
    assert again(story).state == State.RELEASED
    expected = [(NOON + HOUR, True), (NOON + 2 * HOUR - TICK, True), (NOON + 2 * HOUR, True), (NOON + 3 * HOUR, False)]
    assert [(at, isinstance(reading.story(story.public_key, at), records.Story)) for at, _shows in expected] == expected


def test_expiry_now_takes_effect_at_once() -> None:
    story = live_this_morning()
    edition = workflow.expire(story, by=publisher(), expires_at=NOON - MINUTE)
    assert edition.expires_at == edition.live_from == NOON
    assert public_status(story, NOON) is PublicStatus.EXPIRED


@pytest.mark.parametrize(("at", "says"), [(NOON - MINUTE - TICK, "has passed"), (NAIVE, "Give the time with its zone")])
def test_expiry_at_a_bad_time_is_refused(at: datetime, says: str) -> None:
    story = live_this_morning()
    with pytest.raises(workflow.Refused, match=says) as refused:
        workflow.expire(story, by=publisher(), expires_at=at)
    assert [problem.field for problem in refused.value.problems] == ["expires_at"]


def test_expiry_of_a_scheduled_story_is_that_of_the_waiting_edition() -> None:
    story = scheduled(live_from=NOON + HOUR)
    edition = workflow.expire(story, by=publisher(), expires_at=NOON + DAY)
    assert list(Edition.objects.all()) == [edition]
    assert (edition.live_from, edition.expires_at, edition.release_kind) == (NOON + HOUR, NOON + DAY, "publication")
    assert [row.verb for row in ledger(story)[-2:]] == [Verb.CANCEL, Verb.EXPIRE]
    for at in (NOON, NOON + HOUR, NAIVE):
        with pytest.raises(workflow.Refused):
            workflow.expire(story, by=publisher(), expires_at=at)


def test_expiry_beside_a_waiting_update_needs_a_choice() -> None:
    story = busy(State.RELEASED)
    before = stored()
    with pytest.raises(workflow.Refused, match="Another release of this story is scheduled"):
        workflow.expire(story, by=publisher(), expires_at=NOON + DAY)
    assert stored() == before


def test_expiry_is_carried_into_the_waiting_update() -> None:
    story = busy(State.RELEASED)
    workflow.expire(story, by=publisher(), expires_at=NOON + DAY, scheduled=Scheduled.CARRY)
    waiting = future_edition(story, NOON)
    assert waiting is not None
    assert (waiting.standfirst, waiting.live_from, waiting.expires_at) == ("The third.", NOON + HOUR, NOON + DAY)
    assert last_row(story)["details"] == {"expires_at": (NOON + DAY).isoformat(), "carried_into": waiting.number}
    assert shown(story, NOON + DAY - TICK).standfirst == "The third."
    assert isinstance(reading.story(story.public_key, NOON + DAY), records.Gone)


def test_expiry_before_the_waiting_update_cannot_be_carried() -> None:
    story = busy(State.RELEASED)
    with pytest.raises(workflow.Refused, match="would expire before it appears"):
        workflow.expire(story, by=publisher(), expires_at=NOON + HOUR / 2, scheduled=Scheduled.CARRY)


def test_expiry_can_cancel_the_waiting_update() -> None:
    story = busy(State.RELEASED)
    workflow.expire(story, by=publisher(), expires_at=NOON + DAY, scheduled=Scheduled.CANCEL)
    assert future_edition(story, NOON) is None
    assert shown(story, NOON + 2 * HOUR).standfirst == "The second."


def test_expiry_of_what_readers_never_had_is_refused() -> None:
    with pytest.raises(workflow.Refused, match="Readers do not have this story"):
        workflow.expire(approved(), by=publisher(), expires_at=NOON + DAY)


def test_expiry_of_a_withdrawn_story_is_refused() -> None:
    story = live_this_morning()
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    with pytest.raises(workflow.Refused, match="Readers do not have this story"):
        workflow.expire(story, by=publisher(), expires_at=NOON + DAY)


def test_expiry_of_a_withdrawn_story_that_returns_is_that_of_its_return() -> None:
    story = live_this_morning()
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    workflow.release(story, by=publisher(), at=NOON + HOUR)
    workflow.expire(story, by=publisher(), expires_at=NOON + DAY)
    instants = (NOON, NOON + HOUR, NOON + DAY - TICK, NOON + DAY)
    assert [isinstance(reading.story(story.public_key, at), records.Story) for at in instants] == [
        False,
        True,
        True,
        False,
    ]
