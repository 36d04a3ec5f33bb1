"""What readers have of a story and what waits for them, for one story or for a page of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.models import Article, Edition
from articles.states import PublicStatus
from articles.workflow.status import is_behind, status_of, text_before
from articles.workflow.timing import CANCEL_MARGIN

#: What a list prints of an edition, and what a story's pages ask of one: not its texts.
_LISTED = ("article_id", "release_kind", "revision_id", "live_from", "expires_at")
_COLUMNS = (
    "article_id",
    "number",
    "release_kind",
    "revision_id",
    "first_published_at",
    "live_from",
    "expires_at",
    "slug",
    "public_key",
    "section_id",
    "section__slug",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest edition whose instant has come, the one that waits, and the last one with an earlier text."""

    at: datetime
    current: Edition | None = None
    future: Edition | None = None
    lacks_changes: bool = False
    earlier: Edition | None = None

    @property
    def status(self) -> PublicStatus:
        """What readers get."""
        if self.current is not None:
            return status_of(self.current, self.at)
        return PublicStatus.SCHEDULED if self.future else PublicStatus.NOT_PUBLISHED

    @property
    def live(self) -> Edition | None:
        """The edition readers see, or None."""
        return self.current if self.status is PublicStatus.LIVE else None

    @property
    def future_can_go(self) -> bool:
        """Whether the waiting edition is far enough from its instant to be taken back."""
        return self.future is not None and self.future.live_from - self.at >= CANCEL_MARGIN

    @property
    def is_known(self) -> bool:
        """Whether readers have, or had, something that is not withdrawn."""
        return self.status in (PublicStatus.LIVE, PublicStatus.EXPIRED)

    @property
    def warning(self) -> str:
        """What an editor must not overlook, or ""."""
        return _("The scheduled text lacks these changes") if self.lacks_changes else ""


def standing(article: Article, at: datetime) -> Standing:
    """Return how one story stands with readers, in one query."""
    editions = list(_light(Edition.objects.filter(article=article)).order_by("live_from"))
    return _standing(article, editions, at)


def standings(articles: Sequence[Article], at: datetime) -> dict[int, Standing]:
    """Return how stories stand by their keys, in one query for all.

    Their editions are only as much of one as a list prints, and `earlier` is not looked up.
    """
    newer = Edition.objects.filter(
        article_id=OuterRef("article_id"), live_from__gt=OuterRef("live_from"), live_from__lte=at
    )
    rows = Edition.objects.filter(Q(live_from__gt=at) | ~Exists(newer), article__in=[story.pk for story in articles])
    found: dict[int, list[Any]] = {}
    for edition in rows.order_by("live_from").values_list(*_LISTED, named=True):
        found.setdefault(edition.article_id, []).append(edition)
    return {article.pk: _standing(article, found.get(article.pk, []), at) for article in articles}


def attach_standings(articles: Iterable[Any], at: datetime) -> None:
    """Give each story its `standing`, for templates and list columns."""
    stories = list(articles)
    found = standings(stories, at)
    for story in stories:
        story.standing = found[story.pk]


def _light(editions: Any) -> Any:
    return editions.select_related("section").only(*_COLUMNS)


def _standing(article: Article, editions: Sequence[Any], at: datetime) -> Standing:
    """Judge the editions of one story, earliest first."""
    past = [edition for edition in editions if edition.live_from <= at]
    future = next((edition for edition in editions if edition.live_from > at), None)
    return Standing(
        at=at,
        current=past[-1] if past else None,
        future=future,
        lacks_changes=is_behind(article, future),
        earlier=text_before(past),
    )
