"""Small tables in the forms of nouns: rows with a name for every field, and days that the browser asks for."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import DateField, TimeField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class RowForm(forms.ModelForm):
    """A row whose fields have names: in a table only the columns have visible ones."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Name every field."""
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = capfirst(str(field.label))


class Rows(forms.BaseInlineFormSet):
    """The rows of a table."""

    def add_fields(self, form: Any, index: int | None) -> None:
        """Name the box for removal too."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = _("Delete this %s") % self.model._meta.verbose_name

    def kept(self) -> list[Any]:
        """Return the forms of the rows that will be there."""
        return [
            form
            for form in self.forms
            if (form.has_changed() or form.instance.pk) and not self._should_delete_form(form)
        ]


class Table(admin.TabularInline):
    """What belongs to a noun, in narrow rows: what is chosen is added and mended in its own room."""

    form: Any = RowForm
    formset: Any = Rows
    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """Let the browser ask for days and times, and leave out the ways to other rooms."""
        if isinstance(db_field, DateField):
            return db_field.formfield(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        if isinstance(db_field, TimeField):
            return db_field.formfield(widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field
