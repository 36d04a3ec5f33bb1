"""Taking a story away from readers."""

from datetime import timedelta

import pytest

from articles import reading, records, workflow
from articles.models import Edition
from articles.states import PublicStatus, ReleaseKind, State, Verb
from articles.workflow.clock import clock_at
from articles.workflow.status import future_edition, public_status
from tests.factories import approved, draft, scheduled
from tests.workflow.desk import (
    DAY,
    HOUR,
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


def test_withdrawal_is_an_edition_without_a_word_of_the_story() -> None:
    story = live_this_morning(headline="Secret", slug="the-address", note_to_editors="Secret.", dateline="SECRET")
    edition = workflow.withdraw(story, by=publisher(), notice=" It was  wrong. ", reason="Lawyers.")
    row = Edition.objects.get(pk=edition.pk)
    assert (row.release_kind, row.notice, row.number) == (ReleaseKind.WITHDRAWAL, "It was wrong.", 2)
    assert (row.headline, row.standfirst, row.body, row.plain_text, row.dateline) == ("", "", "", "", "")
    assert (row.note_to_editors, row.printed, row.author_items.count(), row.word_count) == ("", {}, 0, 0)
    assert (row.slug, row.public_key, row.section) == ("the-address", story.public_key, story.section)
    assert (row.live_from, row.first_published_at, row.updated_at) == (NOON, NOON - 3 * HOUR, NOON)
    assert row.notices == [{"kind": "withdrawal", "text": "It was wrong.", "at": NOON.isoformat()}]
    assert reading.story(story.public_key, NOON) == records.Gone("withdrawn", NOON, notice="It was wrong.")
    assert shown(story, NOON - TICK).headline == "Secret"
    said = last_row(story)
    assert (said["verb"], said["reason"], said["details"]) == (Verb.WITHDRAW, "Lawyers.", {"notice": "It was wrong."})
    assert again(story).state == State.RELEASED


@pytest.mark.parametrize("state", State)
def test_withdrawal_takes_the_schedule_with_it_from_any_state(state: State) -> None:
    story = busy(state)
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    assert future_edition(story, NOON) is None
    assert [row.verb for row in ledger(story)[-2:]] == [Verb.CANCEL, Verb.WITHDRAW]
    for at in (NOON, NOON + HOUR, NOON + DAY):
        assert public_status(story, at) is PublicStatus.WITHDRAWN
    assert again(story).state == state


@pytest.mark.parametrize("early", [5 * SECOND - TICK, SECOND, TICK])
def test_withdrawal_within_the_margin_buries_the_flip_too(early: timedelta) -> None:
    story = busy(State.RELEASED)
    instant = NOON + HOUR - early
    with clock_at(instant):
        workflow.withdraw(story, by=publisher(), notice="Gone.")
    kinds = [(row.release_kind, row.live_from) for row in story.editions.order_by("live_from")]
    assert kinds[2:] == [
        ("withdrawal", instant),
        ("update", NOON + HOUR),
        ("withdrawal", NOON + HOUR + TICK),
    ]
    assert shown(story, instant - TICK).standfirst == "The second."
    for at in (instant, NOON + HOUR + TICK, NOON + DAY):
        assert isinstance(reading.story(story.public_key, at), records.Gone)
    assert [row.details.get("after_flip") for row in ledger(story) if row.verb == Verb.WITHDRAW] == [True, None]
    told = Edition.objects.latest("live_from").notices
    assert told == [{"kind": "withdrawal", "text": "Gone.", "at": (NOON + HOUR + TICK).isoformat()}]


def test_second_withdrawal_within_the_margin_is_refused() -> None:
    story = busy(State.RELEASED)
    with clock_at(NOON + HOUR - SECOND):
        workflow.withdraw(story, by=publisher(), notice="Gone.")
    with clock_at(NOON + HOUR - SECOND / 2), pytest.raises(workflow.Refused, match="has already been withdrawn"):
        workflow.withdraw(story, by=publisher(), notice="Gone again.")


def test_first_publication_about_to_flip_is_withdrawn_behind_its_instant() -> None:
    story = scheduled(live_from=NOON + HOUR)
    with clock_at(NOON + HOUR - SECOND):
        edition = workflow.withdraw(story, by=publisher(), notice="Gone.")
        assert edition.live_from == NOON + HOUR + TICK
        with pytest.raises(workflow.Refused, match="has already been withdrawn"):
            workflow.withdraw(story, by=publisher(), notice="Gone again.")
    assert isinstance(reading.story(story.public_key, NOON + HOUR + TICK), records.Gone)


@pytest.mark.parametrize("notice", ["", " \n", "\x00\u202e"])
def test_withdrawal_needs_a_notice(notice: str) -> None:
    story = live_this_morning()
    before = stored()
    with pytest.raises(workflow.Refused, match="Tell readers why") as refused:
        workflow.withdraw(story, by=publisher(), notice=notice)
    assert [problem.field for problem in refused.value.problems] == ["notice"]
    assert stored() == before


def test_what_readers_never_had_is_cancelled_and_not_withdrawn() -> None:
    for story in (draft(), approved(), scheduled(live_from=NOON + 5 * SECOND)):
        before = stored()
        with pytest.raises(workflow.Refused, match="Cancel its schedule instead"):
            workflow.withdraw(story, by=publisher(), notice="Gone.")
        assert stored() == before


def test_withdrawn_story_that_is_to_return_is_cancelled_and_not_withdrawn() -> None:
    story = live_this_morning()
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    with pytest.raises(workflow.Refused, match="has already been withdrawn"):
        workflow.withdraw(story, by=publisher(), notice="Gone again.")
    workflow.release(story, by=publisher(), at=NOON + HOUR)
    before = stored()
    with pytest.raises(workflow.Refused, match="Cancel its schedule instead"):
        workflow.withdraw(story, by=publisher(), notice="Gone again.")
    assert stored() == before
    workflow.cancel(story, by=publisher())
    assert public_status(story, NOON + DAY) is PublicStatus.WITHDRAWN


def test_return_of_a_withdrawn_story_can_be_withdrawn_at_the_last_moment() -> None:
    story = live_this_morning()
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    workflow.release(story, by=publisher(), at=NOON + HOUR)
    with clock_at(NOON + HOUR - SECOND):
        workflow.withdraw(story, by=publisher(), notice="Gone again.")
    assert reading.story(story.public_key, NOON + HOUR + TICK) == records.Gone(
        "withdrawn", NOON + HOUR + TICK, notice="Gone again."
    )


def test_expired_story_can_be_withdrawn() -> None:
    with clock_at(NOON - 2 * HOUR):
        story = approved()
        workflow.release(story, by=publisher(), expires_at=NOON - HOUR)
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    assert public_status(story, NOON) is PublicStatus.WITHDRAWN
