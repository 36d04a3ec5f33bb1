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
    search_fields = ("name", "slug")

    def get_changelist_form(self, request: HttpRequest, **options: Any) -> Any:
        """Name the fields of the list, where only the column has a visible name."""
        form = super().get_changelist_form(request, **options)
        form.base_fields["order"].widget.attrs["aria-label"] = _("Order")
        return form

    fields = ("name", "slug", "order", "language", "direction", "description")
