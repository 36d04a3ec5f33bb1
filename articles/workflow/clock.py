"""The one clock of the verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the instant told by `clock_at()`, or the present one by the clock that CLOCK names.

    That is this machine's, or that of the database, which several machines have in common.
    """
    told = _told.get()
    if told is not None or settings.CLOCK != "database":
        return told or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        present: datetime = cursor.fetchone()[0]
        return present


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Let the verbs inside believe that it is `instant`: for loading an archive or a demo, whose past is real."""
    if timezone.is_naive(instant):
        raise ValueError(f"{instant!r} has no time zone: it does not say when.")
    # Two times of one zone are compared by the wall clock, which repeats an hour a year.
    token = _told.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _told.reset(token)
