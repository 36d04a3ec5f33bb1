"""The value that changes with the names: one question to a small table."""

from django.db.models import Count, Max

from articles.models import NamesChange

type NamesStamp = tuple[int, int | None, int | None]


def names_stamp() -> NamesStamp:
    """Return the present stamp of names; equal stamps mean equal names."""
    known = NamesChange.objects.aggregate(rows=Count("pk"), last=Max("xact"), counter=Max("counter"))
    return known["rows"], known["last"], known["counter"]
