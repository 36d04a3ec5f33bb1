"""The one clock of the verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the present instant, or the one told by `clock_at()`."""
    return _told.get() or timezone.now()


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
