"""The desk of the soak: somebody who releases, corrects, withdraws, schedules and edits nouns without a rest.

Everything goes through the real verbs and models. Several write at the same time and on the same stories, so many an
act is refused, and that is told apart from what must not happen.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction
from django.utils import timezone

from articles import workflow
from articles.models import (
    Article,
    Author,
    Company,
    Edition,
    Exchange,
    Image,
    Listing,
    Person,
    PersonRole,
    Redirect,
    Section,
    Source,
    Topic,
)
from articles.states import ReleaseKind, Scheduled, Verb
from newsroom.roles import Role
from tests import factories
from tests.soak.exactness.cast import FORMS, ZONES, Names, add_listing, add_role, approved, content, noun, pick, sample

#: How an act may end beside being done.
REFUSED, WAITED = "refused", "gave up waiting"
TOLD = (workflow.StaleArticle, workflow.Refused, workflow.NotAllowed)
#: Instants to come lie on a grid, so that several stories flip in the same one.
GRID = timedelta(milliseconds=100)
#: What a change may change and leave a story that can be released.
_CHANGED = (
    "headline",
    "body",
    "kicker",
    "dateline",
    "section",
    "lead_image",
    "is_lead",
    "companies",
    "persons",
    "topics",
    "related",
)
NOTICES = ("It was wrong.", "A figure was wrong.\nIt is right now.")


def on_grid(at: datetime) -> datetime:
    """Return the instant of the grid at or before another."""
    return at - timedelta(microseconds=at.microsecond % (GRID // timedelta(microseconds=1)))


class Writer:
    """Somebody at the desk. `letter` tells writers apart."""

    def __init__(self, letter: str, seed: int) -> None:
        self.chance = random.Random(seed)
        self.names = Names(letter)
        self.publisher = factories.person(Role.PUBLISHER)
        self.administrator = factories.person(Role.ADMINISTRATOR)
        self.done = Counter[str]()
        self.failures: list[str] = []

    def act(self) -> None:
        """Do one thing."""
        self.do(self.chance.choices(list(ACTS), weights=[weight for weight, _act in ACTS.values()])[0])

    def do(self, name: str) -> None:
        """Do one of `ACTS`, if somebody else or the rules do not stand in the way."""
        try:
            ACTS[name][1](self)
            self.done[name] += 1
        except TOLD:
            self.done[REFUSED] += 1
        except OperationalError as error:
            if "timeout" not in str(error) and "locked" not in str(error):
                raise
            self.done[WAITED] += 1

    def soon(self, least: float = 0.3, most: float = 3) -> datetime:
        """Return an instant to come."""
        return on_grid(timezone.now() + timedelta(seconds=self.chance.uniform(least, most)))

    def expiry(self, after: datetime | None = None) -> datetime | None:
        """Return an instant at which a story goes, or None, mostly."""
        if self.chance.random() < 0.6:
            return None
        return on_grid((after or timezone.now()) + timedelta(seconds=self.chance.uniform(0.5, 4)))

    def when(self) -> datetime | None:
        """Return when to release: now, soon, or so late that nobody will see it."""
        return self.chance.choice([None, None, self.soon(), self.soon(), timezone.now() + factories.HOUR])

    def story(self) -> Article:
        """Return a story that was released once, mostly a young one."""
        stories = Article.objects.filter(last_edition_number__gt=0).order_by("-changed_at")
        found: Article = stories[self.chance.randrange(min(40, stories.count()))]
        return found

    def some(self, model: Any) -> Any:
        """Return an author, a topic, a person or a company."""
        return sample(model, self.chance, 1)[0]

    def publish(self) -> None:
        article, at = approved(content(self.names, self.chance)), self.when()
        workflow.release(article, by=self.publisher, at=at, expires_at=self.expiry(at))

    def bundle(self) -> None:
        articles = [approved(content(self.names, self.chance)) for _ in range(self.chance.randint(2, 3))]
        workflow.release_bundle(list(map(workflow.Release, articles)), by=self.publisher, at=self.when())

    def change(self) -> None:
        article, verb = self.story(), self.chance.choice([Verb.CORRECT, Verb.CLARIFY, Verb.UPDATE, Verb.REFILE])
        new = content(self.names, self.chance)
        some = {name: new[name] for name in self.chance.sample(_CHANGED, self.chance.randint(1, 5))}
        some |= {"slug": self.names.new("slug")} if self.chance.random() < 0.2 else {}
        some["section"] = some.get("section") or pick(Section, self.chance)
        some.setdefault("standfirst", f"Standfirst {self.names.new('anew')}.")
        workflow.change(
            factories.rewrite(article, **some),
            verb,
            by=self.publisher,
            notice=self.chance.choice(NOTICES) if verb in (Verb.CORRECT, Verb.CLARIFY) else "",
            at=self.chance.choice([None, None, self.soon()]),
            scheduled=self.chance.choice(list(Scheduled)),
        )

    def again(self) -> None:
        workflow.release(self.story(), by=self.publisher, at=self.when(), expires_at=self.expiry(self.soon(3, 4)))

    def withdraw(self) -> None:
        workflow.withdraw(self.story(), by=self.publisher, notice=self.chance.choice(NOTICES))

    def expire(self) -> None:
        until = self.chance.choice([None, self.soon(0.1, 2), self.soon(0.1, 2), timezone.now()])
        choice = self.chance.choice(list(Scheduled))
        workflow.expire(self.story(), by=self.publisher, expires_at=until, scheduled=choice)

    def on_schedule(self) -> None:
        waiting = Edition.objects.filter(live_from__gt=timezone.now()).order_by("-live_from").first()
        if waiting is None:
            return
        if self.chance.random() < 0.5:
            workflow.cancel(waiting.article, by=self.publisher)
        else:
            workflow.reschedule(waiting.article, by=self.publisher, at=self.soon())

    def roll_back(self) -> None:
        kind = self.chance.choice([ReleaseKind.CORRECTION, ReleaseKind.UPDATE, ReleaseKind.REFILE])
        notice = NOTICES[0] if kind is ReleaseKind.CORRECTION else ""
        workflow.roll_back(self.story(), by=self.publisher, kind=kind, notice=notice, scheduled=Scheduled.CANCEL)

    def rename(self) -> None:
        """Change a noun by `save()`, which keeps its old address when the slug changes."""
        model = self.chance.choice([Author, Topic, Company, Person, Section])
        row: Any = Section.objects.get(pk=pick(Section, self.chance)) if model is Section else self.some(model)
        row.name = self.names.new(model.__name__)
        if self.chance.random() < 0.3:
            row.slug = row.name.lower()
        row.save()

    def touch(self) -> None:
        """Change a noun by `update()`."""
        word = self.names.new("word")
        nouns: list[tuple[Any, dict[str, Any]]] = [
            (Author, {"role_title": word, "bio": f"Of {word}.\nAnd more."}),
            (Author, {"email": f"{word}@example.com", "links": [f"https://example.com/{word}"]}),
            (Topic, {"description": f"On {word}."}),
            (Company, {"legal_name": word, "description": f"Makes {word}."}),
            (Person, {"biography": f"Born in {word}.", "aliases": [word]}),
            (Section, {"ticker_form": self.chance.choice(FORMS)}),
            (Exchange, {"time_zone": self.chance.choice(ZONES)}),
            (Section, {"order": self.chance.randint(0, 3), "description": f"All of {word}."}),
            (Image, {"alt": f"Alt {word}", "credit": f"Photo: {word}", "caption": self.chance.choice(["", word])}),
            (Source, {"name": word, "prefix": self.chance.choice(["", f"({word})"])}),
            (Exchange, {"short_name": self.names.new("E"), "name": f"Exchange of {word}"}),
        ]
        model, values = self.chance.choice(nouns)
        keys = list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:12])
        model._default_manager.filter(pk=self.chance.choice(keys)).update(**values)

    def merge(self) -> None:
        model = self.chance.choice([Author, Topic, Company, Person])
        kind = model.__name__.lower()
        pair: list[Any] = sample(model, self.chance, 2, least=2)
        if len(pair) == 2:
            workflow.merge(*pair, by=self.administrator)
        noun(kind, self.names, self.chance)

    def appoint(self) -> None:
        """Give somebody a role, or let them have it no more, or never have had it."""
        person = self.some(Person)
        held = list(PersonRole.objects.filter(person=person).order_by("pk"))
        if not held or self.chance.random() < 0.5:
            add_role(person, self.names, self.chance)
        elif self.chance.random() < 0.5:
            PersonRole.objects.filter(pk=held[0].pk).update(until_on=timezone.now().date())
        else:
            held[-1].delete()

    def list_elsewhere(self) -> None:
        """End the primary listing of a company on a day, and begin another one on the same."""
        with transaction.atomic():
            company = Company.objects.select_for_update().get(pk=self.some(Company).pk)
            if company.merged_into_id:
                return
            day = timezone.now().date() + timedelta(days=self.chance.randint(-2, 1))
            old = Listing.objects.filter(company=company, is_primary=True, delisted_on=None).first()
            if old is not None:
                day = max(day, old.listed_on or day)
                Listing.objects.filter(pk=old.pk).update(delisted_on=day)
            add_listing(company, self.names, self.chance, is_primary=True, since=day if old else None)

    def redirect(self) -> None:
        target: Any = self.chance.choice([self.story(), self.some(Author), self.some(Company)])
        old = Redirect.objects.filter(path__startswith="/vanity").order_by("pk")
        if len(old) > 5:
            old[0].delete()
        Redirect.objects.create(path=f"/{self.names.new('vanity')}/", **{str(target._meta.model_name): target})


ACTS: dict[str, tuple[int, Callable[[Writer], Any]]] = {
    "publish": (10, Writer.publish),
    "bundle": (3, Writer.bundle),
    "change": (12, Writer.change),
    "release again": (6, Writer.again),
    "withdraw": (6, Writer.withdraw),
    "expire": (6, Writer.expire),
    "cancel or reschedule": (4, Writer.on_schedule),
    "roll back": (4, Writer.roll_back),
    "rename a noun": (6, Writer.rename),
    "update a noun": (10, Writer.touch),
    "merge nouns": (2, Writer.merge),
    "appoint": (3, Writer.appoint),
    "list elsewhere": (3, Writer.list_elsewhere),
    "add or remove a redirect": (2, Writer.redirect),
}
