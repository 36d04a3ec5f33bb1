"""Who may do what. Every verb asks here, so the desk, the API and a shell call behave the same."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from articles.models import Article, Author, Edition, Image
from articles.states import State, Verb, state_after

if TYPE_CHECKING:
    from newsroom.models import Journalist

#: The permission each verb asks for; rules that look at the story itself are below.
PERMISSIONS: dict[Verb, str] = {
    Verb.START: "articles.add_article",
    Verb.DUPLICATE: "articles.add_article",
    Verb.OPEN: "articles.view_article",
    Verb.SAVE: "articles.change_article",
    Verb.SUBMIT: "articles.submit_article",
    Verb.SEND_BACK: "articles.send_back_article",
    Verb.APPROVE: "articles.approve_article",
    Verb.RELEASE: "articles.release_article",
    Verb.RESCHEDULE: "articles.release_article",
    Verb.CANCEL: "articles.release_article",
    Verb.EXPIRE: "articles.release_article",
    Verb.CORRECT: "articles.correct_article",
    Verb.CLARIFY: "articles.correct_article",
    Verb.UPDATE: "articles.correct_article",
    Verb.REFILE: "articles.correct_article",
    Verb.ROLL_BACK: "articles.correct_article",
    Verb.WITHDRAW: "articles.withdraw_article",
    Verb.SPIKE: "articles.spike_article",
    Verb.REVIVE: "articles.spike_article",
}

#: States in which reporters may edit their own stories: what is in review or approved is the desk's.
OWN_EDITABLE = (State.DRAFT, State.RELEASED)


def may_see(by: "Journalist", article: Article) -> bool:
    """Say whether `by` may know that this story exists."""
    if not (by.is_active and by.is_staff):
        return False
    return not article.confidential or article.people.filter(pk=by.pk).exists()


def is_own(by: "Journalist", article: Article) -> bool:
    """Say whether the story is the journalist's own: begun by them, or with their byline."""
    return article.created_by_id == by.pk or article.bylines.filter(author__journalist=by).exists()


def may(by: "Journalist", verb: Verb, article: Article) -> bool:
    """Say whether `by` may use `verb` on the story as it stands."""
    return not why_not(by, verb, article)


def why_not(by: "Journalist", verb: Verb, article: Article) -> str:
    """Return why `by` may not use `verb` on this story, or "" when they may. The state is part of the question."""
    if not may_see(by, article):
        return _("There is no such story.")
    if not by.has_perm(PERMISSIONS[verb]):
        return _("Your role does not allow this: %s.") % verb.label
    if state_after(verb, State(article.state)) is None:
        return _("%(verb)s: not possible while the story is “%(state)s”.") % {
            "verb": verb.label,
            "state": State(article.state).label,
        }
    if verb in (Verb.SAVE, Verb.SUBMIT):
        return _why_not_edit(by, article)
    if verb is Verb.APPROVE:
        return why_not_approve(by, article)
    return ""


def _why_not_edit(by: "Journalist", article: Article) -> str:
    if by.has_perm("articles.edit_any_article"):
        return ""
    if not is_own(by, article):
        return _("This is a colleague's story. Ask a copy editor for changes.")
    if article.state not in OWN_EDITABLE:
        return _("The desk has this story now. Ask for it to be sent back.")
    return ""


def why_not_approve(by: "Journalist", article: Article) -> str:
    """Return why four eyes forbid this approval, or ""; with `FOUR_EYES=off` nothing does."""
    return eyes_missing(by, article) if settings.FOUR_EYES else ""


def eyes_missing(by: "Journalist", article: Article) -> str:
    """Return why `by` is no second pair of eyes for this story, or ""."""
    submitted = article.transitions.filter(verb=Verb.SUBMIT).order_by("-pk")
    # The last to submit, whatever was saved in review since; and whoever submitted this very text at another time.
    last = submitted.values_list("by", flat=True).first()
    if last == by.pk or submitted.filter(revision=article.revision_id, by=by).exists():
        return _("You submitted this story. Somebody else must approve it.")
    if Author.objects.filter(journalist=by, pk__in=article.bylines.values("author")).exists():
        return _("Your byline is on this story. Somebody else must approve it.")
    return ""


def may_release_at_all(by: "Journalist") -> bool:
    """Say whether `by` may look at what is scheduled for readers."""
    return by.has_perm(PERMISSIONS[Verb.RELEASE])


def is_released(image: Image) -> bool:
    """Say whether a picture stands in an edition: readers have it, had it, or get it at a time that is set."""
    return Edition.objects.filter(lead_image=image).exists()


def may_change_picture(by: "Journalist", image: Image) -> bool:
    """Say whether `by` may change a picture: what readers see changes with it, so then it takes who may correct."""
    return by.has_perm("articles.change_image") and (by.has_perm(PERMISSIONS[Verb.CORRECT]) or not is_released(image))


def by_hand(verbs: Iterable[Verb]) -> list[Verb]:
    """Leave out the verbs that are no buttons: opening and starting a story, and saving, which is the form's."""
    return [verb for verb in verbs if verb not in (Verb.OPEN, Verb.START, Verb.SAVE)]
