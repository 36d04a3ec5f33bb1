"""The index A–Z of companies and that of people: names in their order, paged by key.

A part walks along an index of the database from where it starts, so neither the number of companies nor the number of
parts before it costs anything.
"""

from datetime import datetime
from functools import cache
from typing import Any, Final

from articles import paths, records
from articles.reading.cursors import BadCursor
from articles.reading.database import connection, rows
from articles.reading.people import MANY, roles_of
from articles.reading.selection import has_stories
from articles.text.filing import FILED_LENGTH, LETTERS, bounds

INDEX_SIZE: Final = MANY
_LARGEST_KEY: Final = 1 << 63

#: How a database compares and sorts by bytes, whatever its collation.
_BYTES: Final = {"sqlite": (">=", "<", ">", ""), "postgresql": ("~>=~", "~<~", "~>~", "USING ~<~")}
_PUBLIC: Final = {"company": f"(x.from_reference OR {has_stories('company')})", "person": has_stories("person")}
_TICKER: Final = """(
    SELECT m.short_name || ':' || l.symbol FROM articles_listing l JOIN articles_exchange m ON m.id = l.exchange_id
    WHERE l.company_id = x.id AND l.is_primary
    AND (l.listed_on IS NULL OR l.listed_on <= %s) AND (l.delisted_on IS NULL OR l.delisted_on > %s)
    ORDER BY l.id LIMIT 1
)"""


def companies_index(at: datetime, letter: str = "", after: str = "") -> records.Index:
    """Return a part of the index of companies that readers can see, each with its primary ticker; two queries.

    `letter` is one of `articles.text.filing.LETTERS`, or "" for all, and `after` a cursor. Raises `BadCursor`.
    """
    found, further = _part("company", at, letter, after)
    items = tuple(records.Entry(name, paths.company(slug), ticker or "") for _key, name, slug, _filed, ticker in found)
    return records.Index(_letters("company", at), items, further)


def people_index(at: datetime, letter: str = "", after: str = "") -> records.Index:
    """Return a part of the index of people whom live stories name, each with a present role; three queries.

    See `companies_index()`. Raises `BadCursor`.
    """
    found, further = _part("person", at, letter, after)
    roles = roles_of([key for key, *_rest in found], at)
    items = tuple(
        records.Entry(name, paths.person(slug), _note(roles.get(key, ()))) for key, name, slug, _filed, _none in found
    )
    return records.Index(_letters("person", at), items, further)


def _note(roles: tuple[records.PersonRole, ...]) -> str:
    present = next((role for role in roles if role.is_present), None)
    return f"{present.title}, {present.place}" if present else ""


def _part(noun: str, at: datetime, letter: str, after: str) -> tuple[list[tuple[Any, ...]], str]:
    """Return the rows of a part and the cursor of the next one, or ""."""
    start, end = _bounds(letter)
    filed, key = _read_cursor(after) if after else (start, 0)
    if not start <= filed < end:
        raise BadCursor(after)
    values = [at.date()] * 2 if noun == "company" else []
    bound = [filed, end, *([filed, key] if after else [])]
    found = rows(_entries(connection().vendor, noun, after=bool(after)), [*values, *bound, *[at] * 5, INDEX_SIZE + 1])
    part, more = found[:INDEX_SIZE], found[INDEX_SIZE:]
    return part, f"{part[-1][3]}~{part[-1][0]}" if more else ""


def _bounds(letter: str) -> tuple[str, str]:
    if not letter:
        return "", bounds(LETTERS[-1])[1]
    try:
        return bounds(letter)
    except ValueError as error:
        raise BadCursor(letter) from error


def _read_cursor(cursor: str) -> tuple[str, int]:
    filed, _tilde, key = cursor.rpartition("~")
    # PostgreSQL takes no NUL in a text.
    if not (filed and key.isascii() and key.isdigit()) or len(cursor) > FILED_LENGTH + 21 or "\x00" in filed:
        raise BadCursor(cursor)
    if int(key) >= _LARGEST_KEY:
        raise BadCursor(cursor)
    return filed, int(key)


def _letters(noun: str, at: datetime) -> tuple[str, ...]:
    """Return the letters under which readers find anything."""
    found = {start for (start,) in rows(_letters_with(connection().vendor, noun), [at] * 5)}
    return tuple(letter for letter in LETTERS if bounds(letter)[0] in found)


@cache
def _entries(vendor: str, noun: str, *, after: bool) -> str:
    least, less, more, order = _BYTES[vendor]
    further = f"AND (x.filed_as {more} %s OR x.id > %s)" if after else ""
    return f"""
        SELECT x.id, x.name, x.slug, x.filed_as, {_TICKER if noun == "company" else "''"} FROM articles_{noun} x
        WHERE x.filed_as {least} %s AND x.filed_as {less} %s {further}
        AND x.merged_into_id IS NULL AND {_PUBLIC[noun]}
        ORDER BY x.filed_as {order}, x.id LIMIT %s
    """  # noqa: S608 - texts of this module


@cache
def _letters_with(vendor: str, noun: str) -> str:
    least, less, _more, order = _BYTES[vendor]
    values = ", ".join(f"('{start}', '{end}')" for start, end in map(bounds, LETTERS))
    return f"""
        SELECT l.column1 FROM (VALUES {values}) l WHERE (
            SELECT 1 FROM articles_{noun} x
            WHERE x.filed_as {least} l.column1 AND x.filed_as {less} l.column2
            AND x.merged_into_id IS NULL AND {_PUBLIC[noun]}
            ORDER BY x.filed_as {order}, x.id LIMIT 1
        ) IS NOT NULL
    """  # noqa: S608 - texts of this module
