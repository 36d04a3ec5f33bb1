"""The form of an answer: what `tests.soak.exactness.shapes` makes of the real ones, so that the two can be compared."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from tests.soak.oracle.ledger import Edition
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import Item, Site, datetime_item, lines, plain

#: A status and a type of content; then a head, a navigation and a main part, or a feed, or a map, or a location.
type Page = dict[str, Any]

LATEST: Item = ("See the latest stories", "/latest/")


def html(
    paper: Paper,
    site: Site,
    main: list[Item],
    *,
    title: str,
    path: str = "",
    description: str = "",
    robots: str = "max-image-preview:large",
    language: str = "en",
    section_path: str = "",
    feed: tuple[str, str] | None = None,
    data: Sequence[dict[str, Any]] = (),
    status: int = 200,
) -> Page:
    """Return a page of the site. One without a path is no page of its own: it has no canonical address."""
    feeds = [("alternate", feed[1], f"{site.name}: {feed[0]}")] if feed else []
    return {
        "status": status,
        "type": "text/html",
        "language": language,
        "head": {
            "title": title if title == site.name else f"{title} | {site.name}",
            "meta": [
                *([("description", description)] if description else []),
                ("robots", robots),
                *(_social(site, title, path, description) if status == 200 else []),
            ],
            "links": [
                *([("canonical", site.url + path, "")] if path else []),
                ("alternate", "/rss.xml", site.name),
                *feeds,
            ],
            "data": list(data),
        },
        "navigation": _navigation(paper, path, section_path),
        "main": main,
    }


def _social(site: Site, title: str, path: str, description: str) -> list[tuple[str, str]]:
    return [
        ("og:type", "website"),
        ("og:site_name", site.name),
        ("og:title", title),
        *([("og:description", description)] if description else []),
        ("og:url", site.url + path),
        ("og:image", f"{site.url}/static/img/social-card.jpg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("twitter:card", "summary_large_image"),
    ]


def _navigation(paper: Paper, path: str, section_path: str) -> list[tuple[str, str, str]]:
    """Return the name, address and mark of each entry of the navigation."""
    found = [("Latest", "/latest/", "page" if path == "/latest/" else "")]
    for section in paper.navigation:
        own = paper.page_of("section", section)
        mark = "" if own != section_path else "page" if path == own else "true"
        found.append((section["name"], own, mark))
    return [*found, ("Market data", "/market-data/", "page" if path == "/market-data/" else "")]


def moved(path: str) -> Page:
    """Return the answer that a page is elsewhere for good."""
    return {"status": 301, "location": path}


def not_found(paper: Paper, site: Site, path: str) -> Page:
    """Return the answer for an address where nothing is: the way to where it moved, or the page that says so."""
    target = paper.redirect(path if path.endswith("/") else f"{path}/")
    if target and target != path:
        return moved(target)
    main = [
        *plain("404"),
        *plain("This page does not exist"),
        *plain("The address may be mistyped, or the page may have moved."),
        ("The latest stories", "/latest/"),
        *plain("and"),
        ("the front page", "/"),
        *plain("are where they always are."),
    ]
    return html(paper, site, main, title="Page not found", robots="noindex", status=404)


def gone(paper: Paper, site: Site, edition: Edition) -> Page:
    """Return the answer for a story that readers no longer have."""
    if edition.is_withdrawal:
        title = "Story withdrawn"
        main = plain("Withdrawn") + plain("This story was withdrawn") + lines(edition.notice)
        main.append(datetime_item(edition.live_from))
    else:
        title = edition.words["headline"]
        main = plain("No longer available") + plain(title) + plain("This story of")
        main += [datetime_item(edition.first_published_at), *plain("is no longer on the site.")]
    language = edition.words["language"]
    return html(paper, site, [*main, LATEST], title=title, robots="noindex", status=410, language=language)


def file(paper: Paper, name: str, files: Mapping[str, bytes]) -> Page | None:
    """Return an uploaded file while a live story shows it."""
    for edition in paper.live:
        image = paper.picture(edition)
        if image and image["file"] == name:
            return {"status": 200, "type": "image/jpeg", "digest": sha256(files[name]).hexdigest()}
    return None
