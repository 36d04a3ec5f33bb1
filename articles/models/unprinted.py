"""Rows of the index from nouns to editions, as constraints that make their own triggers.

A fragment prints what the index says (`articles.models.fragment`). Whatever changes a row of the index after the
release, `QuerySet.update()` or raw SQL, takes the fragment of its edition away in the same transaction, so that the
edition is rendered anew. A release writes the index first and the fragment behind it.

On SQLite these triggers name the table of fragments: a migration that alters it must remove these constraints before
and add them behind.
"""

from collections.abc import Iterable
from typing import Any, Final

from articles.models.triggers import Triggers

_SQLITE: Final = """
CREATE TRIGGER "{name}_{event}" AFTER {event} ON %(table)s
BEGIN DELETE FROM articles_fragment WHERE edition_id IN ({editions}); END
"""
_POSTGRESQL: Final = """
CREATE OR REPLACE FUNCTION "{name}_drop"() RETURNS trigger LANGUAGE plpgsql AS $unprinted$
BEGIN
    IF TG_OP <> 'INSERT' THEN DELETE FROM articles_fragment WHERE edition_id = OLD."{edition}"; END IF;
    IF TG_OP <> 'DELETE' THEN DELETE FROM articles_fragment WHERE edition_id = NEW."{edition}"; END IF;
    RETURN NULL;
END $unprinted$;
CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE ON %(table)s FOR EACH ROW EXECUTE FUNCTION "{name}_drop"()
"""
_ROWS: Final = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}


class Unprinted(Triggers):
    """Drop the fragment of the edition whose index changes; `edition` is the field with that edition."""

    def __init__(self, *, name: str, edition: str) -> None:
        super().__init__(name=name)
        self.edition: Final = edition

    def deconstruct(self) -> Any:
        """Name what decides about the triggers, so that a change of it becomes a migration."""
        path, arguments, keywords = super().deconstruct()
        return path, arguments, keywords | {"edition": self.edition}

    def statements(self, model: Any, vendor: str) -> Iterable[str]:
        """Return the SQL that makes the triggers."""
        edition = {field.name: field.column for field in model._meta.local_concrete_fields}[self.edition]
        if vendor == "postgresql":
            yield _POSTGRESQL.format(name=self.name, edition=edition)
            return
        for event, rows in _ROWS.items():
            yield _SQLITE.format(name=self.name, event=event, editions=", ".join(f'{row}."{edition}"' for row in rows))

    def removal(self) -> str:
        """Return the SQL that drops the trigger and its function (PostgreSQL)."""
        return f'DROP TRIGGER IF EXISTS "{self.name}" ON %(table)s; DROP FUNCTION IF EXISTS "{self.name}_drop"()'
