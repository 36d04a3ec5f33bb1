"""Editions at the desk: what readers had, have and will have, as it was released."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles.admin.readonly import ReadOnlyAdmin
from articles.models import CONTENT_FIELDS, Edition
from articles.templatetags.desk import moment

#: Left out where an edition is shown: what leads to other stories, which may be confidential.
HIDDEN = ("public_key", "follows", "translation_of")

#: Columns that no list prints.
HEAVY = ("body", "plain_text", "printed", "article__body", "article__search_text")


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Look through everything released."""

    list_display = ("when", "headline", "number", "release_kind", "section", "expires")
    list_filter = ("release_kind", "section")
    list_select_related = ("section", "article")
    date_hierarchy = "live_from"
    search_fields = ("headline", "standfirst", "public_key", "notice")
    sortable_by = ()
    fieldsets = (
        (None, {"fields": ("story", "number", "release_kind", "notice")}),
        (_("When"), {"fields": ("when", "expires", "first", "released")}),
        (
            _("As released"),
            {"fields": tuple("text" if name == "body" else name for name in CONTENT_FIELDS if name not in HIDDEN)},
        ),
    )

    @admin.display(description=_("live from"))
    def when(self, edition: Edition) -> Any:
        return moment(edition.live_from)

    @admin.display(description=_("expires"))
    def expires(self, edition: Edition) -> Any:
        return moment(edition.expires_at) or "–"

    @admin.display(description=_("first published"))
    def first(self, edition: Edition) -> Any:
        return moment(edition.first_published_at)

    @admin.display(description=_("released"))
    def released(self, edition: Edition) -> Any:
        return moment(edition.released_at)

    @admin.display(description=_("body"))
    def text(self, edition: Edition) -> Any:
        # The body was cleaned before it was stored.
        return format_html('<div class="story-body">{}</div>', mark_safe(edition.body))  # noqa: S308

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the heavy columns of a list in the database."""
        queryset = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name == "articles_edition_changelist"
        return (
            queryset.defer("body", "plain_text", "printed", "article__body", "article__search_text")
            if is_list
            else queryset
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        """Everything is only read."""
        return [name for _title, options in self.fieldsets for name in options["fields"]]
