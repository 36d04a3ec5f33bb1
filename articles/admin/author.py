"""Authors at the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import URLValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.colleagues import ColleagueSelect, colleagues
from articles.admin.lines import LinesField
from articles.admin.merging import MergeableAdmin
from articles.admin.picture import PictureInput, checked_upload
from articles.media.library import store_portrait
from articles.models import Author


class AuthorForm(forms.ModelForm):
    """An author, with links one on a line and a portrait that is checked before it is kept."""

    links = LinesField(
        label=_("Links"),
        required=False,
        check=URLValidator(schemes=["http", "https"]),
        help_text=_("Web addresses, one on a line: the author's own page, a profile elsewhere."),
    )
    portrait = forms.FileField(
        label=_("Portrait"),
        required=False,
        widget=PictureInput,
        help_text=_("Cut to a square from the middle."),
    )

    def clean_portrait(self) -> Any:
        """Refuse what is no sound picture."""
        return checked_upload(self.cleaned_data["portrait"])


@admin.register(Author)
class AuthorAdmin(MergeableAdmin):
    """Keep the names that stand in bylines."""

    form = AuthorForm
    list_display = ("name", "role_title", "active", "journalist", "merged")
    list_filter = ("active",)
    list_select_related = ("journalist", "merged_into")
    search_fields = Author.word_columns
    sortable_by = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "role_title", "bio", "portrait")}),
        (_("How to reach the author"), {"fields": ("email", "links")}),
        (_("At the desk"), {"fields": ("active", "journalist")}),
    )

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let every editor find colleagues, not only those who administer them."""
        if db_field.name == "journalist":
            kwargs["queryset"] = colleagues()
            kwargs["widget"] = ColleagueSelect(db_field, self.admin_site)
            return db_field.formfield(**kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Author, form: Any, change: bool) -> None:
        """Save by way of the picture library, which cleans a new portrait."""
        store_portrait(obj)
