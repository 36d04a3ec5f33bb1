"""Exchanges at the desk, with their hours and holidays."""

import json
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.admin.noun import NounAdmin
from articles.admin.tables import RowForm, Table
from articles.models import Exchange, ExchangeDay

#: The parts of hours in the order in which they are written down.
_PARTS = ("from", "days", "pre", "regular", "post")


class HoursField(forms.JSONField):
    """Hours as they are kept, a part on a line."""

    widget = forms.Textarea(attrs={"rows": 8, "cols": 60, "spellcheck": "false", "class": "code"})

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the text area."""
        return write_hours(value) if isinstance(value, dict | list) else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """Return hours; nothing is hours, too."""
        return super().to_python(value.strip() if isinstance(value, str) else value) or {}


class SessionsField(forms.JSONField):
    """The hours of one day on a line, which is empty where it has none of its own."""

    widget = forms.TextInput(attrs={"spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the line."""
        return "" if value == [] else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """Return sessions; nothing is none."""
        return super().to_python(value.strip() if isinstance(value, str) else value) or []


class ExchangeForm(forms.ModelForm):
    """An exchange, with its hours as text."""

    class Meta:
        field_classes = {"hours": HoursField}


class DayForm(RowForm):
    """A day that the desk has entered or changed, which no command touches from then on."""

    class Meta:
        field_classes = {"hours": SessionsField}

    def save(self, commit: bool = True) -> Any:
        """Save, and mark the day as the desk's."""
        self.instance.by_hand = True
        return super().save(commit)


class DayTable(Table):
    """The days without trading, or with less of it, of this year and the next."""

    model = ExchangeDay
    form = DayForm
    fields = ("date", "closes_at", "hours", "name")
    verbose_name_plural = _("holidays and half days of this year and the next")

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what is over, and what is far away."""
        year = timezone.now().year
        return super().get_queryset(request).filter(date__year__in=(year, year + 1))


@admin.register(Exchange)
class ExchangeAdmin(NounAdmin):
    """Keep the exchanges that tickers are printed with."""

    form = ExchangeForm
    inlines = (DayTable,)
    list_display = ("short_name", "name", "mic", "city", "country", "time_zone", "currency")
    search_fields = Exchange.word_columns
    sortable_by = ("short_name",)
    fieldsets = (
        (None, {"fields": ("short_name", "name", "mic", "city", "country", "currency")}),
        (_("When it trades"), {"fields": ("time_zone", "hours", "delay_minutes")}),
    )


def write_hours(hours: Any) -> str:
    """Return hours as JSON that a person can read: a part on a line, and no line for each time."""
    if not isinstance(hours, dict):
        return "[\n" + ",\n".join(write_hours(part) for part in hours) + "\n]"
    # PostgreSQL keeps the parts in an order of its own.
    parts = (f"  {json.dumps(name)}: {json.dumps(hours[name])}" for name in sorted(hours, key=_place))
    return "{\n" + ",\n".join(parts) + "\n}" if hours else "{}"


def _place(part: str) -> int:
    return _PARTS.index(part) if part in _PARTS else len(_PARTS)
