"""Date and time as typed at the desk: in the newsroom's zone, with the browser's own pickers."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.templatetags.desk import zone_label
from articles.workflow import clock


class InstantInput(forms.SplitDateTimeWidget):
    """A date, a time and the zone they are meant in."""

    template_name = "desk/instant.html"

    def __init__(self, attrs: Any = None) -> None:
        """Ask for whole minutes."""
        super().__init__(
            attrs,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": gettext_lazy("Date")},
            time_attrs={"type": "time", "aria-label": gettext_lazy("Time")},
        )

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Add the zone as the house prints it today."""
        context = super().get_context(name, value, attrs)
        context["widget"]["zone"] = zone_label(clock.now())
        return context


class InstantField(forms.SplitDateTimeField):
    """An instant, or None where nothing is typed."""

    widget = InstantInput
    default_error_messages = {
        "invalid_date": gettext_lazy("Give the date too: day, month and year."),
        "invalid_time": gettext_lazy("Give the time of day too, such as 12:50."),
    }

    def compress(self, data_list: Any) -> Any:
        """Return the instant. A time that the clocks skip, or show twice, is refused with the reason."""
        typed = datetime.combine(*data_list) if data_list and all(data_list) else None
        if typed is not None and is_skipped_or_repeated(typed):
            raise forms.ValidationError(_clock_change(typed))
        return super().compress(data_list)


def is_skipped_or_repeated(typed: datetime) -> bool:
    """Say whether the clocks of the newsroom never show this time, or show it twice."""
    zone = get_default_timezone()
    first, second = (typed.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return first != second


def _clock_change(typed: datetime) -> str:
    zone = get_default_timezone()
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    is_repeated = first.astimezone(UTC) < second.astimezone(UTC)
    words = (
        _("The clocks go back that night, and %(time)s comes twice. Choose a time before or after that hour.")
        if is_repeated
        else _("The clocks go forward that night, and there is no %(time)s. Choose a time before or after that hour.")
    )
    return words % {"time": f"{typed:%H:%M}"}


class OpenInstantField(forms.MultiValueField):
    """An instant to choose, with a first choice that needs no time: "now" or "never". That choice is None."""

    def __init__(self, *, plain: Any, timed: Any, **options: Any) -> None:
        """Take the words of the two choices."""
        options.setdefault("initial", None)
        self.plain = plain
        #: The instant that stands in the form at first, which may stay there when the other choice is made.
        self.present: Any = None
        choices = (("plain", plain), ("timed", timed))
        super().__init__(
            fields=(forms.ChoiceField(choices=choices, required=False), InstantField(required=False)),
            require_all_fields=False,
            required=False,
            widget=OpenInstantInput(choices),
            **options,
        )

    def compress(self, data_list: Any) -> Any:
        """Return the instant, or None for the choice without one.

        A time beside "now" is refused: whoever typed it does not want the story out at this moment.
        """
        which, instant = data_list or ("plain", None)
        if which != "timed" and instant not in (None, self.present):
            text = _("You gave a time, but “%s” is chosen. Choose the time, or clear it.")
            raise forms.ValidationError(text % self.plain)
        if which != "timed":
            return None
        if instant is None:
            raise forms.ValidationError(_("Give date and time, or choose the other one."))
        return instant


class OpenInstantInput(forms.MultiWidget):
    """Two radio buttons; the second one has a date and a time."""

    template_name = "desk/open_instant.html"

    def __init__(self, choices: Any) -> None:
        """Take the choices of the radio buttons."""
        super().__init__({"which": forms.RadioSelect(choices=choices), "time": InstantInput})

    def decompress(self, value: Any) -> list[Any]:
        """Return which button is chosen, and the instant."""
        return ["timed" if value else "plain", value]
