"""How the site talks to PostgreSQL: a pool of connections that no server, however sick, can hold a reader with."""

import select
import time
from collections.abc import Generator
from typing import Any, Final

from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool

#: Seconds without use after which a connection is asked whether its server is still there.
IDLE: Final = 30
#: Seconds that a request waits for one of the pool's connections, at the primary and at a replica.
POOL_TIMEOUT: Final = 2
REPLICA_POOL_TIMEOUT: Final = 0.5
#: Seconds that a statement may take at a replica; the primary is there for those that need longer.
REPLICA_STATEMENT_TIMEOUT: Final = 1
#: A machine that vanishes without a word is noticed by the network's own means.
NETWORK: Final = {
    "connect_timeout": 3,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
#: Seconds given to the network on top of what the server allows itself.
MARGIN: Final = 1


class BoundedConnection(Connection[Any]):
    """A connection that is given up when its server says nothing for longer than its own limits allow.

    The server's statement_timeout cannot help with a server that hangs, on a disk that does not answer or with its
    machine frozen: without a limit here, every thread would wait for ever, one after the other.
    """

    #: Seconds that one call may take; None is no limit.
    patience: float | None = None
    #: When a server was last found silent, by any connection to it.
    silent_at = 0.0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.used_at = time.monotonic()

    def wait[Result](self, gen: Generator[Any, Any, Result], *args: Any, **kwargs: Any) -> Result:
        """Wait for an answer. Raises `psycopg.OperationalError`, with the connection closed, if there is none."""
        if self.patience is None:
            return super().wait(gen, *args, **kwargs)
        return super().wait(self._bounded(gen, time.monotonic() + self.patience), *args, **kwargs)

    def _bounded[Result](self, gen: Generator[Any, Any, Result], end: float) -> Generator[Any, Any, Result]:
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted  # psycopg resumes every tenth of a second, ready or not
                if not ready and time.monotonic() > end:
                    self.close()
                    type(self).silent_at = time.monotonic()
                    raise OperationalError(f"no answer from the server within {self.patience} seconds")
                wanted = gen.send(ready)
        except StopIteration as finished:
            result: Result = finished.value
            return result


def connection_class(patience: float | None) -> type[BoundedConnection]:
    """Return a class of connections to one server, which wait so many seconds for an answer, or for ever."""
    return type("SiteConnection", (BoundedConnection,), {"patience": patience})


def check_connection(connection: BoundedConnection) -> None:
    """Make sure, before a request gets a connection, that its server is still there. Raises `psycopg.Error` if not.

    A server that ends says so, which makes the socket readable: looking costs a fiftieth of asking. Only after half a
    minute without use, in which a network can lose a connection silently, is the server asked. Where one connection has
    met with silence, those that were there before would too.
    """
    now = time.monotonic()
    used_at, connection.used_at = connection.used_at, now
    if used_at <= type(connection).silent_at:
        connection.close()  # or the pool would keep it
        raise OperationalError("the server was silent since this connection was used")
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    if now - used_at > IDLE or poll.poll(0):
        ConnectionPool.check_connection(connection)


def options(
    given: dict[str, Any],
    *,
    pool_size: int,
    lock_timeout: int,
    statement_timeout: int,
    is_prepared: bool,
    is_replica: bool = False,
) -> dict[str, Any]:
    """Return Django's OPTIONS of a database: what the server is told, how connections are pooled and bounded.

    `given` are those of its URL, such as sslmode. Times are in seconds; a `statement_timeout` of 0 is no limit.
    """
    if is_replica:
        statement_timeout = min(statement_timeout or REPLICA_STATEMENT_TIMEOUT, REPLICA_STATEMENT_TIMEOUT)
    told = {
        "default_transaction_isolation": "read\\ committed",
        "default_transaction_read_only": "on" if is_replica else "off",
        "lock_timeout": f"{lock_timeout}s",
        "statement_timeout": f"{statement_timeout}s",
        "idle_in_transaction_session_timeout": "60s",
        # What is prepared is planned once: planning costs up to four times what the door's questions do. Their plans
        # are looked at with many stories (tests/reading/test_plans.py). The ORM's queries are never prepared.
        "plan_cache_mode": "force_generic_plan",
    }
    pool = {
        "min_size": 1,
        "max_size": pool_size,
        "timeout": REPLICA_POOL_TIMEOUT if is_replica else POOL_TIMEOUT,
        # A failed attempt to connect is soon left to the next request that asks: with psycopg's five minutes of growing
        # pauses, a site would stay down for as long again as its server was.
        "reconnect_timeout": 2,
        "check": check_connection,
        "connection_class": connection_class(statement_timeout + MARGIN if statement_timeout else None),
    }
    return {
        **NETWORK,
        **given,
        "options": " ".join(f"-c {name}={value}" for name, value in told.items()),
        "pool": pool,
        # The door's few fixed questions are parsed and planned once a connection; the ORM's never are.
        "prepare_threshold": 0 if is_prepared else None,
    }
