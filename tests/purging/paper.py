"""A small paper, all its addresses, and all that can happen to it: for finding out whether a CDN is ever wrong."""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from articles import paths, reading, workflow
from articles.media.library import store_picture
from articles.models import Article, Author, Company, Edition, Image, Person, PersonRole, Redirect, Section, Topic
from articles.states import ReleaseKind, Scheduled
from articles.workflow.status import future_edition, live_edition
from newsroom.roles import Role
from tests import factories

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def addresses() -> list[str]:
    """Return every address that readers have, had or may have one day."""
    nouns = [noun.path for model in (Section, Company, Topic, Author, Person) for noun in model._default_manager.all()]
    editions = {edition.path for edition in Edition.objects.select_related("section")}
    day = timezone.now()
    return [
        *(paths.FRONT, paths.LATEST, paths.CORRECTIONS, paths.FEEDS, paths.SITE_FEED, paths.SITEMAP, paths.ROBOTS),
        *(
            paths.COMPANIES,
            paths.PEOPLE,
            paths.letter(paths.PEOPLE, "p"),
            paths.quote_page("AA"),
            paths.quote_page("NYSE:BB"),
        ),
        *(paths.SITEMAP_NEWS, paths.sitemap_month(day.year, day.month), "/nothing/here/", "/vanity/"),
        *(address for path in nouns for address in (path, paths.feed(path))),
        *sorted(editions),
        *(path.replace("/", "/wrong-", 1) for path in sorted(editions)),
        *(paths.media(str(name)) for name in Image.objects.values_list("file", flat=True)),
    ]


class Paper:
    """Stories that dice act on, through the real verbs."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.by = factories.journalist(Role.ADMINISTRATOR)
        self.sections = [factories.section(name) for name in ("Markets", "World", "Tech")]
        self.companies = [factories.company(f"Company {name}", f"NYSE:{name}") for name in ("AA", "BB")]
        self.topics = [factories.topic(name) for name in ("Rates", "Chips")]
        self.authors = [factories.author(name) for name in ("Ada", "Bo")]
        self.people = [factories.somebody(f"Person {name}") for name in ("Cc", "Dd")]
        for person in self.people:
            for company in self.companies:
                PersonRole.objects.create(person=person, company=company, title="director")
        self.pictures = [self._picture(name) for name in ("one", "two")]
        self.stories: list[Article] = []
        self.done = 0
        for section in self.sections * 2:
            self.stories.append(factories.live(by=self.by, section=section, bylines=[self.authors[0]]))

    def happen(self) -> str:
        """Let something happen, and return what. A verb that is refused is something, too."""
        self.done += 1
        act = self.dice.choice(ACTS)
        with suppress(workflow.Refused, reading.BadCursor):
            act(self)
        return act.__name__

    def release(self) -> None:
        """Write a new story and release it, now or soon."""
        story = factories.draft(by=self.by, **self._content())
        self.stories.append(story)
        self._approve(story)
        workflow.release(story, by=self.by, at=self._soon(), expires_at=self._expiry())

    def rewrite(self) -> None:
        """Change a story that readers have, or release one again that they had."""
        story = self._any()
        workflow.save(story, self._content(), by=self.by)
        self._approve(story)
        options: dict[str, Any] = {"by": self.by, "scheduled": Scheduled.CANCEL, "at": self._soon()}
        if live_edition(story, timezone.now()) is None:
            workflow.release(story, **options)
        elif self.dice.random() < 0.5:
            workflow.correct(story, notice=f"Correction {self.done}.", **options)
        else:
            workflow.refile(story, **options)

    def withdraw(self) -> None:
        """Take a story away."""
        workflow.withdraw(self._any(), by=self.by, notice=f"Withdrawn {self.done}.")

    def expire(self) -> None:
        """Let a story end soon, or never."""
        expires_at = self._expiry() or timezone.now() + 30 * SECOND
        workflow.expire(self._any(), by=self.by, expires_at=expires_at, scheduled=Scheduled.CANCEL)

    def unschedule(self) -> None:
        """Take a schedule back."""
        waiting = [story for story in Article.objects.order_by("pk") if future_edition(story, timezone.now())]
        if waiting:
            workflow.cancel(self.dice.choice(waiting), by=self.by)

    def roll_back(self) -> None:
        """Give readers the text before."""
        workflow.roll_back(self._any(), by=self.by, kind=ReleaseKind.UPDATE, scheduled=Scheduled.CANCEL)

    def rename(self) -> None:
        """Change a noun."""
        noun: Any = self.dice.choice([*self.sections, *self.companies, *self.topics, *self.authors, *self.people])
        noun.refresh_from_db()
        if getattr(noun, "merged_into_id", None) is None:
            noun.name = f"{noun.name.split()[0]} {self.done}"
            noun.save()

    def change_roles(self) -> None:
        """Give somebody another title."""
        PersonRole.objects.filter(person=self.dice.choice(self.people)).update(title=f"title {self.done}")

    def lead_somewhere(self) -> None:
        """Point a vanity address at a noun or a story."""
        targets = {"section": self.dice.choice(self.sections), "article": self.dice.choice(self.stories)}
        name = self.dice.choice(sorted(targets))
        Redirect.objects.update_or_create(
            path="/vanity/", defaults={"section": None, "article": None, name: targets[name]}
        )

    def caption(self) -> None:
        """Change the caption of a picture."""
        Image.objects.filter(pk=self.dice.choice(self.pictures).pk).update(caption=f"Caption {self.done}")

    def write(self) -> None:
        """Change something that readers cannot see."""
        workflow.save(self._any(), {"headline": f"Unseen {self.done}"}, by=self.by)

    def _any(self) -> Article:
        story: Article = Article.objects.get(pk=self.dice.choice(self.stories).pk)
        return story

    def _approve(self, story: Article) -> None:
        if story.state == "draft":
            workflow.submit(story, by=self.by)
        if story.state == "submitted":
            workflow.approve(story, by=factories.person(Role.EDITOR))

    def _soon(self) -> Any:
        return None if self.dice.random() < 0.6 else timezone.now() + self.dice.choice([20, 100, 280]) * SECOND

    def _expiry(self) -> Any:
        return None if self.dice.random() < 0.7 else timezone.now() + self.dice.choice([300, 320, 400]) * SECOND

    def _content(self) -> dict[str, Any]:
        picked = self.dice.sample(self.stories, k=min(len(self.stories), self.dice.choice([0, 0, 1])))
        return {
            "headline": f"Headline {self.done} {len(self.stories)}",
            "standfirst": f"Standfirst {self.done}.",
            "slug": self.dice.choice(["", f"slug-{self.done}"]),
            "section": self.dice.choice(self.sections).pk,
            "companies": _pairs(self.dice.sample(self.companies, k=self.dice.choice([0, 1])), "subject"),
            "persons": [person.pk for person in self.dice.sample(self.people, k=self.dice.choice([0, 1]))],
            "topics": [topic.pk for topic in self.dice.sample(self.topics, k=self.dice.choice([0, 1]))],
            "bylines": _pairs([self.dice.choice(self.authors)], "reporter"),
            "lead_image": self.dice.choice([None, *(picture.pk for picture in self.pictures)]),
            "related": [story.pk for story in picked],
        }

    def _picture(self, name: str) -> Image:
        image = Image(title=name, alt=name, credit=name, file=ContentFile(factories.jpeg(), f"{name}.jpg"))
        store_picture(image)
        return image


def _pairs(nouns: list[Any], role: str) -> list[list[Any]]:
    return [[noun.pk, role] for noun in nouns]


ACTS: list[Callable[[Paper], None]] = [
    *(Paper.release, Paper.release, Paper.rewrite, Paper.rewrite, Paper.rewrite, Paper.withdraw, Paper.expire),
    *(Paper.unschedule, Paper.roll_back),
    *(Paper.rename, Paper.change_roles, Paper.lead_somewhere, Paper.caption, Paper.write),
]
