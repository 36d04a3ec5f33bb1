"""Sections, companies, authors and topics: public once a live story names them."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from articles import paths, records
from articles.models import Author, Company, Edition, Listing, Redirect, Section, Topic
from articles.models.redirect import TARGETS
from articles.printing.rows import listed, section_record


def navigation(at: datetime) -> tuple[records.Section, ...]:
    """Return the sections that have a live story, in order; one query."""
    return tuple(section_record(section) for section in public_sections(at))


def section(slug: str, at: datetime) -> records.Section | records.Moved | None:
    """Return a section, or where it is now, or None while readers can see nothing in it."""
    found = public_sections(at).filter(slug=slug).first()
    return section_record(found) if found else redirect(paths.section(slug), at)


def company(slug: str, at: datetime) -> records.CompanyProfile | records.Moved | None:
    """Return a company with its current listings, or where its page is now, or None while no live story names it."""
    found = public_companies(at).filter(slug=slug).first()
    if found is None:
        return redirect(paths.company(slug), at)
    rows = Listing.objects.filter(listed(at), company=found).select_related("exchange").order_by("-is_primary", "pk")
    return records.CompanyProfile(
        id=found.pk,
        name=found.name,
        path=found.path,
        legal_name=found.legal_name,
        description=found.description,
        website=found.website,
        country=found.country,
        lei=found.lei,
        listings=tuple(_listing_record(row) for row in rows),
    )


def author(slug: str, at: datetime) -> records.AuthorProfile | records.Moved | None:
    """Return an author, or where their page is now, or None while no live story has their byline."""
    found = public_authors(at).filter(slug=slug).first()
    if found is None:
        return redirect(paths.author(slug), at)
    return records.AuthorProfile(
        id=found.pk,
        name=found.name,
        path=found.path,
        role_title=found.role_title,
        bio=found.bio,
        email=found.email,
        links=tuple(found.links),
        portrait=paths.media(found.portrait.name) if found.portrait else "",
    )


def topic(slug: str, at: datetime) -> records.TopicProfile | records.Moved | None:
    """Return a topic, or where its page is now, or None while no live story is about it."""
    found = public_topics(at).filter(slug=slug).first()
    if found is None:
        return redirect(paths.topic(slug), at)
    return records.TopicProfile(id=found.pk, name=found.name, path=found.path, description=found.description)


def redirect(path: str, at: datetime) -> records.Moved | None:
    """Return where an old or vanity address leads, while readers can see its target. One query for a miss."""
    row = Redirect.objects.filter(path=path).select_related(*TARGETS).first()
    if row is None:
        return None
    target = _target_path(row, at)
    return records.Moved(target) if target and target != path else None


def public_sections(at: datetime) -> Any:
    """Return the sections with a live story."""
    return Section.objects.filter(_named(at, section=OuterRef("pk")))


def public_companies(at: datetime) -> Any:
    """Return the companies that live stories name or that come from a public register."""
    named = _named(at, company_items__company=OuterRef("pk"))
    return Company.objects.filter(Q(from_reference=True) | Q(named), merged_into__isnull=True)


def public_authors(at: datetime) -> Any:
    """Return the authors in the byline of a live story."""
    return Author.objects.filter(_named(at, author_items__author=OuterRef("pk")), merged_into__isnull=True)


def public_topics(at: datetime) -> Any:
    """Return the topics of live stories."""
    return Topic.objects.filter(_named(at, topic_items__tag=OuterRef("pk")), merged_into__isnull=True)


def _named(at: datetime, **noun: OuterRef) -> Exists:
    return Exists(Edition.objects.live(at).filter(**noun))


def _target_path(row: Redirect, at: datetime) -> str:
    publics = {
        "section": public_sections,
        "company": public_companies,
        "author": public_authors,
        "topic": public_topics,
    }
    for name, public in publics.items():
        key = getattr(row, f"{name}_id")
        if key is not None:
            found = public(at).filter(pk=key).first()
            return found.path if found else ""
    edition = Edition.objects.current(at).filter(article_id=row.article_id).select_related("section").first()
    return edition.path if edition else ""


def _listing_record(listing: Listing) -> records.Listing:
    return records.Listing(
        ticker=listing.ticker,
        exchange=listing.exchange.name,
        symbol=listing.symbol,
        mic=listing.exchange.mic,
        currency=listing.currency,
        isin=listing.isin,
        is_primary=listing.is_primary,
    )
