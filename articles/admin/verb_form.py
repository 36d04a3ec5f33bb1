"""What the confirmation page of a verb asks."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.admin.instants import InstantField, OpenInstantField
from articles.admin.standing import Standing
from articles.admin.verbs import QUESTIONS
from articles.quality import Problem
from articles.states import RELEASES, ReleaseKind, Scheduled, Verb

_ROLL_BACK_KINDS = [
    (kind.value, kind.label)
    for kind in (ReleaseKind.CORRECTION, ReleaseKind.CLARIFICATION, ReleaseKind.UPDATE, ReleaseKind.REFILE)
]

#: Where readers find a notice that is not, like that of a correction, everywhere.
_WHERE_PRINTED = {
    Verb.UPDATE: _("Printed with the story and in the feeds."),
    Verb.WITHDRAW: _("Printed in the story's place, and on the corrections page."),
}
REFILE_IS_SILENT = _("A refile tells readers nothing. Choose another kind, or take the notice out.")


class AcceptBox(forms.CheckboxInput):
    """A box that accepts the warnings with this seal, and none that came between a look and the press of a button."""

    def __init__(self, accepted: str) -> None:
        """Take the seal of the warnings that the page shows."""
        super().__init__({"value": accepted})
        self.accepted = accepted

    def value_from_datadict(self, data: Any, files: Any, name: str) -> bool:
        """Say whether just these were accepted."""
        return bool(data.get(name) == self.accepted)


def accept_field() -> forms.BooleanField:
    """Return the field of the box; its form gives it an `AcceptBox`, or takes it out where there are no warnings."""
    return forms.BooleanField(
        label=_("Release it all the same"),
        help_text=_("The warnings go into the story's history, with your name."),
        error_messages={"required": _("Read the warnings. Mend the story, or tick the box.")},
    )


class VerbForm(forms.Form):
    """The fields a verb asks for and no others.

    Nothing but the acceptance of warnings is required here: the verb itself says all that is missing.
    """

    kind = forms.ChoiceField(choices=_ROLL_BACK_KINDS, label=_("What was wrong"), widget=forms.RadioSelect)
    notice = forms.CharField(
        required=False,
        label=_("Notice to readers"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Printed with the story, on the corrections page and in the feeds."),
    )
    at = OpenInstantField(plain=_("Now"), timed=_("At this time"), label=_("When"))
    expires_at = OpenInstantField(plain=_("Never"), timed=_("At this time"), label=_("Expires"))
    scheduled = forms.ChoiceField(
        required=False,
        label=_("The scheduled release"),
        widget=forms.RadioSelect,
        help_text=_("A release of this story is waiting. Say what happens to it."),
    )
    reason = forms.CharField(
        required=False,
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the story's history. Readers do not see it."),
    )

    despite = accept_field()

    def __init__(self, verb: Verb, standing: Standing, data: Any = None, warned: str = "") -> None:
        """Ask what `verb` needs for a story with this standing; `warned` is the seal of what its page warns of."""
        super().__init__(data, initial=_initial(verb, standing))
        question = QUESTIONS[verb]
        asked = [*question.asks, *([] if question.reason == "none" else ["reason"])]
        if standing.future is None or (standing.status == "scheduled" and verb is Verb.EXPIRE):
            asked = [name for name in asked if name != "scheduled"]
        if warned and verb in RELEASES:
            asked.append("despite")
        self.fields = {name: self.fields[name] for name in asked}
        if "despite" in self.fields:
            self.fields["despite"].widget = AcceptBox(warned)
        if verb in _WHERE_PRINTED:
            self.fields["notice"].help_text = _WHERE_PRINTED[verb]
        self._adapt(verb, question.reason, standing)

    def clean(self) -> dict[str, Any]:
        """Refuse a notice that would not stand under its right name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == ReleaseKind.REFILE and cleaned.get("notice"):
            self.add_error("notice", REFILE_IS_SILENT)
        return cleaned

    def options(self) -> dict[str, Any]:
        """Return what was answered as the keywords of the verb's function."""
        options = {name: value for name, value in self.cleaned_data.items() if name != "despite"}
        if "scheduled" in options:
            options["scheduled"] = Scheduled(options["scheduled"] or Scheduled.REFUSE)
        if "kind" in options:
            options["kind"] = ReleaseKind(options["kind"])
        return options

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Put the verb's problems about fields of this page beside them."""
        for problem in problems:
            if problem.field in self.fields:
                self.add_error(problem.field, problem.message)

    def _adapt(self, verb: Verb, reason: str, standing: Standing) -> None:
        if "at" in self.fields and verb is Verb.RESCHEDULE:
            self.fields["at"] = InstantField(required=False, label=_("New time"))
        if verb is Verb.SEND_BACK:
            self.fields["reason"].help_text = _("Say what to do: the writer reads this above the story.")
        elif reason == "required":
            self.fields["reason"].help_text = _("Say why. Readers do not see it.")
        if "reason" in self.fields and reason == "optional":
            self.fields["reason"].label = _("Note for the history (optional)")
        if verb is Verb.UPDATE:
            self.fields["notice"].label = _("Notice to readers (optional)")
        if "expires_at" in self.fields and self.initial.get("expires_at"):
            self.fields["expires_at"].present = self.initial["expires_at"].replace(second=0, microsecond=0)
        if "scheduled" in self.fields:
            choices = [(Scheduled.CANCEL.value, Scheduled.CANCEL.label)]
            if standing.live is not None and verb is not Verb.ROLL_BACK:
                choices.append((Scheduled.CARRY.value, Scheduled.CARRY.label))
            self.fields["scheduled"].choices = choices


def _initial(verb: Verb, standing: Standing) -> dict[str, Any]:
    """Return what stands in the fields at first."""
    known = standing.current if standing.is_known else standing.future
    initial: dict[str, Any] = {"kind": ReleaseKind.CORRECTION}
    if verb is Verb.EXPIRE and known is not None:
        initial["expires_at"] = known.expires_at
    if verb is Verb.RESCHEDULE and standing.future is not None:
        initial["at"] = standing.future.live_from
    return initial
