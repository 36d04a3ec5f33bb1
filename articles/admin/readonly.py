"""What the desk shows and never changes: editions and the ledger."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.noun import NounAdmin
from articles.models import Article


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
        known = Article.objects.visible_to(request.user)
        return super().get_queryset(request).filter(article__in=known)

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
