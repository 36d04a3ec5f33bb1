"""Which database the ORM asks."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS

from articles.reading.database import source


class DoorRouter:
    """Send the reads of the door where it reads at present, and everything else to the primary.

    Replicas hold the primary's rows, so rows of both may be related, and nothing is ever migrated on a replica.
    """

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return the alias that reads go to."""
        return source()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Return the alias of the primary."""
        return DEFAULT_DB_ALIAS

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        """Allow a row read from a replica beside one of the primary."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Allow changes of tables on the primary only."""
        return db == DEFAULT_DB_ALIAS
