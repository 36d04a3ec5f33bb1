"""Two people at once, with real threads and connections: one wins, the other is told, nothing is half done.

Each thread has looked at the story before the start. SQLite's writers wait for each other at `BEGIN IMMEDIATE`,
PostgreSQL's at the rows.
"""

import contextvars
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections

from articles import workflow
from articles.models import Article, Edition, EditionCompany, Revision, SavedText, Transition
from articles.states import PublicStatus, ReleaseKind, Scheduled, State, Verb
from articles.workflow.clock import clock_at
from articles.workflow.status import future_edition, live_edition, public_status
from newsroom.roles import Role
from tests.factories import approved, company, draft, journalist, person, rewrite, scheduled, submitted
from tests.workflow.desk import DAY, HOUR, MINUTE, NOON, again, busy, in_texts, ledger, live_this_morning, publisher

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = range(4)
PATIENCE = 30


def race(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same time, each in a thread of its own, and return what each returned or raised."""
    start = threading.Barrier(len(acts))
    results: list[Any] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(PATIENCE)
            results[number] = act()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=(run, number, act))
        for number, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "deadlock"
    return results


def one_wins(results: list[Any]) -> int:
    """Make sure that exactly one act succeeded and all others were told, and return the number of the winner."""
    lost = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in lost] == [workflow.StaleArticle] * (len(results) - 1), results
    return next(number for number, result in enumerate(results) if not isinstance(result, Exception))


def verbs(story: Article, after: int = 0) -> list[str]:
    """Return the verbs in the ledger of a story, behind its first rows."""
    return [row.verb for row in ledger(story)][after:]


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_editors_save(_round: int) -> None:
    story = draft(headline="Before")
    first, second = again(story), again(story)
    one, two = journalist(Role.COPY_EDITOR), journalist(Role.COPY_EDITOR)
    winner = one_wins(
        race(
            lambda: workflow.save(first, {"headline": "First", "bylines": []}, by=one),
            lambda: workflow.save(second, {"headline": "Second", "bylines": []}, by=two),
        )
    )
    stored = again(story)
    assert stored.headline == ("First", "Second")[winner]
    assert [row.content["headline"] for row in story.revisions.all()] == ["Before", stored.headline]
    assert verbs(story) == ["start", "save"]
    assert ledger(story)[-1].by == (one, two)[winner]


def test_six_editors_save() -> None:
    story = draft(headline="Before")
    screens = [again(story) for _ in range(6)]
    by = person(Role.COPY_EDITOR)
    results = race(
        *[
            lambda screen=screen, number=number: workflow.save(screen, {"headline": f"Number {number}"}, by=by)
            for number, screen in enumerate(screens)
        ]
    )
    winner = one_wins(results)
    assert again(story).headline == f"Number {winner}"
    assert story.revisions.count() == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_approval_and_save(_round: int) -> None:
    story = submitted(headline="Before")
    first, second = again(story), again(story)
    editor, copy_editor = person(Role.EDITOR), person(Role.COPY_EDITOR)
    winner = one_wins(
        race(
            lambda: workflow.approve(first, by=editor),
            lambda: workflow.save(second, {"headline": "After"}, by=copy_editor),
        )
    )
    stored = again(story)
    expected = [(State.APPROVED, "Before", "approve"), (State.SUBMITTED, "After", "save")][winner]
    assert (stored.state, stored.headline, verbs(story)[-1]) == expected
    assert len(ledger(story)) == 3


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_releases(_round: int) -> None:
    story = approved(companies=[company()])
    first, second = again(story), again(story)
    by = publisher()
    one_wins(
        race(
            lambda: workflow.release(first, by=by),
            lambda: workflow.release(second, by=by, at=NOON + HOUR),
        )
    )
    assert Edition.objects.filter(article=story).count() == EditionCompany.objects.filter(article=story).count() == 1
    assert verbs(story, 3) == ["release"]
    assert again(story).last_edition_number == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_update_and_withdrawal(_round: int) -> None:
    story = rewrite(live_this_morning(), headline="New")
    first, second = again(story), again(story)
    by = publisher()
    winner = one_wins(
        race(
            lambda: workflow.update(first, by=by),
            lambda: workflow.withdraw(second, by=by, notice="Gone."),
        )
    )
    status = public_status(story, NOON)
    assert status is (PublicStatus.LIVE, PublicStatus.WITHDRAWN)[winner]
    assert verbs(story)[-1] == (Verb.UPDATE, Verb.WITHDRAW)[winner]
    assert Edition.objects.filter(article=story).count() == 2


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_schedules(_round: int) -> None:
    story = approved()
    first, second = again(story), again(story)
    by = publisher()
    winner = one_wins(
        race(
            lambda: workflow.release(first, by=by, at=NOON + HOUR, scheduled=Scheduled.CANCEL),
            lambda: workflow.release(second, by=by, at=NOON + 2 * HOUR, scheduled=Scheduled.CANCEL),
        )
    )
    waiting = Edition.objects.get(article=story)
    assert waiting.live_from == NOON + (winner + 1) * HOUR


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_publishers_move_a_schedule(_round: int) -> None:
    story = scheduled(live_from=NOON + HOUR)
    first, second, third = again(story), again(story), again(story)
    by = publisher()
    winner = one_wins(
        race(
            lambda: workflow.reschedule(first, by=by, at=NOON + DAY),
            lambda: workflow.reschedule(second, by=by, at=NOON + 2 * DAY),
            lambda: workflow.cancel(third, by=by),
        )
    )
    waiting = future_edition(story, NOON)
    assert (waiting.live_from if waiting else None) == (NOON + DAY, NOON + 2 * DAY, None)[winner]
    assert Edition.objects.filter(article=story).count() == (0 if winner == 2 else 1)


@pytest.mark.parametrize("choice", [Scheduled.CANCEL, Scheduled.CARRY])
@pytest.mark.parametrize("_round", ROUNDS)
def test_correction_and_cancellation(_round: int, choice: Scheduled) -> None:
    story = busy(State.RELEASED)
    rewrite(story, kicker="Right")
    first, second = again(story), again(story)
    by = publisher()
    waiting = future_edition(story, NOON)
    assert waiting is not None
    # Only the kicker differs from what is scheduled, so that nothing is in conflict.
    winner = one_wins(
        race(
            lambda: workflow.correct(first, by=by, notice="Wrong.", scheduled=choice),
            lambda: workflow.cancel(second, by=by),
        )
    )
    live_now, future = live_edition(story, NOON), future_edition(story, NOON)
    assert live_now is not None
    assert live_now.kicker == ("Right", "")[winner]
    if winner == 0 and choice is Scheduled.CARRY:
        assert future is not None
        assert (future.kicker, future.live_from) == ("Right", waiting.live_from)
    else:
        assert future is None
    assert not Edition.objects.filter(pk=waiting.pk).exists()


@pytest.mark.parametrize("_round", ROUNDS)
def test_bundles_in_opposite_order(_round: int) -> None:
    stories = [approved() for _ in range(5)]
    one, other = [again(story) for story in stories], [again(story) for story in reversed(stories)]
    by = publisher()
    one_wins(
        race(
            lambda: workflow.release_bundle([workflow.Release(story) for story in one], by=by, at=NOON + HOUR),
            lambda: workflow.release_bundle([workflow.Release(story) for story in other], by=by, at=NOON + DAY),
        )
    )
    assert Edition.objects.values("live_from").distinct().count() == 1
    assert [verbs(story, 3) for story in stories] == [["release"]] * 5


@pytest.mark.parametrize("_round", ROUNDS)
def test_bundles_that_overlap(_round: int) -> None:
    """A story in both goes out once; the bundle that lost goes out not at all."""
    left, both, right = approved(), approved(), approved()
    one, other = [again(right), again(both)], [again(both), again(left)]
    by = publisher()
    winner = one_wins(
        race(
            lambda: workflow.release_bundle([workflow.Release(story) for story in one], by=by),
            lambda: workflow.release_bundle([workflow.Release(story) for story in other], by=by),
        )
    )
    released = set(Edition.objects.values_list("article", flat=True))
    assert released == {both.pk, (right.pk, left.pk)[winner]}
    assert again((left, right)[winner]).state == State.APPROVED


@pytest.mark.parametrize("_round", ROUNDS)
def test_two_publishers_roll_back_one_text(_round: int) -> None:
    story = in_texts("First", "Second", "Third")
    first, second = again(story), again(story)
    by = publisher()
    one_wins(
        race(
            lambda: workflow.roll_back(first, by=by, kind=ReleaseKind.UPDATE),
            lambda: workflow.roll_back(second, by=by, kind=ReleaseKind.UPDATE),
        )
    )
    live_now = live_edition(story, NOON)
    assert live_now is not None
    assert live_now.headline == "Second"


@pytest.mark.parametrize("_round", ROUNDS)
def test_update_and_expiry(_round: int) -> None:
    story = rewrite(live_this_morning(), headline="New")
    first, second = again(story), again(story)
    by = publisher()
    winner = one_wins(
        race(
            lambda: workflow.update(first, by=by),
            lambda: workflow.expire(second, by=by, expires_at=NOON + DAY),
        )
    )
    live_now = live_edition(story, NOON)
    assert live_now is not None
    assert (live_now.headline == "New", live_now.expires_at) == [(True, None), (False, NOON + DAY)][winner]


@pytest.mark.parametrize("_round", ROUNDS)
def test_publisher_and_editor_of_one_story_do_not_hinder_each_other(_round: int) -> None:
    story = live_this_morning()
    first, second = again(story), again(story)
    by, editor = publisher(), person(Role.COPY_EDITOR)
    results = race(
        lambda: workflow.save(first, {"headline": "Next"}, by=editor),
        lambda: workflow.opened(second, by=by),
        lambda: workflow.duplicate(again(story), by=editor),
    )
    assert [result for result in results if isinstance(result, Exception)] == []


@pytest.mark.parametrize("_round", ROUNDS)
def test_one_text_saved_in_two_stories_is_stored_once(_round: int) -> None:
    stories = [draft(body=""), draft(body="")]
    by = person(Role.COPY_EDITOR)
    results = race(
        *[lambda story=story: workflow.save(story, {"body": "<p>The same.</p>"}, by=by) for story in stories]
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert SavedText.objects.exclude(html="").count() == 1
    assert Revision.objects.count() == 4


@pytest.mark.parametrize("_round", ROUNDS)
def test_merge_and_release_leave_no_edition_with_the_merged_noun(_round: int) -> None:
    old, new = company(), company()
    story = approved(companies=[old])
    by, copy_editor = publisher(), person(Role.COPY_EDITOR)
    results = race(
        lambda: workflow.release(again(story), by=by),
        lambda: workflow.merge(old, new, by=copy_editor),
    )
    assert [result for result in results if isinstance(result, Exception)] == []
    assert EditionCompany.objects.get(article=story).company == new
    assert story.companies.get().company == new


@pytest.mark.parametrize("_round", ROUNDS)
def test_merge_and_save_do_not_wait_for_each_other(_round: int) -> None:
    old, new = company(), company()
    stories = [draft(companies=[old]) for _ in range(3)]
    by = person(Role.COPY_EDITOR)
    results = race(
        lambda: workflow.merge(old, new, by=by),
        *[lambda story=story: workflow.save(story, {"companies": [[old.pk, "mentioned"]]}, by=by) for story in stories],
    )
    assert [result for result in results if isinstance(result, Exception)] == []


@pytest.mark.parametrize("_round", ROUNDS)
def test_chain_of_merges_at_once_ends_in_one_noun(_round: int) -> None:
    first, second, third = company(), company(), company()
    story = draft(companies=[first])
    by = person(Role.COPY_EDITOR)
    results = race(
        lambda: workflow.merge(first, second, by=by),
        lambda: workflow.merge(second, third, by=by),
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in refused] in ([], [workflow.Refused])
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.merged_into == third
    assert first.merged_into == (None if refused else third)
    assert story.companies.get().company == (first if refused else third)


def test_ledger_is_in_the_order_in_which_things_happened() -> None:
    story = live_this_morning()
    by = publisher()
    for _number in range(3):
        screens = [again(story) for _ in range(3)]
        with clock_at(NOON + MINUTE * (_number + 1)):
            race(
                *[lambda screen=screen: workflow.expire(screen, by=by, expires_at=NOON + DAY * 9) for screen in screens]
            )
    rows = list(Transition.objects.filter(article=story).order_by("at", "pk"))
    assert rows == ledger(story)
    assert [row.edition_number for row in rows if row.edition_number] == [1, 2, 3, 4]
