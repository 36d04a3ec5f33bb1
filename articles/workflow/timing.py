"""Instants a verb may name, and the margin around the flip of a scheduled edition."""

from datetime import UTC, datetime, timedelta

from django.utils.timezone import get_default_timezone, is_naive
from django.utils.translation import gettext as _

from articles.models import Edition
from articles.quality.problems import Problem
from articles.text.times import house_datetime
from articles.workflow.editions import TICK

#: A cancellation commits a little after it has looked at the clock; nearer to the flip, readers may have seen the page.
CANCEL_MARGIN = timedelta(seconds=5)
#: How long a form may have lain before "now" has become the past.
PAST_TOLERANCE = timedelta(minutes=1)


def said(at: datetime) -> str:
    """Return an instant in the newsroom's zone and house form, for a message."""
    return house_datetime(at, get_default_timezone())


def in_utc[Instant: (datetime, datetime | None)](at: Instant) -> Instant:
    """Return the instant in UTC; a time without a zone, which `instant_problems()` refuses, and None as they are.

    Two times of one zone are compared by the wall clock, which repeats an hour a year: nothing is compared before this.
    """
    return at if at is None or is_naive(at) else at.astimezone(UTC)


def earliest(at: datetime | None, now: datetime) -> datetime:
    """Return the instant meant by `at`: not before now, and now for None and for a time without a zone."""
    return now if at is None or is_naive(at) else max(at, now)


def instant_problems(
    at: datetime | None, now: datetime, embargo_at: datetime | None = None, field: str = "at"
) -> list[Problem]:
    """Return what is wrong with doing something at `at` (None is now)."""
    if at is not None and is_naive(at):
        return [Problem(field, _("Give the time with its zone."))]
    problems = []
    if at is not None and at < now - PAST_TOLERANCE:
        problems.append(Problem(field, _("%s has passed. Choose a time to come.") % said(at)))
    if embargo_at is not None and earliest(at, now) < embargo_at:
        text = _("The story is under embargo until %s. Release it at that time or later.")
        problems.append(Problem(field, text % said(embargo_at)))
    return problems


def expiry_problems(expires_at: datetime | None, live_from: datetime) -> list[Problem]:
    """Return what is wrong with an expiry for an edition that shows from `live_from`."""
    if expires_at is None:
        return []
    if is_naive(expires_at):
        return [Problem("expires_at", _("Give the time with its zone."))]
    if expires_at <= live_from:
        return [Problem("expires_at", _("The story would expire before it appears. Choose a later time."))]
    return []


def flip_problems(future: Edition | None, now: datetime) -> list[Problem]:
    """Return a problem when the scheduled edition is too near its instant to be taken back."""
    if future is None or future.live_from - now >= CANCEL_MARGIN:
        return []
    return [
        Problem(
            "",
            _("The scheduled edition appears within %d seconds and cannot be taken back now. Wait for it, or withdraw.")
            % CANCEL_MARGIN.seconds,
        )
    ]


def next_instant(at: datetime | None, now: datetime, previous: list[Edition | None]) -> datetime:
    """Return the instant editions go live: `at`, or now, and always after everything already out."""
    instant = earliest(at, now)
    for edition in previous:
        if edition is not None and edition.live_from >= instant:
            instant = edition.live_from + TICK
    return instant
