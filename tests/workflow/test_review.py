"""Submitting, sending back, approving, spiking and reviving."""

from typing import Any

import pytest

from articles import reading, workflow
from articles.models import Article
from articles.states import PublicStatus, State
from articles.workflow.clock import clock_at
from articles.workflow.status import future_edition, live_edition, public_status
from newsroom.roles import Role
from tests.factories import approved, draft, journalist, live, person, rewrite, scheduled, spiked, submitted
from tests.workflow.desk import HOUR, NOON, again, last_row, stored

pytestmark = pytest.mark.django_db


def _row(story: Article, **expected: Any) -> dict[str, Any]:
    return {
        "revision_id": story.revision_id,
        "edition_id": None,
        "edition_number": None,
        "at": NOON,
        "reason": "",
        "details": {},
    } | expected


def test_submit_hands_the_draft_over() -> None:
    story = draft()
    assert workflow.submit(story, by=story.created_by, reason=" Please be quick. ") is story
    assert again(story).state == story.state == State.SUBMITTED
    assert last_row(story) == _row(
        story,
        verb="submit",
        from_state="draft",
        to_state="submitted",
        by=story.created_by,
        reason="Please be quick.",
    )


def test_send_back_returns_it_with_a_reason() -> None:
    story, editor = submitted(), person(Role.COPY_EDITOR)
    workflow.send_back(story, by=editor, reason="Who says so?")
    assert again(story).state == State.DRAFT
    assert last_row(story) == _row(
        story, verb="send_back", from_state="submitted", to_state="draft", by=editor, reason="Who says so?"
    )


def test_approve_names_the_revision() -> None:
    story, editor = submitted(), person(Role.EDITOR)
    workflow.approve(story, by=editor)
    assert again(story).state == State.APPROVED
    assert last_row(story) == _row(story, verb="approve", from_state="submitted", to_state="approved", by=editor)


def test_spike_puts_it_aside_and_revive_brings_it_back() -> None:
    story, editor = approved(), person(Role.EDITOR)
    workflow.spike(story, by=editor, reason="Overtaken.")
    assert again(story).state == State.SPIKED
    assert last_row(story) == _row(
        story, verb="spike", from_state="approved", to_state="spiked", by=editor, reason="Overtaken."
    )
    workflow.revive(story, by=editor)
    assert again(story).state == State.DRAFT
    assert last_row(story) == _row(story, verb="revive", from_state="spiked", to_state="draft", by=editor)
    assert story.revisions.count() == 1


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_send_back_and_spike_need_a_reason(reason: str) -> None:
    story = submitted()
    before = stored()
    for verb in (workflow.send_back, workflow.spike):
        with pytest.raises(workflow.Refused) as refused:
            verb(story, by=person(Role.EDITOR), reason=reason)
        assert [problem.field for problem in refused.value.problems] == ["reason"]
    assert stored() == before


def test_approval_is_of_what_the_editor_saw() -> None:
    story = submitted()
    on_screen = again(story)
    workflow.save(story, {"headline": "Changed in review"}, by=person(Role.COPY_EDITOR))
    before = stored()
    with pytest.raises(workflow.StaleArticle):
        workflow.approve(on_screen, by=person(Role.EDITOR))
    assert stored() == before


def test_second_approval_is_stale() -> None:
    story = submitted()
    on_screen = again(story)
    workflow.approve(story, by=journalist(Role.EDITOR))
    with pytest.raises(workflow.StaleArticle):
        workflow.approve(on_screen, by=journalist(Role.EDITOR))


def test_spiking_an_update_leaves_readers_what_they_have() -> None:
    with clock_at(NOON - HOUR):
        story = live(headline="What readers have")
    rewrite(story, headline="What they never get")
    before = reading.story(story.public_key, NOON)
    workflow.spike(story, by=person(Role.EDITOR), reason="Wrong.")
    assert reading.story(story.public_key, NOON) == before
    assert public_status(story, NOON) is PublicStatus.LIVE
    workflow.withdraw(story, by=person(Role.PUBLISHER), notice="Gone.")
    assert again(story).state == State.SPIKED


def test_spiking_leaves_a_schedule_standing() -> None:
    story = scheduled(live_from=NOON + HOUR)
    workflow.save(story, {"headline": "Changed"}, by=person(Role.COPY_EDITOR))
    workflow.spike(story, by=person(Role.EDITOR), reason="Wrong.")
    assert future_edition(story, NOON) is not None
    assert live_edition(story, NOON + HOUR) is not None


def test_revived_story_goes_the_whole_way_again() -> None:
    story = spiked()
    workflow.revive(story, by=person(Role.EDITOR))
    workflow.submit(story, by=story.created_by)
    workflow.approve(story, by=person(Role.EDITOR))
    assert workflow.release(story, by=person(Role.PUBLISHER)).live_from == NOON
