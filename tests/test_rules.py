"""Who may do what, as far as it depends on the story itself; the roles are in tests/workflow/test_table.py."""

from collections.abc import Callable

import pytest
from pytest_django import Settings

from articles import workflow
from articles.models import Article
from articles.rules import by_hand, is_own, may, may_release_at_all, may_see, why_not, why_not_approve
from articles.states import State, Verb
from newsroom.models import Journalist
from newsroom.roles import Role
from tests.factories import approved, author, confidential, draft, journalist, live, person, submitted

pytestmark = pytest.mark.django_db


def test_reporters_save_and_submit_their_own_drafts_only() -> None:
    owner, colleague = journalist(), journalist()
    story = draft(by=owner)
    assert [may(owner, verb, story) for verb in (Verb.SAVE, Verb.SUBMIT)] == [True, True]
    assert why_not(colleague, Verb.SAVE, story) == "This is a colleague's story. Ask a copy editor for changes."
    assert not may(colleague, Verb.SUBMIT, story)
    with pytest.raises(workflow.NotAllowed, match="colleague's story"):
        workflow.save(story, {"headline": "Mine now"}, by=colleague)
    with pytest.raises(workflow.NotAllowed, match="colleague's story"):
        workflow.submit(story, by=colleague)


def test_a_byline_makes_a_story_ones_own() -> None:
    writer = journalist()
    story = draft(by=journalist(), bylines=[author(journalist=writer)])
    assert is_own(writer, story)
    workflow.save(story, {"headline": "Ours"}, by=writer)
    assert story.headline == "Ours"


@pytest.mark.parametrize("make", [submitted, approved])
def test_reporters_leave_alone_what_the_desk_has(make: Callable[[], Article]) -> None:
    story = make()
    owner = story.created_by
    with pytest.raises(workflow.NotAllowed, match="The desk has this story now"):
        workflow.save(story, {"headline": "Wait"}, by=owner)


def test_reporters_write_updates_of_their_released_stories() -> None:
    story = live()
    workflow.save(story, {"headline": "Newer"}, by=story.created_by)
    assert story.state == State.DRAFT


def test_nobody_approves_what_they_submitted() -> None:
    editor = journalist(Role.EDITOR)
    story = draft(by=editor)
    workflow.submit(story, by=editor)
    with pytest.raises(workflow.NotAllowed, match="You submitted this story"):
        workflow.approve(story, by=editor)
    assert workflow.approve(story, by=journalist(Role.EDITOR)).state == State.APPROVED


def test_submitter_stays_barred_when_somebody_edits_in_review() -> None:
    editor = journalist(Role.EDITOR)
    story = draft(by=editor)
    workflow.submit(story, by=editor)
    workflow.save(story, {"headline": "Edited"}, by=person(Role.COPY_EDITOR))
    assert not may(editor, Verb.APPROVE, story)


def test_submitter_stays_barred_when_somebody_else_submits_the_same_text_again() -> None:
    editor, colleague = journalist(Role.EDITOR), journalist(Role.COPY_EDITOR)
    story = draft(by=editor)
    workflow.submit(story, by=editor)
    workflow.send_back(story, by=colleague, reason="Later.")
    workflow.submit(story, by=colleague)
    assert why_not_approve(editor, story) == "You submitted this story. Somebody else must approve it."
    workflow.save(story, {"headline": "Rewritten"}, by=colleague)
    assert may(editor, Verb.APPROVE, story)


def test_whoever_edited_may_approve() -> None:
    editor = journalist(Role.EDITOR)
    story = submitted()
    workflow.save(story, {"headline": "Edited by the approver"}, by=editor)
    assert workflow.approve(story, by=editor).state == State.APPROVED


def test_nobody_approves_their_own_byline() -> None:
    editor = journalist(Role.EDITOR)
    story = submitted(bylines=[author(), author(journalist=editor)])
    with pytest.raises(workflow.NotAllowed, match="Your byline is on this story"):
        workflow.approve(story, by=editor)


def test_nobody_approves_their_own_byline_after_their_author_was_merged() -> None:
    editor = journalist(Role.EDITOR)
    mine, again = author(journalist=editor), author()
    story = submitted(bylines=[mine])
    workflow.merge(mine, again, by=person(Role.COPY_EDITOR))
    with pytest.raises(workflow.NotAllowed, match="Your byline is on this story"):
        workflow.approve(story, by=editor)


def test_one_person_newsroom_approves_its_own_and_the_ledger_says_so(settings: Settings) -> None:
    settings.FOUR_EYES = False
    everything = journalist(Role.PUBLISHER)
    story = draft(by=everything, bylines=[author(journalist=everything)])
    workflow.submit(story, by=everything)
    workflow.approve(story, by=everything)
    assert story.transitions.get(verb=Verb.APPROVE).details == {"four_eyes": "off", "own_work": True}


def test_second_pair_of_eyes_is_not_marked_as_own_work(settings: Settings) -> None:
    settings.FOUR_EYES = False
    story = submitted()
    workflow.approve(story, by=person(Role.EDITOR))
    assert story.transitions.get(verb=Verb.APPROVE).details == {"four_eyes": "off"}


def test_four_eyes_leave_no_mark_of_their_own() -> None:
    story = approved()
    assert story.transitions.get(verb=Verb.APPROVE).details == {}


def test_confidential_story_is_seen_by_its_people_only() -> None:
    named = journalist(Role.COPY_EDITOR)
    story = confidential(people=[named])
    superuser = Journalist.objects.create_superuser("root", password="secret")
    assert may_see(story.created_by, story)
    assert may_see(named, story)
    for role in Role:
        assert not may_see(journalist(role), story)
    assert not may_see(superuser, story)
    assert why_not(superuser, Verb.OPEN, story) == "There is no such story."


def test_people_who_have_left_see_nothing() -> None:
    gone = journalist(Role.ADMINISTRATOR, is_active=False)
    reader = Journalist.objects.create_user("reader")
    story = draft()
    assert not may_see(gone, story)
    assert not may_see(reader, story)


def test_visible_to_agrees_with_may_see() -> None:
    named = journalist()
    secret, open_ = confidential(people=[named]), draft()
    for who in (named, secret.created_by, journalist(Role.PUBLISHER), Journalist.objects.create_superuser("root")):
        visible = set(Article.objects.visible_to(who))
        assert visible == {story for story in (secret, open_) if may_see(who, story)}


def test_what_is_scheduled_is_for_publishers() -> None:
    assert [may_release_at_all(person(role)) for role in Role] == [False, False, False, True, True]


def test_buttons_leave_out_what_the_form_and_the_list_do() -> None:
    assert by_hand(Verb) == [verb for verb in Verb if verb not in ("open", "start", "save")]
