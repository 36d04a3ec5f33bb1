"""Stories that are released together, or not at all."""

import pytest

from articles import reading, workflow
from articles.states import State, Verb
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import (
    approved,
    draft,
    journalist,
    live,
    person,
    rewrite,
)
from tests.workflow.desk import DAY, HOUR, NOON, TICK, again, last_row, publisher, stored

pytestmark = pytest.mark.django_db


def test_expiry_goes_on_in_a_bundle() -> None:
    with clock_at(NOON - HOUR):
        story = approved()
        workflow.release(story, by=publisher(), expires_at=NOON + DAY)
    rewrite(story, headline="Second")
    changed, first = workflow.release_bundle(
        [workflow.Release(story, Verb.UPDATE), workflow.Release(approved())], by=publisher()
    )
    assert (changed.expires_at, first.expires_at) == (NOON + DAY, None)


def test_bundle_flips_at_one_instant() -> None:
    with clock_at(NOON - HOUR):
        old = live(headline="Old")
    rewrite(old, headline="New")
    first, second = approved(), approved()
    parts = [
        workflow.Release(second),
        workflow.Release(old, Verb.CORRECT, notice="It was wrong."),
        workflow.Release(first, expires_at=NOON + DAY),
    ]
    editions = workflow.release_bundle(parts, by=publisher(), at=NOON + HOUR, reason="Results.")
    assert [edition.article for edition in editions] == [second, old, first]
    assert {edition.live_from for edition in editions} == {NOON + HOUR}
    assert [edition.release_kind for edition in editions] == ["publication", "correction", "publication"]
    assert [edition.expires_at for edition in editions] == [None, None, NOON + DAY]
    together = sorted([first.pk, second.pk, old.pk])
    for story in (first, second, old):
        row = last_row(story)
        assert (row["details"]["bundle"], row["reason"], story.state) == (together, "Results.", State.RELEASED)
    for at, headline in ((NOON + HOUR - TICK, "Old"), (NOON + HOUR, "New")):
        assert [card.headline for card in reading.latest(at).items if "Headline" not in card.headline] == [headline]
        assert len(reading.latest(at).items) == (1 if headline == "Old" else 3)


def test_bundle_comes_after_everything_its_stories_have_out() -> None:
    early, late = live(at=NOON), approved()
    rewrite(early, headline="New")
    editions = workflow.release_bundle([workflow.Release(late), workflow.Release(early, Verb.UPDATE)], by=publisher())
    assert {edition.live_from for edition in editions} == {NOON + TICK}


def test_one_bad_story_refuses_the_bundle_and_every_problem_names_its_story() -> None:
    good, empty, had = approved(headline="Good"), approved(headline="Empty", body=""), live(headline="Had")
    before = stored()
    with pytest.raises(workflow.Refused) as refused:
        workflow.release_bundle(
            [workflow.Release(story) for story in (good, empty, had)], by=publisher(), at=NOON - HOUR
        )
    said = [(problem.field, str(problem).split(":")[0]) for problem in refused.value.problems]
    assert said == [("at", "Good"), ("at", "Empty"), ("body", "Empty"), ("", "Had"), ("at", "Had")]
    assert stored() == before


def test_one_stale_story_refuses_the_bundle() -> None:
    first, second = approved(), approved()
    stale = again(second)
    workflow.save(second, {"headline": "Changed"}, by=person(Role.COPY_EDITOR))
    before = stored()
    with pytest.raises(workflow.StaleArticle) as told:
        workflow.release_bundle([workflow.Release(first), workflow.Release(stale)], by=publisher())
    assert told.value.article == second
    assert stored() == before


def test_one_story_in_the_wrong_state_refuses_the_bundle() -> None:
    before_that = approved()
    unfinished = draft()
    before = stored()
    with pytest.raises(workflow.NotAllowed, match="not possible while the story is “Draft”"):
        workflow.release_bundle([workflow.Release(before_that), workflow.Release(unfinished)], by=publisher())
    assert stored() == before


def test_a_story_twice_in_a_bundle_is_refused() -> None:
    story = approved(headline="Twice")
    with pytest.raises(workflow.Refused, match="“Twice” stands twice in this bundle"):
        workflow.release_bundle([workflow.Release(story), workflow.Release(again(story))], by=publisher())


def test_an_empty_bundle_releases_nothing() -> None:
    assert workflow.release_bundle([], by=publisher()) == []


def test_a_bundle_needs_the_permission_for_each_part() -> None:
    with pytest.raises(workflow.NotAllowed, match="Your role does not allow this: Release"):
        workflow.release_bundle([workflow.Release(approved())], by=journalist(Role.EDITOR))
