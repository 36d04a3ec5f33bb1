"""Releasing: for the first time, and everything that replaces what readers have.

A single release is a bundle of one: all its stories are locked, moved and checked before any edition is written, and
share one `live_from`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Edition
from articles.quality import Problem, release_problems
from articles.states import CHANGES, IN_PROGRESS, NOTIFIED, RELEASES, ReleaseKind, Scheduled, State, Verb
from articles.text.plain import clean_text
from articles.workflow import clock
from articles.workflow.editions import Drafted, compose, content_of, store
from articles.workflow.errors import refuse_if
from articles.workflow.moves import Seen, hand_back, lock, move, record
from articles.workflow.scheduled import cancel_waiting, carry, waiting_problems
from articles.workflow.status import current_edition, future_edition, live_edition
from articles.workflow.timing import expiry_problems, instant_problems, next_instant

if TYPE_CHECKING:
    from newsroom.models import Journalist


@dataclass(frozen=True, slots=True)
class Release:
    """A story's part in a bundle."""

    article: Article
    verb: Verb = Verb.RELEASE
    notice: str = ""
    expires_at: datetime | None = None
    seen: Seen | None = None

    @property
    def kind(self) -> ReleaseKind:
        """The kind of edition this makes."""
        return RELEASES[self.verb]


def release(
    article: Article,
    *,
    by: "Journalist",
    at: datetime | None = None,
    expires_at: datetime | None = None,
    scheduled: Scheduled = Scheduled.REFUSE,
    reason: str = "",
    seen: Seen | None = None,
) -> Edition:
    """Put the approved revision before readers, now or at `at`.

    Raises `Refused` with every problem at once, `StaleArticle` and `NotAllowed`.
    """
    part = Release(article, expires_at=expires_at, seen=seen)
    return release_bundle([part], by=by, at=at, scheduled=scheduled, reason=reason)[0]


def correct(article: Article, *, by: "Journalist", notice: str, **options: Any) -> Edition:
    """Release a correction: a fact was wrong, and the notice says which. Options are those of `change()`."""
    return change(article, Verb.CORRECT, by=by, notice=notice, **options)


def clarify(article: Article, *, by: "Journalist", notice: str, **options: Any) -> Edition:
    """Release a clarification: true, but misleading. Options are those of `change()`."""
    return change(article, Verb.CLARIFY, by=by, notice=notice, **options)


def update(article: Article, *, by: "Journalist", **options: Any) -> Edition:
    """Release new facts. Options are those of `change()`."""
    return change(article, Verb.UPDATE, by=by, **options)


def refile(article: Article, *, by: "Journalist", **options: Any) -> Edition:
    """Release typos, links or an address put right; "updated" does not move. Options are those of `change()`."""
    return change(article, Verb.REFILE, by=by, **options)


def change(
    article: Article,
    verb: Verb,
    *,
    by: "Journalist",
    notice: str = "",
    at: datetime | None = None,
    expires_at: datetime | None = None,
    scheduled: Scheduled = Scheduled.REFUSE,
    reason: str = "",
    seen: Seen | None = None,
) -> Edition:
    """Replace what readers have by the approved revision. An expiry that is not given stays as it is."""
    if expires_at is None:
        live = live_edition(article, clock.now())
        expires_at = live.expires_at if live else None
    part = Release(article, verb, notice=notice, expires_at=expires_at, seen=seen)
    return release_bundle([part], by=by, at=at, scheduled=scheduled, reason=reason)[0]


def release_bundle(
    releases: Sequence[Release],
    *,
    by: "Journalist",
    at: datetime | None = None,
    scheduled: Scheduled = Scheduled.REFUSE,
    reason: str = "",
) -> list[Edition]:
    """Release several stories that flip together at one instant, or none of them."""
    with transaction.atomic():
        fresh = lock([part.article for part in releases])
        now = clock.now()
        plans = [_Plan(part, fresh[part.article.pk], by, now) for part in releases]
        problems = [problem for plan in plans for problem in plan.problems(at, scheduled, named=len(plans) > 1)]
        refuse_if(problems)
        live_from = next_instant(at, now, [plan.current for plan in plans])
        editions = store([plan.drafted(live_from) for plan in plans])
        bundle = sorted(fresh) if len(plans) > 1 else []
        for plan, edition in zip(plans, editions, strict=True):
            plan.finish(edition, scheduled, reason, bundle)
    for plan in plans:
        hand_back(plan.part.article, plan.article)
    return editions


@dataclass(slots=True)
class _Plan:
    """One story on its way out, under lock."""

    part: Release
    article: Article
    by: "Journalist"
    now: datetime
    came_from: str = field(init=False)
    current: Edition | None = field(init=False)
    live: Edition | None = field(init=False)
    future: Edition | None = field(init=False)

    def __post_init__(self) -> None:
        self.came_from = self.article.state
        seen = self.part.seen or Seen.of(self.part.article)
        move(self.article, self.part.verb, by=self.by, seen=seen, at=self.now)
        self.current = current_edition(self.article, self.now)
        self.live = live_edition(self.article, self.now)
        self.future = future_edition(self.article, self.now)

    def problems(self, at: datetime | None, scheduled: Scheduled, *, named: bool) -> list[Problem]:
        """Return everything that is in the way; in a bundle each problem names its story."""
        live_from = max(at or self.now, self.now)
        found = [
            *self._kind_problems(),
            *instant_problems(at, self.now, self.article.embargo_at),
            *expiry_problems(self.part.expires_at, live_from),
            *waiting_problems(self.future, scheduled, self.now, is_live=self.live is not None),
            *release_problems(content_of(self._revision)),
        ]
        if scheduled == Scheduled.CARRY and self.future is not None and live_from >= self.future.live_from:
            found.append(Problem("at", _("The scheduled release is earlier than this. Choose a time before it.")))
        return [Problem(item.field, f"{self.article}: {item.message}") for item in found] if named else found

    def _kind_problems(self) -> list[Problem]:
        if self.part.verb in CHANGES and self.live is None:
            return [Problem("", _("Readers do not have this story. Release it instead."))]
        if self.part.verb is Verb.RELEASE and self.live is not None:
            text = _(
                "Readers already have this story. "
                "Release the new text as a correction, clarification, update or refile."
            )
            return [Problem("", text)]
        if self.part.kind in NOTIFIED and not clean_text(self.part.notice):
            return [Problem("notice", _("Tell readers what was wrong: write the notice."))]
        return []

    @property
    def _revision(self) -> Any:
        return self.article.revision

    def drafted(self, live_from: datetime) -> Drafted:
        """Return the edition to insert."""
        self.article.last_edition_number += 1
        return compose(
            self.article,
            self._revision,
            kind=self.part.kind,
            notice=self.part.notice,
            live_from=live_from,
            released_at=self.now,
            expires_at=self.part.expires_at,
            previous=self.current,
            number=self.article.last_edition_number,
        )

    def finish(self, edition: Edition, scheduled: Scheduled, reason: str, bundle: list[int]) -> None:
        """Settle the waiting edition and write the ledger."""
        details: dict[str, Any] = {"kind": edition.release_kind, "live_from": edition.live_from}
        if edition.notice:
            details["notice"] = edition.notice
        if edition.expires_at:
            details["expires_at"] = edition.expires_at
        if bundle:
            details["bundle"] = bundle
        if self.came_from in IN_PROGRESS and self.came_from != State.APPROVED:
            details["one_step"] = True
        carried = self._carry(edition) if scheduled == Scheduled.CARRY else None
        if self.future is not None:
            cancel_waiting(self.article, self.future, by=self.by, at=self.now, reason=reason, because=self.part.verb)
        if carried is not None:
            details["carried_into"] = store([carried])[0].number
        Article.objects.filter(pk=self.article.pk).update(last_edition_number=self.article.last_edition_number)
        record(
            self.article,
            self.part.verb,
            by=self.by,
            at=self.now,
            came_from=self.came_from,
            edition=edition,
            reason=reason,
            details=details,
        )

    def _carry(self, edition: Edition) -> Drafted | None:
        if self.future is None or self.live is None:
            return None
        self.article.last_edition_number += 1
        return carry(
            self.article,
            live=self.live,
            change=self._revision,
            overtaking=edition,
            future=self.future,
            by=self.by,
            at=self.now,
            number=self.article.last_edition_number,
        )
