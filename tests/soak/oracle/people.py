"""What the page of a person says beside its stories."""

from datetime import date
from typing import Any

from tests.soak.oracle.ledger import Row
from tests.soak.oracle.paper import Paper, Role
from tests.soak.oracle.words import MONTHS, Item, Site, lines, plain


def header(paper: Paper, row: Row, part: list[Item]) -> list[Item]:
    """Return the name, what somebody does at present, and who they are."""
    found = plain(row["name"])
    for role in paper.roles(row["id"]):
        if role.is_present:
            found += [*plain(f"{_title(role)},"), *place(paper, role)]
    return found + lines(row["biography"]) + part


def roles(paper: Paper, row: Row) -> list[Item]:
    """Return what somebody does and did, with the months."""
    held = paper.roles(row["id"])
    found = plain("Roles") if held else []
    for role in held:
        since, until = role.row["since_on"], role.row["until_on"]
        found += [*plain(_title(role)), *place(paper, role)]
        if since and until:
            found += [*plain("From"), month(since), *plain("until"), month(until)]
        elif since or until:
            found += [*plain("Since" if since else "Until"), month(since or until)]
    return found


def place(paper: Paper, role: Role) -> list[Item]:
    """Return where a role is."""
    found = plain(role.row["body"])
    if role.company:
        found += plain(",") if found else []
        found.append((role.company["name"], paper.page_of("company", role.company)))
    return found


def month(on: date) -> Item:
    """Return the month of a day."""
    return f"{MONTHS[on.month - 1]} {on.year}", f"{on.year:04d}-{on.month:02d}"


def described(paper: Paper, row: Row, site: Site) -> dict[str, Any]:
    """Return a person as schema.org knows them."""
    held = [role for role in paper.roles(row["id"]) if role.is_present]
    data = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": row["name"],
        "alternateName": row["aliases"],
        "url": site.url + paper.page_of("person", row),
        "description": row["biography"],
        "jobTitle": [role.row["title"] for role in held],
        "worksFor": [_employer(paper, role, site) for role in held],
    }
    return {name: value for name, value in data.items() if value}


def _employer(paper: Paper, role: Role, site: Site) -> dict[str, str]:
    if role.company is None:
        return {"@type": "Organization", "name": role.row["body"]}
    url = site.url + paper.page_of("company", role.company)
    return {"@type": "Corporation", "name": role.company["name"], "url": url}


def _title(role: Role) -> str:
    title = str(role.row["title"])
    return title[:1].upper() + title[1:]
