"""Columns that are clean whatever wrote them.

Cleaning happens where a value meets the database, so forms, verbs, imports, `bulk_create()`, `update()` and
`bulk_update()` all pass it. `QuerySet.raw` and hand-written SQL do not.

What parses markup is imported by whoever writes: no reader needs it, so no worker that starts waits for it.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from articles.text.characters import printable
from articles.text.filing import filed_as
from articles.text.links import safe_href
from articles.text.slugs import make_slug

#: Longer than the slugs that are made from headlines: names of nouns have numbers behind them.
SLUG_LENGTH = 100

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
    _Char = models.CharField[str, str]
    _Text = models.TextField[str, str]
    _Url = models.URLField[str, str]
    _Json = models.JSONField[Any, Any]
else:
    _Field, _Char, _Text, _Url, _Json = (
        getattr(models, name) for name in "Field CharField TextField URLField JSONField".split()
    )


class CleanLine(str):
    """Text that `LineField` has cleaned in this process, so that it is not cleaned twice."""

    __slots__ = ()


class CleanProse(str):
    """Text that `ProseField` has cleaned in this process."""

    __slots__ = ()


class CleanBody(str):
    """HTML that `BodyField` has cleaned in this process."""

    __slots__ = ()


class CleanSlug(str):
    """A part of an address that `SlugField` has cleaned in this process."""

    __slots__ = ()


class CleanAddress(str):
    """An address that `WebAddressField` has cleaned in this process."""

    __slots__ = ()


def web_address(text: str) -> str:
    """Return an http or https address, or "" for everything else: a script, a path, a mail address."""
    address = safe_href(printable(text))
    return address if address.startswith(("http://", "https://")) else ""


class _Cleaned(_Field):
    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._cleaned(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(self._cleaned(value), connection)

    def _cleaned(self, value: Any) -> Any:
        raise NotImplementedError


class _CleanedText(_Cleaned):
    #: Marks what this field has cleaned. Each field has a mark of its own: what is clean as plain text may be markup.
    mark: ClassVar[type[str]]

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as it may be stored; cleaning twice changes nothing."""
        raise NotImplementedError

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Validate what will be stored, or a form would take a name that the database finds taken."""
        return super().clean(self._cleaned(value), model_instance)

    def _cleaned(self, value: Any) -> Any:
        if not isinstance(value, str) or isinstance(value, self.mark):
            return value
        return self.mark(self.clean_value(value))


class _CleanedList(_Cleaned):
    @staticmethod
    def clean_item(item: str) -> str:
        """Return an item as it may be stored, "" to leave it out."""
        raise NotImplementedError

    def _cleaned(self, value: Any) -> Any:
        # What is no list is left for validation to refuse.
        if not isinstance(value, list | tuple):
            return value
        items = (self.clean_item(item) for item in value if isinstance(item, str))
        return list(dict.fromkeys(item for item in items if item))


class LineField(_CleanedText, _Char):
    """One line of text without control characters or doubled spaces."""

    mark = CleanLine

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as one clean line."""
        from articles.text.plain import clean_line

        return clean_line(value)


class ProseField(_CleanedText, _Text):
    """Plain text in paragraphs; no markup."""

    mark = CleanProse

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as clean paragraphs."""
        from articles.text.plain import clean_text

        return clean_text(value)


class BodyField(_CleanedText, _Text):
    """A story's body: clean semantic HTML, see `articles.text.clean`."""

    mark = CleanBody

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as clean HTML."""
        from articles.text.clean import clean_body

        return clean_body(value)


class SlugField(_CleanedText, _Char):
    """The readable part of an address, in any script. Django's own knows no marks, and Hindi has no vowels then."""

    mark = CleanSlug

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as a slug, see `articles.text.slugs`."""
        return make_slug(value, SLUG_LENGTH)


class WebAddressField(_CleanedText, _Url):
    """An http or https address; anything else is stored as "", for pages print it as a link."""

    mark = CleanAddress

    @staticmethod
    def clean_value(value: str) -> str:
        """Return `value` as an address that a link may have."""
        return web_address(value)

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """Refuse in a form what would be stored as ""."""
        if value and not web_address(value):
            raise ValidationError(_("Give a web address: https://example.com/story."))
        return super().clean(value, model_instance)


class LinesField(_CleanedList, _Json):
    """A list of clean lines, each once."""

    @staticmethod
    def clean_item(item: str) -> str:
        """Return an item as one clean line."""
        from articles.text.plain import clean_line

        return clean_line(item)


class WebAddressesField(_CleanedList, _Json):
    """A list of http and https addresses, each once."""

    @staticmethod
    def clean_item(item: str) -> str:
        """Return an item as an address that a link may have."""
        return web_address(item)


class FiledField(_Char):
    """Under what the row's name stands in an index A–Z, see `articles.text.filing`."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Return what the name says, whatever stood here."""
        setattr(model_instance, self.attname, filed_as(getattr(model_instance, "name", "")))
        return super().pre_save(model_instance, add)
