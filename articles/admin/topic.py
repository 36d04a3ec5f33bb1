"""Topics at the desk."""

from django.contrib import admin

from articles.admin.merging import MergeableAdmin
from articles.models import Topic


@admin.register(Topic)
class TopicAdmin(MergeableAdmin):
    """Keep the words that readers can follow stories by."""

    list_display = ("name", "slug", "merged")
    search_fields = Topic.word_columns
    sortable_by = ("name",)
    fields = ("name", "slug", "description")
