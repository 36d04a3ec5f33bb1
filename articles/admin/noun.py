"""What the desk's pages for nouns have in common."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Field
from django.http import HttpRequest
from django.utils.translation import ngettext

from articles.models import Article
from articles.printing.refreshing import refresh


class NounAdmin(admin.ModelAdmin):
    """A page for a noun that says nothing about stories its reader may not know of."""

    list_per_page = 50
    show_full_result_count = False

    def get_field_queryset(self, db: str | None, db_field: Field, request: HttpRequest) -> Any:
        """Offer and accept only stories that this journalist may see."""
        if db_field.remote_field.model is Article:
            return Article.objects.visible_to(request.user)
        return super().get_field_queryset(db, db_field, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Leave merged nouns out where one is to be chosen."""
        is_choice = request.resolver_match is not None and request.resolver_match.url_name == "autocomplete"
        if is_choice and hasattr(self.model, "merged_into"):
            queryset = queryset.filter(merged_into__isnull=True)
        return super().get_search_results(request, queryset, search_term)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save, and let the newest stories that print the noun be printed as fast as before."""
        super().save_related(request, form, formsets, change)
        if change:
            transaction.on_commit(partial(refresh, form.instance), robust=True)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Say that stories stand in the way of a deletion, but not which: some of them may be confidential."""
        to_delete, counts, missing, protected = super().get_deleted_objects(objs, request)
        return to_delete, counts, set() if protected else missing, discreet(protected)


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
