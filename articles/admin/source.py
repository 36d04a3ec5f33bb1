"""Sources at the desk."""

from django.contrib import admin

from articles.admin.noun import NounAdmin
from articles.models import Source


@admin.register(Source)
class SourceAdmin(NounAdmin):
    """Say where copy comes from, and under what terms."""

    list_display = ("name", "prefix", "is_own_desk", "canonical_rule")
    list_filter = ("is_own_desk", "canonical_rule")
    search_fields = Source.word_columns
    sortable_by = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "prefix", "is_own_desk", "canonical_rule", "licence_note")
