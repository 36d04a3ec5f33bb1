"""Moving and cancelling what is scheduled."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles import workflow
from articles.models import Edition
from articles.states import PublicStatus, State, Verb
from articles.workflow.clock import clock_at
from articles.workflow.status import public_status
from newsroom.roles import Role
from tests.factories import approved, draft, person, rewrite, scheduled
from tests.workflow.desk import (
    ACTS,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
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


def test_reschedule_makes_the_waiting_edition_anew_at_another_instant() -> None:
    story = scheduled(live_from=NOON + HOUR)
    was = Edition.objects.get()
    edition = workflow.reschedule(story, by=publisher(), at=NOON + DAY, reason="Later.")
    assert list(Edition.objects.all()) == [edition]
    assert (edition.number, edition.live_from, edition.first_published_at) == (2, NOON + DAY, NOON + DAY)
    assert (edition.updated_at, edition.revision_id, edition.body) == (NOON + DAY, was.revision_id, was.body)
    assert [row.first_published_at for row in edition.author_items.all()] == [NOON + DAY]
    cancelled, moved = ledger(story)[-2:]
    assert (cancelled.verb, cancelled.edition_id, cancelled.details["because"]) == (Verb.CANCEL, was.pk, "reschedule")
    assert (moved.verb, moved.edition_id, moved.reason) == (Verb.RESCHEDULE, edition.pk, "Later.")
    assert moved.details == {"live_from": (NOON + DAY).isoformat(), "was": (NOON + HOUR).isoformat()}
    assert again(story).state == State.RELEASED


def test_rescheduled_correction_moves_its_notice_every_time() -> None:
    story = rewrite(live_this_morning(), headline="Right")
    workflow.correct(story, by=publisher(), notice="Wrong.", at=NOON + HOUR)
    for hours in (2, 3, 4):
        workflow.reschedule(story, by=publisher(), at=NOON + hours * HOUR)
        waiting = Edition.objects.get(live_from__gt=NOON)
        assert waiting.notices == [
            {"kind": "correction", "text": "Wrong.", "at": (NOON + hours * HOUR).isoformat()},
        ]
        assert waiting.updated_at == NOON + hours * HOUR
        assert waiting.first_published_at == NOON - 3 * HOUR
    assert [notice.at for notice in shown(story, NOON + 4 * HOUR).notices] == [NOON + 4 * HOUR]


def test_rescheduled_refile_does_not_move_updated() -> None:
    story = rewrite(live_this_morning(), headline="Tidy")
    workflow.refile(story, by=publisher(), at=NOON + HOUR)
    assert workflow.reschedule(story, by=publisher(), at=NOON + DAY).updated_at == NOON - 3 * HOUR


def test_reschedule_to_now_puts_it_out() -> None:
    story = scheduled(live_from=NOON + HOUR)
    assert workflow.reschedule(story, by=publisher(), at=NOON - MINUTE).live_from == NOON
    assert public_status(story, NOON) is PublicStatus.LIVE


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (NOON - HOUR, "has passed"),
        (NAIVE, "Give the time with its zone"),
        (NOON + 2 * HOUR - TICK, "under embargo"),
        (NOON + 4 * HOUR, "would expire before it appears"),
    ],
)
def test_reschedule_to_a_bad_time_is_refused(at: datetime, says: str) -> None:
    story = approved(embargo_at=NOON + 2 * HOUR)
    workflow.release(story, by=publisher(), at=NOON + 3 * HOUR, expires_at=NOON + 4 * HOUR)
    before = stored()
    with pytest.raises(workflow.Refused, match=says):
        workflow.reschedule(story, by=publisher(), at=at)
    assert stored() == before


def test_reschedule_keeps_the_embargo_of_what_is_scheduled_and_of_the_working_copy() -> None:
    story = scheduled(live_from=NOON + 3 * HOUR, embargo_at=NOON + 2 * HOUR)
    workflow.save(story, {"embargo_at": None}, by=person(Role.COPY_EDITOR))
    with pytest.raises(workflow.Refused, match="under embargo until 1 June 2026, 10:00 ET"):
        workflow.reschedule(story, by=publisher(), at=NOON + HOUR)
    workflow.save(story, {"embargo_at": NOON + 5 * HOUR}, by=person(Role.COPY_EDITOR))
    with pytest.raises(workflow.Refused, match="under embargo until 1 June 2026, 13:00 ET"):
        workflow.reschedule(story, by=publisher(), at=NOON + 4 * HOUR)
    assert workflow.reschedule(story, by=publisher(), at=NOON + 5 * HOUR).live_from == NOON + 5 * HOUR


def test_reschedule_over_a_repeated_hour_compares_instants() -> None:
    new_york = ZoneInfo("America/New_York")
    expires_at = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=new_york)
    story = approved()
    workflow.release(story, by=publisher(), at=NOON + DAY, expires_at=expires_at)
    edition = workflow.reschedule(story, by=publisher(), at=datetime(2026, 11, 1, 1, 30, tzinfo=new_york))
    assert edition.expires_at is not None
    assert edition.expires_at - edition.live_from == 40 * MINUTE


@pytest.mark.parametrize("verb", [Verb.RESCHEDULE, Verb.CANCEL])
def test_nothing_scheduled_is_nothing_to_move_or_cancel(verb: Verb) -> None:
    for story in (draft(), approved(), live_this_morning()):
        before = stored()
        with pytest.raises(workflow.Refused, match="Nothing is scheduled for this story"):
            ACTS[verb](story, publisher())
        assert stored() == before


def test_cancel_deletes_the_waiting_edition_and_its_index_rows() -> None:
    story = scheduled(live_from=NOON + HOUR)
    was = Edition.objects.get()
    assert workflow.cancel(story, by=publisher(), reason="Not ready.") is story
    rows = stored()
    assert (rows["articles.Edition"], rows["articles.EditionAuthor"]) == ([], [])
    assert last_row(story) == {
        "verb": "cancel",
        "from_state": "released",
        "to_state": "released",
        "revision_id": was.revision_id,
        "edition_id": was.pk,
        "edition_number": 1,
        "by": publisher(),
        "at": NOON,
        "reason": "Not ready.",
        "details": {
            "live_from": (NOON + HOUR).isoformat(),
            "kind": "publication",
            "notice": "",
            "because": "cancel",
        },
    }
    assert public_status(story, NOON + DAY) is PublicStatus.NOT_PUBLISHED


def test_cancelled_update_leaves_the_live_text() -> None:
    story = busy(State.RELEASED)
    workflow.cancel(story, by=publisher())
    assert shown(story, NOON + DAY).standfirst == "The second."


def test_cancelled_number_is_not_used_again() -> None:
    story = scheduled(live_from=NOON + HOUR)
    workflow.cancel(story, by=publisher())
    assert workflow.release(story, by=publisher()).number > 1


@pytest.mark.parametrize(("early", "allowed"), [(5 * SECOND, True), (5 * SECOND - TICK, False), (TICK, False)])
def test_cancel_and_reschedule_stop_five_seconds_before_the_flip(early: timedelta, allowed: bool) -> None:
    story = scheduled(live_from=NOON + HOUR)
    with clock_at(NOON + HOUR - early):
        if allowed:
            workflow.cancel(story, by=publisher())
            return
        before = stored()
        for verb in (Verb.CANCEL, Verb.RESCHEDULE, Verb.EXPIRE):
            with pytest.raises(workflow.Refused, match="appears within 5 seconds and cannot be taken back"):
                ACTS[verb](story, publisher())
        assert stored() == before


def test_what_has_appeared_is_not_scheduled_any_more() -> None:
    story = scheduled(live_from=NOON + HOUR)
    with clock_at(NOON + HOUR), pytest.raises(workflow.Refused, match="Nothing is scheduled"):
        workflow.cancel(story, by=publisher())


def test_whoever_still_sees_a_cancelled_schedule_is_told() -> None:
    story = rewrite(busy(State.RELEASED), kicker="Right")
    on_screen = again(story)
    workflow.cancel(story, by=publisher())
    for verb in (Verb.CORRECT, Verb.RESCHEDULE, Verb.CANCEL, Verb.WITHDRAW):
        with pytest.raises(workflow.StaleArticle):
            ACTS[verb](on_screen, publisher())
