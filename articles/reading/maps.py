"""What sitemaps list."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Max, OuterRef, Subquery
from django.db.models.functions import TruncMonth

from articles import paths, records
from articles.models import Edition
from articles.printing.rows import card_values, light
from articles.reading.feeds import changed_at
from articles.reading.nouns import public_authors, public_companies, public_sections, public_topics
from articles.states import SearchEngines


@dataclass(frozen=True, slots=True)
class SitemapMonth:
    """A month (UTC) in which live stories were first published, how many, and when one of them last changed."""

    year: int
    month: int
    changed_at: datetime
    stories: int


def sitemap_months(at: datetime) -> tuple[SitemapMonth, ...]:
    """Return the months that have live stories, newest first."""
    rows = (
        _listed(at)
        .annotate(month=TruncMonth("first_published_at", tzinfo=UTC))
        .order_by("-month")
        .values("month")
        .annotate(changed=Max("live_from"), stories=Count("pk"))
        .values_list("month", "changed", "stories")
    )
    return tuple(SitemapMonth(month.year, month.month, changed, stories) for month, changed, stories in rows)


def sitemap(year: int, month: int, at: datetime) -> tuple[records.SitemapEntry, ...]:
    """Return the live stories first published in a month (UTC), newest first."""
    begin = datetime(year, month, 1, tzinfo=UTC)
    end = datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    rows = light(_listed(at).filter(first_published_at__gte=begin, first_published_at__lt=end))
    return tuple(
        records.SitemapEntry(row.path, row.live_from) for row in rows.order_by("-first_published_at", "-article_id")
    )


def sitemap_news(since: datetime, at: datetime) -> tuple[records.Card, ...]:
    """Return the live stories first published since an instant, newest first, without bylines."""
    rows = light(_listed(at).filter(first_published_at__gte=since)).order_by("-first_published_at", "-article_id")
    return tuple(records.Card(**card_values(row, ())) for row in rows[:1000])


def sitemap_pages(at: datetime) -> tuple[records.SitemapEntry, ...]:
    """Return the pages that list stories: the front, sections, companies, topics and authors."""
    last = changed_at(at)
    fixed = tuple(records.SitemapEntry(path, last) for path in (paths.FRONT, paths.LATEST, paths.CORRECTIONS))
    nouns: tuple[tuple[Any, dict[str, OuterRef]], ...] = (
        (public_sections(at), {"section": OuterRef("pk")}),
        (public_companies(at), {"company_items__company": OuterRef("pk")}),
        (public_topics(at), {"topic_items__tag": OuterRef("pk")}),
        (public_authors(at), {"author_items__author": OuterRef("pk")}),
    )
    entries = list(fixed)
    for rows, named in nouns:
        newest = Edition.objects.live(at).filter(**named).order_by("-live_from").values("live_from")[:1]
        entries += [records.SitemapEntry(row.path, row.changed) for row in rows.annotate(changed=Subquery(newest))]
    return tuple(entries)


def _listed(at: datetime) -> Any:
    return Edition.objects.live(at).exclude(search_engines=SearchEngines.NO_INDEX)
