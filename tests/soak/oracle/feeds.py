"""Feeds and maps."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any

from tests.soak.oracle import names
from tests.soak.oracle.answers import Page, moved
from tests.soak.oracle.articles import body
from tests.soak.oracle.ledger import Edition
from tests.soak.oracle.lists import find
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import Site, datetime_words, seconds

SIZE = 20
NEWS_AGE = timedelta(days=2)
_KINDS = {
    "correction": "Correction",
    "clarification": "Clarification",
    "withdrawal": "Withdrawal",
    "update": "Update",
    "refile": "Refile",
    "publication": "Publication",
}

_MARKET = re.compile("</?(?:data|time)[^>]*>")
#: An element of a feed: its name, its attributes and its text.
type Element = tuple[str, dict[str, str], str]


def of_site(paper: Paper, site: Site, _match: re.Match[str], _before: str) -> Page:
    """Return the feed of all stories."""
    return _feed(paper, site, paper.live, site.name, f"The latest stories from {site.name}.", "/", "en")


def of_noun(paper: Paper, site: Site, kind: str, slug: str) -> Page | None:
    """Return the feed of a section, company, topic, author or person, or the way to it; None where nothing is."""
    row, moved_to = find(paper, kind, slug)
    if row is not None and row["slug"] != slug:
        return moved(f"{paper.page_of(kind, row)}rss.xml")
    if row is None:
        return moved(f"{moved_to}rss.xml") if moved_to else None
    name = row["name"]
    about = {
        "section": row.get("description") or f"The latest stories of {name} from {site.name}.",
        "company": f"Stories that name {name}, from {site.name}.",
        "person": f"Stories that name {name}, from {site.name}.",
        "topic": f"Stories about {name}, from {site.name}.",
        "author": f"Stories by {name}, from {site.name}.",
    }[kind]
    path, language = paper.page_of(kind, row), row["language"] if kind == "section" else "en"
    return _feed(paper, site, paper.listed(kind, row["id"]), f"{name} – {site.name}", about, path, language)


def _feed(
    paper: Paper, site: Site, stories: list[Edition], title: str, description: str, path: str, language: str
) -> Page:
    newest = stories[:SIZE]
    own = {"rel": "self", "type": "application/rss+xml", "href": f"{site.url}{path}rss.xml"}
    channel: list[Element] = [
        ("title", {}, title),
        ("link", {}, site.url + path),
        ("description", {}, description),
        ("language", {}, language),
        ("atom:link", own, ""),
    ]
    if newest:
        channel.append(("lastBuildDate", {}, _rfc_822(max(edition.live_from for edition in newest))))
    items = [_item(paper, site, edition, language) for edition in newest]
    return {"status": 200, "type": "application/rss+xml", "channel": channel, "items": items}


def _item(paper: Paper, site: Site, edition: Edition, language: str) -> list[Element]:
    words, source = edition.words, paper.source(edition)["name"]
    found: list[Element] = [("title", {}, words["headline"]), ("link", {}, site.url + paper.path(edition))]
    found += [("description", {}, words["standfirst"])] if words["standfirst"] else []
    found.append(("pubDate", {}, _rfc_822(edition.first_published_at)))
    guid = paper.world.editions[edition.article, edition.number]["guid"]
    found.append(("guid", {"isPermaLink": "false"}, f"urn:uuid:{guid}"))
    found += [("dc:creator", {}, name) for name in paper.writers(edition) or filter(None, [source])]
    found += [("dc:language", {}, words["language"])] if words["language"] != language else []
    section = paper.section(edition)
    subjects = [*([section["name"]] if section else []), *(topic["name"] for topic in paper.topics(edition))]
    found += [("category", {}, name) for name in subjects]
    tickers = filter(None, (paper.ticker(company["id"]) for company, _role in paper.companies(edition)))
    found += [("category", {"domain": f"{site.url}/companies/"}, ticker) for ticker in tickers]
    updated = edition.updated_at.isoformat()
    found += [("atom:updated", {}, updated), ("dcterms:modified", {}, updated)]
    return [*found, *_picture(paper, site, edition), ("content:encoded", {}, _content(paper, site, edition))]


def _picture(paper: Paper, site: Site, edition: Edition) -> list[Element]:
    image = paper.picture(edition)
    if image is None:
        return []
    size = {"width": str(image["width"]), "height": str(image["height"])}
    address = {"url": f"{site.url}/media/{image['file']}", "medium": "image", "type": "image/jpeg"}
    texts: list[Element] = [
        ("media:title", {"type": "plain"}, image["alt"]),
        ("media:description", {"type": "plain"}, edition.words["lead_caption"] or image["caption"]),
        ("media:credit", {}, image["credit"]),
    ]
    return [("media:content", address | size, ""), *(element for element in texts if element[2])]


def _content(paper: Paper, site: Site, edition: Edition) -> str:
    found = [
        f"<p><strong>{_KINDS[kind]} ({datetime_words(at)}):</strong> {_text(text)}</p>"
        for kind, text, at in reversed(edition.notices)
    ]
    # A feed has the words of market statements alone.
    found.append(_MARKET.sub("", body(paper, edition)).replace(' href="/', f' href="{site.url}/'))
    if edition.words["disclosure"]:
        found.append(f"<p><em>{_text(edition.words['disclosure'])}</em></p>")
    return "\n".join(found)


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _rfc_822(at: datetime) -> str:
    return format_datetime(at.astimezone(UTC)).replace("-0000", "+0000")


def index(paper: Paper, site: Site, _match: re.Match[str], _before: str) -> Page:
    """Return the list of maps."""
    entries = [_entry(site, "/sitemaps/pages.xml", paper.changed_at), _entry(site, "/sitemaps/news.xml", None)]
    months: dict[tuple[int, int], list[Edition]] = {}
    for edition in _indexed(paper):
        first = edition.first_published_at.astimezone(UTC)
        months.setdefault((first.year, first.month), []).append(edition)
    for (year, month), stories in sorted(months.items(), reverse=True):
        entries.append(_entry(site, f"/sitemaps/{year:04d}-{month:02d}.xml", paper.changed(stories)))
    return _map("sitemapindex", entries)


def pages(paper: Paper, site: Site, _match: re.Match[str], _before: str) -> Page:
    """Return the map of the pages that list stories."""
    entries = [
        _entry(site, path, paper.changed_at)
        for path in ("/", "/latest/", "/corrections/", *(f"/{name}/" for name in names.KINDS))
    ]
    for kind in ("section", "company", "topic", "author", "person"):
        entries += [
            _entry(site, paper.page_of(kind, row), paper.changed(paper.listed(kind, row["id"])))
            for row in paper.public(kind)
        ]
    return _map("urlset", entries)


def month(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page | None:
    """Return the map of the stories of a month, None where there are none."""
    if (len(match["year"]), len(match["month"])) != (4, 2):
        return None
    asked = (int(match["year"]), int(match["month"]))
    found = []
    for edition in _indexed(paper):
        first = edition.first_published_at.astimezone(UTC)
        found += [_entry(site, paper.path(edition), edition.live_from)] if (first.year, first.month) == asked else []
    return _map("urlset", found) if found else None


def news(paper: Paper, site: Site, _match: re.Match[str], _before: str) -> Page:
    """Return the map of the stories of two days."""
    young = [edition for edition in _indexed(paper) if edition.first_published_at >= paper.at - NEWS_AGE]
    entries: list[Any] = [
        (
            site.url + paper.path(edition),
            site.name,
            edition.words["language"],
            seconds(edition.first_published_at),
            edition.words["headline"],
        )
        for edition in young[:1000]
    ]
    return _map("urlset", entries)


def _indexed(paper: Paper) -> list[Edition]:
    return [edition for edition in paper.live if edition.words["search_engines"] != "noindex"]


def _entry(site: Site, path: str, changed_at: datetime | None) -> tuple[str, ...]:
    return (site.url + path, seconds(changed_at)) if changed_at else (site.url + path,)


def _map(root: str, entries: list[Any]) -> Page:
    return {"status": 200, "type": "application/xml", "root": root, "entries": entries}
