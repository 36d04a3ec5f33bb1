"""The ledger at the desk: every verb ever used, newest first, never changed."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.finding import newest
from articles.admin.ledger import details_in_words
from articles.admin.readonly import ReadOnlyAdmin
from articles.models import Article, Transition
from articles.templatetags.desk import moment

#: People with the name that was typed, of whom what they did is found.
NAMESAKES = 5


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    """Look through the ledger of all stories."""

    list_display = ("when", "verb", "story", "by", "states", "edition_number", "reason")
    list_filter = ("verb",)
    list_select_related = ("article", "by")
    date_hierarchy = "at"
    search_fields = Article.word_columns
    search_help_text = _("Words of the story's headline, or the name of who did it.")
    ordering = ("-at", "-pk")
    sortable_by = ()
    fields = ("when", "verb", "story", "by", "states", "edition_number", "reason", "what_else")
    readonly_fields = fields

    @admin.display(description=_("when"))
    def when(self, transition: Transition) -> Any:
        return moment(transition.at)

    @admin.display(description=_("state"))
    def states(self, transition: Transition) -> Any:
        if transition.from_state in ("", transition.to_state):
            return transition.get_to_state_display()
        return format_html("{} → {}", transition.get_from_state_display(), transition.get_to_state_display())

    @admin.display(description=_("details"))
    def what_else(self, transition: Transition) -> Any:
        return ", ".join(f"{name}: {words}" for name, words in details_in_words(transition, transition.viewer)) or "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave the texts of the stories in the database."""
        return super().get_queryset(request).defer("article__body", "article__search_text")

    def also_found(self, queryset: Any, words: list[str]) -> list[Any]:
        """Return what somebody with this name did, and the newest rows with all words in their reason."""
        people = get_user_model()._default_manager.all()
        reasons = newest(queryset, "at")
        for word in words:
            names = Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word)
            people, reasons = people.filter(names), reasons.filter(reason__icontains=word)
        # Each person by themselves: one walk through the index has one order.
        return [*(queryset.filter(by=person) for person in people[:NAMESAKES]), reasons]

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Remember who looks: what a row says about other stories depends on it."""
        transition = super().get_object(request, object_id, from_field)
        if transition is not None:
            transition.viewer = request.user
        return transition
