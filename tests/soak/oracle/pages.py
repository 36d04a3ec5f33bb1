"""Which page stands at an address, and what it says."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlsplit

from tests.soak.oracle import feeds, lists, names
from tests.soak.oracle.answers import Page, file, gone, html, moved, not_found
from tests.soak.oracle.articles import head as article_head
from tests.soak.oracle.articles import main as article_main
from tests.soak.oracle.cards import front
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import Site, plain
from tests.soak.oracle.world import World

#: What stands at an address beside the sections, which may not be called so.
RESERVED = frozenset(
    "admin api apple-touch-icon.png authors companies corrections desk favicon.ico feeds latest market-data media "
    "people quote robots.txt rss.xml search sitemap.xml sitemaps static topics".split()
)
_KEY = re.compile(r"(?:.*-)?([23456789abcdefghjkmnpqrstvwxyz]{8})")
_FOLDERS = {"companies": "company", "topics": "topic", "authors": "author", "people": "person"}

#: Says what stands at an address that matches, given the cursor of a list or "".
type Answer = Callable[[Paper, Site, re.Match[str], str], Page | None]


class Oracle:
    """Says what an address answers, as of a world and an instant. `files` are the bytes of the media store by name."""

    def __init__(self, world: World, site: Site, files: Mapping[str, bytes] | None = None) -> None:
        self.world = world
        self.site = site
        self._files = files or {}
        self._paper: Paper | None = None
        self._counter = -1

    def page(self, address: str, at: datetime) -> Page:
        """Return what a GET of this address answers at an instant, with whatever query."""
        if self._paper is None or (self._counter, self._paper.at) != (self.world.counter, at):
            self._paper, self._counter = Paper(self.world, at), self.world.counter
        paper, parts = self._paper, urlsplit(address)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        found = self._found(paper, parts.path, query)
        return found or not_found(paper, self.site, parts.path)

    def _found(self, paper: Paper, path: str, query: Mapping[str, str]) -> Page | None:
        if path.startswith("/media/"):
            return file(paper, path.removeprefix("/media/"), self._files)
        if path.strip("/") in names.KINDS:
            return names.index(paper, self.site, path, query.get("letter", ""), query.get("after", ""))
        for pattern, answer in _ADDRESSES:
            match = re.fullmatch(pattern, path)
            if match:
                return answer(paper, self.site, match, query.get("before", ""))
        return None


def _front(paper: Paper, site: Site, _match: re.Match[str], _before: str) -> Page:
    description = f"The latest stories from {site.name}."
    return html(paper, site, front(paper, site), title=site.name, path="/", description=description)


def _feeds(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page:
    if match[0] != "/feeds/":
        return moved("/feeds/")
    how = (
        "Follow us in the feed reader of your choice. Every page of a section, topic, author, company or person has "
        "a feed of its own as well: add rss.xml to its address."
    )
    main = plain("RSS feeds") + plain(how) + [*plain("All stories"), (f"{site.url}/rss.xml", "/rss.xml")]
    for section in paper.navigation:
        feed = f"{paper.page_of('section', section)}rss.xml"
        main += [*plain(section["name"]), (site.url + feed, feed)]
    description = "A feed of all stories, and one of each section, company, topic, author and person."
    return html(paper, site, main, title="RSS feeds", path="/feeds/", description=description)


def _article(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page | None:
    key = _KEY.fullmatch(match["last"].lower())
    if match["section"] in RESERVED or key is None:
        return None
    of_key = (e for e in paper.current.values() if e.words["public_key"] == key[1])
    edition = next(of_key, None)
    if edition is None:
        return None
    if not edition.shows(paper.at):
        return gone(paper, site, edition)
    if match[0] != paper.path(edition):
        return moved(paper.path(edition))
    section = paper.section(edition)
    page = html(
        paper,
        site,
        article_main(paper, edition, site),
        title="",
        language=edition.words["language"],
        section_path=paper.page_of("section", section) if section else "",
    )
    return page | {"head": article_head(paper, edition, site)}


def _section(paper: Paper, site: Site, match: re.Match[str], before: str) -> Page | None:
    return None if match["slug"] in RESERVED | {"story"} else lists.noun(paper, site, "section", match, before)


def _noun(paper: Paper, site: Site, match: re.Match[str], before: str) -> Page | None:
    return lists.noun(paper, site, _FOLDERS[match["folder"]], match, before)


def _section_feed(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page | None:
    return None if match["slug"] in RESERVED else feeds.of_noun(paper, site, "section", match["slug"])


def _noun_feed(paper: Paper, site: Site, match: re.Match[str], _before: str) -> Page | None:
    return feeds.of_noun(paper, site, _FOLDERS[match["folder"]], match["slug"])


def _robots(_paper: Paper, site: Site, _match: re.Match[str], _before: str) -> Page:
    text = f"User-agent: *\nDisallow: /desk/\n\nSitemap: {site.url}/sitemap.xml\n"
    return {"status": 200, "type": "text/plain", "text": text}


_ADDRESSES: tuple[tuple[str, Answer], ...] = (
    (r"/", _front),
    (r"/latest/?", lists.latest),
    (r"/corrections/?", lists.corrections),
    (r"/feeds/?", _feeds),
    (r"/quote/(?P<ticker>.+?)/?", names.quote),
    (r"/robots\.txt", _robots),
    (r"/rss\.xml", feeds.of_site),
    (r"/sitemap\.xml", feeds.index),
    (r"/sitemaps/pages\.xml", feeds.pages),
    (r"/sitemaps/news\.xml", feeds.news),
    (r"/sitemaps/(?P<year>\d+)-(?P<month>\d+)\.xml", feeds.month),
    (r"/(?P<folder>companies|topics|authors|people)/(?P<slug>[^/]+)/rss\.xml", _noun_feed),
    (r"/(?P<folder>companies|topics|authors|people)/(?P<slug>[^/]+)/?", _noun),
    (r"/(?P<slug>[^/]+)/rss\.xml", _section_feed),
    (r"/(?P<slug>[^/]+)/?", _section),
    (r"/(?P<section>[^/]+)/(?P<last>[^/]+)/?", _article),
)
