"""The indexes A–Z of companies and people, from their beginning."""

import re
from urllib.parse import quote

from tests.soak.oracle.answers import Page, html, moved
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import Item, Site, plain

PATHS = ("/companies/", "/people/")
SIZE = 60
_LETTERS = "abcdefghijklmnopqrstuvwxyz#"
_KINDS = {
    "companies": ("company", "Companies", "The companies that our stories name, from A to Z."),
    "people": ("person", "People", "The people whom our stories name, from A to Z."),
}


def index(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page:
    """Return the first part of an index. The soak's names begin with Latin letters, and its people hold no office."""
    kind, title, description = _KINDS[match["index"]]
    path = f"/{match['index']}/"
    if match[0] != path:
        return moved(path)
    rows = sorted(paper.public(kind), key=lambda row: (row["name"].lower(), row["id"]))
    letters = {row["name"][0].lower() for row in rows}
    main = [*plain(f"{title} A–Z"), ("All", path)]
    main += [(letter.upper(), f"{path}?letter={quote(letter)}" if letter in letters else "") for letter in _LETTERS]
    for row in rows[:SIZE]:
        main.append((row["name"], paper.page_of(kind, row)))
        main += plain(paper.ticker(row["id"])) if kind == "company" else []
    main += [] if rows else plain("There is nothing here yet.")
    if len(rows) > SIZE:
        last = rows[SIZE - 1]
        further: Item = (
            f"More {title.lower()}",
            f"{path}?after={quote(f'{last["name"].lower()}~{last["id"]}', safe='')}",
        )
        main.append(further)
    robots = "max-image-preview:large" if rows else "noindex, follow"
    return html(paper, site, main, title=f"{title} A–Z", path=path, description=description, robots=robots)
