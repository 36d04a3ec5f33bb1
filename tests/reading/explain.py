"""How a database finds the rows of a statement: what it reads from end to end, what it sorts, how much work that is."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

_NAMED = re.compile(
    r'(?:FROM|JOIN)\s+"?(\w+)"?(?:\s+(?:AS\s+)?"?(?!(?:ON|WHERE|JOIN|INNER|LEFT|ORDER|LIMIT|UNION)\b)(\w+)"?)?'
)
_SQLITE_SCAN = re.compile(r"SCAN (\w+)")
_SQLITE_STEPS = 100  # in how many instructions of its machine SQLite tells of its progress


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was sent, with `%s` for its parameters."""

    sql: str
    parameters: tuple[Any, ...]


@dataclass(slots=True)
class Plan:
    """What a statement does.

    `scans` are tables that are read from end to end, `sorts` what is sorted, with the number of rows where the database
    says it. `work` is in blocks on PostgreSQL, in hundreds of instructions on SQLite.
    """

    scans: list[str] = field(default_factory=list)
    sorts: list[tuple[str, float | None]] = field(default_factory=list)
    work: int = 0


@contextmanager
def overheard() -> Iterator[list[Statement]]:
    """Listen to the statements of this thread's connection."""
    said: list[Statement] = []

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        said.append(Statement(sql, tuple(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield said


def plan_as_sent(statement: Statement) -> Plan:
    """Return the plan for these very parameters."""
    return _on_sqlite(statement) if connection.vendor == "sqlite" else next(_on_postgresql(statement))


def plans(statement: Statement) -> list[Plan]:
    """Return the plans that a statement can have.

    On PostgreSQL those are the one for these very parameters, and the one that a prepared statement comes to have.
    """
    return [_on_sqlite(statement)] if connection.vendor == "sqlite" else list(_on_postgresql(statement))


def _on_sqlite(statement: Statement) -> Plan:
    tables = {alias or table: table for table, alias in _NAMED.findall(statement.sql)}
    found = Plan()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.parameters)
        for _number, _parent, _unused, step in cursor.fetchall():
            scanned = _SQLITE_SCAN.match(step)
            if scanned and scanned[1] in tables:
                found.scans.append(tables[scanned[1]])
            if "TEMP B-TREE" in step:
                found.sorts.append((step, None))
        connection.connection.set_progress_handler(lambda: _count(found), _SQLITE_STEPS)
        try:
            cursor.execute(statement.sql, statement.parameters)
            cursor.fetchall()
        finally:
            connection.connection.set_progress_handler(None, 0)
    return found


def _count(plan: Plan) -> int:
    plan.work += 1
    return 0


def _on_postgresql(statement: Statement) -> Iterator[Plan]:
    explain = "EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON)"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {statement.sql}", statement.parameters)
        yield _read(cursor.fetchone()[0])
        if "%s" not in statement.sql:
            return
        numbers = iter(range(1, len(statement.parameters) + 1))
        text = re.sub(r"(?<!%)%s", lambda _match: f"${next(numbers)}", statement.sql).replace("%%", "%")
        given = ", ".join(["%s"] * len(statement.parameters))
        cursor.execute(f"PREPARE looked_at AS {text}", None)
        try:
            # After five times the server has made up its mind whether to plan once for all.
            for _ in range(6):
                cursor.execute(f"EXECUTE looked_at({given})", statement.parameters)
            cursor.execute(f"{explain} EXECUTE looked_at({given})", statement.parameters)
            yield _read(cursor.fetchone()[0])
        finally:
            cursor.execute("DEALLOCATE looked_at", None)


def _read(answer: Any) -> Plan:
    root: dict[str, Any] = (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]
    found = Plan(work=root["Shared Hit Blocks"] + root["Shared Read Blocks"])
    for step in _steps(root):
        kind = step["Node Type"]
        if kind.endswith("Seq Scan"):
            found.scans.append(step["Relation Name"])
        elif "Sort" in kind:
            below = sum(part["Actual Rows"] * part["Actual Loops"] for part in step["Plans"])
            found.sorts.append((f"{kind} by {', '.join(step['Sort Key'])}", below))
    return found


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _steps(part)
