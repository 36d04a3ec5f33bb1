"""What the desk shows and never changes: editions and the ledger."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.finding import about, first_of_all
from articles.admin.noun import NounAdmin
from articles.models.article import hidden_from


def about_visible(journalist: Any) -> Q:
    """Return the condition for rows about stories that a journalist may know of, as `visible_to` is for stories."""
    return ~Q(article__in=hidden_from(journalist))


class ReadOnlyAdmin(NounAdmin):
    """Rows about stories, for everybody who may see the story."""

    actions = None
    change_form_template = "admin/desk/readonly_form.html"
    list_display_links: Any = ("when",)

    @admin.display(description=_("story"))
    def story(self, row: Any) -> Any:
        address = reverse("admin:articles_article_change", args=[row.article_id])
        return format_html('<a href="{}" dir="auto">{}</a>', address, row.article)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out the rows of stories that this journalist may not know of."""
        return super().get_queryset(request).filter(about_visible(request.user))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find rows about stories that have all the words, and what else `also_found` knows."""
        if not search_term.strip():
            return queryset, False
        also = self.also_found(queryset, search_term.split())
        return first_of_all(request, queryset, about(queryset, search_term), *also), False

    def also_found(self, queryset: Any, words: list[str]) -> list[Any]:
        """Return rows that have the words themselves."""
        return []

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let in whoever may see stories."""
        return request.user.has_perm("articles.view_article")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: only verbs write here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing here ever changes."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: nothing here ever goes."""
        return False
