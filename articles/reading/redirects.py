"""Old and vanity addresses."""

from datetime import datetime
from typing import Final

from articles import paths, records
from articles.reading.database import rows
from articles.reading.selection import has_stories


def _slug(noun: str, public: str) -> str:
    """Return what finds the slug of a redirect's target while readers can see it."""
    return f"(SELECT x.slug FROM articles_{noun} x WHERE x.id = r.{noun}_id AND {public})"  # noqa: S608


_NEWEST: Final = "WHERE e.article_id = r.article_id AND e.live_from <= %s ORDER BY e.live_from DESC LIMIT 1"
#: One question whether there is nothing, something secret or something public, so that the time tells nothing.
_TARGET: Final = f"""
SELECT
    {_slug("section", has_stories("section"))},
    {_slug("company", f"x.merged_into_id IS NULL AND (x.from_reference OR {has_stories('company')})")},
    {_slug("author", f"x.merged_into_id IS NULL AND {has_stories('author')}")},
    {_slug("topic", f"x.merged_into_id IS NULL AND {has_stories('topic')}")},
    {_slug("person", f"x.merged_into_id IS NULL AND {has_stories('person')}")},
    (SELECT e.public_key FROM articles_edition e {_NEWEST}),
    (SELECT e.slug FROM articles_edition e {_NEWEST}),
    (SELECT s.slug FROM articles_edition e LEFT JOIN articles_section s ON s.id = e.section_id {_NEWEST})
FROM articles_redirect r WHERE r.path = %s
"""  # noqa: S608 - texts of this module
_INSTANTS: Final = _TARGET.count("%s") - 1


def redirect(path: str, at: datetime) -> records.Moved | None:
    """Return where an old or vanity address leads, while readers can see its target; one query."""
    found = rows(_TARGET, (*[at] * _INSTANTS, path))
    if not found:
        return None
    section, company, author, topic, person, key, slug, place = found[0]
    targets = (
        paths.section(section) if section else "",
        paths.company(company) if company else "",
        paths.author(author) if author else "",
        paths.topic(topic) if topic else "",
        paths.person(person) if person else "",
        paths.article(place or "", slug, key) if key else "",
    )
    target = next(filter(None, targets), "")
    return records.Moved(target) if target and target != path else None
