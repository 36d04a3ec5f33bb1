"""The rows that the verbs write for a story, for many stories at once.

A test tells the same stories with the verbs and compares every field.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model, OuterRef, Subquery

from articles.management.corpus.cast import Cast
from articles.management.corpus.plans import REAPPROVED, RESUBMITTED, SAVED, Change, Plan
from articles.models import (
    CONTENT_FIELDS,
    Article,
    ArticleCompany,
    ArticleTopic,
    Byline,
    Edition,
    RelatedStory,
    Revision,
    SavedText,
    Transition,
)
from articles.models.fields import CleanBody
from articles.states import RELEASES, State, Verb, state_after
from articles.text.plain import plain_text, search_text
from articles.workflow.content import Content, column, empty_content
from articles.workflow.editions import Drafted, compose, store, tombstone
from articles.workflow.printed import Nouns


class Told:
    """A story of the corpus with its rows, as far as they are made."""

    def __init__(self, plan: Plan, content: Content) -> None:
        self.plan = plan
        #: What the revisions say, one after the other.
        self.contents = [content]
        if plan.change and plan.change.content:
            self.contents.append(content | plan.change.content)
        self.revisions: list[Revision] = []
        self.drafted: list[Drafted] = []
        self.ledger: list[Transition] = []
        self.article = Article(guid=plan.guid, created_at=plan.started_at, **_columns(self.contents[-1]))

    @property
    def live(self) -> Edition | None:
        """The newest edition."""
        return self.drafted[-1].edition if self.drafted else None

    def save(self, by: Any, at: datetime) -> None:
        """Add the next revision."""
        content = self.contents[len(self.revisions)]
        body = str(content["body"])
        text = SavedText(digest=hashlib.sha256(body.encode()).hexdigest(), html=CleanBody(body))
        rest = {name: value for name, value in content.items() if name != "body"}
        number = len(self.revisions) + 1
        self.revisions.append(
            Revision(article=self.article, number=number, content=rest, text=text, saved_by=by, saved_at=at)
        )

    def move(
        self, verb: Verb, by: Any, at: datetime, edition: Edition | None = None, details: dict[str, Any] | None = None
    ) -> None:
        """Add a line of the ledger."""
        came_from = self.ledger[-1].to_state if self.ledger else ""
        self.ledger.append(
            Transition(
                article=self.article,
                verb=verb,
                from_state=came_from,
                to_state=(came_from and state_after(verb, State(came_from))) or State.DRAFT,
                revision=self.revisions[-1],
                edition=edition,
                edition_number=edition.number if edition else None,
                by=by,
                at=at,
                details=details or {},
            )
        )


class Desk:
    """The staff at work on stories of the corpus."""

    def __init__(self, cast: Cast, nouns: Nouns) -> None:
        self._cast, self._nouns = cast, nouns
        self._empty = empty_content()
        self._approval = {} if settings.FOUR_EYES else {"four_eyes": "off"}

    def write(self, plans: Sequence[Plan], related: dict[int, int]) -> None:
        """Insert all rows of some stories; `related` has the keys of earlier stories by number."""
        stories = [Told(plan, self._empty | self._cast.content(plan)) for plan in plans]
        _insert_articles(stories, self._cast.reporter)
        keys = related | {story.plan.number: story.article.pk for story in stories}
        for story in stories:
            for content in story.contents:
                content["related"] = [keys[number] for number in story.plan.content["related"] if number in keys]
            self._publish(story)
            if story.plan.change:
                self._follow_up(story, story.plan.change)
        _insert_the_rest(stories)

    def _publish(self, story: Told) -> None:
        plan, cast = story.plan, self._cast
        story.save(cast.reporter, plan.started_at)
        story.move(Verb.START, cast.reporter, plan.started_at)
        story.move(Verb.SUBMIT, cast.reporter, plan.submitted_at)
        story.move(Verb.APPROVE, cast.editor, plan.approved_at, details=self._approval)
        self._release(story, Verb.RELEASE, plan.released_at, expires_at=plan.expires_at)

    def _follow_up(self, story: Told, change: Change) -> None:
        cast = self._cast
        if change.verb is Verb.WITHDRAW:
            self._withdraw(story, change)
            return
        story.save(cast.copy_editor, change.at - SAVED)
        story.move(Verb.SAVE, cast.copy_editor, change.at - SAVED)
        story.move(Verb.SUBMIT, cast.copy_editor, change.at - RESUBMITTED)
        story.move(Verb.APPROVE, cast.editor, change.at - REAPPROVED, details=self._approval)
        self._release(story, change.verb, change.at, change.notice)

    def _release(
        self, story: Told, verb: Verb, at: datetime, notice: str = "", expires_at: datetime | None = None
    ) -> None:
        drafted = compose(
            story.article,
            story.revisions[-1],
            kind=RELEASES[verb],
            live_from=at,
            released_at=at,
            notice=notice,
            expires_at=expires_at,
            previous=story.live,
            number=len(story.drafted) + 1,
            nouns=self._nouns,
        )
        story.drafted.append(drafted)
        details: dict[str, Any] = {"kind": RELEASES[verb], "live_from": at}
        details |= {"notice": notice} if notice else {}
        details |= {"expires_at": expires_at} if expires_at else {}
        story.move(verb, self._cast.publisher, at, drafted.edition, details)

    def _withdraw(self, story: Told, change: Change) -> None:
        drafted = tombstone(
            story.drafted[-1].edition,
            number=len(story.drafted) + 1,
            live_from=change.at,
            released_at=change.at,
            notice=change.notice,
        )
        # The revision has no key before it is stored, and `tombstone()` takes over keys.
        drafted.edition.revision = story.revisions[-1]
        story.drafted.append(drafted)
        story.move(Verb.WITHDRAW, self._cast.publisher, change.at, drafted.edition, {"notice": change.notice})


def _columns(content: Content) -> dict[str, Any]:
    """Return what a working copy with this content has in its columns."""
    values = {column(name): content[name] for name in CONTENT_FIELDS}
    search = search_text(content["headline"], content["standfirst"], plain_text(content["body"]))
    return values | {"body": CleanBody(content["body"]), "search_text": search}


def _insert_articles(stories: Sequence[Told], by: Any) -> None:
    """Insert the working copies as the last verb leaves them, but for their revision."""
    for story in stories:
        change = story.plan.change
        story.article.created_by = by
        story.article.state = State.RELEASED
        story.article.changed_at = change.at if change else story.plan.released_at
        story.article.last_edition_number = 2 if change else 1
    Article.objects.bulk_create(story.article for story in stories)


def _insert_the_rest(stories: Sequence[Told]) -> None:
    revisions = [revision for story in stories for revision in story.revisions]
    SavedText.objects.bulk_create((revision.text for revision in revisions), ignore_conflicts=True)
    Revision.objects.bulk_create(revisions)
    last = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("pk")[:1]
    Article.objects.filter(pk__in=[story.article.pk for story in stories]).update(revision=Subquery(last))
    for model in (Byline, ArticleCompany, ArticleTopic, RelatedStory):
        rows: list[Any] = [row for story in stories for row in _lists(story) if isinstance(row, model)]
        model._default_manager.bulk_create(rows)
    store([drafted for story in stories for drafted in story.drafted])
    Transition.objects.bulk_create(row for story in stories for row in story.ledger)


def _lists(story: Told) -> Iterator[Model]:
    """Yield the rows of a working copy's lists."""
    article, content = story.article, story.contents[-1]
    for position, (key, role) in enumerate(content["bylines"]):
        yield Byline(article=article, author_id=key, role=role, position=position)
    for position, (key, role) in enumerate(content["companies"]):
        yield ArticleCompany(article=article, company_id=key, role=role, position=position)
    for position, key in enumerate(content["topics"]):
        yield ArticleTopic(content_object=article, tag_id=key, position=position)
    for position, key in enumerate(content["related"]):
        yield RelatedStory(article=article, story_id=key, position=position)
