"""Review: submit, send back, approve, spike, revive."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction

from articles.models import Article
from articles.quality.problems import Problem
from articles.rules import eyes_missing
from articles.states import Verb
from articles.workflow import clock
from articles.workflow.errors import Refused
from articles.workflow.moves import Seen, hand_back, lock, move, record

if TYPE_CHECKING:
    from newsroom.models import Journalist


def submit(article: Article, *, by: "Journalist", reason: str = "", seen: Seen | None = None) -> Article:
    """Hand a draft to the desk for review."""
    return _move(article, Verb.SUBMIT, by, reason, seen)


def send_back(article: Article, *, by: "Journalist", reason: str, seen: Seen | None = None) -> Article:
    """Return a story in review to its writer; the reason says what to do."""
    _need_reason(reason)
    return _move(article, Verb.SEND_BACK, by, reason, seen)


def approve(article: Article, *, by: "Journalist", reason: str = "", seen: Seen | None = None) -> Article:
    """Approve the revision in review. Nobody approves what they submitted or what has their byline."""
    details: dict[str, Any] = {}
    if not settings.FOUR_EYES:
        details["four_eyes"] = "off"
        missing = eyes_missing(by, article)
        if missing:
            details["own_work"] = True
    return _move(article, Verb.APPROVE, by, reason, seen, details)


def spike(article: Article, *, by: "Journalist", reason: str, seen: Seen | None = None) -> Article:
    """Put a working copy aside. What readers see, and what is scheduled for them, stays as it is."""
    _need_reason(reason)
    return _move(article, Verb.SPIKE, by, reason, seen)


def revive(article: Article, *, by: "Journalist", reason: str = "", seen: Seen | None = None) -> Article:
    """Make a spiked story a draft again."""
    return _move(article, Verb.REVIVE, by, reason, seen)


def _need_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused([Problem("reason", "Say why: the reason goes into the story's history.")])


def _move(
    article: Article,
    verb: Verb,
    by: "Journalist",
    reason: str,
    seen: Seen | None,
    details: dict[str, Any] | None = None,
) -> Article:
    seen = seen or Seen.of(article)
    with transaction.atomic():
        fresh = lock([article])[article.pk]
        # A journalist who has waited for the lock comes later than the one waited for, in the ledger too.
        now = clock.now()
        came_from = fresh.state
        move(fresh, verb, by=by, seen=seen, at=now)
        record(fresh, verb, by=by, at=now, came_from=came_from, reason=reason.strip(), details=details)
    hand_back(article, fresh)
    return article
