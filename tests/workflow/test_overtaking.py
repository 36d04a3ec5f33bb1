"""The one edition that may wait: refused, cancelled or carried along when another one overtakes it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from articles import reading, records, workflow
from articles.models import Article, Edition
from articles.states import ReleaseKind, Scheduled, State, Verb
from articles.workflow.clock import clock_at
from articles.workflow.content import empty_content
from articles.workflow.scheduled import merge_content
from articles.workflow.status import future_edition, lacks_changes
from newsroom.roles import Role
from tests.factories import approved, author, company, live, person, rewrite, scheduled, topic
from tests.workflow.desk import DAY, HOUR, NOON, SECOND, TICK, again, busy, ledger, publisher, stored

pytestmark = pytest.mark.django_db

CHANGES: list[Any] = [workflow.correct, workflow.clarify, workflow.update, workflow.refile]
FIRST = "<p>One stands first.</p><p>Two stands second.</p><p>Three stands third.</p>"


def _update_waits(**words: Any) -> Article:
    """Make a story that readers have and whose update is scheduled for an hour after noon."""
    with clock_at(NOON - 2 * HOUR):
        story = live(body=FIRST, headline="First", standfirst="First.")
    with clock_at(NOON - HOUR):
        rewrite(story, **words)
        workflow.update(story, by=publisher(), at=NOON + HOUR, notice="New figures.")
    return story


def _back_to_what_readers_have(story: Article, **words: Any) -> Article:
    live_now = Edition.objects.live(NOON).get(article=story)
    same = {name: getattr(live_now, name) for name in ("headline", "standfirst", "body", "kicker")}
    return rewrite(story, **same | words)


@pytest.mark.parametrize("change", CHANGES)
def test_change_is_refused_until_somebody_says_what_to_do(change: Callable[..., Edition]) -> None:
    story = rewrite(_update_waits(headline="Second"), headline="Third")
    before = stored()
    with pytest.raises(workflow.Refused, match="Another release of this story is scheduled") as refused:
        change(story, by=publisher(), notice="Changed.")
    assert [problem.field for problem in refused.value.problems] == ["scheduled"]
    assert stored() == before


@pytest.mark.parametrize("change", CHANGES)
def test_cancel_takes_the_waiting_edition_away_and_says_so(change: Callable[..., Edition]) -> None:
    story = rewrite(_update_waits(headline="Second"), headline="Third")
    waiting = future_edition(story, NOON)
    assert waiting is not None
    edition = change(story, by=publisher(), notice="Changed.", scheduled=Scheduled.CANCEL, reason="Urgent.")
    assert future_edition(story, NOON) is None
    assert edition.number == 3
    cancelled, changed = ledger(story)[-2:]
    assert (cancelled.verb, cancelled.edition_id, cancelled.edition_number) == (Verb.CANCEL, waiting.pk, 2)
    assert (cancelled.revision_id, cancelled.reason, cancelled.by) == (waiting.revision_id, "Urgent.", publisher())
    assert cancelled.details == {
        "live_from": (NOON + HOUR).isoformat(),
        "kind": "update",
        "notice": "New figures.",
        "because": changed.verb,
    }
    assert (changed.edition_id, changed.edition_number) == (edition.pk, 3)
    for at in (NOON, NOON + HOUR, NOON + DAY):
        found = reading.story(story.public_key, at)
        assert isinstance(found, records.Story)
        assert found.headline == "Third"


def test_scheduled_text_is_replaced_at_its_own_instant() -> None:
    story = rewrite(_update_waits(headline="Second"), headline="Third")
    workflow.update(story, by=publisher(), at=NOON + HOUR, scheduled=Scheduled.CANCEL)
    waiting = future_edition(story, NOON)
    assert waiting is not None
    assert (waiting.headline, waiting.live_from, waiting.number) == ("Third", NOON + HOUR, 3)
    assert Edition.objects.filter(article=story).count() == 2


def test_first_publication_is_replaced_at_its_own_instant() -> None:
    story = scheduled(live_from=NOON + HOUR)
    rewrite(story, headline="Better")
    edition = workflow.release(story, by=publisher(), at=NOON + HOUR, scheduled=Scheduled.CANCEL)
    assert list(Edition.objects.all()) == [edition]
    assert edition.first_published_at == NOON + HOUR


@pytest.mark.parametrize("early", [5 * SECOND, 5 * SECOND - TICK, SECOND, TICK])
def test_margin_of_five_seconds_before_the_flip(early: timedelta) -> None:
    story = rewrite(_update_waits(headline="Second"), headline="Third")
    with clock_at(NOON + HOUR - early):
        if early >= 5 * SECOND:
            workflow.update(story, by=publisher(), scheduled=Scheduled.CANCEL)
            return
        before = stored()
        for choice in (Scheduled.CANCEL, Scheduled.CARRY):
            with pytest.raises(workflow.Refused, match="appears within 5 seconds"):
                workflow.update(story, by=publisher(), scheduled=choice)
        assert stored() == before


def test_carry_puts_the_change_into_the_waiting_text_too() -> None:
    story = _update_waits(body=FIRST + "<p>Four is new.</p>", standfirst="Second.")
    waiting = future_edition(story, NOON)
    assert waiting is not None
    _back_to_what_readers_have(story, body=FIRST.replace("Two stands", "Two really stands"), headline="Right")
    edition = workflow.correct(story, by=publisher(), notice="Two is what it is.", scheduled=Scheduled.CARRY)
    carried = future_edition(story, NOON)
    assert carried is not None
    assert (edition.number, carried.number, carried.live_from) == (3, 4, NOON + HOUR)
    assert edition.plain_text == "One stands first.\nTwo really stands second.\nThree stands third."
    assert carried.plain_text == edition.plain_text + "\nFour is new."
    assert (carried.headline, carried.standfirst) == ("Right", "Second.")
    assert (carried.release_kind, carried.notice) == (ReleaseKind.UPDATE, "New figures.")
    assert [(told["kind"], told["at"]) for told in carried.notices] == [
        ("correction", NOON.isoformat()),
        ("update", (NOON + HOUR).isoformat()),
    ]
    assert carried.revision.number == waiting.revision.number + 2
    assert not Edition.objects.filter(pk=waiting.pk).exists()
    cancelled, corrected = ledger(story)[-2:]
    assert (cancelled.verb, cancelled.edition_number) == (Verb.CANCEL, 2)
    assert corrected.details["carried_into"] == 4
    assert again(story).last_edition_number == 4
    assert again(story).revision_id == edition.revision_id
    assert not lacks_changes(story, NOON)
    workflow.save(story, {"kicker": "Later"}, by=person(Role.COPY_EDITOR))
    assert lacks_changes(story, NOON)


def test_carry_of_lists_and_settings() -> None:
    first, second, theme = company("First"), company("Second"), topic()
    story = _update_waits(companies=[first], bylines=[author("A")])
    _back_to_what_readers_have(story, companies=[first], bylines=[author("B")], topics=[theme], is_lead=True)
    with pytest.raises(workflow.Refused, match=r"changes the same words \(bylines\)"):
        workflow.update(story, by=publisher(), scheduled=Scheduled.CARRY)
    waiting = future_edition(story, NOON)
    assert waiting is not None
    same = [[row.author_id, row.role] for row in waiting.author_items.all()]
    rewrite(story, bylines=same, companies=[first])
    workflow.update(story, by=publisher(), scheduled=Scheduled.CARRY)
    carried = future_edition(story, NOON)
    assert carried is not None
    assert [row.company for row in carried.company_items.all()] == [first]
    assert [row.tag for row in carried.topic_items.all()] == [theme]
    assert carried.is_lead is True
    assert second.name not in str(carried.printed)


def test_carry_keeps_the_embargo_that_has_passed() -> None:
    with clock_at(NOON - 2 * HOUR):
        story = live(body=FIRST, embargo_at=NOON - 3 * HOUR)
        rewrite(story, body=FIRST + "<p>More.</p>")
        workflow.update(story, by=publisher(), at=NOON + HOUR)
    rewrite(story, headline="Right")
    workflow.correct(story, by=publisher(), notice="Wrong.", scheduled=Scheduled.CARRY)
    carried = future_edition(story, NOON)
    assert carried is not None
    assert carried.embargo_at == NOON - 3 * HOUR


def test_conflicts_are_named_with_every_other_problem_and_nothing_is_written() -> None:
    story = _update_waits(headline="Second", body=FIRST.replace("Two stands", "Two may stand"))
    body = FIRST.replace("Two stands", "Two shall stand")
    _back_to_what_readers_have(story, headline="Third", body=body)
    before = stored()
    with pytest.raises(workflow.Refused) as refused:
        workflow.correct(story, by=publisher(), notice="", scheduled=Scheduled.CARRY)
    assert [problem.field for problem in refused.value.problems] == ["notice", "scheduled", "scheduled"]
    assert "(headline)" in str(refused.value.problems[1])
    assert "(body)" in str(refused.value.problems[2])
    assert stored() == before


def test_conflicts_in_a_bundle_name_their_story() -> None:
    story = _update_waits(headline="Second")
    rewrite(story, headline="Third")
    bundle = [workflow.Release(story, Verb.UPDATE), workflow.Release(approved())]
    before = stored()
    with pytest.raises(workflow.Refused, match=r"^Third: The scheduled release changes the same words \(headline\)"):
        workflow.release_bundle(bundle, by=publisher(), scheduled=Scheduled.CARRY)
    assert stored() == before


@pytest.mark.parametrize("at", [NOON + TICK, NOON + HOUR - TICK, NOON + HOUR, NOON + 2 * HOUR])
def test_only_what_goes_out_now_is_carried_so_that_one_edition_waits(at: datetime) -> None:
    story = rewrite(_update_waits(standfirst="Second."), kicker="Technology")
    before = stored()
    with pytest.raises(workflow.Refused, match="Only what goes out now can be carried") as refused:
        workflow.update(story, by=publisher(), at=at, scheduled=Scheduled.CARRY)
    assert [problem.field for problem in refused.value.problems] == ["at"]
    assert stored() == before


def test_carry_needs_a_story_that_readers_have() -> None:
    story = scheduled(live_from=NOON + HOUR)
    rewrite(story, headline="Better")
    with pytest.raises(workflow.Refused, match="there is nothing to carry over"):
        workflow.release(story, by=publisher(), scheduled=Scheduled.CARRY)


def test_carried_text_must_be_fit_for_release() -> None:
    story = _update_waits(body="<p>One stands first.</p>")
    _first, *rest = Edition.objects.live(NOON).get(article=story).body.split("\n")
    _back_to_what_readers_have(story, body="".join(rest))
    with pytest.raises(workflow.Refused, match="its body is empty") as refused:
        workflow.update(story, by=publisher(), scheduled=Scheduled.CARRY)
    assert [problem.field for problem in refused.value.problems] == ["scheduled"]


def test_merged_nouns_are_no_change() -> None:
    old, new, other = company("Old"), company("New"), company("Other")
    with clock_at(NOON - 2 * HOUR):
        story = live(companies=[old])
        rewrite(story, companies=[old, other])
        workflow.update(story, by=publisher(), at=NOON + HOUR)
    workflow.merge(old, new, by=person(Role.COPY_EDITOR))
    rewrite(story, companies=[new], headline="Right")
    workflow.update(story, by=publisher(), scheduled=Scheduled.CARRY)
    carried = future_edition(story, NOON)
    assert carried is not None
    assert [row.company for row in carried.company_items.all()] == [new, other]


def test_merge_content_is_a_three_way_merge_of_every_field() -> None:
    base = empty_content() | {"headline": "a", "kicker": "a", "dateline": "a", "slug": "a"}
    change = base | {"headline": "b", "kicker": "b", "slug": "b"}
    waiting = base | {"dateline": "c", "kicker": "b", "slug": "c"}
    merged, problems = merge_content(base, change, waiting)
    assert merged | {"slug": ""} == base | {"headline": "b", "kicker": "b", "dateline": "c", "slug": ""}
    assert [str(problem) for problem in problems] == [
        "The scheduled release changes the same words (slug). Cancel it, or change the working copy first."
    ]


def test_edits_leave_the_schedule_standing_and_the_desk_is_told() -> None:
    story = scheduled(live_from=NOON + HOUR, headline="Scheduled")
    assert not lacks_changes(story, NOON)
    workflow.save(story, {"headline": "Edited"}, by=person(Role.COPY_EDITOR))
    assert story.state == State.DRAFT
    assert lacks_changes(story, NOON)
    assert not lacks_changes(story, NOON + HOUR)
    found = reading.story(story.public_key, NOON + HOUR)
    assert isinstance(found, records.Story)
    assert found.headline == "Scheduled"


@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED])
def test_at_most_one_edition_waits_after_every_change(state: State) -> None:
    for choice in (Scheduled.CANCEL, Scheduled.CARRY):
        story = busy(state)
        try:
            workflow.correct(story, by=publisher(), notice="Wrong.", scheduled=choice)
        except workflow.Refused:
            assert choice is Scheduled.CARRY
        assert Edition.objects.future(NOON).filter(article=story).count() <= 1
