"""Editions at the desk: what readers had, have and will have, as it was released."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles.admin.finding import newest
from articles.admin.readonly import ReadOnlyAdmin
from articles.models import CONTENT_FIELDS, Article, Edition
from articles.states import NOTIFIED
from articles.templatetags.desk import moment

#: Left out where an edition is shown: what leads to other stories, which may be confidential.
HIDDEN = ("public_key", "follows", "translation_of")

#: Columns that no list prints.
HEAVY = ("body", "plain_text", "printed", "article__body", "article__search_text")


class Kinds(admin.ChoicesFieldListFilter):
    """The kinds of release; those that always have a notice are found by the index of notices."""

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Return the editions of the chosen kind."""
        found = super().queryset(request, queryset)
        return found.exclude(notice="") if set(self.lookup_val or ()) & set(NOTIFIED) else found


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Look through everything released."""

    list_display = ("when", "headline", "number", "release_kind", "section", "expires")
    list_filter = (("release_kind", Kinds), "section")
    list_select_related = ("section", "article")
    date_hierarchy = "live_from"
    search_fields = Article.word_columns
    search_help_text = _(
        "Words of the story's headline, a name in the byline, a company or its ticker, or a pasted address."
    )
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
        return queryset.defer(*HEAVY) if is_list else queryset

    def also_found(self, queryset: Any, words: list[str]) -> list[Any]:
        """Return the newest editions with all words in their headline or their notice."""
        recent = newest(queryset, "live_from")
        for word in words:
            recent = recent.filter(Q(headline__icontains=word) | Q(notice__icontains=word))
        return [recent]

    def get_readonly_fields(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        """Everything is only read."""
        return [name for _title, options in self.fieldsets for name in options["fields"]]
