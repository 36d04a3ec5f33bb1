"""Writing: start, duplicate, save."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles.models import Article, Revision, SavedText
from articles.models.uploads import random_key
from articles.rules import PERMISSIONS, why_not
from articles.states import State, Verb
from articles.workflow import clock
from articles.workflow.content import (
    Content,
    clean_content,
    empty_content,
    own_problems,
    read_content,
    write_content,
)
from articles.workflow.errors import NotAllowed, refuse_if
from articles.workflow.marking import name_marked
from articles.workflow.moves import Seen, check, hand_back, lock, move, record

if TYPE_CHECKING:
    from newsroom.models import Journalist


def start(content: Mapping[str, Any], *, by: "Journalist") -> Article:
    """Begin a story and save its first revision. Missing content starts empty; `by` owns it."""
    if not (by.is_active and by.is_staff and by.has_perm(PERMISSIONS[Verb.START])):
        raise NotAllowed(_("Your role does not allow this: %s.") % Verb.START.label)
    with transaction.atomic():
        return _begin(name_marked(clean_content({**empty_content(), **content})), by, Verb.START)


def duplicate(article: Article, *, by: "Journalist") -> Article:
    """Begin a new story with this one's content, under an address of its own.

    Raises `NotAllowed` for a story that `by` cannot see. A confidential story's duplicate is confidential for the
    same people.
    """
    with transaction.atomic():
        original = lock([article])[article.pk]
        _check_may(by, Verb.DUPLICATE, original)
        content = read_content(original) | {"public_key": random_key(), "slug": ""}
        copy = _begin(name_marked(clean_content(content)), by, Verb.DUPLICATE, {"duplicate_of": original.pk})
        if original.confidential:
            Article.objects.filter(pk=copy.pk).update(confidential=True)
            copy.confidential = True
            copy.people.set({*original.people.all(), by})
    return copy


def save(
    article: Article,
    content: Mapping[str, Any],
    *,
    by: "Journalist",
    seen: Seen | None = None,
    confidential: bool | None = None,
    people: Iterable["Journalist"] | None = None,
) -> Article:
    """Save changed content as a new revision; approved and released copy becomes a draft again.

    `content` may name only what changes. Whom the body marks joins the lists of the story. Saving nothing new writes
    nothing. Raises `StaleArticle` when the story is
    not what `by` looked at (`seen`, by default the given instance), and `Refused` for content no story can have.
    """
    seen = seen or Seen.of(article)
    with transaction.atomic():
        fresh = lock([article])[article.pk]
        now = clock.now()
        check(fresh, Verb.SAVE, by=by, seen=seen)
        before = read_content(fresh)
        after = before | clean_content(content, before["body"])
        if after != before:
            after = name_marked(after)
        refuse_if(own_problems(fresh, after))
        details = _change_of_people(fresh, confidential, people, by)
        if after == before and not details:
            return article
        came_from = fresh.state
        move(fresh, Verb.SAVE, by=by, seen=seen, at=now)
        if after != before:
            fresh.revision = add_revision(fresh, after, by=by, at=now)
        fresh.confidential = details.get("confidential", fresh.confidential)
        if "people" in details:
            fresh.people.set(details["people"])
        write_content(fresh, after, before)
        record(fresh, Verb.SAVE, by=by, at=now, came_from=came_from, details=details)
    hand_back(article, fresh)
    return article


def opened(article: Article, *, by: "Journalist") -> None:
    """Write into the ledger that `by` has opened a confidential story; other openings are not logged."""
    stored = Article.objects.get(pk=article.pk)
    _check_may(by, Verb.OPEN, stored)
    if stored.confidential:
        record(stored, Verb.OPEN, by=by, at=clock.now(), came_from=stored.state)


def add_revision(article: Article, content: Content, *, by: "Journalist", at: datetime) -> Revision:
    """Insert a revision with this clean content; the body is stored once however many revisions have it."""
    body = str(content["body"])
    digest = hashlib.sha256(body.encode()).hexdigest()
    SavedText.objects.bulk_create([SavedText(digest=digest, html=body)], ignore_conflicts=True)
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    rest = {name: value for name, value in content.items() if name != "body"}
    return Revision.objects.create(
        article=article, number=last + 1, content=rest, text_id=digest, saved_by=by, saved_at=at
    )


def _check_may(by: "Journalist", verb: Verb, article: Article) -> None:
    reason = why_not(by, verb, article)
    if reason:
        raise NotAllowed(reason)


def _begin(content: Content, by: "Journalist", verb: Verb, details: dict[str, Any] | None = None) -> Article:
    refuse_if(own_problems(Article(), content))
    now = clock.now()
    article = Article.objects.create(state=State.DRAFT, created_by=by, created_at=now, changed_at=now)
    article.revision = add_revision(article, content, by=by, at=now)
    write_content(article, content)
    record(article, verb, by=by, at=now, came_from="", details=details)
    return article


def _change_of_people(
    article: Article, confidential: bool | None, people: Iterable["Journalist"] | None, by: "Journalist"
) -> dict[str, Any]:
    """Return what changes in who may see the story, for the ledger: {} for nothing.

    Whoever makes it confidential stays among its people: nobody locks themselves out.
    """
    change: dict[str, Any] = {}
    if confidential is not None and confidential != article.confidential:
        change["confidential"] = confidential
    present = set(article.people.values_list("pk", flat=True))
    wanted = present if people is None else {person.pk for person in people}
    if change.get("confidential", article.confidential):
        wanted = wanted | {by.pk, article.created_by_id}
    if wanted != present:
        change["people"] = sorted(wanted)
    return change
