"""The ledger in an editor's words."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Transition
from articles.states import ReleaseKind, Verb
from articles.templatetags.desk import in_full

_YES: dict[str, Any] = {
    "one_step": gettext_lazy("approved and corrected in one step"),
    "own_work": gettext_lazy("approved by the person who wrote or submitted it"),
    "after_flip": gettext_lazy("withdrawn right after the scheduled edition appeared"),
}


def details_in_words(transition: Transition, by: Any) -> list[tuple[str, str]]:
    """Return what else a ledger row says, as (what, words); stories that `by` cannot see are not named."""
    return [
        (str(label), words)
        for key, value in transition.details.items()
        for label, words in _words(key, value, by)
        if words
    ]


def _words(key: str, value: Any, by: Any) -> Iterator[tuple[Any, str]]:
    if key in _YES:
        yield _("Note"), str(_YES[key]) if value else ""
    elif key in _TELL:
        label, tell = _TELL[key]
        yield label, tell(value)
    elif key in ("bundle", "duplicate_of"):
        keys = value if isinstance(value, list) else [value]
        known = Article.objects.visible_to(by).filter(pk__in=keys).order_by("pk")
        label = _("Released together with") if key == "bundle" else _("Copy of")
        yield label, "; ".join(str(article) for article in known)
    else:
        yield key.replace("_", " ").capitalize(), str(value)


def _instant(value: Any) -> str:
    return in_full(datetime.fromisoformat(value) if isinstance(value, str) else value) if value else _("never")


def _people(value: Any) -> str:
    """Return the names of journalists; who has left stays in the ledger."""
    known = get_user_model()._default_manager.in_bulk(value)
    return ", ".join(str(known[key].name) for key in value if key in known)


def _kind(value: str) -> str:
    return str(ReleaseKind(value).label)


_TELL: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "live_from": (gettext_lazy("Live from"), _instant),
    "was": (gettext_lazy("Until then scheduled for"), _instant),
    "expires_at": (gettext_lazy("Expires"), _instant),
    "kind": (gettext_lazy("Kind"), _kind),
    "notice": (gettext_lazy("Notice to readers"), str),
    "despite": (gettext_lazy("Released despite"), " · ".join),
    "because": (gettext_lazy("Because of"), lambda value: str(Verb(value).label)),
    "carried_into": (gettext_lazy("Carried into scheduled edition"), str),
    "to": (gettext_lazy("Back to edition"), str),
    "four_eyes": (gettext_lazy("Four eyes"), lambda value: _("switched off") if value == "off" else str(value)),
    "people": (gettext_lazy("People"), _people),
    "confidential": (gettext_lazy("Confidential"), lambda value: _("yes") if value else _("no")),
}
