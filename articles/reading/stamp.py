"""Reading the public stamp: what tells one state of everything public from another."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from hashlib import blake2b
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

from articles.models.stamp import INSTANTS, Instant, PublicStamp
from articles.reading import database


@dataclass(frozen=True, slots=True)
class Stamp:
    """The public stamp at an instant. Two are equal exactly while nothing public changes.

    `counter` is how many writes have changed something public. `changed_at` is when something changed last, by a write
    or because its instant came; None where nothing ever did.
    """

    at: datetime = field(compare=False)
    token: str
    counter: int
    changed_at: datetime | None


def stamp(at: datetime) -> Stamp:
    """Return the public stamp at an instant; one query, always to the primary."""
    row = database.rows(_question(), [_bound(instant, at) for instant in INSTANTS], alias=DEFAULT_DB_ALIAS)[0]
    counter, nonce, written_at = row[0] or 0, row[1] or "", database.instant(row[2])
    passed = [_passed(instant, value) for instant, value in zip(INSTANTS, row[3:], strict=True)]
    changed_at = max((moment for moment in (written_at, *passed) if moment is not None), default=None)
    digest = blake2b(repr((nonce, passed)).encode(), digest_size=9)
    return Stamp(at, f"{counter}-{digest.hexdigest()}", counter, changed_at)


def trustworthy() -> bool:
    """Say whether what is read now can be kept: inside a transaction it may never be committed, or is not stamped."""
    return not _in_transaction()


def _in_transaction() -> bool:
    return connections[DEFAULT_DB_ALIAS].in_atomic_block


@cache
def _question() -> str:
    """Return the one query: the row of the stamp, and for each kind of instant the newest that has passed."""
    own = PublicStamp._meta.db_table
    probes = ", ".join(_probe(instant) for instant in INSTANTS)
    return (
        f"SELECT stamp.counter, stamp.nonce, stamp.changed_at, {probes} "  # noqa: S608 - only names of ours
        f"FROM (SELECT 1) here LEFT JOIN {own} stamp ON stamp.id = 1"
    )


def _probe(instant: Instant) -> str:
    column = _field(instant).column
    table = apps.get_model("articles", instant.noun)._meta.db_table
    return f"(SELECT max({column}) FROM {table} WHERE {column} <= %s)"  # noqa: S608 - only names of ours


def _bound(instant: Instant, at: datetime) -> Any:
    """Return up to which value an instant has passed at `at`."""
    bound = at.astimezone(UTC) - instant.after
    return bound.date() if _is_day(instant) else bound


def _passed(instant: Instant, value: Any) -> datetime | None:
    """Return the moment at which what was found became past; SQLite gives days and times as text."""
    if value is None:
        return None
    if _is_day(instant):
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return datetime.combine(day, time(), UTC) + instant.after
    found = database.instant(value)
    return found + instant.after if found else None


@cache
def _is_day(instant: Instant) -> bool:
    return not isinstance(_field(instant), models.DateTimeField)


@cache
def _field(instant: Instant) -> Any:
    return apps.get_model("articles", instant.noun)._meta.get_field(instant.field)
