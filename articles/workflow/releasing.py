"""Releasing: for the first time, and everything that replaces what readers have.

A single release is a bundle of one: all its stories are locked, moved and checked before any edition is written, and
share one `live_from`.
"""

from collections import Counter
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
from articles.workflow.content import Content
from articles.workflow.editions import Drafted, compose, content_of, store
from articles.workflow.errors import refuse_if
from articles.workflow.moves import Seen, hand_back, lock, move, record
from articles.workflow.scheduled import cancel_waiting, carry, merge_content, waiting_problems
from articles.workflow.status import current_edition, future_edition, live_edition
from articles.workflow.timing import earliest, expiry_problems, in_utc, instant_problems, next_instant

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
    despite: Sequence[str] = ()

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
    despite: Sequence[str] = (),
) -> Edition:
    """Put the approved revision before readers, now or at `at`. `despite` are warnings that `by` has read, in words.

    Raises `Refused` with every problem at once, `StaleArticle` and `NotAllowed`.
    """
    part = Release(article, expires_at=expires_at, seen=seen, despite=despite)
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
    despite: Sequence[str] = (),
) -> Edition:
    """Replace what readers have by the approved revision. An expiry that is not given stays as it is."""
    part = Release(article, verb, notice=notice, expires_at=expires_at, seen=seen, despite=despite)
    return release_bundle([part], by=by, at=at, scheduled=scheduled, reason=reason)[0]


def release_bundle(
    releases: Sequence[Release],
    *,
    by: "Journalist",
    at: datetime | None = None,
    scheduled: Scheduled = Scheduled.REFUSE,
    reason: str = "",
) -> list[Edition]:
    """Release several stories that flip together at one instant, or none of them.

    Raises `Refused` with the problems of all of them, each naming its story.
    """
    refuse_if(_twice(releases))
    at = in_utc(at)
    with transaction.atomic():
        fresh = lock([part.article for part in releases])
        now = clock.now()
        plans = [_Plan(part, fresh[part.article.pk], by, now) for part in releases]
        refuse_if([problem for plan in plans for problem in plan.problems(at, scheduled, named=len(plans) > 1)])
        live_from = next_instant(at, now, [plan.current for plan in plans])
        for plan in plans:
            plan.make_way(reason)
        editions = store([plan.drafted(live_from) for plan in plans])
        bundle = sorted(fresh) if len(plans) > 1 else []
        for plan, edition in zip(plans, editions, strict=True):
            plan.finish(edition, reason, bundle)
    for plan in plans:
        hand_back(plan.part.article, plan.article)
    return editions


def _twice(releases: Sequence[Release]) -> list[Problem]:
    times = Counter(part.article.pk for part in releases)
    names = {part.article.pk: str(part.article) for part in releases}
    return [Problem("", _("“%s” stands twice in this bundle.") % names[pk]) for pk, count in times.items() if count > 1]


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
    expires_at: datetime | None = field(init=False)
    merged: Content | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.came_from = self.article.state
        seen = self.part.seen or Seen.of(self.part.article)
        move(self.article, self.part.verb, by=self.by, seen=seen, at=self.now)
        self.current = current_edition(self.article, self.now)
        self.live = live_edition(self.article, self.now)
        self.future = future_edition(self.article, self.now)
        self.expires_at = in_utc(self.part.expires_at)
        if self.expires_at is None and self.part.verb in CHANGES and self.live is not None:
            self.expires_at = self.live.expires_at

    def problems(self, at: datetime | None, scheduled: Scheduled, *, named: bool) -> list[Problem]:
        """Return everything that is in the way; in a bundle each problem names its story."""
        live_from = earliest(at, self.now)
        content = content_of(self._revision)
        found = [
            *self._kind_problems(),
            *instant_problems(at, self.now, content["embargo_at"]),
            *expiry_problems(self.expires_at, live_from),
            *waiting_problems(self.future, scheduled, self.now, is_live=self.live is not None),
            *release_problems(content),
        ]
        if scheduled == Scheduled.CARRY:
            found += self._carry_problems(content, live_from)
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

    def _carry_problems(self, content: Content, live_from: datetime) -> list[Problem]:
        if self.future is None or self.live is None:
            return []
        if live_from > self.now:  # or two editions would wait
            text = _("Only what goes out now can be carried into the scheduled release. Release now, or cancel it.")
            return [Problem("at", text)]
        self.merged, problems = merge_content(content_of(self.live.revision), content, content_of(self.future.revision))
        if problems:
            return problems
        own = release_problems(content)
        return [
            Problem("scheduled", _("The scheduled release, with this change in it: %s") % problem)
            for problem in release_problems(self.merged)
            if problem not in own
        ]

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
            expires_at=self.expires_at,
            previous=self.current,
            number=self.article.last_edition_number,
        )

    def make_way(self, reason: str) -> None:
        """Cancel the edition that waits: the new one overtakes it, perhaps at the very same instant."""
        if self.future is not None:
            cancel_waiting(self.article, self.future, by=self.by, at=self.now, reason=reason, because=self.part.verb)

    def finish(self, edition: Edition, reason: str, bundle: list[int]) -> None:
        """Put the change into the edition that waited, if it is to be carried, and write the ledger."""
        details: dict[str, Any] = {"kind": edition.release_kind, "live_from": edition.live_from}
        if edition.notice:
            details["notice"] = edition.notice
        if edition.expires_at:
            details["expires_at"] = edition.expires_at
        if bundle:
            details["bundle"] = bundle
        if self.part.despite:
            details["despite"] = list(self.part.despite)
        if self.came_from in IN_PROGRESS and self.came_from != State.APPROVED:
            details["one_step"] = True
        if self.merged is not None and self.future is not None:
            self.article.last_edition_number += 1
            carried = carry(
                self.article,
                self.merged,
                overtaking=edition,
                future=self.future,
                by=self.by,
                at=self.now,
                number=self.article.last_edition_number,
            )
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
