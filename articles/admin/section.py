"""Sections at the desk."""

from django.contrib import admin

from articles.admin.noun import NounAdmin
from articles.models import Section


@admin.register(Section)
class SectionAdmin(NounAdmin):
    """Name the parts of the paper and put them in order."""

    list_display = ("name", "slug", "order", "language", "direction")
    list_editable = ("order",)
    search_fields = ("name", "slug")
    fields = ("name", "slug", "order", "language", "direction", "description")
