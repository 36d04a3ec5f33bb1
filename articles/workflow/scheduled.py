"""The one edition that may wait: cancelled, or carried along, when another one overtakes it.

Without this, a scheduled update would bring a withdrawn story back, or drop a correction.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from articles.models import CONTENT_FIELDS, Article, Edition
from articles.quality.problems import Problem
from articles.states import ReleaseKind, Scheduled, Verb
from articles.text.merge import merge_bodies, merge_values
from articles.workflow.content import LISTS, Content
from articles.workflow.editions import Drafted, compose
from articles.workflow.moves import record
from articles.workflow.printed import Nouns
from articles.workflow.timing import flip_problems, said
from articles.workflow.writing import add_revision

if TYPE_CHECKING:
    from newsroom.models import Journalist


def waiting_problems(future: Edition | None, choice: Scheduled, now: datetime, *, is_live: bool) -> list[Problem]:
    """Return what stands in the way of overtaking a scheduled edition."""
    if future is None:
        return []
    if choice == Scheduled.REFUSE:
        text = _(
            "Another release of this story is scheduled for %s. "
            "Say whether to cancel it or to carry this change into it."
        )
        return [Problem("scheduled", text % said(future.live_from))]
    if choice == Scheduled.CARRY and not is_live:
        text = _("Readers do not have this story yet, so there is nothing to carry over. Cancel the scheduled release.")
        return [Problem("scheduled", text)]
    return flip_problems(future, now)


def cancel_waiting(
    article: Article, future: Edition, *, by: "Journalist", at: datetime, reason: str, because: Verb
) -> None:
    """Delete a future edition and say so in the ledger: the edition before it is simply still live."""
    details = {
        "live_from": future.live_from,
        "kind": future.release_kind,
        "notice": future.notice,
        "because": because,
    }
    record(
        article,
        Verb.CANCEL,
        by=by,
        at=at,
        came_from=article.state,
        revision=future.revision,
        edition=future,
        reason=reason,
        details=details,
    )
    future.cancel_future(at)


def carry(
    article: Article,
    merged: Content,
    *,
    overtaking: Edition,
    future: Edition,
    by: "Journalist",
    at: datetime,
    number: int,
) -> Drafted:
    """Return the scheduled edition with a change that goes out before it; nothing is written but a revision.

    `merged` is the content of `merge_content()`.
    """
    revision = add_revision(article, merged, by=by, at=at)
    return compose(
        article,
        revision,
        kind=ReleaseKind(future.release_kind),
        notice=future.notice,
        live_from=future.live_from,
        released_at=at,
        expires_at=future.expires_at,
        previous=overtaking,
        number=number,
    )


def merge_content(base: Content, change: Content, waiting: Content) -> tuple[Content, list[Problem]]:
    """Return `waiting` with what `change` changed in `base`, and a problem for every field both changed.

    A three-way merge of the live text, the change and the scheduled text.
    """
    nouns = Nouns.of([base, change, waiting])
    base, change, waiting = (nouns.follow_merges(content) for content in (base, change, waiting))
    merged: Content = {}
    problems = []
    for name in (*CONTENT_FIELDS, *LISTS):
        if name == "body":
            body = merge_bodies(base[name], change[name], waiting[name])
            merged[name], conflict = body.html, bool(body.conflicts)
        else:
            value = merge_values(base[name], change[name], waiting[name])
            merged[name], conflict = value.value, value.is_conflict
        if conflict:
            text = _("The scheduled release changes the same words (%s). Cancel it, or change the working copy first.")
            problems.append(Problem("scheduled", text % name.replace("_", " ")))
    return merged, problems
