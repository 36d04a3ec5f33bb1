"""The clock that readers of the soak may set for the length of a request.

Exact answers are easy to give while nothing happens and nobody looks closely. So some readers ask for the very instant
at which something appears or goes, or for one microsecond before: there `<` and `<=` part company. The site's own code
is what answers; only its clock is told the time.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from django.utils import timezone

HEADER: Final = "X-Soak-Instant"
told: ContextVar[datetime | None] = ContextVar("told", default=None)


class Clock:
    """Stands for `django.utils.timezone` where the site reads the clock."""

    @staticmethod
    def now() -> datetime:
        """Return the instant that the reader has asked for, or the present one."""
        return told.get() or timezone.now()


def install(put: Callable[[Any, str, Any], None] = setattr) -> None:
    """Put the clock in the one place where the site reads it for its readers."""
    put(import_module("articles.reading.stamp"), "timezone", Clock)
