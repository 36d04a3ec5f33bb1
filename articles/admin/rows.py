"""Ordered lists in the story form: bylines, companies, related stories."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.finding import called
from articles.admin.keys import as_key, keys_in
from articles.models import Article, ArticleCompany, ArticlePerson, Author, Byline, Company, Person, RelatedStory
from articles.states import BylineRole, CompanyRole
from articles.text.plain import clean_line


@dataclass(frozen=True, slots=True)
class Kind:
    """One list: its name in a story's content, the key its items are chosen by, and the roles they can have."""

    name: str
    key: Any
    title: Any
    add: Any
    roles: Any = None


KINDS = (
    Kind(
        "bylines", Byline._meta.get_field("author"), gettext_lazy("Bylines"), gettext_lazy("Add an author"), BylineRole
    ),
    Kind(
        "companies",
        ArticleCompany._meta.get_field("company"),
        gettext_lazy("Companies"),
        gettext_lazy("Add a company"),
        CompanyRole,
    ),
    Kind(
        "persons",
        ArticlePerson._meta.get_field("person"),
        gettext_lazy("People"),
        gettext_lazy("Add a person"),
    ),
    Kind(
        "related",
        RelatedStory._meta.get_field("story"),
        gettext_lazy("Related stories"),
        gettext_lazy("Add a story"),
    ),
)


class ItemSelect(AutocompleteSelect):
    """An autocomplete that knows the names of the chosen items, instead of asking for each one."""

    known: Mapping[int, Any] | None = None

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """Return the chosen item, and none."""
        if self.known is None:
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, "", "", False, 0)]
        chosen = [key for key in keys_in(map(str, value)) if key in self.known]
        options += [self.create_option(name, str(key), str(self.known[key]), True, 1) for key in chosen]
        return [(None, options, 0)]


class ItemField(forms.ModelChoiceField):
    """An item of which all that can have been chosen are looked up together."""

    def __init__(self, choices: Any, known: Mapping[int, Any], **options: Any) -> None:
        """Take the items by their keys."""
        super().__init__(choices, **options)
        self.known = known

    def to_python(self, value: Any) -> Any:
        """Return the item. Raises `ValidationError` for one that cannot be chosen."""
        if value in self.empty_values:
            return None
        item = self.known.get(as_key(value) or 0)
        if item is None:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return item


class Row(forms.Form):
    """One item. `typed` is for browsers without scripts, where nothing can be looked up."""

    def __init__(
        self, *args: Any, kind: Kind, choices: Any, known: Mapping[int, Any], widget: forms.Widget, **options: Any
    ) -> None:
        """Take what items there are to choose from, and those that are `known` by their keys."""
        super().__init__(*args, **options)
        self.kind = kind
        self.choices = choices
        self.fields["item"] = ItemField(choices, known, required=False, label=kind.key.verbose_name, widget=widget)
        if kind.roles:
            self.fields["role"] = forms.ChoiceField(
                choices=kind.roles.choices, initial=kind.roles.values[0], label=_("role")
            )
        self.fields["typed"] = forms.CharField(required=False, label=kind.add)

    def clean(self) -> dict[str, Any]:
        """Find the item whose name was typed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = clean_line(cleaned.get("typed", ""))
        if typed and cleaned.get("item") is None:
            found = called(self.choices, typed, str(self.kind.key.remote_field.model._meta.model_name))
            if len(found) == 1:
                cleaned["item"] = found[0]
            else:
                self.add_error("typed", _("“%s” is not found, or not the only one. Type the whole name.") % typed)
        return cleaned


class Rows(forms.BaseFormSet):
    """The list. `known` has the items by their keys."""

    kind: Kind
    known: Mapping[int, Any]

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows in the order they were given, also when the form comes back with a problem."""
        return iter(sorted(self.forms, key=_place))

    def add_fields(self, form: Any, index: int | None) -> None:
        """Add the place and the mark for removal, and hand the names on."""
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Remove")
        select = form.fields["item"].widget
        getattr(select, "widget", select).known = self.known

    def content(self) -> list[Any]:
        """Return the list as a story's content has it: keys in order, or [key, role] pairs."""
        items = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("item")]
        if self.kind.roles:
            return [[item["item"].pk, item["role"]] for item in items]
        return [item["item"].pk for item in items]


def _place(form: Any) -> int:
    place = as_key(str(form["ORDER"].value() or ""))
    return sys.maxsize if place is None else place


def rows_for(
    kind: Kind, *, admin_site: Any, request: HttpRequest, article: Article | None, initial: Sequence[Any], data: Any
) -> Any:
    """Return the formset for one list; `initial` is the list as a story's content has it."""
    choices = _choices(kind, request, article)
    pairs = [item if kind.roles else [item, None] for item in initial]
    keys = {int(key) for key, _role in pairs} | _posted_keys(kind, data)
    factory = forms.formset_factory(Row, formset=Rows, extra=1, can_order=True, can_delete=True)
    factory.kind = kind
    factory.known = {item.pk: item for item in choices.filter(pk__in=keys)} if keys else {}
    shown = [pair for pair in pairs if pair[0] in factory.known]
    return factory(
        data,
        prefix=kind.name,
        initial=[{"item": key, **({"role": role} if role else {})} for key, role in shown],
        form_kwargs={
            "kind": kind,
            "choices": choices,
            "known": factory.known,
            "widget": _widget(kind, admin_site, request),
        },
    )


def _choices(kind: Kind, request: HttpRequest, article: Article | None) -> Any:
    model = kind.key.remote_field.model
    if model is Article:
        others = Article.objects.exclude(pk=article.pk) if article else Article.objects
        return others.visible_to(request.user).defer("body", "search_text")
    return model._default_manager.filter(merged_into__isnull=True)


def _posted_keys(kind: Kind, data: Any) -> set[int]:
    if data is None:
        return set()
    return set(keys_in(data[name] for name in data if name.startswith(f"{kind.name}-") and name.endswith("-item")))


def _widget(kind: Kind, admin_site: Any, request: HttpRequest) -> forms.Widget:
    """Return the autocomplete, with a way to add what is missing for those who may."""
    select = ItemSelect(kind.key, admin_site, attrs={"data-placeholder": str(kind.add)})
    if kind.key.remote_field.model not in (Author, Company, Person):
        return select
    related = admin_site.get_model_admin(kind.key.remote_field.model)
    return RelatedFieldWidgetWrapper(
        select, kind.key.remote_field, admin_site, can_add_related=related.has_add_permission(request)
    )
