"""What there is to know of the cache: how often it helped, how full it is, and what failed.

prometheus-client is imported with the first answer that is counted, not when a worker starts.
"""

from collections.abc import Callable
from functools import cache, wraps
from threading import RLock
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from prometheus_client import Counter, Gauge

type Source = Literal["memory", "redis", "joined", "rendered", "bypassed"]
type Failure = Literal["unreachable", "unreadable", "unwritten"]


def count_answer(source: Source) -> None:
    """Count an answer by where it came from.

    That is a place where it was kept, a rendering shared with another request, one of its own, or one that was not
    looked up at all.
    """
    _answers_from(source).inc()


def count_repeat() -> None:
    """Count a rendering that was thrown away because something public changed meanwhile."""
    _repeats().inc()


def count_failure(level: Literal["redis"], reason: Failure) -> None:
    """Count a place that could not be asked, held what nobody had put there, or did not take an answer."""
    _failures().labels(level=level, reason=reason).inc()


def show_memory(entries: int, size: int) -> None:
    """Show how many answers the memory of this process keeps, and in how many bytes."""
    _gauge("entries", "Answers kept in memory").set(entries)
    _gauge("bytes", "Bytes that the answers kept in memory take").set(size)


def _one_at_a_time[**Arguments, Made](make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """Keep what a function makes, and let one thread at a time make it: a name can be registered only once."""
    kept, lock = cache(make), RLock()

    @wraps(make)
    def made(*arguments: Arguments.args, **keywords: Arguments.kwargs) -> Made:
        with lock:
            return kept(*arguments, **keywords)  # type: ignore[arg-type]  # whoever calls gives what can be hashed

    return made


@cache
def _answers_from(source: Source) -> "Counter":
    return _answers().labels(source=source)


@_one_at_a_time
def _answers() -> "Counter":
    from prometheus_client import Counter

    return Counter("newsroom_public_answers", "Answers to readers, by where they came from", ["source"])


@_one_at_a_time
def _repeats() -> "Counter":
    from prometheus_client import Counter

    return Counter("newsroom_public_repeats", "Renderings thrown away because something public changed meanwhile")


@_one_at_a_time
def _failures() -> "Counter":
    from prometheus_client import Counter

    return Counter("newsroom_cache_failures", "Failures of a cache, by its level", ["level", "reason"])


@_one_at_a_time
def _gauge(name: str, words: str) -> "Gauge":
    from prometheus_client import Gauge

    return Gauge(f"newsroom_cache_{name}", words, multiprocess_mode="livesum")
