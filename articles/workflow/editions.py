"""Making editions: from a revision, or from another edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime

from articles.models import (
    CONTENT_FIELDS,
    Article,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionPerson,
    EditionTopic,
    Revision,
)
from articles.printing import fragments
from articles.states import NOTIFIED, ReleaseKind
from articles.text.counts import count_words
from articles.text.plain import clean_text, plain_text
from articles.text.slugs import make_slug
from articles.workflow.content import Content, column
from articles.workflow.printed import Nouns

TICK = timedelta(microseconds=1)


type Naming = EditionAuthor | EditionCompany | EditionPerson | EditionTopic


@dataclass(frozen=True, slots=True)
class Drafted:
    """An edition that is not stored yet, with its rows in the index from nouns to editions."""

    edition: Edition
    named: tuple[Naming, ...]


def content_of(revision: Revision) -> Content:
    """Return the whole content of a revision."""
    embargo_at = revision.content["embargo_at"]
    if isinstance(embargo_at, str):  # a revision that was saved a moment ago still has the datetime
        embargo_at = parse_datetime(embargo_at)
    # Older revisions name no people.
    return {"persons": [], **revision.content, "body": revision.body, "embargo_at": embargo_at}


def compose(
    article: Article,
    revision: Revision,
    *,
    kind: ReleaseKind,
    live_from: datetime,
    released_at: datetime,
    notice: str = "",
    expires_at: datetime | None = None,
    previous: Edition | None = None,
    number: int = 0,
    nouns: Nouns | None = None,
) -> Drafted:
    """Return the edition that releasing `revision` makes; nothing is written.

    `previous` is the edition it takes over from: its first publication and notices go on. A refile keeps the
    previous `updated_at`. Give `nouns` when many editions are made at once.
    """
    content = content_of(revision)
    nouns = nouns or Nouns.of([content])
    content = nouns.follow_merges(content)
    notice = clean_text(notice)
    notices = list(previous.notices) if previous else []
    if kind in NOTIFIED or notice:
        notices.append({"kind": kind.value, "text": notice, "at": live_from.isoformat()})
    text = plain_text(content["body"])
    edition = Edition(
        **{column(name): content[name] for name in CONTENT_FIELDS},
        article=article,
        revision=revision,
        guid=article.guid,
        number=number,
        release_kind=kind,
        notice=notice,
        notices=notices,
        plain_text=text,
        word_count=count_words(text),
        printed=nouns.printed(content),
        first_published_at=previous.first_published_at if previous else live_from,
        updated_at=previous.updated_at if previous and kind is ReleaseKind.REFILE else live_from,
        live_from=live_from,
        expires_at=expires_at,
        released_at=released_at,
    )
    edition.slug = content["slug"] or make_slug(content["headline"])
    return Drafted(edition, _index(edition, content))


def copy(edition: Edition, *, number: int, released_at: datetime, **changes: Any) -> Drafted:
    """Return a new edition like `edition` but for `changes`; nothing is written."""
    values = {
        field.attname: getattr(edition, field.attname)
        for field in Edition._meta.concrete_fields
        if not field.primary_key
    }
    new = Edition(**(values | {"number": number, "released_at": released_at} | changes))
    named = {
        "bylines": [[item.author_id, item.role] for item in edition.author_items.order_by("position")],
        "companies": [[item.company_id, item.role] for item in edition.company_items.order_by("position")],
        "persons": list(edition.person_items.order_by("position").values_list("person_id", flat=True)),
        "topics": list(edition.topic_items.order_by("position").values_list("tag_id", flat=True)),
    }
    return Drafted(new, _index(new, named))


def moved(edition: Edition, live_from: datetime, *, number: int, released_at: datetime, **changes: Any) -> Drafted:
    """Return a future edition at another instant; what began with its old instant begins with the new one."""
    was = edition.live_from
    times = {name: live_from for name in ("first_published_at", "updated_at") if getattr(edition, name) == was}
    notices = [
        {**told, "at": live_from.isoformat()} if told["at"] == was.isoformat() else told for told in edition.notices
    ]
    return copy(
        edition, number=number, released_at=released_at, live_from=live_from, notices=notices, **times, **changes
    )


def tombstone(edition: Edition, *, number: int, live_from: datetime, released_at: datetime, notice: str) -> Drafted:
    """Return the edition that withdraws a story: its address and its notice, and not a word of the story."""
    notice = clean_text(notice)
    kept = ("public_key", "slug", "section_id", "language", "kind", "search_engines")
    new = Edition(
        **{name: getattr(edition, name) for name in kept},
        article_id=edition.article_id,
        revision_id=edition.revision_id,
        guid=edition.guid,
        number=number,
        release_kind=ReleaseKind.WITHDRAWAL,
        notice=notice,
        notices=[*edition.notices, {"kind": ReleaseKind.WITHDRAWAL.value, "text": notice, "at": live_from.isoformat()}],
        first_published_at=edition.first_published_at,
        updated_at=live_from,
        live_from=live_from,
        released_at=released_at,
    )
    return Drafted(new, ())


def store(drafted: Sequence[Drafted]) -> list[Edition]:
    """Insert editions with their index rows and rendered fragments and return them.

    The number of statements does not grow with that of the editions.
    """
    editions = Edition.objects.bulk_create([item.edition for item in drafted])
    for model in (EditionAuthor, EditionCompany, EditionPerson, EditionTopic):
        rows = [_attach(row, item.edition) for item in drafted for row in item.named if isinstance(row, model)]
        model._default_manager.bulk_create(rows)
    fragments.store(editions)
    return list(editions)


def _index(edition: Edition, named: Content) -> tuple[Naming, ...]:
    same = {"article_id": edition.article_id, "first_published_at": edition.first_published_at}
    return (
        *(EditionAuthor(author_id=pk, role=role, position=n, **same) for n, (pk, role) in enumerate(named["bylines"])),
        *(
            EditionCompany(company_id=pk, role=role, position=n, **same)
            for n, (pk, role) in enumerate(named["companies"])
        ),
        *(EditionPerson(person_id=pk, position=n, **same) for n, pk in enumerate(named["persons"])),
        *(EditionTopic(tag_id=pk, position=n, **same) for n, pk in enumerate(named["topics"])),
    )


def _attach(row: Any, edition: Edition) -> Any:
    setattr(row, "content_object" if isinstance(row, EditionTopic) else "edition", edition)
    return row
