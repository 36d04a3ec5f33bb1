"""Making editions: from a revision, or from another edition."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from articles.models import (
    CONTENT_FIELDS,
    Article,
    Author,
    Company,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionTopic,
    Image,
    Listing,
    Revision,
    Section,
    Source,
    Topic,
)
from articles.states import NOTIFIED, ReleaseKind
from articles.text.counts import count_words
from articles.text.plain import clean_text, plain_text
from articles.text.slugs import make_slug
from articles.workflow.content import Content, column, follow_merges

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Drafted:
    """An edition that is not stored yet, with its rows in the index from nouns to editions."""

    edition: Edition
    named: tuple[EditionAuthor | EditionCompany | EditionTopic, ...]


def content_of(revision: Revision) -> Content:
    """Return the whole content of a revision."""
    return {**revision.content, "body": revision.body}


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
) -> Drafted:
    """Return the edition that releasing `revision` makes; nothing is written.

    `previous` is the edition it takes over from: its first publication and notices go on. A refile keeps the
    previous `updated_at`.
    """
    content = follow_merges(content_of(revision))
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
        printed=print_nouns(content),
        first_published_at=previous.first_published_at if previous else live_from,
        updated_at=previous.updated_at if previous and kind is ReleaseKind.REFILE else live_from,
        live_from=live_from,
        expires_at=expires_at,
        released_at=released_at,
    )
    edition.slug = content["slug"] or make_slug(content["headline"])
    return Drafted(edition, _index(edition, content["bylines"], content["companies"], content["topics"]))


def copy(edition: Edition, *, number: int, released_at: datetime, **changes: Any) -> Drafted:
    """Return a new edition like `edition` but for `changes`; nothing is written."""
    values = {
        field.attname: getattr(edition, field.attname)
        for field in Edition._meta.concrete_fields
        if not field.primary_key
    }
    new = Edition(**(values | {"number": number, "released_at": released_at} | changes))
    bylines = [[item.author_id, item.role] for item in edition.author_items.order_by("position")]
    companies = [[item.company_id, item.role] for item in edition.company_items.order_by("position")]
    topics = list(edition.topic_items.order_by("position").values_list("tag_id", flat=True))
    return Drafted(new, _index(new, bylines, companies, topics))


def moved(edition: Edition, live_from: datetime, *, number: int, released_at: datetime, **changes: Any) -> Drafted:
    """Return a future edition at another instant; what began with its old instant begins with the new one."""
    was = edition.live_from
    times = {name: live_from for name in ("first_published_at", "updated_at") if getattr(edition, name) == was}
    notices = [{**told, "at": live_from} if told["at"] == was.isoformat() else told for told in edition.notices]
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
    """Insert editions with their index rows and return them; four statements however many they are."""
    editions = Edition.objects.bulk_create([item.edition for item in drafted])
    for model in (EditionAuthor, EditionCompany, EditionTopic):
        rows = [_attach(row, item.edition) for item in drafted for row in item.named if isinstance(row, model)]
        model._default_manager.bulk_create(rows)
    return list(editions)


def print_nouns(content: Content) -> dict[str, Any]:
    """Return what stands in other tables as it is printed now: names, roles, tickers, credit. Six queries."""
    authors = Author.objects.in_bulk([pk for pk, _role in content["bylines"]])
    companies = Company.objects.in_bulk([pk for pk, _role in content["companies"]])
    topics = Topic.objects.in_bulk(content["topics"])
    section = Section.objects.filter(pk=content["section"]).first()
    source = Source.objects.filter(pk=content["source"]).first()
    image = Image.objects.filter(pk=content["lead_image"]).first()
    tickers: dict[int, list[str]] = {}
    current = Listing.objects.filter(company__in=list(companies), delisted_on__isnull=True).select_related("exchange")
    for listing in current.order_by("-is_primary", "pk"):
        tickers.setdefault(listing.company_id, []).append(listing.ticker)
    return {
        "bylines": [
            {"id": pk, "name": authors[pk].name, "role": role, "role_title": authors[pk].role_title}
            for pk, role in content["bylines"]
        ],
        "companies": [
            {"id": pk, "name": companies[pk].name, "role": role, "tickers": tickers.get(pk, [])}
            for pk, role in content["companies"]
        ],
        "topics": [{"id": pk, "name": topics[pk].name} for pk in content["topics"]],
        "related": content["related"],
        "section": {"id": section.pk, "name": section.name, "slug": section.slug} if section else None,
        "source": {"id": source.pk, "name": source.name, "prefix": source.prefix} if source else None,
        "picture": {"id": image.pk, "alt": image.alt, "caption": image.caption, "credit": image.credit}
        if image
        else None,
    }


def _index(
    edition: Edition, bylines: list[list[Any]], companies: list[list[Any]], topics: list[int]
) -> tuple[EditionAuthor | EditionCompany | EditionTopic, ...]:
    same = {"article_id": edition.article_id, "first_published_at": edition.first_published_at}
    return (
        *(EditionAuthor(author_id=pk, role=role, position=n, **same) for n, (pk, role) in enumerate(bylines)),
        *(EditionCompany(company_id=pk, role=role, position=n, **same) for n, (pk, role) in enumerate(companies)),
        *(EditionTopic(tag_id=pk, position=n, **same) for n, pk in enumerate(topics)),
    )


def _attach(row: Any, edition: Edition) -> Any:
    setattr(row, "content_object" if isinstance(row, EditionTopic) else "edition", edition)
    return row
