"""Verbs on what is already out or scheduled: reschedule, cancel, expire, withdraw, roll back.

They leave the working copy alone, whatever state it is in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Edition
from articles.quality import Problem
from articles.states import NOTIFIED, PublicStatus, ReleaseKind, Scheduled, Verb
from articles.text.plain import clean_text
from articles.workflow import clock
from articles.workflow.editions import TICK, Drafted, copy, moved, store, tombstone
from articles.workflow.errors import refuse_if
from articles.workflow.moves import Seen, hand_back, lock, move, record
from articles.workflow.scheduled import cancel_waiting, waiting_problems
from articles.workflow.status import current_edition, future_edition, status_of, text_before
from articles.workflow.timing import (
    CANCEL_MARGIN,
    earliest,
    expiry_problems,
    flip_problems,
    in_utc,
    instant_problems,
    next_instant,
)

if TYPE_CHECKING:
    from newsroom.models import Journalist

_WITHDRAWAL = ReleaseKind.WITHDRAWAL.value
_NOTHING_SCHEDULED = "Nothing is scheduled for this story."


def reschedule(
    article: Article, *, by: "Journalist", at: datetime, reason: str = "", seen: Seen | None = None
) -> Edition:
    """Move the scheduled edition to another instant, by cancelling it and making it anew."""
    at = in_utc(at)
    with _under_lock(article, Verb.RESCHEDULE, by, seen) as story:
        future = story.future
        problems = [*story.nothing_scheduled(), *flip_problems(future, story.now)]
        problems += instant_problems(at, story.now, story.embargo_at())
        if future is not None:
            problems += expiry_problems(future.expires_at, earliest(at, story.now))
        refuse_if(problems)
        assert future is not None  # noqa: S101  nothing_scheduled() has refused
        live_from = next_instant(at, story.now, [story.current])
        new = moved(future, live_from, number=story.number(), released_at=story.now)
        was = future.live_from
        story.cancel(future, reason, Verb.RESCHEDULE)
        return story.put(new, Verb.RESCHEDULE, reason, {"live_from": live_from, "was": was})


def cancel(article: Article, *, by: "Journalist", reason: str = "", seen: Seen | None = None) -> Article:
    """Take the scheduled edition back. Refused within five seconds of its instant: withdraw instead."""
    with _under_lock(article, Verb.CANCEL, by, seen) as story:
        refuse_if([*story.nothing_scheduled(), *flip_problems(story.future, story.now)])
        if story.future is not None:
            story.cancel(story.future, reason, Verb.CANCEL)
            # Use up a number, by which whoever still sees the schedule is told that it has changed.
            story.number()
    return article


def expire(
    article: Article,
    *,
    by: "Journalist",
    expires_at: datetime | None,
    scheduled: Scheduled = Scheduled.REFUSE,
    reason: str = "",
    seen: Seen | None = None,
) -> Edition:
    """Set, move or take away the instant from which readers no longer have the story.

    For a live or expired story this is a new edition of the same words; with `Scheduled.CARRY` the scheduled edition
    expires then too. For a story that is only scheduled, the scheduled edition gets the expiry.
    """
    expires_at = in_utc(expires_at)
    with _under_lock(article, Verb.EXPIRE, by, seen) as story:
        refuse_if(_expire_problems(story, expires_at, scheduled))
        details: dict[str, Any] = {"expires_at": expires_at}
        current, future = story.not_withdrawn(), story.future
        if current is None:
            assert future is not None  # noqa: S101  _expire_problems() has refused
            new = copy(future, number=story.number(), released_at=story.now, expires_at=expires_at)
            story.cancel(future, reason, Verb.EXPIRE)
            return story.put(new, Verb.EXPIRE, reason, details)
        live_from = next_instant(None, story.now, [current])
        new = copy(
            current,
            number=story.number(),
            released_at=story.now,
            release_kind=ReleaseKind.REFILE,
            notice="",
            live_from=live_from,
            expires_at=max(expires_at, live_from) if expires_at else None,
        )
        if future is not None:
            carried = None
            if scheduled == Scheduled.CARRY:
                carried = copy(future, number=story.number(), released_at=story.now, expires_at=expires_at)
            story.cancel(future, reason, Verb.EXPIRE)
            if carried is not None:
                details["carried_into"] = store([carried])[0].number
        return story.put(new, Verb.EXPIRE, reason, details)


def withdraw(article: Article, *, by: "Journalist", notice: str, reason: str = "", seen: Seen | None = None) -> Edition:
    """Take a story away from readers, who get the notice in its place. Always cancels what is scheduled.

    Within five seconds of a scheduled flip the scheduled edition can no longer be deleted, because a reader may see it
    before this commits. It stays, and a second tombstone follows it in the same instant.
    """
    with _under_lock(article, Verb.WITHDRAW, by, seen) as story:
        refuse_if(_withdraw_problems(story, notice))
        current, future = story.current, story.future
        flips = future is not None and future.live_from - story.now < CANCEL_MARGIN
        if future is not None and not flips:
            story.cancel(future, reason, Verb.WITHDRAW)
        edition = None
        if flips and future is not None:
            last = story.grave(future, future.live_from + TICK, notice)
            edition = story.put(last, Verb.WITHDRAW, reason, {"notice": clean_text(notice), "after_flip": True})
        if current is not None and story.not_withdrawn():
            first = story.grave(current, next_instant(None, story.now, [current]), notice)
            edition = story.put(first, Verb.WITHDRAW, reason, {"notice": clean_text(notice)})
        assert edition is not None  # noqa: S101  _withdraw_problems() has refused
        return edition


def roll_back(
    article: Article,
    *,
    by: "Journalist",
    kind: ReleaseKind,
    notice: str = "",
    scheduled: Scheduled = Scheduled.REFUSE,
    reason: str = "",
    seen: Seen | None = None,
) -> Edition:
    """Give readers the text they had before the present one, as a new edition of `kind`.

    What is scheduled is cancelled (or refused to be): it was written upon the text that is taken back.
    """
    with _under_lock(article, Verb.ROLL_BACK, by, seen) as story:
        before = text_before(article.editions.filter(live_from__lte=story.now).order_by("live_from"))
        refuse_if(_roll_back_problems(story, before, kind, notice, scheduled))
        assert before is not None  # noqa: S101  _roll_back_problems() has refused
        assert story.current is not None  # noqa: S101
        live_from = next_instant(None, story.now, [story.current])
        notice = clean_text(notice)
        told = [{"kind": kind.value, "text": notice, "at": live_from.isoformat()}] if notice else []
        new = copy(
            before,
            number=story.number(),
            released_at=story.now,
            release_kind=kind,
            notice=notice,
            notices=[*story.current.notices, *told],
            live_from=live_from,
            updated_at=story.current.updated_at if kind is ReleaseKind.REFILE else live_from,
            expires_at=story.current.expires_at,
        )
        if story.future is not None:
            story.cancel(story.future, reason, Verb.ROLL_BACK)
        return story.put(new, Verb.ROLL_BACK, reason, {"kind": kind, "notice": notice, "to": before.number})


@dataclass(slots=True)
class _Story:
    """A story under lock, with what readers have and what waits for them."""

    article: Article
    by: "Journalist"
    now: datetime
    current: Edition | None
    future: Edition | None

    def number(self) -> int:
        """Return the next edition number."""
        self.article.last_edition_number += 1
        return self.article.last_edition_number

    def not_withdrawn(self) -> Edition | None:
        """Return the newest edition whose instant has come, or None when it is a withdrawal."""
        if self.current is None or status_of(self.current, self.now) is PublicStatus.WITHDRAWN:
            return None
        return self.current

    def embargo_at(self) -> datetime | None:
        """Return the embargo on what is scheduled: its own, or a later one that the desk has learned of since."""
        known = (self.article.embargo_at, self.future.embargo_at if self.future else None)
        return max((instant for instant in known if instant is not None), default=None)

    def nothing_scheduled(self) -> list[Problem]:
        return [] if self.future else [Problem("", _(_NOTHING_SCHEDULED))]

    def cancel(self, future: Edition, reason: str, because: Verb) -> None:
        cancel_waiting(self.article, future, by=self.by, at=self.now, reason=reason, because=because)

    def grave(self, edition: Edition, live_from: datetime, notice: str) -> Drafted:
        return tombstone(edition, number=self.number(), live_from=live_from, released_at=self.now, notice=notice)

    def put(self, drafted: Drafted, verb: Verb, reason: str, details: dict[str, Any]) -> Edition:
        """Insert an edition and write its ledger row."""
        edition = store([drafted])[0]
        record(
            self.article,
            verb,
            by=self.by,
            at=self.now,
            came_from=self.article.state,
            revision=edition.revision,
            edition=edition,
            reason=reason,
            details=details,
        )
        return edition


@contextmanager
def _under_lock(article: Article, verb: Verb, by: "Journalist", seen: Seen | None) -> Iterator[_Story]:
    seen = seen or Seen.of(article)
    with transaction.atomic():
        fresh = lock([article])[article.pk]
        now = clock.now()
        move(fresh, verb, by=by, seen=seen, at=now)
        yield _Story(fresh, by, now, current_edition(fresh, now), future_edition(fresh, now))
        Article.objects.filter(pk=fresh.pk).update(last_edition_number=fresh.last_edition_number)
    hand_back(article, fresh)


def _expire_problems(story: _Story, expires_at: datetime | None, scheduled: Scheduled) -> list[Problem]:
    current, future = story.not_withdrawn(), story.future
    if current is None and future is None:
        return [Problem("", _("Readers do not have this story. There is nothing to expire."))]
    if current is None:
        return [
            *flip_problems(future, story.now),
            *expiry_problems(expires_at, future.live_from if future else story.now),
        ]
    problems = waiting_problems(future, scheduled, story.now, is_live=True)
    if scheduled == Scheduled.CARRY and future is not None:
        problems += expiry_problems(expires_at, future.live_from)
    # "Now" is when the form was opened. A time without a zone has been named above.
    past = instant_problems(expires_at, story.now, field="expires_at")
    return [*problems, *(problem for problem in past if problem not in problems)]


def _withdraw_problems(story: _Story, notice: str) -> list[Problem]:
    problems = (
        [] if clean_text(notice) else [Problem("notice", _("Tell readers why the story is gone: write the notice."))]
    )
    is_gone, future = story.not_withdrawn() is None, story.future
    # Behind a scheduled edition that could no longer be taken back, too.
    if story.article.editions.order_by("live_from").values_list("release_kind", flat=True).last() == _WITHDRAWAL:
        problems.append(Problem("", _("The story has already been withdrawn.")))
    elif is_gone and (future is None or future.live_from - story.now >= CANCEL_MARGIN):
        problems.append(Problem("", _("Readers do not have this story. Cancel its schedule instead.")))
    return problems


def _roll_back_problems(
    story: _Story, before: Edition | None, kind: ReleaseKind, notice: str, scheduled: Scheduled
) -> list[Problem]:
    if story.current is None or status_of(story.current, story.now) is not PublicStatus.LIVE:
        return [Problem("", _("Readers do not have this story. Release it instead."))]
    problems = []
    if before is None:
        problems.append(Problem("", _("There is no earlier text to go back to. Withdraw the story instead.")))
    if kind in (ReleaseKind.PUBLICATION, ReleaseKind.WITHDRAWAL):
        problems.append(Problem("kind", _("Choose correction, clarification, update or refile.")))
    if kind in NOTIFIED and not clean_text(notice):
        problems.append(Problem("notice", _("Tell readers what was wrong: write the notice.")))
    if scheduled == Scheduled.CARRY:
        text = _("The scheduled text builds on what you take back. Cancel it.")
        problems.append(Problem("scheduled", text))
    return problems + waiting_problems(story.future, scheduled, story.now, is_live=True)
