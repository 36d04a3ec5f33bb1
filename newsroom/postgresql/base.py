"""Django's PostgreSQL backend, with a pool that does not let readers queue for a server that is away or overloaded."""

from collections import defaultdict
from threading import Lock
from typing import Any, ClassVar, Final

from django.db.backends.postgresql import base
from psycopg_pool import PoolTimeout

#: Seconds that a request waits for a connection after another one has waited in vain.
SUSPECT: Final = 0.1


class DatabaseWrapper(base.DatabaseWrapper):
    """A database whose pool is distrusted after a request has waited for a connection in vain.

    Else, in an outage, every thread of a server would spend the pool's whole time-out on each reader, and the queue
    behind them would grow far beyond anybody's patience. Until the pool gives a connection again, requests wait one
    after the other, and only for a moment each.
    """

    _turns: ClassVar[defaultdict[str, Lock]] = defaultdict(Lock)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Return one of the pool's connections. Raises `psycopg_pool.PoolTimeout`, an OperationalError."""
        pool: Any = self.pool
        if pool is None or pool.timeout != SUSPECT:
            return self._from_pool(conn_params)
        turn = self._turns[self.alias]
        if not turn.acquire(timeout=SUSPECT):
            raise PoolTimeout("the pool has no connection, and others wait for one already")
        try:
            return self._from_pool(conn_params)
        finally:
            turn.release()

    def _from_pool(self, conn_params: dict[str, Any]) -> Any:
        pool: Any = self.pool
        try:
            connection = super().get_new_connection(conn_params)
        except PoolTimeout:
            pool.timeout = SUSPECT
            raise
        if pool is not None:
            pool.timeout = self.settings_dict["OPTIONS"]["pool"]["timeout"]
        return connection
