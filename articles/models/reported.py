"""Rows whose changes a CDN has to hear of, as constraints that make their own triggers: see `articles.purging.outbox`.

The report is written in the transaction of the change, so neither a crash nor a write path that nobody thought of can
lose it. Nothing is written while nobody reads: on a site without a CDN, or with one whose purges have stopped for a
week. On SQLite these triggers name their own table and two that no migration may alter.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from articles.models.triggers import Triggers

_SOMEBODY_READS: Final = "EXISTS (SELECT 1 FROM articles_purgewatch WHERE until > datetime('now'))"
_SQLITE: Final = """
CREATE TRIGGER "{name}_{event}" AFTER {event} ON %(table)s WHEN {condition}
BEGIN INSERT INTO articles_unpurged (article) VALUES ({story}); END
"""
_POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION "{name}_report"() RETURNS trigger LANGUAGE plpgsql AS $reported$
BEGIN
    IF {condition} AND EXISTS (SELECT FROM articles_purgewatch WHERE until > clock_timestamp()) THEN
        INSERT INTO articles_unpurged (article) VALUES ({story});
    END IF;
    RETURN NULL;
END $reported$;
CREATE TRIGGER "{name}" AFTER {events} ON %(table)s FOR EACH ROW EXECUTE FUNCTION "{name}_report"()
"""


class Reported(Triggers):
    """Report every change of a row to whoever purges.

    - `story`: the field with the story whose row is new; without one it may be on any page. So may a row that was
      changed or deleted: which pages had it, nobody knows any more.
    - `new_where`: a boolean field; then only new rows are reported, where it is true.
    """

    def __init__(self, *, name: str, story: str = "", new_where: str = "") -> None:
        super().__init__(name=name)
        self.story: Final = story
        self.new_where: Final = new_where

    def deconstruct(self) -> Any:
        """Name what decides about the triggers, so that a change of it becomes a migration."""
        path, arguments, keywords = super().deconstruct()
        asked = {"story": self.story, "new_where": self.new_where}
        return path, arguments, keywords | {name: value for name, value in asked.items() if value}

    def statements(self, model: Any, vendor: str) -> Iterable[str]:
        """Return the SQL that makes the triggers."""
        column = {field.name: field.column for field in model._meta.local_concrete_fields}
        story, new_where = column.get(self.story, ""), column.get(self.new_where, "")
        return self._postgresql(story, new_where) if vendor == "postgresql" else self._sqlite(story, new_where)

    def _postgresql(self, story: str, new_where: str) -> Iterator[str]:
        yield _POSTGRESQL.format(
            name=self.name,
            events="INSERT" if new_where else "INSERT OR UPDATE OR DELETE",
            condition=f'NEW."{new_where}"' if new_where else "true",
            story=f"""CASE TG_OP WHEN 'INSERT' THEN NEW."{story}" END""" if story else "NULL",
        )

    def _sqlite(self, story: str, new_where: str) -> Iterator[str]:
        condition = f'NEW."{new_where}" AND {_SOMEBODY_READS}' if new_where else _SOMEBODY_READS
        for event in ("INSERT",) if new_where else ("INSERT", "UPDATE", "DELETE"):
            value = f'NEW."{story}"' if story and event == "INSERT" else "NULL"
            yield _SQLITE.format(name=self.name, event=event, condition=condition, story=value)

    def removal(self) -> str:
        """Return the SQL that drops the trigger and its function (PostgreSQL)."""
        return f'DROP TRIGGER IF EXISTS "{self.name}" ON %(table)s; DROP FUNCTION IF EXISTS "{self.name}_report"()'
