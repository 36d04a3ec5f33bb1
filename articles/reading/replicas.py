"""Rendering from a replica, which takes work off the primary and never shows anything else than the primary would.

A replica follows the primary by itself and is always a little late. One is used only where its own stamp equals the
primary's before the rendering and still does after it. That tells everything but rows that wait for an instant far
away, which advance no counter: so a replica must also have replayed all that the primary had written a while ago, and
that while is shorter than "far away" (`articles.models.watched`).

Whatever else happens, a replica that is late, away, slow or moves on in mid-rendering, the primary is read instead.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from django.db import DEFAULT_DB_ALIAS, Error, connections

from articles.reading.database import reading_from, rows
from articles.reading.stamp import Stamp, stamp, trustworthy

if TYPE_CHECKING:
    from prometheus_client import Counter

logger = logging.getLogger(__name__)

#: Seconds after which the position of the primary is asked for again; far less than "far away".
MARK_AGE: Final = 60
#: Seconds that a replica is left alone, at first and at most, when it is late and when it fails.
LATE: Final = (0.02, 0.25)
FAILED: Final = (1.0, 60.0)

_POSITION: Final = "SELECT pg_current_wal_insert_lsn()::text"
_HAS_REPLAYED: Final = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"


def from_any[Result](asked: Stamp, render: Callable[[], Result]) -> Result:
    """Return what `render` returns or raises, with the door reading from a replica if one is where the stamp says.

    `render` is called again, reading from the primary, if the replica fails or moves on meanwhile. It must do nothing
    but read, through the door.
    """
    replica = _chosen(asked) if _replicas() and trustworthy() else None
    if replica is None:
        return render()
    try:
        with reading_from(replica.alias):
            outcome = _attempt(render)
        if replica.is_at(asked):
            replica.count("used")
            return outcome()
        replica.rest("moved on", LATE)
    except Error as error:
        replica.fail(error)
    return render()


def aliases() -> list[str]:
    """Return the names of the databases that are replicas."""
    return [alias for alias in connections if alias.startswith("replica")]


def forget() -> None:
    """Forget all that was learned of replicas: the settings are others now."""
    _replicas.cache_clear()
    _mark.position, _mark.taken_at = "", 0.0


@dataclass
class _Mark:
    """Where the primary was in its write-ahead log at some time of this process's clock."""

    position: str = ""
    taken_at: float = 0.0

    def renewed(self) -> str:
        """Return a position that is young enough."""
        now = time.monotonic()
        if not self.position or now - self.taken_at > MARK_AGE:
            # Noted before it is asked for: what is written in between is not counted on.
            ((position,),) = rows(_POSITION, alias=DEFAULT_DB_ALIAS)
            self.position, self.taken_at = position, now
        return self.position


class Replica:
    """A replica, and what this process has learned of it."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._rests_until = 0.0
        self._pause = 0.0
        self._replayed = ""
        self._is_out = False

    def may_be_asked(self) -> bool:
        """Say whether it has rested long enough."""
        now = time.monotonic()
        if now < self._rests_until:
            return False
        if self._is_out:
            self._rests_until = now + self._pause  # one thread tries what may take long; the others go on
        return True

    def is_at(self, asked: Stamp) -> bool:
        """Say whether its stamp is the one asked for. Raises `django.db.Error`."""
        return stamp(asked.at, prices=bool(asked.prices), alias=self.alias) == asked

    def is_usable(self, asked: Stamp) -> bool:
        """Say whether a rendering for this stamp may begin here."""
        try:
            if not (self._has_replayed(_mark.renewed()) and self.is_at(asked)):
                self.rest("late", LATE)
                return False
        except Error as error:
            self.fail(error)
            return False
        if self._is_out:
            logger.info("%s is used again.", self.alias)
        self._pause, self._is_out = 0.0, False
        return True

    def fail(self, error: Error) -> None:
        """Leave the replica alone after an error, and give up the connection that had it."""
        connections[self.alias].close()
        self.rest("failed", FAILED, error)

    def rest(self, why: str, bounds: tuple[float, float], error: Exception | None = None) -> None:
        """Leave the replica alone for a while, longer each time until it is usable again."""
        self.count(why)
        first, longest = bounds
        self._pause = min(max(self._pause * 2, first), longest)
        self._rests_until = time.monotonic() + self._pause
        if not self._is_out and (error or self._pause == longest):
            self._is_out = True
            logger.warning("%s is not used, the primary is read instead: %s", self.alias, error or why)

    def count(self, what: str) -> None:
        """Count an outcome for the metrics."""
        with _registering:  # a name can be registered only once
            outcomes = _outcomes()
        outcomes.labels(replica=self.alias, outcome=what).inc()

    def _has_replayed(self, position: str) -> bool:
        if position != self._replayed and rows(_HAS_REPLAYED, [position], alias=self.alias) == [(True,)]:
            self._replayed = position
        return position == self._replayed


_mark = _Mark()
_turn = count()
_registering = Lock()


def _chosen(asked: Stamp) -> Replica | None:
    """Return a replica that a rendering for this stamp may begin at, each in its turn."""
    replicas = _replicas()
    first = next(_turn) % len(replicas)
    in_turn = (*replicas[first:], *replicas[:first])
    return next((replica for replica in in_turn if replica.may_be_asked() and replica.is_usable(asked)), None)


@cache
def _replicas() -> tuple[Replica, ...]:
    return tuple(Replica(alias) for alias in aliases())


def _attempt[Result](render: Callable[[], Result]) -> Callable[[], Result]:
    """Render, and return what hands out the result, or the refusal that is the answer (no such page)."""
    try:
        result = render()
    except Error:
        raise
    except Exception as refusal:
        return partial(_raise, refusal)
    return lambda: result


def _raise(error: Exception) -> Any:
    raise error


@cache
def _outcomes() -> "Counter":
    from prometheus_client import Counter  # a worker that starts must answer readers soon

    return Counter("newsroom_replica_readings", "Renderings that a replica was considered for", ["replica", "outcome"])
