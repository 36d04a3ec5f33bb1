"""What search engines are told: sitemaps (sitemaps.org), Google's news sitemap, robots.txt and the icon.

The index leads to the map of the pages that list stories, one of the news of the last two days, and one for each month
of stories, the first and the last in parts where there is more than a map may hold. Stories that search engines shall
not index are in none.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from io import BytesIO
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static

from articles import paths, reading
from articles.public import responses
from articles.public.instant import at_one_instant
from articles.records import Card, SitemapEntry
from articles.rendering.site import Site, this_site
from articles.rendering.xml import LegalXml

#: What one map may hold (sitemaps.org, "Sitemap file requirements").
ENTRIES: Final = 50_000
#: More parts than any newsroom needs, and not more than a database can reckon with.
MOST_PARTS: Final = 1_000_000
#: What a news sitemap lists (Google Search Central, "News sitemap").
NEWS_AGE: Final = timedelta(days=2)
SITEMAP_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_NAMESPACE: Final = "http://www.google.com/schemas/sitemap-news/0.9"


@at_one_instant
def index(request: HttpRequest, at: datetime) -> HttpResponse:
    """List the maps."""
    site = this_site()

    def write(xml: LegalXml) -> None:
        for part in reading.sitemap_page_parts(at, ENTRIES):
            _add(
                xml, "sitemap", site.absolute(paths.sitemap_pages(part)), reading.changed_at(at) if part == 1 else None
            )
        _add(xml, "sitemap", site.absolute(paths.SITEMAP_NEWS), None)
        for month in reading.sitemap_months(at, ENTRIES):
            for part in range(1, month.parts + 1):
                path = paths.sitemap_month(month.year, month.month, part)
                _add(xml, "sitemap", site.absolute(path), month.changed_at)

    return _answer("sitemapindex", write)


@at_one_instant
def pages(request: HttpRequest, at: datetime, part: int = 1) -> HttpResponse:
    """List the pages that list stories: front, indexes, sections, companies, topics, authors, people, or a part."""
    if not (1 <= part <= MOST_PARTS and responses.is_at(request, paths.sitemap_pages(part))):
        return responses.not_found(request, at)
    entries = reading.sitemap_pages(at, part, ENTRIES)
    return _answer_entries(entries) if entries else responses.not_found(request, at)


@at_one_instant
def month(request: HttpRequest, at: datetime, year: int, month: int, part: int = 1) -> HttpResponse:
    """List the stories first published in a month (UTC), or a part of them."""
    if not (1 <= month <= 12 and 1 <= year < 9999 and responses.is_at(request, paths.sitemap_month(year, month, part))):
        return responses.not_found(request, at)
    entries = reading.sitemap(year, month, at)[ENTRIES * (part - 1) : ENTRIES * part]
    return _answer_entries(entries) if entries else responses.not_found(request, at)


@at_one_instant
def news(request: HttpRequest, at: datetime) -> HttpResponse:
    """List the stories of the last two days with what Google News asks for."""
    site = this_site()
    cards = reading.sitemap_news(at - NEWS_AGE, at)

    def write(xml: LegalXml) -> None:
        for card in cards:
            _add_news(xml, card, site)

    return _answer("urlset", write, {"xmlns:news": NEWS_NAMESPACE})


@at_one_instant
def robots(request: HttpRequest, _at: datetime) -> HttpResponse:
    """Tell crawlers where the sitemap is, and to stay away from the desk."""
    text = f"User-agent: *\nDisallow: /desk/\n\nSitemap: {this_site().absolute(paths.SITEMAP)}\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@at_one_instant
def favicon(_request: HttpRequest, _at: datetime) -> HttpResponse:
    """Lead browsers that ask for the icon at its old place to the one of this release."""
    return HttpResponseRedirect(
        static("img/favicon.ico"),
    )


def _answer_entries(entries: Iterable[SitemapEntry]) -> HttpResponse:
    site = this_site()

    def write(xml: LegalXml) -> None:
        for entry in entries:
            _add(xml, "url", site.absolute(entry.path), entry.changed_at)

    return _answer("urlset", write)


def _answer(root: str, write: Callable[[LegalXml], None], namespaces: dict[str, str] | None = None) -> HttpResponse:
    out = BytesIO()
    xml = LegalXml(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement(root, {"xmlns": SITEMAP_NAMESPACE} | (namespaces or {}))
    write(xml)
    xml.endElement(root)
    return HttpResponse(out.getvalue(), content_type="application/xml; charset=utf-8")


def _add(xml: LegalXml, kind: str, address: str, changed_at: datetime | None) -> None:
    xml.startElement(kind, {})
    xml.addQuickElement("loc", address)
    if changed_at is not None:
        xml.addQuickElement("lastmod", changed_at.isoformat(timespec="seconds"))
    xml.endElement(kind)


def _add_news(xml: LegalXml, card: Card, site: Site) -> None:
    xml.startElement("url", {})
    xml.addQuickElement("loc", site.absolute(card.path))
    xml.startElement("news:news", {})
    xml.startElement("news:publication", {})
    xml.addQuickElement("news:name", site.name)
    xml.addQuickElement("news:language", news_language(card.language))
    xml.endElement("news:publication")
    xml.addQuickElement("news:publication_date", card.first_published_at.isoformat(timespec="seconds"))
    xml.addQuickElement("news:title", card.headline)
    xml.endElement("news:news")
    xml.endElement("url")


def news_language(tag: str) -> str:
    """Return a language as Google News writes it: two or three letters, but zh-cn or zh-tw for Chinese."""
    language, _dash, rest = tag.lower().partition("-")
    if language != "zh":
        return language
    return "zh-tw" if rest.startswith(("hant", "tw", "hk", "mo")) else "zh-cn"
