"""The fixed SQL of the door: which editions a page prints, with their fragments.

Making such a statement from the ORM costs more than asking it, so the texts are made once. Each is tested to find what
its ORM query finds; `LIVE` says in SQL what `EditionQuerySet.live()` says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from articles.reading.cursors import read_cursor
from articles.reading.database import instant, rows
from articles.states import CompanyRole, ReleaseKind

LIVE: Final = f"""
e.live_from <= %s AND e.first_published_at <= %s AND e.release_kind <> '{ReleaseKind.WITHDRAWAL.value}'
AND (e.expires_at IS NULL OR e.expires_at > %s)
AND NOT EXISTS (
    SELECT 1 FROM articles_edition n
    WHERE n.article_id = e.article_id AND n.live_from > e.live_from AND n.live_from <= %s
)
"""  # noqa: S608 - texts of this module
_ROW: Final = "e.id, e.article_id, e.public_key, e.first_published_at, e.live_from, e.kind, e.section_id, e.language"
_MARKS: Final = "f.counter, f.version, f.good_from, f.good_until, f.nouns"
_FRAGMENT: Final = "LEFT JOIN articles_fragment f ON f.edition_id = e.id"
#: Where the editions that name a noun are found: table and columns. An index of each has the noun, the order of lists
#: and the edition. PostgreSQL plans a text once for all nouns, the one of three stories and the one of a third of all;
#: where the index has all that it needs, nothing is cheaper than to walk along it, however many it expects.
NAMED: Final = {
    "section": ("articles_edition", "section_id", "id"),
    "company": ("articles_editioncompany", "company_id", "edition_id"),
    "author": ("articles_editionauthor", "author_id", "edition_id"),
    "person": ("articles_editionperson", "person_id", "edition_id"),
    "topic": ("articles_editiontopic", "tag_id", "content_object_id"),
    "image": ("articles_edition", "lead_image_id", "id"),
    "subject": ("articles_editioncompany", "company_id", "edition_id"),
}
#: Which rows of the index count, where not all of them do: a company that a story is about, and not only names.
ROLES: Final = {"subject": f"i.role = '{CompanyRole.SUBJECT.value}'"}


#: A noun whose stories are listed, and its key: "section", "company", "author", "person" or "topic", or "subject" for
#: those that are about a company.
type Noun = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a stored fragment was rendered from."""

    counter: int
    version: str
    good_from: Any
    good_until: Any
    nouns: str


@dataclass(frozen=True, slots=True)
class Selected:
    """An edition that a page prints, with the parts of its fragment that were asked for, None without one."""

    edition: int
    article: int
    public_key: str
    first_published_at: datetime
    live_from: datetime
    kind: str
    section: int | None
    language: str
    marks: Marks | None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """The edition that stands at the address of a story, gone or not."""

    edition: int
    article: int
    public_key: str
    slug: str
    section: int | None
    language: str
    release_kind: str
    expires_at: datetime | None
    first_published_at: datetime
    picked: str | None
    marks: Marks | None
    parts: tuple[str, ...] = ()


def select(
    at: datetime,
    parts: Sequence[str],
    *,
    limit: int,
    noun: Noun | None = None,
    before: str = "",
    without: int | None = None,
    lead: bool = False,
) -> list[Selected]:
    """Return live editions, newest first: all, or those of a noun.

    `before` is a cursor, `without` the key of an article to leave out, and `lead` keeps those marked as lead story.
    Raises `BadCursor`.
    """
    name, key = noun or ("", 0)
    sql = _select(tuple(parts), name, limit, older=bool(before), without=without is not None, lead=lead)
    moment, article = read_cursor(before) if before else (at, 0)
    # One bound and not two: SQLite would walk from the first that it finds.
    newest = min(at, moment)
    values: list[Any] = [at, newest, at, at]
    if name:
        values += [key, newest]
    if before:
        values += [moment, article]
    if without is not None:
        values.append(without)
    return [_selected(row) for row in rows(sql, values)]


def select_articles(at: datetime, articles: Sequence[int], parts: Sequence[str]) -> list[Selected]:
    """Return the live editions of these articles, in no order."""
    if not articles:
        return []
    sql = _of_articles(tuple(parts), len(articles))
    return [_selected(row) for row in rows(sql, (*[at] * 4, *articles))]


def find(key: str, at: datetime, parts: Sequence[str]) -> Current | None:
    """Return the edition at `at` of the story that has a public key, or had it; None before its first instant."""
    found = rows(_find(tuple(parts)), (key, at, at))
    if not found:
        return None
    edition, article, public_key, slug, section, language, kind, expires_at, first, picked, *rest = found[0]
    marks, texts = _read(rest)
    published = instant(first)
    assert published is not None  # noqa: S101  never null in the table
    return Current(
        *(edition, article, public_key, slug, section, language, kind),
        expires_at=instant(expires_at),
        first_published_at=published,
        picked=picked,
        marks=marks,
        parts=texts,
    )


def has_stories(noun: str) -> str:
    """Return the condition in SQL that a live edition names the noun `x`; it takes five instants.

    It walks the noun's list from its newest story: for EXISTS, PostgreSQL would collect all rows of the noun first.
    """
    table, key, edition = NAMED[noun]
    return f"""(
        SELECT 1 FROM {table} i JOIN articles_edition e ON e.id = i.{edition}
        WHERE i.{key} = x.id AND i.first_published_at <= %s AND {LIVE}
        ORDER BY i.first_published_at DESC, i.article_id DESC LIMIT 1
    ) IS NOT NULL"""  # noqa: S608 - texts of this module


@lru_cache
def _select(parts: tuple[str, ...], noun: str, limit: int, *, older: bool, without: bool, lead: bool) -> str:
    source, order = "articles_edition e", "e"
    conditions = [LIVE]
    if noun:
        table, key, edition = NAMED[noun]
        # The row of the index has the date itself, which keeps a list of the past a walk along the index.
        source, order = f"{table} i JOIN articles_edition e ON e.id = i.{edition}", "i"
        conditions.append(f"i.{key} = %s AND i.first_published_at <= %s")
        conditions += [ROLES[noun]] if noun in ROLES else []
    if older:
        # The walk through the index begins at the newest publication that is asked for; an OR alone would not bound it.
        conditions.append(f"({order}.first_published_at < %s OR {order}.article_id < %s)")
    if without:
        conditions.append("e.article_id <> %s")
    if lead:
        conditions.append("e.is_lead")
    # A limit that is a parameter is a tenth of all stories to PostgreSQL. There are few limits, and so few texts.
    return f"""
        SELECT {_ROW}, {_columns(parts)} FROM {source} {_FRAGMENT}
        WHERE {" AND ".join(conditions)}
        ORDER BY {order}.first_published_at DESC, {order}.article_id DESC LIMIT {limit}
    """  # noqa: S608 - texts of this module


@lru_cache
def _of_articles(parts: tuple[str, ...], number: int) -> str:
    keys = ", ".join(["%s"] * number)
    return f"""
        SELECT {_ROW}, {_columns(parts)} FROM articles_edition e {_FRAGMENT}
        WHERE {LIVE} AND e.article_id IN ({keys})
    """  # noqa: S608


@lru_cache
def _find(parts: tuple[str, ...]) -> str:
    return f"""
        SELECT e.id, e.article_id, e.public_key, e.slug, e.section_id, e.language, e.release_kind, e.expires_at,
            e.first_published_at, f.picked, {_columns(parts)}
        FROM articles_edition e {_FRAGMENT}
        WHERE e.article_id = (
            SELECT k.article_id FROM articles_edition k WHERE k.public_key = %s AND k.live_from <= %s
            ORDER BY k.live_from DESC LIMIT 1
        ) AND e.live_from <= %s
        ORDER BY e.live_from DESC LIMIT 1
    """  # noqa: S608


def _columns(parts: Sequence[str]) -> str:
    return ", ".join([_MARKS, *(f"f.{part}" for part in parts)])


def _selected(row: Sequence[Any]) -> Selected:
    edition, article, public_key, first_published_at, live_from, kind, section, language, *rest = row
    published, live = instant(first_published_at), instant(live_from)
    assert published is not None  # noqa: S101  never null in the table
    assert live is not None  # noqa: S101
    marks, parts = _read(rest)
    return Selected(edition, article, public_key, published, live, kind, section, language, marks, parts)


def _read(columns: Sequence[Any]) -> tuple[Marks | None, tuple[str, ...]]:
    counter, version, good_from, good_until, nouns, *parts = columns
    if counter is None:
        return None, ()
    return Marks(counter, version, good_from, good_until, nouns), tuple(parts)
