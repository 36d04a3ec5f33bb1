"""The rows that the verbs write for a story, for many stories at once; not the fragments, which can be made again.

A test tells the same stories with the verbs and compares every field.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from articles.management.corpus.cast import Cast
from articles.management.corpus.plans import REAPPROVED, RESUBMITTED, SAVED, Plan
from articles.management.corpus.tables import Table
from articles.management.corpus.words import Block
from articles.models import (
    CONTENT_FIELDS,
    Article,
    ArticleCompany,
    ArticleTopic,
    Byline,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionTopic,
    RelatedStory,
    Revision,
    SavedText,
    Transition,
)
from articles.models.word import Word
from articles.states import NOTIFIED, RELEASES, ReleaseKind, State, Verb, state_after
from articles.workflow.content import Content, empty_content
from articles.workflow.printed import Nouns

#: In the order in which rows are inserted. Of the first ones the keys are known beforehand, for others name them.
_KEYED = (Article, Revision, Edition)
_MODELS: tuple[type[Model], ...] = (
    *(Article, Word, Byline, ArticleCompany, ArticleTopic, RelatedStory, SavedText, Revision),
    *(Edition, EditionAuthor, EditionCompany, EditionTopic, Transition),
)
type Rows = dict[type[Model], list[list[Any]]]
#: What a withdrawal keeps of the edition before it.
_KEPT = ("article", "revision", "guid", "public_key", "slug", "section", "language", "kind", "search_engines")


class Desk:
    """The staff at work on stories of the corpus."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.nouns = cast, Nouns.of(cast.everything())
        self.empty = empty_content()
        self.approval: dict[str, Any] = {} if settings.FOUR_EYES else {"four_eyes": "off"}
        self._tables = {model: Table(model, keyed=model in (*_KEYED, SavedText)) for model in _MODELS}

    def tell(self, plans: Sequence[Plan], related: Mapping[int, int]) -> Rows:
        """Return all rows of some stories; `related` has the keys of stories that are there already, by number."""
        texts = sum(1 + bool(plan.change and plan.change.content) for plan in plans)
        editions = sum(1 + (plan.change is not None) for plan in plans)
        counts = zip(_KEYED, (len(plans), texts, editions), strict=True)
        keys = {model: iter(self._tables[model].reserve(count)) for model, count in counts}
        stories, rows = dict(related), {model: list[list[Any]]() for model in _MODELS}
        for plan in plans:
            stories[plan.number] = next(keys[Article])
            story = _Story(self, plan, self.empty | self.cast.content(plan, stories), stories[plan.number], keys)
            for model, values in story.told():
                rows[model].append(self._tables[model].row(values))
        return rows

    def store(self, rows: Rows) -> None:
        """Insert the rows that were told, in a transaction of the caller."""
        for model in _MODELS:
            new = _new_texts(rows[model]) if model is SavedText else rows[model]
            self._tables[model].insert(new)


def _new_texts(rows: Sequence[list[Any]]) -> list[list[Any]]:
    """Return the bodies that are not there yet, each once."""
    by_digest = {row[0]: row for row in rows}
    for digest in SavedText.objects.filter(digest__in=by_digest).values_list("digest", flat=True):
        del by_digest[digest]
    return list(by_digest.values())


class _Story:
    """A story on its way through the desk."""

    def __init__(
        self, desk: Desk, plan: Plan, content: Content, key: int, keys: Mapping[type[Model], Iterator[int]]
    ) -> None:
        self._desk, self._plan, self._key, self._keys = desk, plan, key, keys
        self._content = content
        self._blocks: Sequence[Block] = plan.blocks
        self._texts, self._revision = 0, 0
        self._state = ""
        self._edition: dict[str, Any] = {}
        self._rows: list[tuple[type[Model], dict[str, Any]]] = []

    def told(self) -> list[tuple[type[Model], dict[str, Any]]]:
        """Return the values of all rows of the story, with their models."""
        cast, plan, change = self._desk.cast, self._plan, self._plan.change
        self._save(Verb.START, cast.reporter, plan.started_at)
        self._move(Verb.SUBMIT, cast.reporter, plan.submitted_at)
        self._move(Verb.APPROVE, cast.editor, plan.approved_at, self._desk.approval)
        self._release(Verb.RELEASE, plan.released_at, expires_at=plan.expires_at)
        if change and change.verb is Verb.WITHDRAW:
            self._withdraw(change.at, change.notice)
        elif change:
            self._content, self._blocks = self._content | change.content, change.blocks
            self._save(Verb.SAVE, cast.copy_editor, change.at - SAVED)
            self._move(Verb.SUBMIT, cast.copy_editor, change.at - RESUBMITTED)
            self._move(Verb.APPROVE, cast.editor, change.at - REAPPROVED, self._desk.approval)
            self._release(change.verb, change.at, change.notice)
        self._rows.append((Article, self._working_copy()))
        found_by = plan.headline.words | {plan.public_key}
        self._rows += [(Word, {"noun": "article", "key": self._key, "word": word}) for word in sorted(found_by)]
        self._rows += self._lists()
        return self._rows

    def _working_copy(self) -> dict[str, Any]:
        plan = self._plan
        folded = (plan.headline.folded, plan.standfirst.folded, *(block.folded for block in self._blocks))
        return {
            **{name: self._content[name] for name in CONTENT_FIELDS},
            "id": self._key,
            "guid": plan.guid,
            "state": State(self._state).value,
            "revision": self._revision,
            "last_edition_number": self._edition["number"],
            "created_by": self._desk.cast.reporter.pk,
            "created_at": plan.started_at,
            "changed_at": self._edition["released_at"],
            "search_text": " ".join(folded),
        }

    def _save(self, verb: Verb, by: Any, at: datetime) -> None:
        """Make the next revision."""
        body, rest = self._content["body"], {name: self._content[name] for name in self._content if name != "body"}
        digest = hashlib.sha256(body.encode()).hexdigest()
        self._texts, self._revision = self._texts + 1, next(self._keys[Revision])
        self._rows.append((SavedText, {"digest": digest, "html": body}))
        values = {"id": self._revision, "article": self._key, "number": self._texts, "content": rest, "text": digest}
        self._rows.append((Revision, values | {"saved_by": by.pk, "saved_at": at}))
        self._move(verb, by, at)

    def _move(self, verb: Verb, by: Any, at: datetime, details: dict[str, Any] | None = None) -> None:
        """Make the next line of the ledger."""
        came_from = self._state
        after = state_after(verb, State(came_from)) if came_from else None
        self._state = (after or State(came_from or State.DRAFT)).value
        is_edition = verb in RELEASES or verb is Verb.WITHDRAW
        values = {
            "article": self._key,
            "verb": verb.value,
            "from_state": came_from,
            "to_state": self._state,
            "revision": self._revision,
            "edition": self._edition["id"] if is_edition else None,
            "edition_number": self._edition["number"] if is_edition else None,
            "by": by.pk,
            "at": at,
            "details": details or {},
        }
        self._rows.append((Transition, values))

    def _release(self, verb: Verb, at: datetime, notice: str = "", expires_at: datetime | None = None) -> None:
        kind, content, before = RELEASES[verb], self._content, self._edition
        notices = list(before.get("notices", ()))
        if kind in NOTIFIED or notice:
            notices.append({"kind": kind.value, "text": notice, "at": at.isoformat()})
        self._edition = {
            **{name: content[name] for name in CONTENT_FIELDS},
            "id": next(self._keys[Edition]),
            "article": self._key,
            "revision": self._revision,
            "guid": self._plan.guid,
            "slug": self._plan.headline.slug,
            "number": before.get("number", 0) + 1,
            "release_kind": kind.value,
            "notice": notice,
            "notices": notices,
            **_in_words(self._blocks),
            "printed": self._desk.nouns.printed(content),
            "first_published_at": before.get("first_published_at", at),
            "updated_at": before["updated_at"] if kind is ReleaseKind.REFILE else at,
            "live_from": at,
            "expires_at": expires_at,
            "released_at": at,
        }
        self._rows.append((Edition, self._edition))
        self._rows += self._index()
        details: dict[str, Any] = {"kind": kind.value, "live_from": at}
        details |= {"notice": notice} if notice else {}
        details |= {"expires_at": expires_at} if expires_at else {}
        self._move(verb, self._desk.cast.publisher, at, details)

    def _withdraw(self, at: datetime, notice: str) -> None:
        before = self._edition
        kind = ReleaseKind.WITHDRAWAL.value
        self._edition = {
            **{name: before[name] for name in _KEPT},
            "id": next(self._keys[Edition]),
            "number": before["number"] + 1,
            "release_kind": kind,
            "notice": notice,
            "notices": [*before["notices"], {"kind": kind, "text": notice, "at": at.isoformat()}],
            "first_published_at": before["first_published_at"],
            "updated_at": at,
            "live_from": at,
            "released_at": at,
        }
        self._rows.append((Edition, self._edition))
        self._move(Verb.WITHDRAW, self._desk.cast.publisher, at, {"notice": notice})

    def _index(self) -> Iterator[tuple[type[Model], dict[str, Any]]]:
        """Yield the rows that lead from nouns to the newest edition."""
        content, edition = self._content, self._edition
        same = {"article": self._key, "first_published_at": edition["first_published_at"]}
        for position, (key, role) in enumerate(content["bylines"]):
            yield EditionAuthor, {**same, "edition": edition["id"], "author": key, "role": role, "position": position}
        for position, (key, role) in enumerate(content["companies"]):
            yield EditionCompany, {**same, "edition": edition["id"], "company": key, "role": role, "position": position}
        for position, key in enumerate(content["topics"]):
            yield EditionTopic, {**same, "content_object": edition["id"], "tag": key, "position": position}

    def _lists(self) -> Iterator[tuple[type[Model], dict[str, Any]]]:
        """Yield the rows of the working copy's lists."""
        content, article = self._content, self._key
        for position, (key, role) in enumerate(content["bylines"]):
            yield Byline, {"article": article, "author": key, "role": role, "position": position}
        for position, (key, role) in enumerate(content["companies"]):
            yield ArticleCompany, {"article": article, "company": key, "role": role, "position": position}
        for position, key in enumerate(content["topics"]):
            yield ArticleTopic, {"content_object": article, "tag": key, "position": position}
        for position, key in enumerate(content["related"]):
            yield RelatedStory, {"article": article, "story": key, "position": position}


def _in_words(blocks: Sequence[Block]) -> dict[str, Any]:
    """Return the text of a body without tags, and its number of words."""
    return {
        "plain_text": "\n".join(block.plain for block in blocks),
        "word_count": sum(block.words for block in blocks),
    }
