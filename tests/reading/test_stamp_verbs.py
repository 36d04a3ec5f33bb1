"""Which work at the desk changes the public stamp, and which does not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from articles import reading, workflow
from articles.models import Article
from articles.states import ReleaseKind
from articles.workflow.releasing import Release
from newsroom.roles import Role
from tests.factories import approved, author, company, draft, live, person, rewrite, scheduled, section, topic
from tests.workflow.desk import DAY, HOUR, publisher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    """Leave the clock of the verbs as it is: what waits is told by the clock of the database."""


def _stamp() -> reading.Stamp:
    """Return the stamp at an instant before everything that these tests release, so that only writes count."""
    return reading.stamp(timezone.now() - 365 * DAY)


def _scheduled_update() -> Article:
    story = live()
    rewrite(story, standfirst="Scheduled.")
    workflow.update(story, by=publisher(), at=timezone.now() + HOUR)
    return story


def _corrected() -> Article:
    story = live()
    rewrite(story, standfirst="Second.")
    workflow.update(story, by=publisher())
    return story


def _released(**changes: Any) -> Article:
    story = live()
    return rewrite(story, **({"standfirst": "Another."} | changes))


QUIET: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "draft": (lambda: None, lambda _nothing: draft()),
    "save": (draft, lambda story: workflow.save(story, {"headline": "Other"}, by=person(Role.REPORTER))),
    "submit": (draft, lambda story: workflow.submit(story, by=story.created_by)),
    "send back": (
        lambda: workflow.submit(story := draft(), by=story.created_by),
        lambda story: workflow.send_back(story, by=person(Role.EDITOR), reason="No."),
    ),
    "approve": (
        lambda: workflow.submit(story := draft(), by=story.created_by),
        lambda story: workflow.approve(story, by=person(Role.EDITOR)),
    ),
    "save what is live": (live, lambda story: workflow.save(story, {"headline": "O"}, by=person(Role.COPY_EDITOR))),
    "approve what is live": (live, lambda story: rewrite(story, headline="Other")),
    "schedule": (approved, lambda story: workflow.release(story, by=publisher(), at=timezone.now() + HOUR)),
    "reschedule": (scheduled, lambda story: workflow.reschedule(story, by=publisher(), at=timezone.now() + DAY)),
    "cancel": (scheduled, lambda story: workflow.cancel(story, by=publisher())),
    "schedule an update": (_released, lambda story: workflow.update(story, by=publisher(), at=timezone.now() + HOUR)),
    "reschedule an update": (
        _scheduled_update,
        lambda story: workflow.reschedule(story, by=publisher(), at=timezone.now() + DAY),
    ),
    "cancel an update": (_scheduled_update, lambda story: workflow.cancel(story, by=publisher())),
    "spike": (draft, lambda story: workflow.spike(story, by=person(Role.EDITOR), reason="No.")),
    "journalist": (
        lambda: person(Role.REPORTER),
        lambda one: type(one).objects.filter(pk=one.pk).update(first_name="Ada"),
    ),
}
LOUD: dict[str, tuple[Callable[[], Any], Callable[[Any], Any]]] = {
    "release": (approved, lambda story: workflow.release(story, by=publisher())),
    "release of a bundle": (
        lambda: [approved(), approved()],
        lambda stories: workflow.release_bundle([Release(story) for story in stories], by=publisher()),
    ),
    "correct": (_released, lambda story: workflow.correct(story, by=publisher(), notice="Wrong.")),
    "clarify": (_released, lambda story: workflow.clarify(story, by=publisher(), notice="Unclear.")),
    "update": (_released, lambda story: workflow.update(story, by=publisher())),
    "refile": (_released, lambda story: workflow.refile(story, by=publisher())),
    "roll back": (_corrected, lambda story: workflow.roll_back(story, by=publisher(), kind=ReleaseKind.UPDATE)),
    "expire": (live, lambda story: workflow.expire(story, by=publisher(), expires_at=timezone.now() + HOUR)),
    "withdraw": (live, lambda story: workflow.withdraw(story, by=publisher(), notice="Gone.")),
    "withdraw with an update waiting": (
        _scheduled_update,
        lambda story: workflow.withdraw(story, by=publisher(), notice="Gone."),
    ),
}


@pytest.mark.parametrize("name", QUIET)
def test_desk_work_does_not_change_the_stamp(name: str) -> None:
    make, act = QUIET[name]
    live()
    made = make()
    before = _stamp()
    act(made)
    assert _stamp() == before


@pytest.mark.parametrize("name", LOUD)
def test_what_readers_can_see_changes_the_stamp(name: str) -> None:
    make, act = LOUD[name]
    made = make()
    before = _stamp()
    act(made)
    after = _stamp()
    assert before.token != after.token
    assert before.counter < after.counter


@pytest.mark.parametrize(("make", "named"), [(author, "bylines"), (company, "companies"), (topic, "topics")])
def test_merging_changes_the_stamp(make: Callable[[], Any], named: str) -> None:
    noun, into = make(), make()
    names: dict[str, Any] = {named: [noun]}
    live(**names)
    before = _stamp()
    workflow.merge(noun, into, by=person(Role.ADMINISTRATOR))
    assert _stamp().counter > before.counter


def test_section_that_moves_in_the_navigation_changes_the_stamp() -> None:
    asia = section("Asia")
    live(section=asia)
    before = _stamp()
    asia.order = 9
    asia.save()
    assert _stamp() != before
