"""Nouns in an index A–Z: a column says under what each name stands, and follows the name whatever writes it."""

from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.db import models

from articles.models.fields import FiledField
from articles.models.nouns import Mergeable
from articles.text.filing import FILED_LENGTH, filed_as

_BATCH = 500


class Filed(Mergeable):
    """A noun that an index A–Z lists.

    `filed_as` follows the name through `save()`, `bulk_create()`, `update()` and `bulk_update()`; after hand-written
    SQL, `manage.py index_desk` sets it.
    """

    filed_as = FiledField(max_length=FILED_LENGTH, default="", editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Save, and file the noun under its name where this is written."""
        fields = options.get("update_fields")
        if fields is not None and "name" in fields:
            options["update_fields"] = {*fields, "filed_as"}
        super().save(*args, **options)

    @classmethod
    def note_words(cls, keys: Iterable[int]) -> None:
        """Note the words, and file under their names what is not."""
        keys = sorted(keys)
        super().note_words(keys)
        for batch in batched(keys, _BATCH, strict=False):
            rows = cls._base_manager.filter(pk__in=batch).only("name", "filed_as")
            wrong = [row for row in rows if row.filed_as != filed_as(row.name)]
            for row in wrong:
                cls._base_manager.filter(pk=row.pk).update(filed_as=filed_as(row.name))


def filed_index(noun: str) -> models.Index:
    """Return the index that a list of a letter walks: by bytes, whatever the collation of the database."""
    return models.Index(fields=("filed_as", "id"), opclasses=("varchar_pattern_ops", "int8_ops"), name=f"{noun}_filed")
