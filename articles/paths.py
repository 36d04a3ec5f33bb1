"""Every public address, as pure functions: models, the door, feeds and templates print the same ones.

Paths are absolute, start with "/" and are percent-encoded, ready for an attribute or a `Location` header.
`articles/public/urls.py` resolves them; a test holds the two together.
"""

import re
from typing import Final
from urllib.parse import quote

FRONT: Final = "/"
LATEST: Final = "/latest/"
CORRECTIONS: Final = "/corrections/"
FEEDS: Final = "/feeds/"
MARKETS: Final = "/market-data/"
COMPANIES: Final = "/companies/"
PEOPLE: Final = "/people/"
PRICES: Final = "/quote/prices.json"
SITE_FEED: Final = "/rss.xml"
SITEMAP: Final = "/sitemap.xml"
SITEMAP_NEWS: Final = "/sitemaps/news.xml"
ROBOTS: Final = "/robots.txt"
MEDIA: Final = "/media/"

#: Where a story without a section lives, and what its address says when its headline makes no slug.
NO_SECTION: Final = "story"
NO_SLUG: Final = "story"

#: First parts of a path that are no sections. A section with such a slug could never be reached.
RESERVED: Final = frozenset(
    (
        *(
            "-",
            "admin",
            "api",
            "apple-touch-icon.png",
            "authors",
            "companies",
            "corrections",
            "desk",
            "favicon.ico",
            "feeds",
        ),
        *(
            "latest",
            "market-data",
            "media",
            "people",
            "quote",
            "robots.txt",
            "rss.xml",
            "search",
            "sitemap.xml",
            "sitemaps",
            "static",
        ),
        *("story", "topics"),
    )
)

#: Lower case without 0, 1, i, l, o and u: nothing to misread, nothing that spells.
KEY_ALPHABET: Final = "23456789abcdefghjkmnpqrstvwxyz"
KEY_LENGTH: Final = 8
_LAST_PART = re.compile(rf"(?:(?P<slug>.*)-)?(?P<key>[{KEY_ALPHABET}]{{{KEY_LENGTH}}})")


def article(section: str, slug: str, key: str) -> str:
    """Return the address of a story; `section` and `slug` may be empty."""
    return f"/{_part(section or NO_SECTION)}/{_part(slug or NO_SLUG)}-{key}/"


def article_key(last_part: str) -> str | None:
    """Return the public key at the end of a story's last path part, or None when it has none."""
    match = _LAST_PART.fullmatch(last_part)
    return match["key"] if match else None


def section(slug: str) -> str:
    """Return the address of a section front."""
    return f"/{_part(slug)}/"


def company(slug: str) -> str:
    """Return the address of a company page."""
    return f"/companies/{_part(slug)}/"


def chart(page: str, span: str) -> str:
    """Return the address of the page of a company with the chart of a "month", a "year" or "five" years."""
    return f"{page}?chart={span}"


def only_subject(page: str, cursor: str = "") -> str:
    """Return the address of the part of a company's stories that starts after `cursor`: those that are about it."""
    return f"{page}?stories=subject{f'&before={quote(cursor, safe="")}' if cursor else ''}"


def person(slug: str) -> str:
    """Return the address of the page of a person."""
    return f"/people/{_part(slug)}/"


def quote_page(ticker: str) -> str:
    """Return the address that leads to the company of a ticker: "NYSE:BABA" or "BABA"."""
    return f"/quote/{quote(ticker, safe=':')}"


def letter(index: str, initial: str) -> str:
    """Return the address of the part of an index A–Z that has one initial: `letter(paths.COMPANIES, "a")`."""
    return f"{index}?letter={quote(initial, safe='')}"


def index_part(index: str, initial: str, after: str) -> str:
    """Return the address of the part of an index A–Z, or of one of its letters, that starts after a cursor."""
    start = f"{letter(index, initial)}&" if initial else f"{index}?"
    return f"{start}after={quote(after, safe='')}"


def topic(slug: str) -> str:
    """Return the address of a topic page."""
    return f"/topics/{_part(slug)}/"


def author(slug: str) -> str:
    """Return the address of an author page."""
    return f"/authors/{_part(slug)}/"


def feed(page: str) -> str:
    """Return the address of the RSS feed of a listing page: `feed(paths.section("markets"))`."""
    return f"{page}rss.xml"


def older(page: str, cursor: str) -> str:
    """Return the address of the page of a list that starts after `cursor`."""
    return f"{page}?before={quote(cursor, safe='')}"


def media(name: str) -> str:
    """Return the address of an uploaded file by its storage name."""
    return MEDIA + quote(name)


def sitemap_month(year: int, month: int, part: int = 1) -> str:
    """Return the address of a sitemap of the stories first published in one month (UTC), in parts if they are many."""
    return f"/sitemaps/{year:04d}-{month:02d}{f'-{part}' if part != 1 else ''}.xml"


def sitemap_pages(part: int = 1) -> str:
    """Return the address of the sitemap of the pages that list stories, in parts if they are many."""
    return f"/sitemaps/pages{f'-{part}' if part != 1 else ''}.xml"


def _part(text: str) -> str:
    return quote(text, safe="")
