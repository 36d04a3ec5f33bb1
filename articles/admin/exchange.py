"""Exchanges at the desk."""

from django.contrib import admin

from articles.admin.noun import NounAdmin
from articles.models import Exchange


@admin.register(Exchange)
class ExchangeAdmin(NounAdmin):
    """Keep the exchanges that tickers are printed with."""

    list_display = ("short_name", "name", "mic", "time_zone")
    search_fields = Exchange.word_columns
    sortable_by = ("short_name",)
    fields = ("short_name", "name", "mic", "time_zone")
