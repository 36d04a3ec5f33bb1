"""Sections at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.noun import NounAdmin
from articles.models import Section


@admin.register(Section)
class SectionAdmin(NounAdmin):
    """Name the parts of the paper and put them in order."""

    list_display = ("name", "slug", "order", "language", "direction")
    list_editable = ("order",)
    search_fields = Section.word_columns
    sortable_by = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Name the places in the list, where only the column has a visible name."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "order":
            field.widget.attrs["aria-label"] = _("Order")
        return field

    fields = ("name", "slug", "order", "language", "direction", "description", "ticker_form")
