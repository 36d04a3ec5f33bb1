"""What readers were told about mistakes."""

import heapq
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

from articles import paths, records
from articles.reading.cursors import read_cursor, write_cursor
from articles.reading.database import instant, rows
from articles.reading.lists import PAGE_SIZE
from articles.reading.selection import LIVE
from articles.states import ReleaseKind
from articles.text.languages import direction

# One walk through the index for each kind of notice: over several kinds at once it is in no order. The index knows what
# has no notice by exactly these words.
_TOLD: Final = """
    FROM articles_edition t {joins}
    WHERE t.release_kind = '{kind}' AND NOT (t.notice = '') AND t.live_from <= %s AND {condition} {older}
    ORDER BY t.live_from DESC, t.id DESC LIMIT %s
"""
_COLUMNS: Final = "t.release_kind, t.notice, t.live_from, t.id, t.language"
#: A correction is told beside the story as it is now, so there must be one.
_BESIDE: Final = (
    "JOIN articles_edition e ON e.article_id = t.article_id LEFT JOIN articles_section s ON s.id = e.section_id"
)
_HEADLINE: Final = "e.headline, s.slug, e.slug, e.public_key"
#: A withdrawal is told until something comes after it.
_LAST: Final = """NOT EXISTS (
    SELECT 1 FROM articles_edition n
    WHERE n.article_id = t.article_id AND n.live_from > t.live_from AND n.live_from <= %s
)"""
# The walk through the index begins at the newest instant that is asked for; an OR alone would not bound it.
_OLDER: Final = "AND (t.live_from < %s OR t.id < %s)"


def _question(kind: ReleaseKind, older: str) -> str:
    if kind is ReleaseKind.WITHDRAWAL:
        told = _TOLD.format(joins="", kind=kind.value, condition=_LAST, older=older)
        return f"SELECT {_COLUMNS}, NULL, NULL, NULL, NULL {told}"
    told = _TOLD.format(joins=_BESIDE, kind=kind.value, condition=LIVE, older=older)
    return f"SELECT {_COLUMNS}, {_HEADLINE} {told}"


_KINDS: Final = (ReleaseKind.CORRECTION, ReleaseKind.CLARIFICATION, ReleaseKind.WITHDRAWAL)
_FIRST: Final = {kind: _question(kind, "") for kind in _KINDS}
_FURTHER: Final = {kind: _question(kind, _OLDER) for kind in _KINDS}


def corrections(at: datetime, before: str = "") -> records.Page[records.Correction]:
    """Return what readers were told about mistakes, newest first: of live stories, and of withdrawn ones.

    Three queries. Raises `BadCursor`.
    """
    found = heapq.merge(*(_told(kind, at, before) for kind in _KINDS), key=itemgetter(2, 3), reverse=True)
    told = list(found)[: PAGE_SIZE + 1]
    page, more = told[:PAGE_SIZE], told[PAGE_SIZE:]
    older = write_cursor(page[-1][2], page[-1][3]) if more else ""
    return records.Page(tuple(_correction(*row) for row in page), older)


def _told(kind: ReleaseKind, at: datetime, before: str) -> list[tuple[Any, ...]]:
    moment, key = read_cursor(before) if before else (at, 0)
    values: list[Any] = [min(at, moment), *[at] * (1 if kind is ReleaseKind.WITHDRAWAL else 4)]
    if before:
        values += [moment, key]
    found = rows((_FURTHER if before else _FIRST)[kind], (*values, PAGE_SIZE + 1))
    return [(told, notice, instant(at), *rest) for told, notice, at, *rest in found]


def _correction(
    kind: str,
    notice: str,
    at: datetime,
    _edition: int,
    language: str,
    headline: str | None,
    section: str | None,
    slug: str | None,
    key: str | None,
) -> records.Correction:
    told = records.Notice(kind=kind, text=notice, at=at)
    words = {"language": language, "direction": direction(language)}
    if headline is None or key is None:
        return records.Correction(told, **words)
    return records.Correction(told, headline=headline, path=paths.article(section or "", slug or "", key), **words)
