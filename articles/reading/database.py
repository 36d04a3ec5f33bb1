"""Which database the door reads from: the primary, or for the length of a rendering one of its replicas.

Only the door looks here. The desk, the verbs and the stamp always talk to the primary, which is Django's "default".
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

_source: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)


def source() -> str:
    """Return the alias of the database that the door reads from at present."""
    return _source.get()


def connection() -> BaseDatabaseWrapper:
    """Return the connection that the door reads from at present, for fixed SQL."""
    return connections[_source.get()]


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Let the door, inside, read from the database with this alias: fixed SQL and the ORM's reads, never a write."""
    token = _source.set(alias)
    try:
        yield
    finally:
        _source.reset(token)


def rows(sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Return all rows of a fixed SELECT, read from where the door reads; `%s` stands for a parameter."""
    with connection().cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
