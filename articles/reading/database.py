"""Which database the door reads from, and the shortest way to ask it.

The door reads from the primary, or for the length of a rendering from one of its replicas. Only the door looks here:
the desk and the verbs always talk to the primary, which is Django's "default", and so does whoever reads the stamp.
"""

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

logger = logging.getLogger(__name__)

type Rows = list[tuple[Any, ...]]

_source: ContextVar[str] = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)


def source() -> str:
    """Return the alias of the database that the door reads from at present."""
    return _source.get()


def connection() -> BaseDatabaseWrapper:
    """Return the connection that the door reads from at present."""
    return connections[_source.get()]


@contextmanager
def reading_from(alias: str) -> Iterator[None]:
    """Let the door, inside, read from the database with this alias: fixed SQL and the ORM's reads, never a write."""
    token = _source.set(alias)
    try:
        yield
    finally:
        _source.reset(token)


def rows(sql: str, parameters: Sequence[Any] = (), *, alias: str | None = None) -> Rows:
    """Return all rows of a fixed SELECT, from where the door reads or from the database `alias`.

    `%s` stands for a parameter and `%%` for a percent sign. Instants and days are given as Python has them; on SQLite
    they come back as it keeps them (see `instant()`), and JSON comes back as text on both databases. PostgreSQL plans
    each text once a connection (a prepared statement; see DATABASE_PREPARED_STATEMENTS): never write values into the
    text, and keep the number of different texts small. Raises Django's database errors.
    """
    wrapper = connections[alias or _source.get()]
    if wrapper.queries_logged or wrapper.execute_wrappers or wrapper.needs_rollback:
        return _watched(wrapper, sql, parameters)
    # What `wrapper.cursor()` does, without the layers that make a cursor as dear as a short question.
    wrapper.close_if_health_check_failed()
    wrapper.ensure_connection()
    ask = _ask_sqlite if wrapper.vendor == "sqlite" else _ask_postgresql
    with wrapper.wrap_database_errors:
        return ask(wrapper, sql, parameters)


def instant(kept: datetime | str | None) -> datetime | None:
    """Return an instant that `rows()` read: SQLite keeps them in UTC without saying so, and as text."""
    if kept is None:
        return None
    read = datetime.fromisoformat(kept) if isinstance(kept, str) else kept
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def _watched(wrapper: BaseDatabaseWrapper, sql: str, parameters: Sequence[Any]) -> Rows:
    """Ask through Django's own cursor, where queries are counted, logged and refused."""
    with wrapper.cursor() as cursor:
        cursor.execute(sql, _kept(parameters) if wrapper.vendor == "sqlite" else parameters)
        found: Rows = cursor.fetchall()
        return found


def _ask_sqlite(wrapper: Any, sql: str, parameters: Sequence[Any]) -> Rows:
    found: Rows = wrapper.connection.execute(_with_question_marks(sql), _kept(parameters)).fetchall()
    return found


def _kept(parameters: Sequence[Any]) -> list[Any]:
    """Return the parameters with instants as SQLite's columns hold them: comparing texts must compare moments."""
    return [
        value.astimezone(UTC).replace(tzinfo=None).isoformat(" ") if isinstance(value, datetime) else value
        for value in parameters
    ]


@lru_cache(maxsize=512)
def _with_question_marks(sql: str) -> str:
    return re.sub(r"(?<!%)%s", "?", sql).replace("%%", "%")


def _ask_postgresql(wrapper: Any, sql: str, parameters: Sequence[Any]) -> Rows:
    raw, errors = wrapper.connection, wrapper.Database.errors
    try:
        cursor = raw.fixed_cursor
    except AttributeError:
        # Django's own cursors put the values into the text, which the server then parses and plans every time.
        cursor = raw.fixed_cursor = wrapper.Database.Cursor(raw)
        _look_for_pooler(raw)
    try:
        found: Rows = cursor.execute(sql, parameters, prepare=True).fetchall()
    except (errors.FeatureNotSupported, errors.InvalidSqlStatementName, errors.DuplicatePreparedStatement) as error:
        if wrapper.in_atomic_block:
            raise
        # A migration has changed a column under the plan, or a pooler has put another server under the connection.
        logger.warning("A prepared statement is gone (%s); asking without.", str(error).strip())
        raw.execute("DEALLOCATE ALL")
        found = cursor.execute(sql, parameters, prepare=False).fetchall()
    return found


def _look_for_pooler(raw: Any) -> None:
    """Prepare nothing on a connection that ends at a pooler, unless DATABASE_PREPARED_STATEMENTS says that it may.

    A pooler may give each transaction another server, where the same name of a prepared statement can mean what
    somebody else has prepared: the answer would be that of another question. It shows by the number of the process,
    which is the pooler's own word in one place and the server's in the other.
    """
    if settings.PREPARED_STATEMENTS == "auto":
        ((process,),) = raw.execute("SELECT pg_backend_pid()").fetchall()
        if process != raw.info.backend_pid:
            raw.prepare_threshold = None
