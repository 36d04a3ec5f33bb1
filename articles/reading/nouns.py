"""Sections, companies, authors and topics: public once a live story names them. People are in `people`."""

import json
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, Subquery

from articles import paths, records
from articles.models import Author, Company, Edition, Person, Section, Topic
from articles.printing.rows import section_record
from articles.reading.database import rows
from articles.reading.redirects import redirect
from articles.reading.selection import has_stories

_COMPANY: Final = f"""
SELECT x.id, x.name, x.slug, x.legal_name, x.description, x.website, x.country, x.lei FROM articles_company x
WHERE x.slug = %s AND x.merged_into_id IS NULL AND (x.from_reference OR {has_stories("company")})
"""  # noqa: S608
#: The condition for listings `l` that trade on a day, which it takes twice; see `articles.printing.rows.listed`.
LISTED: Final = "(l.listed_on IS NULL OR l.listed_on <= %s) AND (l.delisted_on IS NULL OR l.delisted_on > %s)"
_LISTINGS: Final = f"""
SELECT x.short_name || ':' || l.symbol, x.name, l.symbol, x.mic, l.currency, l.isin, l.is_primary
FROM articles_listing l JOIN articles_exchange x ON x.id = l.exchange_id
WHERE l.company_id = %s AND {LISTED}
ORDER BY l.is_primary DESC, l.id
"""  # noqa: S608
_AUTHOR: Final = f"""
SELECT x.id, x.name, x.slug, x.role_title, x.bio, x.email, x.links, x.portrait FROM articles_author x
WHERE x.slug = %s AND x.merged_into_id IS NULL AND {has_stories("author")}
"""  # noqa: S608
_TOPIC: Final = f"""
SELECT x.id, x.name, x.slug, x.description FROM articles_topic x
WHERE x.slug = %s AND x.merged_into_id IS NULL AND {has_stories("topic")}
"""  # noqa: S608


def navigation(at: datetime) -> tuple[records.Section, ...]:
    """Return the sections that have a live story, in order; one query."""
    return tuple(section_record(section) for section in public_sections(at))


def section(slug: str, at: datetime) -> records.Section | records.Moved | None:
    """Return a section, or where it is now, or None while readers can see nothing in it."""
    found = public_sections(at).filter(slug=slug).first()
    return section_record(found) if found else redirect(paths.section(slug), at)


def company(slug: str, at: datetime) -> records.CompanyProfile | records.Moved | None:
    """Return a company with its current listings, or where its page is now, or None while no live story names it."""
    found = rows(_COMPANY, (slug, *[at] * 5))
    if not found:
        return redirect(paths.company(slug), at)
    key, name, slug, legal_name, description, website, country, lei = found[0]
    return records.CompanyProfile(
        id=key,
        name=name,
        path=paths.company(slug),
        legal_name=legal_name,
        description=description,
        website=website,
        country=country,
        lei=lei,
        listings=tuple(_listing(*row) for row in rows(_LISTINGS, (key, at.date(), at.date()))),
    )


def author(slug: str, at: datetime) -> records.AuthorProfile | records.Moved | None:
    """Return an author, or where their page is now, or None while no live story has their byline."""
    found = rows(_AUTHOR, (slug, *[at] * 5))
    if not found:
        return redirect(paths.author(slug), at)
    key, name, slug, role_title, bio, email, links, portrait = found[0]
    return records.AuthorProfile(
        id=key,
        name=name,
        path=paths.author(slug),
        role_title=role_title,
        bio=bio,
        email=email,
        links=tuple(json.loads(links)),
        portrait=paths.media(portrait) if portrait else "",
    )


def topic(slug: str, at: datetime) -> records.TopicProfile | records.Moved | None:
    """Return a topic, or where its page is now, or None while no live story is about it."""
    found = rows(_TOPIC, (slug, *[at] * 5))
    if not found:
        return redirect(paths.topic(slug), at)
    key, name, slug, description = found[0]
    return records.TopicProfile(id=key, name=name, path=paths.topic(slug), description=description)


def public_sections(at: datetime) -> Any:
    """Return the sections with a live story."""
    return sections_with_newest(at).filter(newest__isnull=False)


def sections_with_newest(at: datetime) -> Any:
    """Return all sections, each with the key of its newest live edition, or None, as `newest`."""
    # The newest story and not just any: PostgreSQL answers "is there any" for all sections at once, from all stories.
    live = Edition.objects.live(at).filter(section=OuterRef("pk")).order_by("-first_published_at", "-article_id")
    return Section.objects.annotate(newest=Subquery(live.values("pk")[:1]))


def public_companies(at: datetime) -> Any:
    """Return the companies that live stories name or that come from a public register."""
    named = _live_names(at, company_items__company=OuterRef("pk"))
    return Company.objects.filter(Q(from_reference=True) | Q(named), merged_into__isnull=True)


def public_authors(at: datetime) -> Any:
    """Return the authors in the byline of a live story."""
    return Author.objects.filter(_live_names(at, author_items__author=OuterRef("pk")), merged_into__isnull=True)


def public_people(at: datetime) -> Any:
    """Return the people whom live stories name."""
    return Person.objects.filter(_live_names(at, person_items__person=OuterRef("pk")), merged_into__isnull=True)


def public_topics(at: datetime) -> Any:
    """Return the topics of live stories."""
    return Topic.objects.filter(_live_names(at, topic_items__tag=OuterRef("pk")), merged_into__isnull=True)


def _live_names(at: datetime, **noun: OuterRef) -> Exists:
    return Exists(Edition.objects.live(at).filter(**noun))


def _listing(
    ticker: str, exchange: str, symbol: str, mic: str, currency: str, isin: str, is_primary: object
) -> records.Listing:
    # SQLite has no booleans.
    return records.Listing(ticker, exchange, symbol, mic, currency, isin, bool(is_primary))
