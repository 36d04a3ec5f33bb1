"""The indexes A–Z, and the way from a ticker to its company.

The soak's names begin with a letter of the alphabet and have neither blanks nor accents, and its symbols no signs.
"""

import re
from typing import Final
from urllib.parse import quote as escaped

from tests.soak.oracle.answers import Page, html, moved
from tests.soak.oracle.ledger import Row
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import Item, Site, plain

KINDS: Final = {"companies": "company", "people": "person"}
SIZE: Final = 60
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz#"
_ABOUT: Final = {
    "companies": "The companies that our stories name, from A to Z.",
    "people": "The people whom our stories name, from A to Z.",
}
_CURSOR: Final = re.compile(r"([^~]{1,80})~(\d{1,18})", re.ASCII)


def index(paper: Paper, site: Site, path: str, letter: str, after: str) -> Page | None:
    """Return a part of an index, or the way to it; None for what no page has printed."""
    name = path.strip("/")
    if path != f"/{name}/" or letter != letter.lower():
        return moved(_address(name, letter.lower(), after))
    if (letter and letter not in tuple(_LETTERS)) or (after and not _begins(after, letter)):
        return None
    rows = sorted(paper.public(KINDS[name]), key=_place)
    left = [row for row in rows if row["name"].lower().startswith(letter) and (not after or _place(row) > _read(after))]
    part, title = left[:SIZE], f"{name.title()}: {letter.upper()}" if letter else f"{name.title()} A–Z"
    main = [*plain(title), ("All", f"/{name}/"), *_letters(name, rows)]
    for row in part:
        main += [(row["name"], paper.page_of(KINDS[name], row)), *plain(_note(paper, name, row))]
    main += [] if part else plain("There is nothing here yet.")
    main += [("From the beginning", _address(name, letter, ""))] if after else []
    if len(left) > SIZE:
        cursor = "~".join(map(str, _place(part[-1])))
        main.append((f"More {name}", _address(name, letter, cursor)))
    robots = "max-image-preview:large" if part and not after else "noindex, follow"
    own = _address(name, letter, after)
    return html(paper, site, main, title=title, path=own, description=_ABOUT[name], robots=robots)


def _place(row: Row) -> tuple[str, int]:
    return row["name"].lower(), row["id"]


def _read(after: str) -> tuple[str, int]:
    name, _tilde, key = after.rpartition("~")
    return name, int(key)


def _begins(after: str, letter: str) -> bool:
    match = _CURSOR.fullmatch(after)
    if match is None:
        return False
    return match[1].startswith(letter) if letter else match[1][0] <= "{"


def _letters(name: str, rows: list[Row]) -> list[Item]:
    there = {row["name"][0].lower() for row in rows}
    return [(letter.upper(), _address(name, letter, "") if letter in there else "") for letter in _LETTERS]


def _address(name: str, letter: str, after: str) -> str:
    query = [f"letter={escaped(letter, safe='')}"] if letter else []
    query += [f"after={escaped(after, safe='')}"] if after else []
    return f"/{name}/{'?' if query else ''}{'&'.join(query)}"


def _note(paper: Paper, name: str, row: Row) -> str:
    if name == "companies":
        return paper.ticker(row["id"])
    role = next((role for role in paper.roles(row["id"]) if role.is_present), None)
    where = filter(None, (role.row["body"], role.company["name"] if role.company else "")) if role else ()
    return f"{role.row['title']}, {', '.join(where)}" if role else ""


def quote(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page | None:
    """Return the way to the company of a ticker, or the question which one is meant; None where it means nothing."""
    exchange, _colon, symbol = match["ticker"].upper().rpartition(":")
    meant = paper.quoted(exchange, symbol)
    paths = [paper.page_of("company", company) for _listing, _exchange, company, _is_over in meant]
    if len(set(paths)) < 2:
        return moved(paths[0]) if paths else None
    name = match["ticker"].upper()
    main = plain(f"Which {name}?") + plain("More than one company has this ticker. Choose the one you mean.")
    for (listing, place, company, is_over), path in zip(meant, paths, strict=True):
        main += [(f"{place['short_name']}:{listing['symbol']}", path), (company["name"], path)]
        main += plain(f"{place['name']}{', formerly' if is_over else ''}")
    return html(paper, site, main, title=f"Which {name}?", path=f"/quote/{name}", robots="noindex, follow")
