"""The corrections page: what readers were told about mistakes."""

import pytest

from articles import reading, records, workflow
from articles.models import Article
from articles.reading.lists import PAGE_SIZE
from articles.states import ReleaseKind, Scheduled
from articles.workflow.clock import clock_at
from tests.factories import live, rewrite, section
from tests.workflow.desk import HOUR, MINUTE, NOON, SECOND, TICK, publisher

pytestmark = pytest.mark.django_db


def _corrected(notice: str = "It was wrong.", *, kind: str = "correct", headline: str = "Right") -> Article:
    """Make a story that was corrected at noon."""
    story = live(at=NOON - HOUR, headline="Wrong", slug="slug", section=section("World"))
    rewrite(story, headline=headline)
    getattr(workflow, kind)(story, by=publisher(), notice=notice)
    return story


def _texts(at: object = NOON) -> list[str]:
    return [item.notice.text for item in reading.corrections(at).items]  # type: ignore[arg-type]


@pytest.mark.parametrize(("kind", "said"), [("correct", "correction"), ("clarify", "clarification")])
def test_notice_stands_beside_the_present_headline_and_address(kind: str, said: str) -> None:
    story = _corrected(kind=kind)
    assert reading.corrections(NOON).items == (
        records.Correction(
            records.Notice(said, "It was wrong.", NOON),
            headline="Right",
            path=f"/world/slug-{story.public_key}/",
        ),
    )
    assert reading.corrections(NOON - TICK).items == ()
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Righter", slug="new")
        workflow.update(story, by=publisher())
    item = reading.corrections(NOON + HOUR).items[0]
    assert (item.headline, item.path) == ("Righter", f"/world/new-{story.public_key}/")
    assert item.notice.at == NOON


@pytest.mark.parametrize("kind", ["update", "refile"])
def test_updates_and_refiles_are_no_corrections(kind: str) -> None:
    _corrected("Something new.", kind=kind)
    assert reading.corrections(NOON).items == ()


def test_every_notice_has_a_line_newest_first() -> None:
    story = _corrected("First.")
    with clock_at(NOON + HOUR):
        rewrite(story, headline="Righter")
        workflow.clarify(story, by=publisher(), notice="Second.")
    assert _texts(NOON + HOUR) == ["Second.", "First."]


def test_expiry_and_schedule_repeat_no_notice() -> None:
    story = _corrected()
    with clock_at(NOON + MINUTE):
        workflow.expire(story, by=publisher(), expires_at=NOON + HOUR)
    assert _texts(NOON + MINUTE) == ["It was wrong."]
    assert _texts(NOON + HOUR) == []


def test_withdrawal_says_its_notice_and_not_a_word_of_the_story() -> None:
    story = _corrected("Libel, corrected.")
    with clock_at(NOON + HOUR):
        workflow.withdraw(story, by=publisher(), notice="We withdrew it.")
    assert reading.corrections(NOON + HOUR).items == (
        records.Correction(records.Notice("withdrawal", "We withdrew it.", NOON + HOUR)),
    )


def test_story_that_returns_takes_its_withdrawal_from_the_page() -> None:
    story = _corrected()
    with clock_at(NOON + HOUR):
        workflow.withdraw(story, by=publisher(), notice="We withdrew it.")
    with clock_at(NOON + 2 * HOUR):
        workflow.release(story, by=publisher())
    assert _texts(NOON + HOUR) == ["We withdrew it."]
    assert _texts(NOON + 2 * HOUR) == ["It was wrong."]


def test_scheduled_correction_appears_at_its_instant_wherever_it_is_moved() -> None:
    story = live(at=NOON - HOUR)
    rewrite(story, headline="Right")
    workflow.correct(story, by=publisher(), notice="It was wrong.", at=NOON + HOUR)
    workflow.reschedule(story, by=publisher(), at=NOON + 2 * HOUR)
    assert _texts(NOON + HOUR) == []
    page = reading.corrections(NOON + 2 * HOUR)
    assert [item.notice.at for item in page.items] == [NOON + 2 * HOUR]


def test_correction_carried_into_a_scheduled_text_is_told_once() -> None:
    story = live(at=NOON - HOUR, headline="Wrong", standfirst="Old.")
    rewrite(story, standfirst="New.")
    workflow.update(story, by=publisher(), at=NOON + HOUR)
    rewrite(story, standfirst="Old.", headline="Right")
    workflow.correct(story, by=publisher(), notice="It was wrong.", scheduled=Scheduled.CARRY)
    assert _texts(NOON) == _texts(NOON + HOUR) == ["It was wrong."]


def test_rolled_back_text_as_a_correction_is_told() -> None:
    story = _corrected("New, and wrong.", kind="update")
    with clock_at(NOON + HOUR):
        workflow.roll_back(story, by=publisher(), kind=ReleaseKind.CORRECTION, notice="It was right before.")
    assert _texts(NOON + HOUR) == ["It was right before."]


def test_withdrawal_at_the_flip_is_told_once() -> None:
    story = live(at=NOON - HOUR)
    rewrite(story, headline="Next")
    workflow.update(story, by=publisher(), at=NOON + SECOND)
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    for at in (NOON, NOON + SECOND + TICK):
        assert _texts(at) == ["Gone."]


def test_language_of_a_notice_is_that_of_its_story() -> None:
    story = live(at=NOON - HOUR, language="ar")
    workflow.withdraw(story, by=publisher(), notice="سحبنا القصة.")
    item = reading.corrections(NOON).items[0]
    assert (item.language, item.direction) == ("ar", "rtl")


def test_page_is_paged_by_instant_without_loss() -> None:
    stories = [live(at=NOON - HOUR, headline=f"Wrong {number}") for number in range(PAGE_SIZE + 2)]
    for story in stories:
        rewrite(story, headline=story.headline.replace("Wrong", "Right"))
        workflow.correct(story, by=publisher(), notice=f"Notice {story.pk}.")
    first = reading.corrections(NOON)
    second = reading.corrections(NOON, first.older)
    assert (len(first.items), len(second.items), second.older) == (PAGE_SIZE, 2, "")
    expected = [f"Notice {story.pk}." for story in reversed(stories)]
    assert [item.notice.text for item in (*first.items, *second.items)] == expected
