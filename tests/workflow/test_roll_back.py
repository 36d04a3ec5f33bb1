"""Giving readers the text before, and two publishers with the same page open."""

import pytest

from articles import workflow
from articles.states import ReleaseKind, Scheduled, State, Verb
from articles.workflow import Seen
from articles.workflow.clock import clock_at
from articles.workflow.status import future_edition
from tests.factories import approved, rewrite, scheduled
from tests.workflow.desk import (
    ACTS,
    DAY,
    HOUR,
    MINUTE,
    NOON,
    again,
    busy,
    in_texts,
    last_row,
    ledger,
    live_this_morning,
    publisher,
    shown,
    stored,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", [ReleaseKind.CORRECTION, ReleaseKind.UPDATE, ReleaseKind.REFILE])
def test_roll_back_gives_readers_the_text_before_as_a_new_edition(kind: ReleaseKind) -> None:
    story = in_texts("First", "Second")
    edition = workflow.roll_back(story, by=publisher(), kind=kind, notice="Too early.", reason="Hm.")
    assert (edition.number, edition.release_kind, edition.headline, edition.live_from) == (3, kind, "First", NOON)
    assert edition.first_published_at == NOON - 2 * HOUR
    assert edition.updated_at == (NOON - HOUR if kind is ReleaseKind.REFILE else NOON)
    assert edition.notices == [{"kind": kind, "text": "Too early.", "at": NOON.isoformat()}]
    assert shown(story, NOON).headline == "First"
    row = last_row(story)
    assert (row["verb"], row["edition_id"], row["revision_id"]) == (Verb.ROLL_BACK, edition.pk, edition.revision_id)
    assert (row["reason"], row["details"]) == ("Hm.", {"kind": kind, "notice": "Too early.", "to": 1})
    assert (again(story).headline, again(story).state) == ("Second", State.RELEASED)


def test_rolling_back_twice_goes_back_two_texts() -> None:
    story = in_texts("First", "Second", "Third")
    for minutes, headline in ((0, "Second"), (1, "First")):
        with clock_at(NOON + minutes * MINUTE):
            assert workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE).headline == headline
    with clock_at(NOON + HOUR), pytest.raises(workflow.Refused, match="There is no earlier text to go back to"):
        workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE)


def test_roll_back_after_a_roll_back_and_a_new_text_goes_to_what_stood_before() -> None:
    story = in_texts("First", "Second")
    workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE)
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Third")
        workflow.update(story, by=publisher())
    with clock_at(NOON + 2 * HOUR):
        assert workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE).headline == "First"


def test_an_expiry_is_no_text_to_go_back_to() -> None:
    story = in_texts("First", "Second")
    workflow.expire(story, by=publisher(), expires_at=NOON + DAY)
    with clock_at(NOON + MINUTE):
        edition = workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE)
    assert (edition.headline, edition.expires_at) == ("First", NOON + DAY)


def test_notices_stay_when_a_text_is_rolled_back() -> None:
    story = in_texts("First", "Second")
    with clock_at(NOON - MINUTE):
        rewrite(story, headline="Third")
        workflow.correct(story, by=publisher(), notice="Wrong.")
    edition = workflow.roll_back(story, by=publisher(), kind=ReleaseKind.CLARIFICATION, notice="Right after all.")
    assert [told["text"] for told in edition.notices] == ["Wrong.", "Right after all."]
    assert edition.headline == "Second"


def test_roll_back_of_a_story_that_is_gone_is_refused() -> None:
    withdrawn, expired = in_texts("First", "Second"), in_texts("First", "Second")
    workflow.withdraw(withdrawn, by=publisher(), notice="Gone.")
    workflow.expire(expired, by=publisher(), expires_at=NOON)
    for story in (withdrawn, expired, approved(), scheduled(live_from=NOON + HOUR)):
        with clock_at(NOON + MINUTE), pytest.raises(workflow.Refused, match="Readers do not have this story"):
            workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE)


def test_what_was_withdrawn_never_comes_back_by_a_roll_back() -> None:
    story = in_texts("Libel")
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Clean")
        workflow.release(story, by=publisher())
    with clock_at(NOON + 2 * HOUR):
        with pytest.raises(workflow.Refused, match="There is no earlier text to go back to"):
            workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE)
        rewrite(story, headline="Cleaner")
        workflow.update(story, by=publisher())
    with clock_at(NOON + 3 * HOUR):
        assert workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE).headline == "Clean"


@pytest.mark.parametrize("kind", [ReleaseKind.PUBLICATION, ReleaseKind.WITHDRAWAL])
def test_roll_back_is_a_change_of_some_kind(kind: ReleaseKind) -> None:
    with pytest.raises(workflow.Refused) as refused:
        workflow.roll_back(in_texts("First", "Second"), by=publisher(), kind=kind, notice="Hm.")
    assert [problem.field for problem in refused.value.problems] == ["kind"]


def test_roll_back_as_a_correction_needs_a_notice() -> None:
    story = in_texts("First", "Second")
    before = stored()
    with pytest.raises(workflow.Refused) as refused:
        workflow.roll_back(story, by=publisher(), kind=ReleaseKind.CORRECTION)
    assert [problem.field for problem in refused.value.problems] == ["notice"]
    assert stored() == before


def test_roll_back_settles_the_waiting_edition() -> None:
    story = busy(State.RELEASED)
    for choice, says in ((Scheduled.REFUSE, "Another release"), (Scheduled.CARRY, "builds on what you take back")):
        with pytest.raises(workflow.Refused, match=says) as refused:
            workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE, scheduled=choice)
        assert {problem.field for problem in refused.value.problems} == {"scheduled"}
    workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE, scheduled=Scheduled.CANCEL)
    assert future_edition(story, NOON) is None
    assert [row.verb for row in ledger(story)[-2:]] == [Verb.CANCEL, Verb.ROLL_BACK]


def test_first_text_cannot_be_rolled_back() -> None:
    with pytest.raises(workflow.Refused, match="Withdraw the story instead"):
        workflow.roll_back(live_this_morning(), by=publisher(), kind=ReleaseKind.UPDATE)


def test_second_publisher_on_the_same_page_is_told() -> None:
    story = in_texts("First", "Second", "Third")
    first, second = again(story), again(story)
    workflow.roll_back(first, by=publisher(), kind=ReleaseKind.UPDATE)
    before = stored()
    with clock_at(NOON + MINUTE):
        for verb in (Verb.ROLL_BACK, Verb.WITHDRAW, Verb.EXPIRE):
            with pytest.raises(workflow.StaleArticle):
                ACTS[verb](second, publisher())
    assert stored() == before


def test_second_move_of_a_schedule_is_told() -> None:
    story = scheduled(live_from=NOON + HOUR)
    first, second = again(story), again(story)
    workflow.reschedule(first, by=publisher(), at=NOON + 2 * HOUR)
    with pytest.raises(workflow.StaleArticle):
        workflow.reschedule(second, by=publisher(), at=NOON + 3 * HOUR)
    with pytest.raises(workflow.StaleArticle):
        workflow.cancel(second, by=publisher())


def test_whoever_does_not_say_which_edition_they_saw_is_not_told() -> None:
    story = in_texts("First", "Second", "Third")
    seen = Seen(story.state, story.revision_id)
    workflow.expire(again(story), by=publisher(), expires_at=NOON + DAY)
    with clock_at(NOON + MINUTE):
        assert workflow.withdraw(story, by=publisher(), notice="Gone.", seen=seen).number == 5


@pytest.mark.parametrize("state", State)
def test_standing_verbs_leave_the_working_copy_alone(state: State) -> None:
    story = busy(state)
    words = vars(again(story))
    workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE, scheduled=Scheduled.CANCEL)
    with clock_at(NOON + MINUTE):
        workflow.expire(story, by=publisher(), expires_at=NOON + DAY)
    after = vars(again(story))
    moved = {"changed_at", "last_edition_number"}
    assert {name for name in words if name != "_state" and words[name] != after[name]} == moved
