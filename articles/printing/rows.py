"""From rows to records: the one place where models become what readers may hold."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, FilteredRelation, Q

from articles import paths, records
from articles.models import (
    Author,
    Company,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionTopic,
    Image,
    Section,
    Topic,
)
from articles.models.source import CanonicalRule
from articles.printing.marked_rows import persons_of, stated_in, with_former
from articles.text.languages import direction

#: What a row of a list needs from other tables, in the same query.
CARD_JOINS = ("section", "source", "lead_image")
#: Columns that no list prints, left in the database.
_HEAVY = ("body", "plain_text", "printed", "note_to_editors")


def light(editions: Any) -> Any:
    """Return the query for rows of a list: one query, without the bodies."""
    return editions.select_related(*CARD_JOINS).defer(*_HEAVY)


def section_record(section: Section) -> records.Section:
    """Return a section as readers see it today."""
    return records.Section(
        name=section.name,
        slug=section.slug,
        path=section.path,
        language=section.language,
        direction=section.direction,
        description=section.description,
        ticker_form=section.ticker_form,
        id=section.pk,
    )


def picture_record(image: Image | None, caption: str) -> records.Picture | None:
    """Return a picture with its renditions; `caption` overrides the picture's own."""
    if image is None or not image.file:
        return None
    widths = sorted(image.rendition_widths)
    renditions = tuple((paths.media(image.rendition_name(width)), width) for width in widths)
    return records.Picture(
        path=renditions[-1][0] if renditions else paths.media(str(image.file.name)),
        width=image.width,
        height=image.height,
        alt=image.alt,
        caption=caption or image.caption,
        credit=image.credit,
        renditions=renditions,
    )


def byline_record(author: Author, role: str) -> records.Byline:
    """Return somebody's place in a byline."""
    return records.Byline(name=author.name, path=author.path, role=role, role_title=author.role_title)


def bylines_of(editions: Iterable[Edition]) -> dict[int, tuple[records.Byline, ...]]:
    """Return the bylines of many editions by their keys, in one query."""
    rows = EditionAuthor.objects.filter(edition__in=[edition.pk for edition in editions])
    found: dict[int, tuple[records.Byline, ...]] = {}
    for row in rows.select_related("author").order_by("position", "pk"):
        found[row.edition_id] = (*found.get(row.edition_id, ()), byline_record(row.author, row.role))
    return found


def topics_of(editions: Iterable[Edition]) -> dict[int, tuple[records.Topic, ...]]:
    """Return the topics of many editions by their keys, in one query."""
    rows = EditionTopic.objects.filter(content_object__in=[edition.pk for edition in editions])
    found: dict[int, tuple[records.Topic, ...]] = {}
    for row in rows.select_related("tag").order_by("position", "pk"):
        found[row.content_object_id] = (*found.get(row.content_object_id, ()), topic_record(row.tag))
    return found


def topic_record(topic: Topic) -> records.Topic:
    """Return a topic of a story."""
    return records.Topic(name=topic.name, path=topic.path)


def companies_of(editions: Iterable[Edition], at: datetime) -> dict[int, tuple[records.Company, ...]]:
    """Return the companies of many editions with their primary tickers, in one query; see `with_former`."""
    editions = list(editions)
    rows = EditionCompany.objects.filter(edition__in=[edition.pk for edition in editions])
    found: dict[int, dict[int, records.Company]] = {}
    for row in _with_tickers(rows, "company__", at).select_related("company").order_by("position", "pk"):
        named = found.setdefault(row.edition_id, {})
        named.setdefault(
            row.company_id,
            company_record(row.company, row.role, row.primary_exchange, row.primary_symbol, row.listed_as),
        )
    return with_former(Company, {edition: tuple(named.values()) for edition, named in found.items()}, editions)


def company_record(
    company: Company, role: str, exchange: str | None, symbol: str | None, listing: int | None
) -> records.Company:
    """Return a company beside a story."""
    return records.Company(
        id=company.pk,
        name=company.name,
        path=company.path,
        ticker=f"{exchange}:{symbol}" if symbol else "",
        role=role,
        kind=company.kind,
        names=tuple(dict.fromkeys(name for name in (company.name, company.legal_name, *company.aliases) if name)),
        listing=listing or 0,
    )


def listed(at: datetime, prefix: str = "") -> Q:
    """Return the condition for listings that trade on the day of `at`: not yet to come and not over."""
    begun = Q(**{f"{prefix}listed_on__isnull": True}) | Q(**{f"{prefix}listed_on__lte": at.date()})
    going_on = Q(**{f"{prefix}delisted_on__isnull": True}) | Q(**{f"{prefix}delisted_on__gt": at.date()})
    return begun & going_on


def _with_tickers(rows: Any, prefix: str, at: datetime) -> Any:
    """Join the primary listing of each company on its day."""
    listings = f"{prefix}listings"
    primary = Q(**{f"{listings}__is_primary": True}) & listed(at, f"{listings}__")
    return rows.annotate(
        primary=FilteredRelation(listings, condition=primary),
        primary_symbol=F("primary__symbol"),
        primary_exchange=F("primary__exchange__short_name"),
        listed_as=F("primary__pk"),
    )


def companies_by_key(keys: Sequence[int], roles: dict[int, str], at: datetime) -> tuple[records.Company, ...]:
    """Return companies in the order of their keys, for a preview."""
    rows = {row.pk: row for row in _with_tickers(Company.objects.filter(pk__in=keys), "", at)}
    return tuple(
        company_record(rows[key], roles[key], rows[key].primary_exchange, rows[key].primary_symbol, rows[key].listed_as)
        for key in keys
        if key in rows
    )


def card_values(edition: Edition, bylines: tuple[records.Byline, ...]) -> dict[str, Any]:
    """Return the values of a `Card`, which a `Story` has too."""
    section = section_record(edition.section) if edition.section else None
    return {
        "guid": edition.guid,
        "path": edition.path,
        "kind": edition.kind,
        "headline": edition.headline,
        "short_headline": edition.short_headline or edition.headline,
        "kicker": edition.kicker,
        "standfirst": edition.standfirst,
        "language": edition.language,
        "direction": direction(edition.language),
        "section": section,
        "bylines": bylines,
        "source_name": edition.source.name if edition.source else "",
        "source_prefix": edition.source.prefix if edition.source else "",
        "first_published_at": edition.first_published_at,
        "updated_at": edition.updated_at,
        "picture": picture_record(edition.lead_image, edition.lead_caption),
    }


def cards(editions: Sequence[Edition]) -> tuple[records.Card, ...]:
    """Return rows of a list as cards; one query for all bylines."""
    bylines = bylines_of(editions) if editions else {}
    return tuple(records.Card(**card_values(edition, bylines.get(edition.pk, ()))) for edition in editions)


def notices_of(edition: Edition) -> tuple[records.Notice, ...]:
    """Return everything readers were told about the story so far, newest first."""
    told = (
        records.Notice(kind=item["kind"], text=item["text"], at=datetime.fromisoformat(item["at"]))
        for item in reversed(edition.notices)
    )
    return tuple(told)


def canonical_url(edition: Edition) -> str:
    """Return the address search engines are told instead of the story's own, or ""."""
    if edition.canonical_url:
        return str(edition.canonical_url)
    if edition.source and edition.source.canonical_rule == CanonicalRule.ORIGINAL:
        return str(edition.original_url)
    return ""


def story_record(edition: Edition, **named: Any) -> records.Story:
    """Return an edition with its bylines, companies, people, topics and related cards as the story readers see.

    `persons` and `stated` may be left out where there are none.
    """
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


def stories_of(editions: Sequence[Edition], at: datetime) -> list[records.Story]:
    """Return many editions as stories with their tickers as of an instant, without related ones; four queries.

    One more for all market statements in them, and one for each kind of noun that was marked and merged since.
    """
    bylines, topics = bylines_of(editions), topics_of(editions)
    companies, persons = companies_of(editions, at), persons_of(editions)
    stated = stated_in(editions)
    return [
        story_record(
            edition,
            bylines=bylines.get(edition.pk, ()),
            topics=topics.get(edition.pk, ()),
            companies=companies.get(edition.pk, ()),
            persons=persons.get(edition.pk, ()),
            stated=stated.get(edition.pk, ()),
            related=(),
        )
        for edition in editions
    ]
