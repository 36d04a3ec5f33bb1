"""The ledger at the desk: every verb ever used, newest first, never changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.ledger import details_in_words
from articles.admin.readonly import ReadOnlyAdmin
from articles.models import Transition
from articles.templatetags.desk import moment


@admin.register(Transition)
class TransitionAdmin(ReadOnlyAdmin):
    """Look through the ledger of all stories."""

    list_display = ("when", "verb", "story", "by", "states", "edition_number", "reason")
    list_filter = ("verb",)
    list_select_related = ("article", "by")
    date_hierarchy = "at"
    search_fields = ("article__headline", "by__username", "by__last_name", "reason")
    ordering = ("-pk",)
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

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Remember who looks: what a row says about other stories depends on it."""
        transition = super().get_object(request, object_id, from_field)
        if transition is not None:
            transition.viewer = request.user
        return transition
