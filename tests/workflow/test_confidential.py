"""Confidential stories: for their people only, whatever the verb and the role."""

import pytest

from articles import workflow
from articles.models import Article
from articles.rules import may
from articles.states import State, Verb
from newsroom.models import Journalist
from newsroom.roles import Role
from tests.factories import confidential, draft, journalist, live, person
from tests.workflow.desk import ACTS, NOON, again, busy, last_row, ledger, stored

pytestmark = pytest.mark.django_db


def _hidden(state: State) -> Article:
    """Make a busy story confidential, then bring it back to a state."""
    story = busy(state)
    Article.objects.filter(pk=story.pk).update(confidential=True)
    story.people.set([story.created_by])
    return again(story)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("verb", ACTS)
def test_outsiders_of_every_role_get_the_same_answer(verb: Verb, state: State) -> None:
    story = _hidden(state)
    outsiders = [person(Role.PUBLISHER), person(Role.ADMINISTRATOR), Journalist.objects.create_superuser("root")]
    before = stored()
    for outsider in outsiders:
        with pytest.raises(workflow.NotAllowed, match=r"^There is no such story\.$"):
            ACTS[verb](again(story), outsider)
        assert not may(outsider, verb, story)
    assert stored() == before


def test_outsiders_learn_nothing_from_a_stale_or_a_bad_form() -> None:
    story = confidential()
    stale = again(story)
    workflow.submit(story, by=story.created_by)
    outsider = person(Role.PUBLISHER)
    for content in ({}, {"headline": story.headline}, {"headline": "x" * 300}, {"section": 99999}):
        with pytest.raises(workflow.NotAllowed, match="There is no such story"):
            workflow.save(stale, content, by=outsider)
        with pytest.raises(workflow.NotAllowed, match="There is no such story"):
            workflow.save(story, content, by=outsider)
    with pytest.raises(workflow.NotAllowed, match="There is no such story"):
        workflow.approve(stale, by=outsider)


def test_a_bundle_with_somebody_elses_secret_is_refused_whole() -> None:
    publisher = person(Role.PUBLISHER)
    mine, secret = busy(State.APPROVED), _hidden(State.APPROVED)
    before = stored()
    with pytest.raises(workflow.NotAllowed, match="There is no such story"):
        workflow.release_bundle(
            [workflow.Release(mine, Verb.UPDATE), workflow.Release(secret, Verb.UPDATE)], by=publisher
        )
    assert stored() == before


def test_instance_from_before_the_story_became_confidential_opens_nothing() -> None:
    story = draft()
    early = again(story)
    workflow.save(story, {}, by=story.created_by, confidential=True)
    outsider = person(Role.ADMINISTRATOR)
    assert not early.confidential
    for act in (ACTS[Verb.DUPLICATE], ACTS[Verb.OPEN]):
        with pytest.raises(workflow.NotAllowed, match="There is no such story"):
            act(early, outsider)
    assert Article.objects.count() == 1


def test_people_do_everything_their_role_allows() -> None:
    publisher, editor = journalist(Role.PUBLISHER), journalist(Role.EDITOR)
    story = confidential(people=[publisher, editor])
    workflow.submit(story, by=story.created_by)
    workflow.approve(story, by=editor)
    assert workflow.release(story, by=publisher).number == 1
    assert again(story).confidential


def test_opening_is_logged_each_time_and_for_confidential_stories_only() -> None:
    reader = journalist()
    story = confidential(people=[reader])
    open_story = draft()
    for _ in range(2):
        workflow.opened(story, by=reader)
    workflow.opened(open_story, by=reader)
    assert [row.verb for row in ledger(story)] == ["start", "save", "open", "open"]
    assert [row.verb for row in ledger(open_story)] == ["start"]
    assert last_row(story) == {
        "verb": "open",
        "from_state": "draft",
        "to_state": "draft",
        "revision_id": story.revision_id,
        "edition_id": None,
        "edition_number": None,
        "by": reader,
        "at": NOON,
        "reason": "",
        "details": {},
    }


def test_making_confidential_keeps_its_maker_and_its_owner_among_the_people() -> None:
    editor, invited = person(Role.COPY_EDITOR), journalist()
    story = draft()
    workflow.save(story, {}, by=editor, confidential=True, people=[invited])
    assert set(story.people.all()) == {editor, invited, story.created_by}
    assert last_row(story)["details"] == {
        "confidential": True,
        "people": sorted([editor.pk, invited.pk, story.created_by.pk]),
    }


def test_people_may_come_from_a_generator() -> None:
    invited = [journalist(), journalist()]
    story = draft()
    workflow.save(story, {}, by=story.created_by, confidential=True, people=(who for who in invited))
    assert set(story.people.all()) == {*invited, story.created_by}


def test_taking_somebody_out_is_written_and_shuts_them_out() -> None:
    invited = journalist(Role.COPY_EDITOR)
    story = confidential(people=[invited])
    workflow.save(story, {}, by=story.created_by, people=[])
    assert last_row(story)["details"] == {"people": [story.created_by.pk]}
    with pytest.raises(workflow.NotAllowed, match="There is no such story"):
        workflow.save(story, {"headline": "Still here"}, by=invited)


def test_saving_who_is_there_already_writes_nothing() -> None:
    invited = journalist()
    story = confidential(people=[invited])
    before = stored()
    workflow.save(story, {}, by=story.created_by, confidential=True, people=[invited])
    assert stored() == before


def test_changing_people_of_released_copy_keeps_the_revision_and_makes_a_draft() -> None:
    story = live()
    revision = story.revision_id
    workflow.save(story, {}, by=story.created_by, confidential=True)
    assert (story.state, story.revision_id) == (State.DRAFT, revision)
    assert story.revisions.count() == 1


def test_duplicate_of_a_secret_is_a_secret_of_the_same_people() -> None:
    invited = journalist()
    story = confidential(people=[invited])
    copy = workflow.duplicate(story, by=invited)
    assert again(copy).confidential
    assert set(copy.people.all()) == {invited, story.created_by}


def test_becoming_open_again_is_written() -> None:
    story = confidential()
    workflow.save(story, {}, by=story.created_by, confidential=False)
    assert last_row(story)["details"] == {"confidential": False}
    assert may(journalist(Role.EDITOR), Verb.OPEN, story)
