"""Starting, duplicating and saving stories."""

import hashlib
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from articles import workflow
from articles.models import Article, Edition, Revision, SavedText, Transition
from articles.states import State, Verb
from articles.workflow import Seen
from articles.workflow.clock import clock_at
from articles.workflow.content import read_content
from newsroom.roles import Role
from tests.factories import approved, author, company, content, draft, image, live, person, section, submitted, topic
from tests.workflow.desk import HOUR, NOON, again, last_row, ledger, stored

pytestmark = pytest.mark.django_db


def test_start_writes_a_draft_its_revision_and_a_ledger_row() -> None:
    reporter = person(Role.REPORTER)
    words = content(headline="Profit up", topics=[topic()], companies=[company()])
    story = workflow.start(words, by=reporter)
    row = again(story)
    assert (row.state, row.created_by, row.created_at, row.changed_at) == (State.DRAFT, reporter, NOON, NOON)
    assert (row.last_edition_number, row.confidential) == (0, False)
    revision = Revision.objects.get()
    assert (row.revision, revision.number, revision.saved_by, revision.saved_at) == (revision, 1, reporter, NOON)
    assert read_content(row) == {**revision.content, "body": revision.body}
    assert revision.content | {"body": ""} == revision.content | words | {"body": ""}
    assert last_row(story) == {
        "verb": "start",
        "from_state": "",
        "to_state": "draft",
        "revision_id": revision.pk,
        "edition_id": None,
        "edition_number": None,
        "by": reporter,
        "at": NOON,
        "reason": "",
        "details": {},
    }
    assert Edition.objects.count() == 0


def test_start_with_nothing_makes_an_empty_draft() -> None:
    story = workflow.start({}, by=person(Role.REPORTER))
    assert (story.headline, story.body, story.bylines.count(), str(story)) == ("", "", 0, "Untitled story")
    assert len(story.public_key) == 8


def test_stories_get_keys_of_their_own() -> None:
    stories = [workflow.start({}, by=person(Role.REPORTER)) for _ in range(20)]
    assert len({story.public_key for story in stories}) == len({story.guid for story in stories}) == 20


def test_save_writes_the_next_revision_and_keeps_the_first() -> None:
    story = draft(headline="First")
    first = story.revision_id
    editor = person(Role.COPY_EDITOR)
    with clock_at(NOON + HOUR):
        saved = workflow.save(story, {"headline": "Second"}, by=editor)
    assert saved is story
    assert [revision.content["headline"] for revision in story.revisions.all()] == ["First", "Second"]
    assert [revision.number for revision in story.revisions.all()] == [1, 2]
    assert again(story).headline == story.headline == "Second"
    assert story.revision_id != first
    assert (story.changed_at, story.created_at) == (NOON + HOUR, NOON)
    assert last_row(story) == {
        "verb": "save",
        "from_state": "draft",
        "to_state": "draft",
        "revision_id": story.revision_id,
        "edition_id": None,
        "edition_number": None,
        "by": editor,
        "at": NOON + HOUR,
        "reason": "",
        "details": {},
    }


def test_save_names_only_what_changes() -> None:
    story = draft(topics=[topic("AI")], companies=[company("Alibaba Group")], lead_image=image())
    before = read_content(story)
    workflow.save(story, {"kicker": "Technology"}, by=story.created_by)
    assert read_content(again(story)) == before | {"kicker": "Technology"}


def test_saving_the_same_content_writes_nothing() -> None:
    story = approved(topics=[topic()], companies=[company()], related=[draft()], embargo_at=NOON)
    before = stored()
    dirty = {"headline": f"  {story.headline} ", "body": story.body + "<script>x</script>"}
    for words in ({}, read_content(story), dirty):
        assert workflow.save(again(story), words, by=person(Role.COPY_EDITOR)).state == State.APPROVED
    assert stored() == before


def test_saving_an_embargo_of_the_same_instant_in_another_zone_writes_nothing() -> None:
    story = draft(embargo_at=NOON)
    before = stored()
    workflow.save(story, {"embargo_at": NOON.astimezone(ZoneInfo("Asia/Hong_Kong"))}, by=story.created_by)
    assert stored() == before


@pytest.mark.parametrize(
    ("make", "before", "after"),
    [
        (draft, "draft", "draft"),
        (submitted, "submitted", "submitted"),
        (approved, "approved", "draft"),
        (live, "released", "draft"),
    ],
)
def test_save_sends_approved_and_released_copy_back(make: Callable[[], Article], before: str, after: str) -> None:
    story = make()
    workflow.save(story, {"headline": "Changed"}, by=person(Role.COPY_EDITOR))
    assert again(story).state == after
    row = last_row(story)
    assert (row["from_state"], row["to_state"]) == (before, after)


def test_text_is_stored_once_however_many_revisions_have_it() -> None:
    story = draft(body="<p>The same words.</p>")
    workflow.save(story, {"headline": "Another"}, by=story.created_by)
    other = draft(body=story.body)
    assert SavedText.objects.count() == 1
    digest = hashlib.sha256(story.body.encode()).hexdigest()
    assert {revision.text_id for revision in Revision.objects.all()} == {digest}
    workflow.save(other, {"body": other.body + "<p>More.</p>"}, by=other.created_by)
    assert SavedText.objects.count() == 2
    assert story.revision is not None
    assert story.revision.body == story.body


def test_paragraphs_keep_their_ids_through_saves() -> None:
    story = draft(body="<p>One paragraph here.</p><p>Another paragraph there.</p>")
    first, second = story.body.split("\n")
    workflow.save(story, {"body": f"<p>A new one before.</p>{second}<p>One paragraph here!</p>"}, by=story.created_by)
    lines = story.body.split("\n")
    assert lines[1] == second
    assert lines[2] == first.replace("here.", "here!")


def test_stale_save_is_told_and_gets_the_present_story() -> None:
    story = draft()
    mine, theirs = again(story), again(story)
    workflow.save(mine, {"headline": "Mine"}, by=story.created_by)
    before = stored()
    with pytest.raises(workflow.StaleArticle) as told:
        workflow.save(theirs, {"headline": "Theirs"}, by=person(Role.COPY_EDITOR))
    assert told.value.article.headline == "Mine"
    assert theirs.headline == story.headline
    assert stored() == before


def test_stale_save_of_nothing_new_is_told_too() -> None:
    story = draft()
    theirs = again(story)
    workflow.save(story, {"headline": "Mine"}, by=story.created_by)
    with pytest.raises(workflow.StaleArticle):
        workflow.save(theirs, {"headline": "Mine"}, by=story.created_by)


def test_save_goes_by_what_was_seen_and_not_by_the_instance() -> None:
    story = draft()
    seen = Seen(story.state, story.revision_id)
    workflow.save(story, {"headline": "Mine"}, by=story.created_by)
    with pytest.raises(workflow.StaleArticle):
        workflow.save(again(story), {"headline": "Theirs"}, by=story.created_by, seen=seen)


def test_save_does_not_mind_what_happened_to_editions() -> None:
    story = live()
    early = again(story)
    workflow.expire(story, by=person(Role.PUBLISHER), expires_at=NOON + HOUR)
    assert workflow.save(early, {"headline": "An update"}, by=story.created_by).state == State.DRAFT


def test_refused_save_leaves_the_instance_as_it_was() -> None:
    story = draft()
    before = dict(vars(story))
    with pytest.raises(workflow.Refused):
        workflow.save(story, {"headline": "x" * 300}, by=story.created_by)
    assert {name: vars(story)[name] for name in before if name != "_state"} == {
        name: value for name, value in before.items() if name != "_state"
    }


def test_save_stores_lists_in_their_order() -> None:
    first, second, third = author("A"), author("B"), author("C")
    one, two = company("One"), company("Two")
    story = draft(bylines=[first, second])
    words = {
        "bylines": [[third.pk, "columnist"], [first.pk, "reporter"]],
        "companies": [[two.pk, "mentioned"], [one.pk, "subject"]],
    }
    workflow.save(story, words, by=story.created_by)
    assert {name: read_content(again(story))[name] for name in words} == words
    rows = [(row.author, row.role, row.position) for row in story.bylines.all()]
    assert rows == [(third, "columnist", 0), (first, "reporter", 1)]


def test_search_text_follows_the_words() -> None:
    story = draft(headline="STRASSE", standfirst="Größe", body="<p>ＷＩＤＥ</p>")
    assert again(story).search_text == "strasse grosse wide"
    workflow.save(story, {"body": "<p>Other</p>"}, by=story.created_by)
    assert again(story).search_text == "strasse grosse other"


def test_duplicate_begins_a_story_with_the_same_content_and_its_own_address() -> None:
    story = live(slug="profit-up", topics=[topic()], companies=[company()], section=section("World"))
    editor = person(Role.COPY_EDITOR)
    copy = workflow.duplicate(story, by=editor)
    assert copy.pk != story.pk
    same = read_content(again(copy))
    assert same == read_content(story) | {"slug": "", "public_key": copy.public_key}
    assert copy.public_key != story.public_key
    assert copy.guid != story.guid
    assert (copy.state, copy.created_by, copy.last_edition_number, copy.editions.count()) == (State.DRAFT, editor, 0, 0)
    assert last_row(copy) == {
        "verb": "duplicate",
        "from_state": "",
        "to_state": "draft",
        "revision_id": copy.revision_id,
        "edition_id": None,
        "edition_number": None,
        "by": editor,
        "at": NOON,
        "reason": "",
        "details": {"duplicate_of": story.pk},
    }
    assert SavedText.objects.count() == 1


def test_duplicate_leaves_the_original_alone() -> None:
    story = live()
    before = stored()
    workflow.duplicate(story, by=person(Role.REPORTER))
    after = stored()
    for label in ("articles.Article", "articles.Transition", "articles.Revision"):
        own = [row for row in after[label] if row.get("article_id", row["id"]) == story.pk]
        assert own == before[label]
    assert after["articles.Edition"] == before["articles.Edition"]


def test_duplicate_copies_what_is_stored() -> None:
    story = draft(headline="Old")
    stale = again(story)
    workflow.save(story, {"headline": "New"}, by=story.created_by)
    stale.headline = "Never saved"
    assert workflow.duplicate(stale, by=story.created_by).headline == "New"


def test_duplicate_names_merged_nouns_as_they_are_now() -> None:
    old, new = company("Old"), company("New")
    story = draft(companies=[old, new])
    workflow.merge(old, new, by=person(Role.COPY_EDITOR))
    copy = workflow.duplicate(story, by=story.created_by)
    assert [row.company for row in copy.companies.all()] == [new]


def test_every_verb_leaves_one_ledger_row() -> None:
    story = draft()
    workflow.save(story, {"headline": "Second"}, by=story.created_by)
    workflow.submit(story, by=story.created_by)
    workflow.approve(story, by=person(Role.EDITOR))
    workflow.release(story, by=person(Role.PUBLISHER))
    assert [row.verb for row in ledger(story)] == [Verb.START, Verb.SAVE, Verb.SUBMIT, Verb.APPROVE, Verb.RELEASE]
    assert Transition.objects.count() == 5
