"""People at the desk: those whom stories name."""

from django.contrib import admin

from articles.admin.merging import MergeableAdmin
from articles.models import Person


@admin.register(Person)
class PersonAdmin(MergeableAdmin):
    """Keep who the people in stories are."""

    list_display = ("name", "slug", "merged")
    search_fields = Person.word_columns
    sortable_by = ("name",)
    fields = ("name", "slug", "aliases", "biography", "portrait", "portrait_credit")
