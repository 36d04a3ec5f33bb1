"""What sitemaps list, without reading every story to say so.

A map says of a month, or of the page of a noun, when it changed last: with its newest story, or with a later change
among the last thousand releases. What changed before that every crawler has seen.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from articles import paths, records
from articles.models import Edition
from articles.printing.rows import card_values, light
from articles.reading.database import connection, instant, rows
from articles.reading.selection import LIVE
from articles.states import SearchEngines

#: Among how many releases, the newest, a late change of an older story is looked for.
RECENT: Final = 1000
#: The newest releases; live ones are told by `LIVE` for `e`.
NEWEST_RELEASES: Final = f"""
    SELECT id, article_id, section_id, first_published_at, live_from, release_kind, expires_at, search_engines
    FROM articles_edition WHERE live_from <= %s ORDER BY live_from DESC LIMIT {RECENT}
"""  # noqa: S608 - texts of this module

_LISTED: Final = f"{LIVE} AND e.search_engines <> '{SearchEngines.NO_INDEX.value}'"
_BEGIN: Final = {
    "sqlite": "(substr(m.newest, 1, 7) || '-01 00:00:00')",
    "postgresql": "date_trunc('month', m.newest, 'UTC')",
}
#: The months that have editions, each found from the one after it: when one that is listed changed last, if one is, and
#: how many there are, counted up to a limit along the index alone.
_MONTHS: Final = {
    vendor: f"""
        WITH RECURSIVE months(newest) AS (
            SELECT max(first_published_at) FROM articles_edition WHERE first_published_at <= %s
            UNION ALL
            SELECT (SELECT max(o.first_published_at) FROM articles_edition o WHERE o.first_published_at < {begin})
            FROM months m WHERE m.newest IS NOT NULL
        )
        SELECT m.newest, (
            SELECT e.live_from FROM articles_edition e
            WHERE e.first_published_at >= {begin} AND e.first_published_at <= m.newest AND {_LISTED}
            ORDER BY e.first_published_at DESC, e.article_id DESC LIMIT 1
        ), (
            SELECT count(*) FROM (
                SELECT 1 FROM articles_edition e
                WHERE e.first_published_at >= {begin} AND e.first_published_at <= m.newest LIMIT %s
            ) counted
        ) FROM months m WHERE m.newest IS NOT NULL
    """  # noqa: S608 - texts of this module
    for vendor, begin in _BEGIN.items()
}
_RECENT: Final = f"SELECT e.first_published_at, e.live_from FROM ({NEWEST_RELEASES}) e WHERE {_LISTED}"  # noqa: S608
_EDITIONS: Final = "SELECT max(id) FROM articles_edition"
_OF_MONTH: Final = f"""
    FROM articles_edition e LEFT JOIN articles_section s ON s.id = e.section_id
    WHERE e.first_published_at >= %s AND e.first_published_at < %s AND {_LISTED}
"""
_STORIES_OF_MONTH: Final = f"SELECT count(*) {_OF_MONTH}"
_MONTH: Final = f"""
    SELECT s.slug, e.slug, e.public_key, e.live_from {_OF_MONTH} ORDER BY e.first_published_at DESC, e.article_id DESC
"""


_CHANGED: Final = """
    SELECT
        (SELECT max(live_from) FROM articles_edition WHERE live_from <= %s),
        (SELECT max(expires_at) FROM articles_edition WHERE expires_at <= %s)
"""


@dataclass(frozen=True, slots=True)
class SitemapMonth:
    """A month (UTC) in which live stories were first published, when it changed last, and how many maps it takes."""

    year: int
    month: int
    changed_at: datetime
    parts: int


def sitemap_months(at: datetime, size: int = 50_000) -> tuple[SitemapMonth, ...]:
    """Return the months that have live stories, newest first, in maps of so many stories."""
    ((editions,),) = rows(_EDITIONS)
    limit = size + 1 if (editions or 0) > size else 0
    found = [
        (instant(newest), instant(changed), written)
        for newest, changed, written in rows(_MONTHS[connection().vendor], (*[at] * 5, limit))
    ]
    late = _late_changes(at)
    return tuple(
        SitemapMonth(
            year=newest.year,
            month=newest.month,
            changed_at=max(changed, late.get((newest.year, newest.month), changed)),
            parts=_parts(newest.year, newest.month, at, size) if written > size else 1,
        )
        for newest, changed, written in found
        if newest and changed
    )


def sitemap(year: int, month: int, at: datetime) -> tuple[records.SitemapEntry, ...]:
    """Return the live stories first published in a month (UTC), newest first."""
    found = rows(_MONTH, (*_bounds(year, month), *[at] * 4))
    return tuple(
        records.SitemapEntry(paths.article(section or "", slug, key), instant(changed))
        for section, slug, key, changed in found
    )


def sitemap_news(since: datetime, at: datetime) -> tuple[records.Card, ...]:
    """Return the live stories first published since an instant, newest first, without bylines."""
    found = (
        Edition.objects.live(at).exclude(search_engines=SearchEngines.NO_INDEX).filter(first_published_at__gte=since)
    )
    newest = light(found).order_by("-first_published_at", "-article_id")[:1000]
    return tuple(records.Card(**card_values(row, ())) for row in newest)


def changed_at(at: datetime) -> datetime | None:
    """Return the last instant at which a list of stories can have changed: a release, withdrawal or expiry."""
    (moments,) = rows(_CHANGED, (at, at))
    return max((moment for moment in map(instant, moments) if moment), default=None)


def _late_changes(at: datetime) -> dict[tuple[int, int], datetime]:
    """Return the last change of each month's stories among the newest releases."""
    found: dict[tuple[int, int], datetime] = {}
    for first, changed in ((instant(first), instant(changed)) for first, changed in rows(_RECENT, [at] * 5)):
        if first and changed:
            month = (first.year, first.month)
            found[month] = max(changed, found.get(month, changed))
    return found


def _parts(year: int, month: int, at: datetime, size: int) -> int:
    """Return how many maps the stories of a month take."""
    ((stories,),) = rows(_STORIES_OF_MONTH, (*_bounds(year, month), *[at] * 4))
    return -(-int(stories) // size)


def _bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """Return when a month begins, and the next one."""
    return datetime(year, month, 1, tzinfo=UTC), datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
