"""What readers have of a story, for the desk: computed from its editions, never stored."""

from collections.abc import Iterable
from datetime import datetime

from articles.models import Article, Edition
from articles.states import PublicStatus, ReleaseKind


def current_edition(article: Article, at: datetime) -> Edition | None:
    """Return the newest edition whose instant has come, whether it shows or is gone."""
    edition: Edition | None = article.editions.filter(live_from__lte=at).order_by("-live_from").first()
    return edition


def live_edition(article: Article, at: datetime) -> Edition | None:
    """Return the edition readers see, or None."""
    edition = current_edition(article, at)
    return edition if edition and status_of(edition, at) is PublicStatus.LIVE else None


def future_edition(article: Article, at: datetime) -> Edition | None:
    """Return the edition that waits for its instant, or None; a story has at most one."""
    edition: Edition | None = article.editions.filter(live_from__gt=at).order_by("live_from").first()
    return edition


def public_status(article: Article, at: datetime) -> PublicStatus:
    """Return what readers get at `at`; a live story with a scheduled update is live."""
    edition = current_edition(article, at)
    if edition is not None:
        return status_of(edition, at)
    return PublicStatus.SCHEDULED if future_edition(article, at) else PublicStatus.NOT_PUBLISHED


def status_of(edition: Edition, at: datetime) -> PublicStatus:
    """Return what the newest edition whose instant has come means to readers."""
    if edition.release_kind == ReleaseKind.WITHDRAWAL:
        return PublicStatus.WITHDRAWN
    if edition.expires_at is not None and edition.expires_at <= at:
        return PublicStatus.EXPIRED
    return PublicStatus.LIVE


def text_before(past: Iterable[Edition]) -> Edition | None:
    """Return the edition with the text that readers had before the present one, or None.

    `past` are the story's editions whose instant has come, earliest first. A present text that came back by an earlier
    roll-back counts as standing where it first stood, so that rolling back twice goes back two texts and not to and
    fro. What stood before a withdrawal never comes back this way.
    """
    texts: list[Edition] = []
    for edition in past:
        texts = [] if edition.release_kind == ReleaseKind.WITHDRAWAL else [*texts, edition]
    revisions = [edition.revision_id for edition in texts]
    first = revisions.index(revisions[-1]) if revisions else 0
    return texts[first - 1] if first else None


def lacks_changes(article: Article, at: datetime) -> bool:
    """Say whether an edition is scheduled that has not the words of the working copy."""
    return is_behind(article, future_edition(article, at))


def is_behind(article: Article, future: Edition | None) -> bool:
    """Say whether something was saved after the text of a scheduled edition.

    A change that was carried into it made a later revision than the working copy's.
    """
    return future is not None and article.revision_id is not None and future.revision_id < article.revision_id
