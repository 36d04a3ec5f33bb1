"""A story's content as plain words, for reading, comparing and history."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Author, Company, Person, Topic
from articles.states import BylineRole, CompanyRole
from articles.templatetags.desk import in_full

_LIST_LABELS: dict[str, Any] = {
    "bylines": gettext_lazy("Bylines"),
    "companies": gettext_lazy("Companies"),
    "persons": gettext_lazy("People"),
    "topics": gettext_lazy("Topics"),
    "related": gettext_lazy("Related stories"),
}


def field_label(name: str) -> str:
    """Return how a part of a story's content is called at the desk."""
    if name in _LIST_LABELS:
        return str(_LIST_LABELS[name])
    return str(capfirst(Article._meta.get_field(name).verbose_name))


def value_in_words(name: str, value: Any, by: Any) -> str:
    """Return a value of a story's content in words; stories that `by` cannot see are left out."""
    if name in _LISTS:
        return _LISTS[name](value, by)
    if value in (None, ""):
        return ""
    field = Article._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return _noun(field.remote_field.model, value, by)
    if isinstance(field, models.DateTimeField):
        return in_full(datetime.fromisoformat(value) if isinstance(value, str) else value)
    if isinstance(field, models.BooleanField):
        return _("yes") if value else _("no")
    return str(dict(field.flatchoices).get(value, value))


def _noun(model: Any, key: int, by: Any) -> str:
    rows = Article.objects.visible_to(by) if model is Article else model._default_manager
    return str(rows.filter(pk=key).first() or "")


def _with_roles(model: Any, roles: Any, pairs: Sequence[Any]) -> str:
    names = model._default_manager.in_bulk([key for key, _role in pairs])
    return ", ".join(f"{names[key]} ({roles(role).label})" for key, role in pairs if key in names)


def _names(model: Any, keys: Sequence[int]) -> str:
    names = model._default_manager.in_bulk(keys)
    return ", ".join(str(names[key]) for key in keys if key in names)


def _stories(keys: Sequence[int], by: Any) -> str:
    known = Article.objects.visible_to(by).in_bulk(keys)
    return "; ".join(str(known[key]) for key in keys if key in known)


_LISTS: dict[str, Callable[[Any, Any], str]] = {
    "bylines": lambda pairs, by: _with_roles(Author, BylineRole, pairs),
    "companies": lambda pairs, by: _with_roles(Company, CompanyRole, pairs),
    "persons": lambda keys, by: _names(Person, keys),
    "topics": lambda keys, by: _names(Topic, keys),
    "related": _stories,
}
