"""What tests of the verbs share: a clock to set, stories in every state, every verb as one call, and what is stored."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from articles import reading, records, workflow
from articles.models import Article, Transition
from articles.states import ReleaseKind, Scheduled, State, Verb
from articles.workflow import clock
from articles.workflow.clock import clock_at
from newsroom.models import Journalist
from newsroom.roles import Role
from tests.factories import live, person, rewrite

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)

#: Every verb on a story, with all that it asks for.
ACTS: dict[Verb, Callable[[Article, Journalist], Any]] = {
    Verb.DUPLICATE: lambda story, by: workflow.duplicate(story, by=by),
    Verb.OPEN: lambda story, by: workflow.opened(story, by=by),
    Verb.SAVE: lambda story, by: workflow.save(story, {"headline": "Another headline"}, by=by),
    Verb.SUBMIT: lambda story, by: workflow.submit(story, by=by),
    Verb.SEND_BACK: lambda story, by: workflow.send_back(story, by=by, reason="Name a second source."),
    Verb.APPROVE: lambda story, by: workflow.approve(story, by=by),
    Verb.RELEASE: lambda story, by: workflow.release(story, by=by),
    Verb.CORRECT: lambda story, by: workflow.correct(story, by=by, notice="Wrong.", scheduled=Scheduled.CANCEL),
    Verb.CLARIFY: lambda story, by: workflow.clarify(story, by=by, notice="Unclear.", scheduled=Scheduled.CANCEL),
    Verb.UPDATE: lambda story, by: workflow.update(story, by=by, scheduled=Scheduled.CANCEL),
    Verb.REFILE: lambda story, by: workflow.refile(story, by=by, scheduled=Scheduled.CANCEL),
    Verb.ROLL_BACK: lambda story, by: workflow.roll_back(
        story, by=by, kind=ReleaseKind.UPDATE, scheduled=Scheduled.CANCEL
    ),
    Verb.RESCHEDULE: lambda story, by: workflow.reschedule(story, by=by, at=clock.now() + DAY),
    Verb.CANCEL: lambda story, by: workflow.cancel(story, by=by),
    Verb.EXPIRE: lambda story, by: workflow.expire(
        story, by=by, expires_at=clock.now() + DAY, scheduled=Scheduled.CANCEL
    ),
    Verb.WITHDRAW: lambda story, by: workflow.withdraw(story, by=by, notice="Gone."),
    Verb.SPIKE: lambda story, by: workflow.spike(story, by=by, reason="Old."),
    Verb.REVIVE: lambda story, by: workflow.revive(story, by=by),
}


def busy(state: State) -> Article:
    """Make a story in this state of which readers have a second text and a third one is scheduled.

    So there is something to do for every verb that acts on editions.
    """
    with clock_at(clock.now() - 3 * HOUR):
        story = live()
    with clock_at(clock.now() - 2 * HOUR):
        rewrite(story, standfirst="The second.")
        workflow.update(story, by=person(Role.PUBLISHER))
    with clock_at(clock.now() - HOUR):
        rewrite(story, standfirst="The third.")
        workflow.update(story, by=person(Role.PUBLISHER), at=clock.now() + 2 * HOUR)
    return bring_to(state, story)


def bring_to(state: State, story: Article) -> Article:
    """Take a released story or a draft on to a state, by the real verbs."""
    if state is State.RELEASED:
        return story
    workflow.save(story, {"standfirst": "The fourth."}, by=person(Role.COPY_EDITOR))
    if state in (State.SUBMITTED, State.APPROVED):
        workflow.submit(story, by=person(Role.COPY_EDITOR))
    if state is State.APPROVED:
        workflow.approve(story, by=person(Role.EDITOR))
    if state is State.SPIKED:
        workflow.spike(story, by=person(Role.EDITOR), reason="Old.")
    return story


def stored() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of the story: what a refused verb must leave as it is."""
    models = apps.get_app_config("articles").get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def ledger(story: Article) -> list[Transition]:
    """Return the story's ledger in order of writing."""
    return list(Transition.objects.filter(article=story).order_by("pk"))


def last_row(story: Article) -> dict[str, Any]:
    """Return the newest ledger row as a mapping of what it says."""
    row = ledger(story)[-1]
    names = ("verb", "from_state", "to_state", "revision_id", "edition_id", "edition_number", "by", "at", "reason")
    return {name: getattr(row, name) for name in names} | {"details": row.details}


def again(story: Article) -> Article:
    """Return the story as it is stored, in an instance of its own."""
    found: Article = Article.objects.get(pk=story.pk)
    return found


def publisher() -> Journalist:
    """Return the one publisher of these stories."""
    return person(Role.PUBLISHER)


def fields(refused: pytest.ExceptionInfo[workflow.Refused]) -> list[str]:
    """Return the fields that a refusal is about, in order."""
    return [problem.field for problem in refused.value.problems]


def shown(story: Article, at: datetime) -> records.Story:
    """Return the story as readers see it at an instant, at which they do."""
    found = reading.story(story.public_key, at)
    assert isinstance(found, records.Story)
    return found


def live_this_morning(**options: Any) -> Article:
    """Make a story that readers have since three hours before noon."""
    with clock_at(NOON - 3 * HOUR):
        return live(**options)


def in_texts(*headlines: str, **options: Any) -> Article:
    """Make a story that readers have had in several texts, an hour apart, the last an hour before noon."""
    first, *rest = headlines
    with clock_at(NOON - len(headlines) * HOUR):
        story = live(headline=first, **options)
    for hours, headline in zip(range(len(rest), 0, -1), rest, strict=True):
        with clock_at(NOON - hours * HOUR):
            rewrite(story, headline=headline)
            workflow.update(story, by=publisher())
    return story
