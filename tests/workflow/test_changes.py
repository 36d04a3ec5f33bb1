"""Corrections, clarifications, updates and refiles of what readers have."""

from collections.abc import Callable
from typing import Any

import pytest

from articles import reading, workflow
from articles.models import Article, Edition
from articles.states import ReleaseKind, State
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import (
    approved,
    draft,
    live,
    person,
    rewrite,
    submitted,
)
from tests.workflow.desk import (
    DAY,
    HOUR,
    NOON,
    TICK,
    again,
    fields,
    last_row,
    publisher,
    stored,
)

pytestmark = pytest.mark.django_db


CHANGES: list[Any] = [
    pytest.param(workflow.correct, ReleaseKind.CORRECTION, id="correct"),
    pytest.param(workflow.clarify, ReleaseKind.CLARIFICATION, id="clarify"),
    pytest.param(workflow.update, ReleaseKind.UPDATE, id="update"),
    pytest.param(workflow.refile, ReleaseKind.REFILE, id="refile"),
]


def _rewritten() -> Article:
    with clock_at(NOON - HOUR):
        story = live(headline="Old words")
    return rewrite(story, headline="New words")


@pytest.mark.parametrize(("change", "kind"), CHANGES)
def test_change_puts_the_new_text_in_the_place_of_the_old(change: Callable[..., Edition], kind: ReleaseKind) -> None:
    story = _rewritten()
    edition = change(story, by=publisher(), notice="What was changed.")
    assert (edition.number, edition.release_kind, edition.headline) == (2, kind, "New words")
    assert (edition.notice, edition.live_from, edition.first_published_at) == ("What was changed.", NOON, NOON - HOUR)
    assert edition.updated_at == (NOON - HOUR if kind is ReleaseKind.REFILE else NOON)
    assert edition.notices == [{"kind": kind, "text": "What was changed.", "at": NOON.isoformat()}]
    assert again(story).state == State.RELEASED
    row = last_row(story)
    assert (row["from_state"], row["to_state"], row["edition_id"]) == ("approved", "released", edition.pk)
    assert row["details"] == {"kind": kind, "live_from": NOON.isoformat(), "notice": "What was changed."}
    before = reading.story(story.public_key, NOON - TICK)
    after = reading.story(story.public_key, NOON)
    assert before is not None
    assert after is not None
    assert (before.headline, after.headline) == ("Old words", "New words")


@pytest.mark.parametrize("notice", ["", " \n\t", "\x00"])
@pytest.mark.parametrize("change", [workflow.correct, workflow.clarify])
def test_corrections_and_clarifications_need_a_notice(change: Callable[..., Edition], notice: str) -> None:
    story = _rewritten()
    before = stored()
    with pytest.raises(workflow.Refused, match="write the notice") as refused:
        change(story, by=publisher(), notice=notice)
    assert fields(refused) == ["notice"]
    assert stored() == before


@pytest.mark.parametrize("change", [workflow.update, workflow.refile])
def test_updates_and_refiles_need_no_notice(change: Callable[..., Edition]) -> None:
    edition = change(_rewritten(), by=publisher())
    assert (edition.notice, edition.notices) == ("", [])


@pytest.mark.parametrize(("change", "kind"), CHANGES)
@pytest.mark.parametrize("public", ["never", "scheduled", "expired", "withdrawn"])
def test_change_of_what_readers_do_not_have_is_refused(
    change: Callable[..., Edition], kind: ReleaseKind, public: str
) -> None:
    with clock_at(NOON - 2 * HOUR):
        story = approved()
        if public == "scheduled":
            workflow.release(story, by=publisher(), at=NOON + HOUR)
        if public in ("expired", "withdrawn"):
            workflow.release(story, by=publisher(), expires_at=NOON if public == "expired" else None)
    if public == "withdrawn":
        with clock_at(NOON - HOUR):
            workflow.withdraw(story, by=publisher(), notice="Gone.")
    if public != "never":
        rewrite(story, headline="New words")
    before = stored()
    with pytest.raises(workflow.Refused, match="Readers do not have this story"):
        change(story, by=publisher(), notice="What was changed.")
    assert stored() == before


def test_notices_accumulate_oldest_first() -> None:
    story = _rewritten()
    workflow.correct(story, by=publisher(), notice="First.")
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Third words")
        workflow.update(story, by=publisher())
    with clock_at(NOON + 2 * HOUR):
        rewrite(story, headline="Fourth words")
        edition = workflow.clarify(story, by=publisher(), notice="Second.")
    with clock_at(NOON + 3 * HOUR):
        workflow.withdraw(story, by=publisher(), notice="Third.")
    with clock_at(NOON + 4 * HOUR):
        rewrite(story, headline="Fifth words")
        last = workflow.release(story, by=publisher())
    told = [
        ("correction", "First.", NOON),
        ("clarification", "Second.", NOON + 2 * HOUR),
        ("withdrawal", "Third.", NOON + 3 * HOUR),
    ]
    as_stored = [{"kind": kind, "text": text, "at": at.isoformat()} for kind, text, at in told]
    assert edition.notices == as_stored[:2]
    assert last.notices == as_stored
    assert last.first_published_at == NOON - HOUR
    assert last.updated_at == NOON + 4 * HOUR


def test_correction_in_one_step_is_marked() -> None:
    for make in (draft, submitted):
        with clock_at(NOON - HOUR):
            story = live()
        workflow.save(story, {"headline": "Right"}, by=person(Role.COPY_EDITOR))
        if make is submitted:
            workflow.submit(story, by=person(Role.COPY_EDITOR))
        edition = workflow.correct(story, by=publisher(), notice="It was wrong.")
        assert edition.headline == "Right"
        assert last_row(story)["details"]["one_step"] is True
        assert again(story).state == State.RELEASED


def test_correction_of_approved_copy_is_not_marked() -> None:
    story = _rewritten()
    workflow.correct(story, by=publisher(), notice="It was wrong.")
    assert "one_step" not in last_row(story)["details"]


def test_only_corrections_skip_review() -> None:
    with clock_at(NOON - HOUR):
        story = live()
    workflow.save(story, {"headline": "Not approved"}, by=person(Role.COPY_EDITOR))
    for change in (workflow.clarify, workflow.update, workflow.refile):
        with pytest.raises(workflow.NotAllowed, match="not possible while the story is “Draft”"):
            change(story, by=publisher(), notice="Quick.")


def test_expiry_goes_on_with_a_change_that_names_none() -> None:
    with clock_at(NOON - HOUR):
        story = approved()
        workflow.release(story, by=publisher(), expires_at=NOON + DAY)
    rewrite(story, headline="Second")
    assert workflow.update(story, by=publisher()).expires_at == NOON + DAY
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Third")
        assert workflow.update(story, by=publisher(), expires_at=NOON + 2 * DAY).expires_at == NOON + 2 * DAY


def test_change_after_the_expiry_of_what_readers_have_is_refused() -> None:
    with clock_at(NOON - HOUR):
        story = approved()
        workflow.release(story, by=publisher(), expires_at=NOON + HOUR)
    rewrite(story, headline="Second")
    with pytest.raises(workflow.Refused, match="would expire before it appears"):
        workflow.update(story, by=publisher(), at=NOON + 2 * HOUR)
