"""What names mean in every story, as the desk has decided."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.lists import BoundedLists
from articles.models import AliasRule


@admin.register(AliasRule)
class AliasRuleAdmin(BoundedLists, admin.ModelAdmin):
    """Say what words always mean, or never."""

    list_display = ("words", "verdict", "whom")
    list_filter = ("verdict",)
    list_select_related = ("company", "person")
    search_fields = ("words__istartswith",)
    search_help_text = _("The beginning of the words.")
    sortable_by = ("words",)
    autocomplete_fields = ("company", "person")
    fields = ("words", "verdict", "company", "person")

    @admin.display(description=_("company or person"))
    def whom(self, rule: AliasRule) -> Any:
        return rule.company or rule.person or _("nobody")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Say what an empty choice means."""
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.name == "company":
            field.help_text = _("A company or a person. With neither, “never” says that the words name nobody.")
        return field
