"""People at the desk: those whom stories name."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.lines import LinesField
from articles.admin.merging import MergeableAdmin
from articles.admin.picture import PictureInput, checked_upload
from articles.admin.tables import Table
from articles.media.library import store_portrait
from articles.models import Person, PersonRole


class PersonForm(forms.ModelForm):
    """A person, with other names one on a line and a portrait that is checked before it is kept."""

    aliases = LinesField(
        label=_("Other names"), required=False, help_text=_("Names used in copy, one on a line: Cai Chongxin.")
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


class RoleTable(Table):
    """What somebody does and did, and where."""

    model = PersonRole
    fields = ("title", "company", "body", "since_on", "until_on")
    autocomplete_fields = ("company",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return roles with their companies."""
        return super().get_queryset(request).select_related("company")


@admin.register(Person)
class PersonAdmin(MergeableAdmin):
    """Keep who the people in stories are."""

    form = PersonForm
    inlines = (RoleTable,)
    list_display = ("name", "role", "slug", "merged")
    search_fields = Person.word_columns
    search_help_text = _("Any of their names.")
    sortable_by = ("name",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "aliases", "biography")}),
        (_("Portrait"), {"fields": ("portrait", "portrait_credit")}),
    )

    @admin.display(description=_("present role"))
    def role(self, person: Person) -> str:
        return _present(person, timezone.now().date()) or "–"

    def as_choice(self, noun: Any) -> str:
        """Return the name with what they do, for many names are alike."""
        role = _present(noun, timezone.now().date())
        return f"{noun} ({role})" if role else str(noun)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Return people with their roles, for three queries a page."""
        return super().get_queryset(request).prefetch_related("roles__company")

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        """Save by way of the picture library, which cleans a new portrait."""
        store_portrait(obj)


def _present(person: Person, day: date) -> str:
    """Return what somebody does on a day and where, "" if nothing is known."""
    for role in person.roles.all():
        begun = role.since_on is None or role.since_on <= day
        if begun and (role.until_on is None or day < role.until_on):
            place = ", ".join(filter(None, (role.body, str(role.company or ""))))
            return f"{role.title}, {place}"
    return ""
