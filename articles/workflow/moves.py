"""What every verb does first: lock the stories in key order, then move them by compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.models import Article, Revision, Transition
from articles.rules import why_not
from articles.states import ON_EDITIONS, State, Verb, state_after
from articles.workflow.errors import NotAllowed, StaleArticle


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody looked at when they decided: the state, the revision's primary key and the last edition's number.

    The edition matters to verbs that act on editions: two publishers who roll back at once go back one text, not two.
    None leaves it out.
    """

    state: str
    revision_id: int | None
    edition_number: int | None = None

    @classmethod
    def of(cls, article: Article) -> "Seen":
        """Return what an instance shows, which may be older than the database."""
        return cls(article.state, article.revision_id, article.last_edition_number)

    def is_still(self, article: Article, verb: Verb) -> bool:
        """Say whether the story is still what was looked at, as far as `verb` minds."""
        if (self.state, self.revision_id) != (article.state, article.revision_id):
            return False
        return verb not in ON_EDITIONS or self.edition_number in (None, article.last_edition_number)


def lock(articles: Sequence[Article]) -> dict[int, Article]:
    """Lock stories in key order, so that two bundles never wait for each other, and return them fresh by key.

    On SQLite the transaction itself is the lock: `atomic()` begins IMMEDIATE there.
    """
    keys = sorted({article.pk for article in articles})
    rows = Article.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def check(article: Article, verb: Verb, *, by: Any, seen: Seen) -> None:
    """Raise `NotAllowed` when the rules forbid the verb, and `StaleArticle` when the story is not what `by` looked at.

    `article` is fresh from `lock()`.
    """
    is_stale = not seen.is_still(article, verb)
    reason = why_not(by, Verb.OPEN if is_stale else verb, article)
    if reason:
        raise NotAllowed(reason)
    if is_stale:
        raise StaleArticle(article)


def move(article: Article, verb: Verb, *, by: Any, seen: Seen, at: datetime) -> Article:
    """Move one locked story along the table of moves: the first write of every verb.

    `article` is fresh from `lock()`. Raises what `check()` raises. Returns the story in its new state.
    """
    check(article, verb, by=by, seen=seen)
    after = state_after(verb, State(article.state))
    moved = Article.objects.filter(pk=article.pk, state=seen.state, revision=seen.revision_id).update(
        state=after, changed_at=at
    )
    if not moved:
        raise StaleArticle(Article.objects.get(pk=article.pk))
    article.state, article.changed_at = State(after or article.state), at
    return article


def record(
    article: Article,
    verb: Verb,
    *,
    by: Any,
    at: datetime,
    came_from: str,
    revision: Revision | None = None,
    edition: Any = None,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> Transition:
    """Write a line of the ledger."""
    return Transition.objects.create(
        article=article,
        verb=verb,
        from_state=came_from,
        to_state=article.state,
        revision_id=revision.pk if revision else article.revision_id,
        edition_id=edition.pk if edition else None,
        edition_number=edition.number if edition else None,
        by=by,
        at=at,
        reason=reason,
        details=details or {},
    )


def hand_back(target: Article, fresh: Article) -> None:
    """Bring the caller's instance up to date with what a verb has written."""
    for field in Article._meta.concrete_fields:
        setattr(target, field.attname, getattr(fresh, field.attname))
    for name in ("section", "source", "lead_image", "follows", "translation_of", "revision"):
        target._state.fields_cache.pop(name, None)
    if "revision" in fresh._state.fields_cache:
        target.revision = fresh.revision
    vars(target).pop("_prefetched_objects_cache", None)
