"""Whether readers may be sent to this node."""

import logging
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

#: Seconds that the database has to take a call; who asks for readiness gives up soon after.
PATIENCE: Final = 2


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found, in words for a person who looks at a probe."""

    database: str
    migrations: str

    @property
    def is_ready(self) -> bool:
        """Whether the database answers and has every migration of this code."""
        return (self.database, self.migrations) == ("answers", "applied")


def readiness() -> Readiness:
    """Ask the primary database.

    The call goes over a connection of its own: the pool would let it wait behind readers, and an old connection
    says little of whether a new one could be had.
    """
    from django.db.migrations.recorder import MigrationRecorder  # no reader needs it, so no worker waits for it

    connection = _own_connection()
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError as error:
        logger.warning("The database does not answer: %s", error)
        return Readiness("does not answer", "unknown")
    finally:
        connection.close()
    return Readiness("answers", "applied" if applied.keys() >= _needed_migrations() else "missing")


def _own_connection() -> BaseDatabaseWrapper:
    connection = connections[DEFAULT_DB_ALIAS].copy()
    if connection.vendor == "postgresql":
        options = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name != "pool"}
        connection.settings_dict["OPTIONS"] = {**options, "connect_timeout": PATIENCE}
    return connection


@cache
def _needed_migrations() -> frozenset[tuple[str, str]]:
    """Return the app and name of each migration of this code; reading the files takes a tenth of a second, once."""
    from django.db.migrations.loader import MigrationLoader

    return frozenset(MigrationLoader(None).graph.nodes)
