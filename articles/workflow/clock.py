"""The one clock of the verbs."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """Return the present instant, or the one told by `clock_at()`."""
    return _told.get() or timezone.now()


@contextmanager
def clock_at(instant: datetime) -> Iterator[None]:
    """Let the verbs inside believe that it is `instant`: for loading an archive or a demo, whose past is real."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)
