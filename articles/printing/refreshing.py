"""Render fragments again after a noun has changed, or a new version of the site has come.

Nobody has to: a page renders what is stale anew each time it is asked for. It is only slower.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, Model, OuterRef

from articles.models import (
    Author,
    Company,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionPerson,
    EditionTopic,
    Fragment,
    Image,
    Person,
    Section,
    Source,
    Topic,
)
from articles.models.stamp import NounChange
from articles.printing.fragments import good_at, store
from articles.printing.version import version
from articles.states import ReleaseKind

#: What a change at the desk renders at once: the first pages of every list that the noun has.
AT_ONCE: Final = 100
_CHUNK: Final = 200

_INDEX: Final[dict[type[Model], tuple[Any, str, str]]] = {
    Author: (EditionAuthor, "author", "edition"),
    Company: (EditionCompany, "company", "edition"),
    Person: (EditionPerson, "person", "edition"),
    Topic: (EditionTopic, "tag", "content_object"),
}
_COLUMN: Final[dict[type[Model], str]] = {Section: "section", Source: "source", Image: "lead_image"}


def refresh(noun: Model, limit: int = AT_ONCE) -> int:
    """Render the newest stories that print a noun again, and return how many; 0 for what no story prints itself."""
    if type(noun) in _INDEX:
        model, name, edition = _INDEX[type(noun)]
        rows = model._default_manager.filter(**{name: noun}).order_by("-first_published_at", "-article_id")
        keys = list(rows.values_list(f"{edition}_id", flat=True)[:limit])
    elif type(noun) in _COLUMN:
        named = Edition.objects.filter(**{_COLUMN[type(noun)]: noun})
        keys = list(named.order_by("-first_published_at", "-article_id").values_list("pk", flat=True)[:limit])
    else:
        return 0
    store(list(Edition.objects.filter(pk__in=keys)))
    return len(keys)


def refresh_stale(at: datetime, seen: Callable[[int], object] = lambda _: None, *, everything: bool = False) -> int:
    """Render what is missing or stale of the editions that readers have or will have, newest first.

    Calls `seen` with the number of editions looked at, and returns how many were rendered. Interrupted, it has done
    what it has done; another run does the rest.
    """
    rendered = 0
    for editions in _chunks(at):
        stale = editions if everything else _stale(editions, at)
        store(stale)
        rendered += len(stale)
        seen(len(editions))
    return rendered


def wanted(at: datetime) -> Any:
    """Return the editions that need a fragment: the newest of each story and those to come, no withdrawals."""
    newer = Edition.objects.filter(
        article_id=OuterRef("article_id"), live_from__gt=OuterRef("live_from"), live_from__lte=at
    )
    return Edition.objects.filter(~Exists(newer)).exclude(release_kind=ReleaseKind.WITHDRAWAL)


def _chunks(at: datetime) -> Iterator[list[Edition]]:
    rows = wanted(at).only("pk", "release_kind", "live_from").order_by("-pk")
    chunk = list(rows[:_CHUNK])
    while chunk:
        yield chunk
        chunk = list(rows.filter(pk__lt=chunk[-1].pk)[:_CHUNK])


def _stale(editions: list[Edition], at: datetime) -> list[Edition]:
    fragments = Fragment.objects.only("counter", "version", "good_from", "good_until", "nouns")
    found = fragments.in_bulk([edition.pk for edition in editions])
    nouns = {noun for fragment in found.values() for noun in fragment.nouns.split()}
    changes = dict(NounChange.objects.filter(noun__in=nouns).values_list("noun", "counter"))

    def is_true(edition: Edition) -> bool:
        fragment = found.get(edition.pk)
        return (
            fragment is not None
            and fragment.version == version()
            and good_at(max(at, edition.live_from), fragment.good_from, fragment.good_until)
            and all(changes.get(noun, 0) <= fragment.counter for noun in fragment.nouns.split())
        )

    return [edition for edition in editions if not is_true(edition)]
