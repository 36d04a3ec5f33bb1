"""One story at an instant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Subquery

from articles import records
from articles.models import Author, Edition, Topic
from articles.printing.rows import (
    CARD_JOINS,
    byline_record,
    bylines_of,
    canonical_url,
    card_values,
    companies_by_key,
    companies_of,
    light,
    notices_of,
    topic_record,
    topics_of,
)
from articles.states import PublicStatus, ReleaseKind
from articles.text.languages import direction

RELATED = 5


def story(key: str, at: datetime) -> records.Story | records.Gone | None:
    """Return the story with a public key, present or former, as it is at `at`; five queries.

    None when readers have never had it: it cannot be told from a key that does not exist.
    """
    found = Edition.objects.filter(public_key=key, live_from__lte=at).order_by("-live_from")
    edition = (
        Edition.objects.filter(article_id=Subquery(found.values("article_id")[:1]), live_from__lte=at)
        .select_related(*CARD_JOINS)
        .order_by("-live_from")
        .first()
    )
    if edition is None:
        return None
    if edition.release_kind == ReleaseKind.WITHDRAWAL or (edition.expires_at is not None and edition.expires_at <= at):
        return gone_record(edition)
    return _print(
        edition,
        bylines=bylines_of([edition]).get(edition.pk, ()),
        companies=companies_of([edition], at).get(edition.pk, ()),
        topics=topics_of([edition]).get(edition.pk, ()),
        related=related_cards(edition, at),
    )


def preview(edition: Edition, at: datetime) -> records.Story:
    """Return an edition that is not stored as the story readers would see, for the desk's private preview."""
    printed = edition.printed
    authors = Author.objects.in_bulk([item["id"] for item in printed["bylines"]])
    topics = Topic.objects.in_bulk([item["id"] for item in printed["topics"]])
    roles = {item["id"]: item["role"] for item in printed["companies"]}
    return _print(
        edition,
        bylines=tuple(byline_record(authors[item["id"]], item["role"]) for item in printed["bylines"]),
        companies=companies_by_key(list(roles), roles, at),
        topics=tuple(topic_record(topics[item["id"]]) for item in printed["topics"]),
        related=related_cards(edition, at),
        is_preview=True,
    )


def related_cards(edition: Edition, at: datetime) -> tuple[records.Card, ...]:
    """Return the stories picked by hand and the one this follows, or else the newest of its section; one query.

    A story without a section, an alert mostly, has the newest of all beside it.
    """
    picked = [pk for pk in (edition.follows_id, *edition.printed.get("related", ())) if pk is not None]
    live = light(Edition.objects.live(at).exclude(article_id=edition.article_id))
    if picked:
        rows: Sequence[Any] = sorted(live.filter(article_id__in=picked), key=lambda row: picked.index(row.article_id))
    else:
        beside = live if edition.section_id is None else live.filter(section_id=edition.section_id)
        rows = beside.order_by("-first_published_at", "-article_id")[:RELATED]
    return tuple(records.Card(**card_values(row, ())) for row in rows)


def gone_record(edition: Edition) -> records.Gone:
    """Return what stands where a story was: a withdrawal's notice, or an expired story's headline and date."""
    language = {"language": edition.language, "direction": direction(edition.language)}
    if edition.release_kind == ReleaseKind.WITHDRAWAL:
        return records.Gone(PublicStatus.WITHDRAWN, edition.live_from, notice=edition.notice, **language)
    return records.Gone(PublicStatus.EXPIRED, edition.first_published_at, headline=edition.headline, **language)


def _print(edition: Edition, **named: Any) -> records.Story:
    named.setdefault("is_preview", False)
    return records.Story(
        **card_values(edition, named.pop("bylines")),
        **named,
        body=edition.body,
        dateline=edition.dateline,
        disclosure=edition.disclosure,
        notices=notices_of(edition),
        search_title=edition.search_title or edition.headline,
        search_description=edition.search_description or edition.standfirst,
        social_title=edition.social_title or edition.headline,
        canonical_url=canonical_url(edition),
        original_url=edition.original_url,
        access=edition.access,
        search_engines=edition.search_engines,
        word_count=edition.word_count,
        live_from=edition.live_from,
    )
