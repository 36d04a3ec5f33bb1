"""The next instant at which something public changes though nobody writes."""

from datetime import datetime
from functools import cache
from typing import Final

from articles.models.stamp import INSTANTS, Instant
from articles.reading import database, instants

_PROBE: Final = "(SELECT min({column}) FROM {table} WHERE {column} > %s)"


def next_flip(at: datetime) -> datetime | None:
    """Return the first instant after `at` at which the public stamp is another one with nobody writing, or None.

    One query of an index look-up for each kind of instant.
    """
    row = database.rows(_question(), [instants.newest_passed(instant, at) for instant in INSTANTS])[0]
    coming = (instants.moment(instant, value) for instant, value in zip(INSTANTS, row, strict=True))
    return min((moment for moment in coming if moment is not None), default=None)


@cache
def _question() -> str:
    return f"SELECT {', '.join(map(_probe, INSTANTS))}"


def _probe(instant: Instant) -> str:
    table, column = instants.column(instant)
    return _PROBE.format(table=table, column=column)
