"""What the desk's pages for nouns have in common."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import Field
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin.finding import with_words
from articles.admin.lists import BoundedLists
from articles.models import Article
from articles.printing.refreshing import refresh


class NounAdmin(BoundedLists, admin.ModelAdmin):
    """A page for a noun that says nothing about stories its reader may not know of.

    `search_fields` are the model's `word_columns`: a search finds the beginnings of the words that stand there.
    """

    def action_checkbox(self, obj: Any) -> Any:
        """Return the box that chooses a row: the stock one, without a template for each row."""
        label = format_html(_("Select this object for an action - {}"), str(obj))
        box = '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
        return format_html(box, ACTION_CHECKBOX_NAME, obj.pk, label)

    def get_field_queryset(self, db: str | None, db_field: Field, request: HttpRequest) -> Any:
        """Offer and accept only stories that this journalist may see."""
        if db_field.remote_field.model is Article:
            return Article.objects.visible_to(request.user)
        return super().get_field_queryset(db, db_field, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find what has all the words; leave merged nouns out where one is to be chosen."""
        if is_choice(request) and hasattr(self.model, "merged_into"):
            queryset = queryset.filter(merged_into__isnull=True)
        if search_term.strip():
            queryset = with_words(queryset, search_term, str(self.opts.model_name))
        return queryset, False

    def meant_by(self, request: HttpRequest, typed: str) -> list[int]:
        """Return the keys of the rows that are meant exactly by what was typed, to stand before all that fit it."""
        return []

    def as_choice(self, noun: Any) -> str:
        """Return how a row is called where it can be chosen."""
        return str(noun)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and let the newest stories that print the noun be printed as fast as before."""
        super().save_related(request, form, formsets, change)
        if change:
            transaction.on_commit(partial(refresh, form.instance), robust=True)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say that stories stand in the way of a deletion, but not which: some of them may be confidential."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set() if protected else missing, discreet(protected)


def is_choice(request: HttpRequest) -> bool:
    """Say whether somebody types in a form and is shown what can be chosen."""
    return request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"


def discreet(protected: list[Any]) -> list[str]:
    """Return how many rows stand in the way of a deletion, without naming them."""
    if not protected:
        return []
    places = len(protected)
    return [
        ngettext(
            "%d place in stories, their history or their settings names it. It has to stay.",
            "%d places in stories, their history or their settings name it. It has to stay.",
            places,
        )
        % places
    ]
