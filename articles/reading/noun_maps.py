"""The pages that list stories, as sitemaps list them: those of sections, companies, topics, authors and people.

A map holds the nouns of a range of keys, so that neither a map nor the list of maps has to count them all.
"""

from datetime import datetime
from typing import Final

from articles import paths, records
from articles.reading.database import instant, rows
from articles.reading.maps import NEWEST_RELEASES, changed_at
from articles.reading.selection import LIVE, NAMED

_PATHS: Final = {
    "section": paths.section,
    "company": paths.company,
    "topic": paths.topic,
    "author": paths.author,
    "person": paths.person,
}
_FIXED: Final = (paths.FRONT, paths.LATEST, paths.CORRECTIONS, paths.COMPANIES, paths.PEOPLE)


def _newest(noun: str) -> str:
    """Return the SQL for when the newest live story of the noun `x` changed, NULL where it has none."""
    source, order, named = "articles_edition e", "e", "e.section_id = x.id"
    if noun != "section":
        table, key, edition = NAMED[noun]
        source, order = f"{table} i JOIN articles_edition e ON e.id = i.{edition}", "i"
        named = f"i.{key} = x.id AND i.first_published_at <= %s"
    return f"""
        SELECT e.live_from FROM {source} WHERE {LIVE} AND {named}
        ORDER BY {order}.first_published_at DESC, {order}.article_id DESC LIMIT 1
    """  # noqa: S608 - texts of this module


def _recent(noun: str) -> str:
    """Return the SQL for the nouns of the newest releases, each with its instant."""
    if noun == "section":
        return f"SELECT 'section', e.section_id, e.live_from FROM recent e WHERE {LIVE}"  # noqa: S608
    table, key, edition = NAMED[noun]
    source = f"recent e JOIN {table} i ON i.{edition} = e.id"
    return f"SELECT '{noun}', i.{key}, e.live_from FROM {source} WHERE {LIVE}"  # noqa: S608


_SOURCES: Final = {
    "section": "articles_section x WHERE true",
    "company": "articles_company x WHERE x.merged_into_id IS NULL",
    "topic": "articles_topic x WHERE x.merged_into_id IS NULL",
    "author": "articles_author x WHERE x.merged_into_id IS NULL",
    "person": "articles_person x WHERE x.merged_into_id IS NULL",
}
_PUBLIC: Final = {
    noun: f"({'x.from_reference OR ' if noun == 'company' else ''}({_newest(noun)}) IS NOT NULL)" for noun in _PATHS
}
_NOUNS: Final = {
    noun: f"SELECT x.id, x.slug, ({_newest(noun)}), {'x.from_reference' if noun == 'company' else 'false'} "  # noqa: S608
    f"FROM {source} AND x.id >= %s AND x.id < %s ORDER BY x.id"
    for noun, source in _SOURCES.items()
}
_IS_ONE_PUBLIC: Final = " OR ".join(
    f"EXISTS (SELECT 1 FROM {source} AND x.id >= %s AND x.id < %s AND {_PUBLIC[noun]})"  # noqa: S608
    for noun, source in _SOURCES.items()
)
_LAST: Final = f"SELECT {', '.join(f'(SELECT max(id) FROM articles_{noun})' for noun in _PATHS)}"  # noqa: S608
_RECENT: Final = f"WITH recent AS ({NEWEST_RELEASES}) {' UNION ALL '.join(map(_recent, _PATHS))}"


def sitemap_pages(at: datetime, part: int = 1, size: int = 50_000) -> tuple[records.SitemapEntry, ...]:
    """Return the pages that list stories, or a part of them of at most `size`.

    The front and its like are in the first; sections, companies, topics, authors and people are in the order of their
    keys.
    """
    fixed = changed_at(at) if part == 1 else None
    entries = [records.SitemapEntry(path, fixed) for path in _FIXED if part == 1]
    changes: dict[tuple[str, int], datetime] = {}
    for noun, key, changed in rows(_RECENT, [at] * (1 + 4 * len(_PATHS))):
        moment = instant(changed)
        if moment and key is not None:
            changes[noun, key] = max(moment, changes.get((noun, key), moment))
    for noun, path in _PATHS.items():
        for key, slug, newest, is_known in rows(_NOUNS[noun], (*_instants(noun, at), *_keys(part, size))):
            moment = instant(newest)
            if moment or is_known:
                late = changes.get((noun, key), moment)
                entries.append(records.SitemapEntry(path(slug), max(moment, late) if moment and late else moment))
    return tuple(entries)


def sitemap_page_parts(at: datetime, size: int = 50_000) -> tuple[int, ...]:
    """Return the numbers of the parts in which there is anything to list; the first is always there."""
    (last,) = rows(_LAST)
    width = _width(size)
    most = max(key or 0 for key in last) // width + 1
    return (1, *(part for part in range(2, most + 1) if _is_one_public(at, part, size)))


def _is_one_public(at: datetime, part: int, size: int) -> bool:
    values = [value for noun in _PATHS for value in (*_keys(part, size), *_instants(noun, at))]
    ((found,),) = rows(f"SELECT {_IS_ONE_PUBLIC}", values)
    return bool(found)


def _instants(noun: str, at: datetime) -> list[datetime]:
    """Return the parameters of `_newest()`."""
    return [at] * (4 if noun == "section" else 5)


def _keys(part: int, size: int) -> tuple[int, int]:
    """Return the first key of a part and that of the next; the kinds of nouns share its places."""
    width = _width(size)
    return (part - 1) * width, part * width


def _width(size: int) -> int:
    return max(1, (size - len(_FIXED)) // len(_PATHS))
