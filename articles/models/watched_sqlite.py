# ruff: noqa: S608 - statements for the schema, made of names of ours
"""The triggers of watched rows on SQLite, which has one writer at a time: they advance the stamp at once.

They name no table but their own and those of the stamp: SQLite refuses to remake a table that a trigger of another
one names. Which editions wait for their instant is therefore kept in a table beside the stamp.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from articles.models.watched import Watched

#: To the second: a format with percent signs would not survive `sqlmigrate`.
_NOW: Final = "datetime('now')"
#: A Django datetime column compares as text with text that is no number, as here.
_FAR: Final = "datetime('now', '+10 minutes')"
_ADVANCE: Final = f"""
INSERT INTO articles_publicstamp (id, counter, nonce, changed_at)
VALUES (1, 1, lower(hex(randomblob(8))), {_NOW})
ON CONFLICT (id) DO UPDATE
SET counter = counter + 1, nonce = excluded.nonce, changed_at = excluded.changed_at;"""


def watch(watched: "Watched", model: Any) -> Iterable[str]:
    """Return the statements that make the triggers, each one trigger."""
    table = _Table(watched, model)
    yield from table.inserting()
    changed = [table.differing("OLD", "NEW"), table.near("OLD", "NEW")]
    yield table.trigger("update", "AFTER UPDATE", changed, table.note("OLD", "NEW"))
    yield table.trigger("delete", "AFTER DELETE", [table.near("OLD")], table.note("OLD"))
    yield from table.waiting()


class _Table:
    """The columns of a watched table, and the SQL that names them."""

    def __init__(self, watched: "Watched", model: Any) -> None:
        column = {field.name: field.column for field in model._meta.local_concrete_fields}
        self.watched = watched
        self.key = model._meta.pk.column
        self.printed = [self.key, *(column[name] for name in watched.printed)] if watched.printed else []
        self.noted = [(noun, column[name]) for noun, name in watched.noted]
        self.shows = column[watched.shows] if isinstance(watched.shows, str) else ""
        own, _, other = watched.waits_for.partition("__")
        self.waits = "" if other or not own else column[own]
        self.waits_with = column[own] if other else ""

    def trigger(self, event: str, when: str, conditions: Iterable[str], body: str) -> str:
        """Return the statement that makes one trigger."""
        asked = " AND ".join(f"({condition})" for condition in conditions if condition)
        asked = f"WHEN {asked} " if asked else ""
        return f'CREATE TRIGGER "{self.watched.name}_{event}" {when} ON %(table)s {asked}BEGIN {body} END'

    def note(self, *rows: str) -> str:
        """Return the SQL that advances the stamp and notes whose change it was."""
        keys = dict.fromkeys(f"'{noun}-' || {row}.\"{column}\"" for noun, column in self.noted for row in rows)
        return _ADVANCE + "".join(
            f"""
INSERT INTO articles_nounchange (noun, counter) SELECT {key}, counter FROM articles_publicstamp WHERE id = 1
ON CONFLICT (noun) DO UPDATE SET counter = excluded.counter;"""
            for key in keys
        )

    def differing(self, one: str, other: str) -> str:
        """Return the condition for two rows that do not print the same."""
        return " OR ".join(f'{one}."{name}" IS NOT {other}."{name}"' for name in self.printed)

    def near(self, *rows: str) -> str:
        """Return the condition for rows that do not wait for an instant far away."""
        if self.waits:
            return " OR ".join(f'{row}."{self.waits}" <= {_FAR}' for row in rows)
        if self.waits_with:
            return " OR ".join(f"NOT EXISTS ({self._wait(row)})" for row in rows)
        return ""

    def _wait(self, row: str) -> str:
        noun = next(noun for noun, column in self.noted if column == self.waits_with)
        return (
            f"SELECT 1 FROM articles_publicwait WHERE noun = '{noun}-' || {row}.\"{self.waits_with}\" "
            f"AND until > {_FAR}"
        )

    def inserting(self) -> Iterator[str]:
        """Yield the triggers of insertions."""
        if self.watched.shows:
            shown = f'NEW."{self.shows}"' if self.shows else ""
            body = self.note("NEW") if self.watched.adds else _ADVANCE
            yield self.trigger("insert", "AFTER INSERT", [shown, self.near("NEW")], body)
        if not self.watched.shows or self.shows:
            # INSERT OR REPLACE deletes the row that was there without calling any trigger of deletion.
            old = f'SELECT 1 FROM %(table)s old WHERE old."{self.key}" = NEW."{self.key}"'
            there = f"EXISTS ({old} AND ({self.differing('old', 'NEW')}))"
            yield self.trigger("replace", "BEFORE INSERT", [there], self.note("NEW"))

    def waiting(self) -> Iterator[str]:
        """Yield the triggers that keep the list of rows that wait."""
        if not self.waits:
            return
        noun, column = self.watched.noted[0][0], self.noted[0][1]
        forget = f"DELETE FROM articles_publicwait WHERE noun = '{noun}-' || OLD.\"{column}\";"
        keep = f"""
DELETE FROM articles_publicwait WHERE until <= {_NOW};
INSERT INTO articles_publicwait (noun, until) SELECT '{noun}-' || NEW."{column}", NEW."{self.waits}"
WHERE NEW."{self.waits}" > {_FAR};"""
        yield self.trigger("wait", "AFTER INSERT", [], keep)
        yield self.trigger("wait_on", "AFTER UPDATE", [], forget + keep)
        yield self.trigger("wait_no_more", "AFTER DELETE", [], forget)
