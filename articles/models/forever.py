"""Rows that are kept for ever: the database refuses to change them, this module refuses to delete them."""

from typing import Any, NoReturn

from django.db import models


class KeptForever(Exception):
    """Somebody tried to delete a row of the newsroom's record."""


class KeptQuerySet(models.QuerySet[Any]):
    """A query set that deletes nothing."""

    def delete(self) -> NoReturn:
        """Refuse."""
        message = f"{self.model._meta.verbose_name_plural} are kept for ever"
        raise KeptForever(message)


class Kept(models.Model):
    """A row that is written once. Frozen in the database against changes, here against deletion."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        message = f"{self._meta.verbose_name} {self.pk} is kept for ever"
        raise KeptForever(message)
