"""The value that changes with the names: one question to a small table."""

from typing import Final

from django.db import connection
from django.db.models import Count, Max

from articles.models import NamesChange

type NamesStamp = tuple[int, int | None, int | None]


#: From how many transactions on their rows are taken together.
_MANY: Final = 1000
# All that are over, but the newest of all: a stamp that has been told never comes back.
_TIDY: Final = """
DELETE FROM articles_nameschange WHERE xact < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
AND xact < (SELECT max(xact) FROM articles_nameschange)
"""


def tidy(stamp: NamesStamp) -> None:
    """Take the rows of transactions together that are over, where there are many of them (PostgreSQL)."""
    if stamp[0] > _MANY and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_TIDY)


def names_stamp() -> NamesStamp:
    """Return the present stamp of names; equal stamps mean equal names."""
    known = NamesChange.objects.aggregate(rows=Count("pk"), last=Max("xact"), counter=Max("counter"))
    return known["rows"], known["last"], known["counter"]
