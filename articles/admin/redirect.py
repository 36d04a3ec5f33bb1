"""Redirects at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.noun import NounAdmin
from articles.models import Article, Redirect
from articles.models.redirect import TARGETS


@admin.register(Redirect)
class RedirectAdmin(NounAdmin):
    """Keep vanity addresses, and see what old addresses lead to."""

    list_display = ("path", "target")
    list_select_related = TARGETS
    search_fields = ("path",)
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
        known = Q(article__isnull=True) | Q(article__in=Article.objects.visible_to(request.user))
        return super().get_queryset(request).filter(known)
