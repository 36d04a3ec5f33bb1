"""Tables that take rows by the thousand: no model instances, one statement or COPY for all of them."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import DateTimeField, Field, JSONField, Model, UUIDField


class Table:
    """The table of a model. A row is a list of values, one for each column."""

    def __init__(self, model: type[Model], *, keyed: bool = False) -> None:
        """Take a model; rows of a table that is not `keyed` get their keys from the database."""
        # This thread's own connection: looking it up for every value would cost a fifth of the time.
        self._connection = connections[DEFAULT_DB_ALIAS]
        fields = [field for field in model._meta.concrete_fields if keyed or not field.primary_key]
        self.name = model._meta.db_table
        self._columns = ", ".join(self._connection.ops.quote_name(str(field.column)) for field in fields)
        self._blank = [field.get_default() for field in fields]
        self._places = {name: place for place, field in enumerate(fields) for name in (field.name, field.attname)}
        prepared = ((place, _preparing(field, self._connection)) for place, field in enumerate(fields))
        self._prepared = [(place, prepare) for place, prepare in prepared if prepare]

    def row(self, values: Mapping[str, Any]) -> list[Any]:
        """Return a row with these values, by names of fields or columns, and the model's own for the rest."""
        row, places = self._blank.copy(), self._places
        for name, value in values.items():
            row[places[name]] = value
        for place, prepare in self._prepared:
            row[place] = prepare(row[place])
        return row

    def insert(self, rows: Sequence[list[Any]]) -> None:
        """Insert rows, those of one call with one statement."""
        if not rows:
            return
        with self._connection.cursor() as cursor:
            if self._connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({self._columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {self.name} ({self._columns}) VALUES ({marks})", rows)  # noqa: S608

    def reserve(self, count: int) -> Sequence[int]:
        """Return so many keys that no other row has or will have."""
        with self._connection.cursor() as cursor, transaction.atomic():
            if self._connection.vendor == "postgresql":
                sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
                cursor.execute(sequence, [self.name, count])
                return [key for (key,) in cursor.fetchall()]
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0 WHERE NOT EXISTS "
                "(SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [self.name, self.name],
            )
            cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, self.name])
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [self.name])
            (last,) = cursor.fetchone()
            return range(last + 1 - count, last + 1)


def _preparing(field: "Field[Any, Any]", connection: BaseDatabaseWrapper) -> Callable[[Any], Any] | None:
    """Return what makes a value of a field what its column takes; None where the two are the same.

    Texts are stored as they are: those of the corpus are clean, and a test holds them to it.
    """
    if isinstance(field, DateTimeField):
        return _instants(connection.alias)
    if isinstance(field, JSONField):
        encode = partial(field.get_db_prep_save, connection=connection)
        empty = encode(field.get_default())
        return lambda value: encode(value) if value else empty
    return partial(field.get_db_prep_save, connection=connection) if isinstance(field, UUIDField) else None


@cache
def _instants(alias: str) -> Callable[[Any], Any]:
    # The many rows of a story have a few instants between them.
    return lru_cache(4096)(connections[alias].ops.adapt_datetimefield_value)
