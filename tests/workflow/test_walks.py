"""Long random walks through all verbs: whatever people do, and in whatever order, the rules of the house hold."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from articles import reading, records, workflow
from articles.models import Article, Edition
from articles.states import CHANGES, ON_EDITIONS, PublicStatus, ReleaseKind, Scheduled, State, Verb
from articles.workflow import clock
from articles.workflow.clock import clock_at
from articles.workflow.editions import content_of
from articles.workflow.status import public_status
from newsroom.models import Journalist
from newsroom.roles import Role
from tests.factories import approved, journalist
from tests.workflow.desk import ACTS, DAY, HOUR, MINUTE, NOON, SECOND, TICK, again, ledger, stored

pytestmark = pytest.mark.django_db

STEPS = 40
#: What is done otherwise than on the straight way.
DETOURS = [Verb.SAVE, Verb.SUBMIT, Verb.APPROVE, Verb.SEND_BACK, Verb.SPIKE, Verb.REVIVE, *ON_EDITIONS]
STANDING = [Verb.ROLL_BACK, Verb.RESCHEDULE, Verb.RESCHEDULE, Verb.EXPIRE, Verb.CANCEL, Verb.WITHDRAW]
PAUSES = [TICK, SECOND, 4 * SECOND, 5 * SECOND, MINUTE, MINUTE, HOUR, DAY]
AHEAD = [*[None] * 7, -MINUTE, -HOUR, TICK, 3 * SECOND, 6 * SECOND, HOUR, DAY, DAY, DAY]


class _Walk:
    """A story, people who may do everything, and dice."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.by: Journalist = journalist(Role.ADMINISTRATOR)
        self.story = approved(by=self.by, body="<p>One.</p><p>Two.</p><p>Three.</p>")
        self.public: list[tuple[int, Any]] = []
        self.done = 0

    def instant(self) -> Any:
        ahead: timedelta | None = self.dice.choice(AHEAD)
        return None if ahead is None else clock.now() + ahead

    def options(self, *names: str) -> dict[str, Any]:
        made: dict[str, Callable[[], Any]] = {
            "at": self.instant,
            "expires_at": self.instant,
            "scheduled": lambda: self.dice.choice(list(Scheduled)),
            "notice": lambda: self.dice.choice(["", *[f"Notice {self.done}."] * 4]),
            "kind": lambda: self.dice.choice(list(ReleaseKind)),
        }
        return {name: made[name]() for name in names}

    def content(self) -> dict[str, Any]:
        """Change a word here and there, now and then to what cannot be released."""
        paragraphs = self.story.body.split("\n")
        place = self.dice.randrange(len(paragraphs))
        paragraphs[place] = paragraphs[place].replace(".</p>", f" {self.done}.</p>")
        return self.dice.choice(
            [
                {"headline": f"Headline {self.done}"},
                {"kicker": f"Kicker {self.done}", "slug": f"slug-{self.done}"},
                {"body": "".join(paragraphs)},
                {"body": "".join(paragraphs) + f"<p>More {self.done}.</p>"},
                {"embargo_at": self.dice.choice([None] * 7 + [self.instant()])},
                {"standfirst": self.dice.choice(["", "Standfirst.", f"Standfirst {self.done}."])},
                {},
            ]
        )

    def prepare(self) -> None:
        """Bring the story to approval, as a newsroom mostly does, with a change on the way."""
        if self.story.state == State.SPIKED:
            self.story = workflow.revive(self.story, by=self.by)
        self.story = workflow.save(self.story, {"standfirst": "Standfirst."} | self.content(), by=self.by)
        if self.story.state == State.DRAFT:
            self.story = workflow.submit(self.story, by=self.by)
        if self.story.state == State.SUBMITTED:
            self.story = workflow.approve(self.story, by=self.by)

    def act(self, verb: Verb) -> Any:
        """Do a verb with options by chance."""
        changes = {
            Verb.CORRECT: workflow.correct,
            Verb.CLARIFY: workflow.clarify,
            Verb.UPDATE: workflow.update,
            Verb.REFILE: workflow.refile,
        }
        story, by = again(self.story), self.by
        if verb is Verb.SAVE:
            return workflow.save(story, self.content(), by=by)
        if verb is Verb.RELEASE:
            return workflow.release(story, by=by, **self.options("at", "expires_at", "scheduled"))
        if verb in changes:
            return changes[verb](story, by=by, **self.options("at", "expires_at", "scheduled", "notice"))
        if verb is Verb.ROLL_BACK:
            return workflow.roll_back(story, by=by, **self.options("kind", "notice", "scheduled"))
        if verb is Verb.RESCHEDULE:
            return workflow.reschedule(story, by=by, at=self.instant() or clock.now())
        if verb is Verb.EXPIRE:
            return workflow.expire(story, by=by, **self.options("expires_at", "scheduled"))
        if verb is Verb.WITHDRAW:
            return workflow.withdraw(story, by=by, **self.options("notice"))
        return ACTS[verb](story, by)

    def choose(self) -> Verb:
        """Choose what makes sense most of the time, after bringing the story as far, and anything at times."""
        chance = self.dice.random()
        if chance < 0.2:
            return self.dice.choice(DETOURS)
        if chance < 0.5:
            return self.dice.choice(STANDING)
        self.prepare()
        is_live = public_status(self.story, clock.now()) is PublicStatus.LIVE
        return self.dice.choice(CHANGES) if is_live else Verb.RELEASE

    def step(self) -> None:
        """Do something, or be refused and leave everything as it was; then look at the rules."""
        self.done += 1
        verb = self.choose()
        rows, lines = stored(), len(ledger(self.story))
        try:
            self.act(verb)
        except (workflow.Refused, workflow.NotAllowed):
            assert stored() == rows
        else:
            saved_nothing = verb is Verb.SAVE and stored() == rows
            assert saved_nothing or len(ledger(self.story)) > lines
        self.story = again(self.story)
        self.look()

    def look(self) -> None:
        """Hold the story to the rules of the house."""
        now = clock.now()
        editions = list(Edition.objects.filter(article=self.story).order_by("live_from"))
        past = [edition for edition in editions if edition.live_from <= now]
        waiting = [edition for edition in editions if edition.live_from > now]
        # What has been public stays as it was.
        public = [(edition.pk, edition.live_from) for edition in past]
        assert public[: len(self.public)] == self.public
        self.public = public
        # One edition waits, or one that could not be taken back and the tombstone behind it.
        kinds = [edition.release_kind for edition in waiting]
        assert len(waiting) <= 1 or (kinds[-1], len(kinds)) in (("withdrawal", 2), ("withdrawal", 3)), kinds
        assert len({edition.number for edition in editions}) == len(editions)
        assert max([edition.number for edition in editions], default=0) <= self.story.last_edition_number
        numbers = [revision.number for revision in self.story.revisions.order_by("number")]
        assert numbers == list(range(1, len(numbers) + 1))
        for edition in editions[-2:]:
            self.look_at(edition, editions)
        self.look_through_the_door(editions[-2:])

    def look_back(self) -> None:
        """Look at every edition there has been."""
        editions = list(Edition.objects.filter(article=self.story).order_by("live_from"))
        for edition in editions:
            self.look_at(edition, editions)
        self.look_through_the_door(editions)

    def look_at(self, edition: Edition, editions: list[Edition]) -> None:
        """Hold an edition to what it must say."""
        assert edition.first_published_at == editions[0].live_from
        assert edition.first_published_at <= edition.updated_at <= edition.live_from
        assert edition.expires_at is None or edition.expires_at >= edition.live_from
        told = [notice for notice in edition.notices if notice["at"] == edition.live_from.isoformat()]
        assert [notice["text"] for notice in told] == ([edition.notice] if edition.notice else [])
        ats = [notice["at"] for notice in edition.notices]
        assert ats == sorted(ats)
        if edition.release_kind != ReleaseKind.WITHDRAWAL:
            words = content_of(edition.revision)
            assert (edition.headline, edition.body) == (words["headline"], words["body"])
            assert edition.embargo_at is None or edition.embargo_at <= edition.live_from
            assert edition.author_items.count() == len(words["bylines"])

    def look_through_the_door(self, editions: list[Edition]) -> None:
        """Compare what readers get with what the editions say, around every instant that matters."""
        now = clock.now()
        instants = {now, now + 9 * DAY}
        for edition in editions:
            instants |= {edition.live_from - TICK, edition.live_from, edition.live_from + TICK}
            instants |= {edition.expires_at} if edition.expires_at else set()
        for at in instants:
            found = reading.story(editions[-1].public_key, at) if editions else None
            status = public_status(self.story, at)
            assert isinstance(found, records.Story) == (status is PublicStatus.LIVE)
            assert isinstance(found, records.Gone) == (status in (PublicStatus.EXPIRED, PublicStatus.WITHDRAWN))
            assert len(reading.latest(at).items) == (1 if status is PublicStatus.LIVE else 0)


@pytest.mark.parametrize("seed", range(5))
def test_rules_hold_on_any_walk(seed: int, settings: Settings) -> None:
    settings.FOUR_EYES = False
    walk = _Walk(seed)
    now = NOON
    for _step in range(STEPS):
        now += walk.dice.choice(PAUSES)
        with clock_at(now):
            walk.step()
    with clock_at(now):
        walk.look_back()
    assert Edition.objects.count() > 3
    assert Article.objects.count() == 1
