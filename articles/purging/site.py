"""The CDN of this site, if it has one."""

from datetime import timedelta

from django.conf import settings

from articles.purging.cdn import Cdn
from articles.purging.cdns import find


def cdn() -> Cdn | None:
    """Return the CDN in front of this site, or None."""
    return find(settings.CDN_URL, settings.CDN_TOKEN) if settings.CDN_URL else None


def longest_kept() -> timedelta:
    """Return for how long the CDN may keep an answer at most."""
    return timedelta(seconds=settings.CDN_MAX_AGE)
