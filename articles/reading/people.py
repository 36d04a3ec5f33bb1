"""People: public once a live story names them."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final

from articles import paths, records
from articles.reading.database import rows
from articles.reading.redirects import redirect
from articles.reading.selection import has_stories

_PERSON: Final = f"""
SELECT x.id, x.name, x.slug, x.biography, x.portrait, x.portrait_credit, x.aliases FROM articles_person x
WHERE x.slug = %s AND x.merged_into_id IS NULL AND {has_stories("person")}
"""  # noqa: S608 - texts of this module
#: A role at a company that readers cannot see would tell them of it; one that is to come, of what the desk knows.
_ROLES: Final = f"""
SELECT r.person_id, r.title, r.body, x.name, x.slug, r.since_on, r.until_on
FROM articles_personrole r LEFT JOIN articles_company x ON x.id = r.company_id
WHERE r.person_id IN ({{people}}) AND (r.since_on IS NULL OR r.since_on <= %s)
AND (r.company_id IS NULL OR x.merged_into_id IS NULL AND (x.from_reference OR {has_stories("company")}))
ORDER BY r.id
"""  # noqa: S608
#: For how many people at once each text asks: few texts serve one person and any part of an index.
MANY: Final = 60


def person(slug: str, at: datetime) -> records.PersonProfile | records.Moved | None:
    """Return a person with their roles, or where their page is now, or None while no live story names them.

    Two queries.
    """
    found = rows(_PERSON, (slug, *[at] * 5))
    if not found:
        return redirect(paths.person(slug), at)
    key, name, slug, biography, portrait, portrait_credit, aliases = found[0]
    return records.PersonProfile(
        id=key,
        name=name,
        path=paths.person(slug),
        biography=biography,
        portrait=paths.media(portrait) if portrait else "",
        portrait_credit=portrait_credit,
        aliases=tuple(json.loads(aliases)),
        roles=roles_of([key], at).get(key, ()),
    )


def roles_of(people: Sequence[int], at: datetime) -> dict[int, tuple[records.PersonRole, ...]]:
    """Return what readers may know of the roles of at most `MANY` people by their keys; one query.

    Those held at present come first.
    Days begin at midnight UTC, and a role is over on the day until which it was held.
    """
    if not people:
        return {}
    asked = [*people, *[people[0]] * (MANY - len(people) if len(people) > 1 else 0)]
    found: dict[int, list[records.PersonRole]] = {}
    for key, *row in rows(_roles(len(asked)), (*asked, at.date(), *[at] * 5)):
        found.setdefault(key, []).append(_role(*row, at=at.date()))
    return {key: tuple(sorted(roles, key=_newest)) for key, roles in found.items()}


@lru_cache
def _roles(people: int) -> str:
    return _ROLES.format(people=", ".join(["%s"] * people))


def _role(
    title: str, body: str, company: str | None, slug: str | None, since: Any, until: Any, *, at: date
) -> records.PersonRole:
    begun, ended = _day(since), _day(until)
    return records.PersonRole(
        title=title,
        body=body,
        company=company or "",
        path=paths.company(slug) if slug else "",
        since=begun,
        until=ended,
        is_present=ended is None or at < ended,
    )


def _newest(role: records.PersonRole) -> tuple[bool, int, int]:
    """Return what sorts roles: those of the present, then the others from the one that ended last."""
    ended = 0 if role.is_present or role.until is None else role.until.toordinal()
    return not role.is_present, -ended, -(role.since.toordinal() if role.since else 0)


def _day(kept: Any) -> date | None:
    """Return a day as the database gave it; SQLite has them as text."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept
