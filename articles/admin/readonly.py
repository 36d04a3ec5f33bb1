"""What the desk shows and never changes: editions and the ledger."""

from typing import Any

from django.http import HttpRequest

from articles.admin.noun import NounAdmin
from articles.models import Article


class ReadOnlyAdmin(NounAdmin):
    """Rows about stories, for everybody who may see the story."""

    actions = None
    list_display_links: Any = ("when",)

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

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Go to the row itself: it has no history beyond what it says."""
        return self.change_view(request, object_id)
