"""One story at an instant."""

from collections.abc import Sequence
from datetime import datetime

from articles import records
from articles.models import Author, Edition, Topic
from articles.printing.fragments import picked
from articles.printing.marked_rows import persons_by_key, persons_of, stated_in
from articles.printing.rows import (
    CARD_JOINS,
    byline_record,
    bylines_of,
    card_values,
    companies_by_key,
    companies_of,
    light,
    story_record,
    topic_record,
    topics_of,
)
from articles.reading.selection import Selected, find, select, select_articles
from articles.states import PublicStatus, ReleaseKind
from articles.text.languages import direction

RELATED = 5


def story(key: str, at: datetime) -> records.Story | records.Gone | None:
    """Return the story with a public key, present or former, as it is at `at`; eight queries.

    One more where the copy has market statements, and for each kind of noun that was marked and merged since.

    None when readers have never had it: it cannot be told from a key that does not exist.
    """
    current = find(key, at, ())
    if current is None:
        return None
    edition = Edition.objects.select_related(*CARD_JOINS).get(pk=current.edition)
    if edition.release_kind == ReleaseKind.WITHDRAWAL or (edition.expires_at is not None and edition.expires_at <= at):
        return gone_record(edition)
    return story_record(
        edition,
        bylines=bylines_of([edition]).get(edition.pk, ()),
        companies=companies_of([edition], at).get(edition.pk, ()),
        persons=persons_of([edition]).get(edition.pk, ()),
        stated=stated_in([edition]).get(edition.pk, ()),
        topics=topics_of([edition]).get(edition.pk, ()),
        related=related_cards(edition, at),
    )


def preview(edition: Edition, at: datetime) -> records.Story:
    """Return an edition that is not stored as the story readers would see, for the desk's private preview."""
    printed = edition.printed
    authors = Author.objects.in_bulk([item["id"] for item in printed["bylines"]])
    topics = Topic.objects.in_bulk([item["id"] for item in printed["topics"]])
    roles = {item["id"]: item["role"] for item in printed["companies"]}
    return story_record(
        edition,
        bylines=tuple(byline_record(authors[item["id"]], item["role"]) for item in printed["bylines"]),
        companies=companies_by_key(list(roles), roles, at),
        persons=persons_by_key([item["id"] for item in printed["persons"]]),
        stated=stated_in([edition]).get(edition.pk, ()),
        topics=tuple(topic_record(topics[item["id"]]) for item in printed["topics"]),
        related=related_cards(edition, at),
        is_preview=True,
    )


def related_cards(edition: Edition, at: datetime) -> tuple[records.Card, ...]:
    """Return the stories beside one as cards, without bylines."""
    chosen = select_related(edition.article_id, edition.section_id, picked(edition), at, ())
    rows = {row.pk: row for row in light(Edition.objects.filter(pk__in=[item.edition for item in chosen]))}
    return tuple(records.Card(**card_values(rows[item.edition], ())) for item in chosen)


def select_related(
    article: int, section: int | None, picked: Sequence[int], at: datetime, parts: Sequence[str]
) -> list[Selected]:
    """Return the stories picked by hand and the one an article follows, or else the newest of its section; one query.

    A story without a section, an alert mostly, has the newest of all beside it.
    """
    if picked:
        found = {item.article: item for item in select_articles(at, picked, parts)}
        return [found[key] for key in picked if key in found and key != article]
    noun = None if section is None else ("section", section)
    return select(at, parts, limit=RELATED, noun=noun, without=article)


def gone_record(edition: Edition) -> records.Gone:
    """Return what stands where a story was: a withdrawal's notice, or an expired story's headline and date."""
    language = {"language": edition.language, "direction": direction(edition.language)}
    if edition.release_kind == ReleaseKind.WITHDRAWAL:
        return records.Gone(PublicStatus.WITHDRAWN, edition.live_from, notice=edition.notice, **language)
    return records.Gone(PublicStatus.EXPIRED, edition.first_published_at, headline=edition.headline, **language)
