"""Which buttons a journalist gets for a story, and what each one asks."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.admin.standing import Standing
from articles.models import Article
from articles.states import CHANGES, Verb

if TYPE_CHECKING:
    from newsroom.models import Journalist


@dataclass(frozen=True, slots=True)
class Question:
    """What the confirmation page of a verb asks, and how it explains the verb.

    `asks` are the fields of `articles.admin.verb_form.VerbForm` beside the reason, in order.
    """

    explains: Any
    asks: tuple[str, ...] = ()
    reason: str = "optional"
    weight: str = "plain"


#: Every verb that is a button, in the order of the buttons.
QUESTIONS: dict[Verb, Question] = {
    Verb.SUBMIT: Question(
        _("An editor reads the story next. You can edit it again when it is sent back."), weight="main"
    ),
    Verb.APPROVE: Question(
        _("The text as it stands may go to readers. Any change makes it a draft again."), weight="main"
    ),
    Verb.RELEASE: Question(
        _("Readers get the approved text, now or at a time you choose."),
        ("at", "expires_at", "scheduled"),
        weight="main",
    ),
    Verb.CORRECT: Question(
        _("A fact was wrong. Readers get the new text with a notice that says what was wrong."),
        ("notice", "at", "scheduled"),
        weight="main",
    ),
    Verb.CLARIFY: Question(
        _("The story was true but could mislead. Readers get the new text with a notice."),
        ("notice", "at", "scheduled"),
        weight="main",
    ),
    Verb.UPDATE: Question(
        _("There are new facts. Readers get the new text, and the story counts as updated."),
        ("notice", "at", "scheduled"),
        weight="main",
    ),
    Verb.REFILE: Question(
        _("Typing errors, links or the address were put right; the meaning is the same. “Updated” does not move."),
        ("at", "scheduled"),
        weight="main",
    ),
    Verb.SEND_BACK: Question(_("The story becomes a draft again, with your reason for its writer."), reason="required"),
    Verb.RESCHEDULE: Question(_("The scheduled release appears at another time."), ("at",)),
    Verb.CANCEL: Question(_("What is scheduled does not appear. What readers have now stays as it is.")),
    Verb.EXPIRE: Question(
        _("From a time you choose, readers no longer have the story: its page says that it has expired."),
        ("expires_at", "scheduled"),
    ),
    Verb.ROLL_BACK: Question(
        _("Readers get the text they had before the present one, as a new edition. The working copy stays as it is."),
        ("kind", "notice", "scheduled"),
    ),
    Verb.DUPLICATE: Question(_("A new draft begins with the words of this story."), reason="none"),
    Verb.REVIVE: Question(_("The story becomes a draft again.")),
    Verb.WITHDRAW: Question(
        _("The story is gone for readers at once. Its page keeps only your notice. What is scheduled is cancelled."),
        ("notice",),
        weight="grave",
    ),
    Verb.SPIKE: Question(
        _("The working copy is put aside. What readers have, and what is scheduled, stays as it is."),
        reason="required",
        weight="grave",
    ),
}


def allowed_verbs(by: "Journalist", article: Article, standing: Standing) -> list[Verb]:
    """Return exactly the verbs `by` may use on the story now, in the order of the buttons."""
    return [verb for verb in QUESTIONS if fits(verb, standing) and rules.may(by, verb, article)]


def fits(verb: Verb, standing: Standing) -> bool:
    """Say whether a verb makes sense with what readers have and what waits for them."""
    if verb is Verb.RELEASE:
        return standing.live is None
    if verb in CHANGES:
        return standing.live is not None
    if verb is Verb.ROLL_BACK:
        return standing.live is not None and standing.earlier is not None
    if verb in (Verb.RESCHEDULE, Verb.CANCEL):
        return standing.future_can_go
    if verb is Verb.EXPIRE:
        return standing.is_known or (standing.current is None and standing.future_can_go)
    if verb is Verb.WITHDRAW:
        return standing.is_known or (standing.future is not None and not standing.future_can_go)
    return True
