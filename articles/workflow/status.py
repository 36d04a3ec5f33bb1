"""What readers have of a story, for the desk: computed from its editions, never stored."""

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


def lacks_changes(article: Article, at: datetime) -> bool:
    """Say whether an edition is scheduled that has not the words of the working copy."""
    future = future_edition(article, at)
    return future is not None and future.revision_id != article.revision_id
