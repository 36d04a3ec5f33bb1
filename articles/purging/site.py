"""The CDN of this site, if it has one, and how long it takes for a change to have reached everybody."""

from datetime import timedelta
from typing import Final

from django.conf import settings

from articles.purging.cdn import Cdn
from articles.purging.cdns import find

#: An answer that took longer to make is not kept, and one that is kept may be under way for as long again.
UNDER_WAY: Final = timedelta(seconds=5)
#: So long after a change nothing comes in any more that was made before it.
SETTLED: Final = 2 * UNDER_WAY


def cdn() -> Cdn | None:
    """Return the CDN in front of this site, or None."""
    return find(settings.CDN_URL, settings.CDN_TOKEN) if settings.CDN_URL else None


def longest_stale() -> timedelta:
    """Return how long after a change the CDN may at most give out what was made before it, if it is never purged."""
    return SETTLED + timedelta(seconds=settings.CDN_MAX_AGE)
