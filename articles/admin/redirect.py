"""Redirects at the desk."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.noun import NounAdmin
from articles.admin.readonly import about_visible
from articles.models import Redirect
from articles.models.redirect import TARGETS


@admin.register(Redirect)
class RedirectAdmin(NounAdmin):
    """Keep vanity addresses, and see what old addresses lead to."""

    list_display = ("path", "target")
    list_select_related = TARGETS
    search_fields = Redirect.word_columns
    sortable_by = ("path",)
    autocomplete_fields = TARGETS
    fieldsets = (
        (None, {"fields": ("path",)}),
        (_("Where it leads: choose one"), {"fields": TARGETS}),
    )

    @admin.display(description=_("leads to"))
    def target(self, redirect: Redirect) -> Any:
        return next((noun for name in TARGETS if (noun := getattr(redirect, name)) is not None), "–")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what leads to stories that this journalist may not know of."""
        return super().get_queryset(request).filter(about_visible(request.user))
