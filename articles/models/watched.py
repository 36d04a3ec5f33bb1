"""Rows that readers see something of, as constraints that make their own triggers: see `articles.models.stamp`.

Whatever changes such a row, a form, `QuerySet.update()`, a bulk write or raw SQL, the database itself advances the
public stamp. A constraint is made again with its table, as `articles.models.constraints` says.

SQLite has one writer at a time, so its triggers advance the stamp at once. PostgreSQL has many: whoever locks the one
row of the stamp before anything else in a transaction makes deadlocks. There a change leaves a mark when everything
else is done, deferred to the commit, and what takes the marks away and advances the stamp is deferred by the marks
themselves, so that it runs behind all that the commit had to do, foreign keys included.
"""

from collections.abc import Iterable
from typing import Any, Final

from articles.models import watched_postgresql, watched_sqlite
from articles.models.triggers import Triggers


class Watched(Triggers):
    """Advance the public stamp whenever something of a row that pages print changes.

    - `printed`: the fields that pages print; () where any change of a row counts.
    - `noted`: whose change it is, as the first half of a noun's key and the field with the other half.
    - `shows`: whether readers can see a row from its insertion on: never (something else must name it first), always,
      or where a boolean field says so.
    - `adds`: whether an insertion changes what is noted: a new listing changes its company.
    - `waits_for`: the field with the instant a row waits for, perhaps of another noun. What is more than ten minutes
      away by the clock of the database is left out: its instant will advance the stamp.
    """

    def __init__(
        self,
        *,
        name: str,
        printed: Iterable[str] = (),
        noted: Iterable[tuple[str, str]] = (),
        shows: bool | str = False,
        adds: bool = False,
        waits_for: str = "",
    ) -> None:
        super().__init__(name=name)
        self.printed: Final = tuple(printed)
        self.noted: Final = tuple((noun, field) for noun, field in noted)
        self.shows: Final = shows
        self.adds: Final = adds
        self.waits_for: Final = waits_for

    def deconstruct(self) -> Any:
        """Name what decides about the triggers, so that a change of it becomes a migration."""
        path, arguments, keywords = super().deconstruct()
        asked = {
            "printed": self.printed,
            "noted": self.noted,
            "shows": self.shows,
            "adds": self.adds,
            "waits_for": self.waits_for,
        }
        return path, arguments, keywords | {name: value for name, value in asked.items() if value}

    def statements(self, model: Any, vendor: str) -> Iterable[str]:
        """Return the SQL that makes the triggers."""
        make = watched_postgresql.watch if vendor == "postgresql" else watched_sqlite.watch
        return make(self, model)

    def removal(self) -> str:
        """Return the SQL that drops the triggers and their function."""
        return watched_postgresql.unwatch(self)


class Collected(Triggers):
    """Turn the marks of a transaction into one advance of the public stamp, behind everything else (PostgreSQL)."""

    def statements(self, model: Any, vendor: str) -> Iterable[str]:  # noqa: ARG002 - it watches one table only
        """Return the SQL that makes the trigger."""
        return watched_postgresql.collect(self) if vendor == "postgresql" else ()

    def removal(self) -> str:
        """Return the SQL that drops the trigger and its function."""
        return watched_postgresql.uncollect(self)
