"""Text columns that are clean whatever wrote them.

Cleaning happens where a value meets the database, so forms, verbs, imports, `bulk_create()`, `update()` and
`bulk_update()` all pass it. `QuerySet.raw` and hand-written SQL do not.
"""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.text.clean import clean_body
from articles.text.plain import clean_line, clean_text

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _Char = models.CharField[str, str]
    _Text = models.TextField[str, str]
else:
    _Field, _Char, _Text = models.Field, models.CharField, models.TextField


class _Cleaned(str):
    """Text that has been through the cleaner of its field in this process, so that it is not cleaned twice."""

    __slots__ = ()


class _CleanedField(_Field):
    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as it may be stored; cleaning twice changes nothing."""
        raise NotImplementedError

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self._cleaned(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = self._cleaned(value)
        return super().get_db_prep_save(value, connection)

    def _cleaned(self, value: str) -> str:
        if isinstance(value, _Cleaned):
            return value
        return _Cleaned(self.clean_value(value))


class LineField(_CleanedField, _Char):
    """One line of text without control characters or doubled spaces."""

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as one clean line."""
        return clean_line(value)


class ProseField(_CleanedField, _Text):
    """Plain text in paragraphs; no markup."""

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as clean paragraphs."""
        return clean_text(value)


class BodyField(_CleanedField, _Text):
    """A story's body: clean semantic HTML, see `articles.text.clean`."""

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as clean HTML."""
        return clean_body(value)
