"""Everything that was committed to the rows that readers see something of, kept by triggers of the soak's own.

They write a line for every change, whatever made it, and a line for every advance of the public stamp. So the writers
need not say what they did, nor wait for each other, and no change can be forgotten. A line knows its transaction, and a
transaction its last value of the counter, which is the order of the commits. What advances no counter (a noun that
nobody can see yet, an edition far in the future) happens with the change of the same story or noun before it.

SQLite knows no name of a transaction, so every connection that writes brings one (`attend()`).
"""

import json
import os
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.backends.signals import connection_created

from tests.soak.oracle import Event
from tests.soak.oracle.world import INDEX, NOUNS

TABLES: Final = (*NOUNS, *INDEX, "edition", "transition", "revision", "savedtext")
#: Large columns that the oracle does without.
_LEFT_OUT: Final = ("plain_text", "printed", "note_to_editors")
#: Tables whose changes are in order story by story; those of others are so noun by noun.
_OF_STORIES: Final = (*INDEX, "edition", "transition", "revision")
_TABLE: Final = "xact text, noun text, key text, event text, line text"
_KEY: Final = {"sqlite": "id integer PRIMARY KEY AUTOINCREMENT", "postgresql": "id bigserial PRIMARY KEY"}
_XACT: Final = {"sqlite": "soak_transaction()", "postgresql": "pg_current_xact_id()::text"}
_EVENTS: Final = {"insert": "NEW", "update": "NEW", "delete": "OLD"}


class History:
    """The lines that were written so far."""

    def __init__(self) -> None:
        self._read_up_to = 0
        self._counters: dict[Any, int] = {}

    @staticmethod
    def begin() -> None:
        """Make the triggers; nothing public may have been written yet."""
        attend()
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE soak_history ({_KEY[connection.vendor]}, {_TABLE})")
            for name in (*TABLES, "publicstamp"):
                for statement in _triggers(name):
                    cursor.execute(statement)

    @staticmethod
    def end() -> None:
        """Remove the triggers and all lines."""
        with connection.cursor() as cursor:
            for name in (*TABLES, "publicstamp"):
                for event in _EVENTS:
                    table = f" ON {_model(name)._meta.db_table}" if connection.vendor == "postgresql" else ""
                    cursor.execute(f"DROP TRIGGER IF EXISTS soak_{name}_{event}{table}")
            cursor.execute("DROP TABLE IF EXISTS soak_history")

    def news(self) -> list[Event]:
        """Return what was committed since the last call, in the order of the stamp; nobody may be writing."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, xact, noun, key, event, line FROM soak_history WHERE id > %s ORDER BY id",
                [self._read_up_to],
            )
            lines = cursor.fetchall()
        self._read_up_to = lines[-1][0] if lines else self._read_up_to
        found = [self._event(counter, line) for counter, line in _in_transactions(lines)]
        return sorted(found, key=lambda event: (event.counter, event.order))

    def _event(self, counter: int | None, line: tuple[Any, ...]) -> Event:
        order, _xact, table, key, what, text = line
        row = _row(table, json.loads(text))
        place = ("article", row["article_id"]) if table in _OF_STORIES else (table, key)
        if counter is None:
            counter = self._counters.get(place, 0)
        self._counters[place] = max(counter, self._counters.get(place, 0))
        own = key if table == "savedtext" else int(key)
        return Event(counter, order, table, own, None if what == "delete" else row)


def attend() -> None:
    """Let the connections of this process name their transactions."""
    connection_created.connect(_name_transactions, dispatch_uid="soak")
    connection.close()


def _name_transactions(connection: Any, **_signal: Any) -> None:
    if connection.vendor != "sqlite":
        return
    raw, own, numbers = connection.connection, f"{os.getpid()}-{threading.get_ident()}", count()
    present = ["", ""]

    def look(statement: str) -> None:
        # The statement is shown again for each trigger inside of it.
        if statement != present[0] and (not raw.in_transaction or statement.startswith("BEGIN")):
            present[1] = f"{own}-{next(numbers)}"
        present[0] = statement

    raw.set_trace_callback(look)
    raw.create_function("soak_transaction", 0, lambda: present[1])


def _in_transactions(lines: list[Any]) -> Iterator[tuple[int | None, Any]]:
    """Yield lines with the last counter of their transaction, None for one that advanced none."""
    counters: dict[str, int] = {}
    for _order, xact, table, _key, _event, line in lines:
        if table == "publicstamp":
            counters[xact] = int(line)
    yield from ((counters.get(line[1]), line) for line in lines if line[2] != "publicstamp")


def _triggers(name: str) -> Iterator[str]:
    """Yield the statements that make the triggers of a table."""
    model = _model(name)
    table, key = model._meta.db_table, model._meta.pk.column
    for event, row in _EVENTS.items():
        values = f"{_XACT[connection.vendor]}, '{name}', {row}.\"{key}\", '{event}', {_line(name, row)}"
        insert = f"INSERT INTO soak_history (xact, noun, key, event, line) VALUES ({values})"
        if connection.vendor == "sqlite":
            yield f"CREATE TRIGGER soak_{name}_{event} AFTER {event} ON {table} BEGIN {insert}; END"
            continue
        yield (
            f"CREATE OR REPLACE FUNCTION soak_{name}_{event}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$soak$ BEGIN {insert}; RETURN NULL; END $soak$"
        )
        yield (
            f"CREATE TRIGGER soak_{name}_{event} AFTER {event} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION soak_{name}_{event}()"
        )


def _line(name: str, row: str) -> str:
    """Return the SQL of what a line keeps of a row."""
    if name == "publicstamp":
        return f"{row}.counter"
    if connection.vendor == "postgresql":
        return f"(to_jsonb({row}) - ARRAY[{', '.join(map(repr, _LEFT_OUT))}])::text"
    return f"json_object({', '.join(f'\'{column}\', {row}."{column}"' for column in _columns(name))})"


def _row(table: str, line: dict[str, Any]) -> dict[str, Any]:
    """Return a row as Python has it: both databases keep it in their own ways."""
    return {column: _value(field, line[column]) for column, field in _columns(table).items()}


def _value(field: Any, kept: Any) -> Any:
    if kept is None:
        return None
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(kept)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat(kept)
    if isinstance(field, models.UUIDField):
        return str(UUID(kept))
    if isinstance(field, models.BooleanField):
        return bool(kept)
    if isinstance(field, models.JSONField) and isinstance(kept, str):
        return json.loads(kept)
    return kept


def _columns(name: str) -> dict[str, Any]:
    fields = _model(name)._meta.local_concrete_fields
    return {field.column: field for field in fields if field.name not in _LEFT_OUT}


def _model(name: str) -> Any:
    return apps.get_model("articles", name)
