"""RSS 2.0 as newsrooms write it: the format, and how a story becomes an item.

The elements are those of the RSS 2.0 specification (rssboard.org), with RSS Content (`content:encoded`), Dublin Core
(`dc:creator`, `dc:language`, `dcterms:modified`), Media RSS (`media:content`) and Atom (`atom:link`, `atom:updated`).
"""

import mimetypes
import re
from html import unescape
from io import BytesIO
from typing import Any, Final, cast
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Rss201rev2Feed, rfc2822_date, rfc3339_date
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

from articles import paths
from articles.records import FeedItem, Picture
from articles.rendering.credits import writers
from articles.rendering.feed_content import content_html
from articles.rendering.site import Site
from articles.rendering.xml import LegalXml

NAMESPACES: Final = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:dcterms": "http://purl.org/dc/terms/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}
#: What a reader of HTML would take for a tag. An entity shows by what unescaping does to it.
_LOOKS_LIKE_A_TAG = re.compile(r"<[a-zA-Z/!?]")


class NewsRss(Rss201rev2Feed):
    """Django's RSS 2.0 with what a story has beyond a title and a link.

    `changed_at` is the instant to name as `lastBuildDate`; None leaves it out, for Django would write the present.
    Its items are XML already (`render_item`): a story is the same in every feed but for its language.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rendered: list[str] = []

    def write(self, outfile: Any, encoding: Any) -> None:
        """Write the feed to a binary file."""
        handler = LegalXml(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("rss", self.rss_attributes())
        handler.startElement("channel", self.root_attributes())
        self.add_root_elements(handler)
        # SAX's name for what is written as it is.
        handler.ignorableWhitespace("".join(self.rendered))
        self.endChannelElement(handler)
        handler.endElement("rss")

    def rss_attributes(self) -> dict[str, str]:
        """Return the version and every namespace that an item may use."""
        return {"version": "2.0"} | NAMESPACES

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write what the channel says about itself."""
        for name in ("title", "link", "description", "language"):
            handler.addQuickElement(name, self.feed[name])
        attributes = {"rel": "self", "type": "application/rss+xml", "href": self.feed["feed_url"]}
        handler.addQuickElement("atom:link", None, attributes)
        if self.feed["changed_at"]:
            handler.addQuickElement("lastBuildDate", rfc2822_date(self.feed["changed_at"]))

    def add_story(self, item: FeedItem, site: Site) -> None:
        """Add a story to the feed."""
        self.add_rendered(render_item(item, site))

    def add_rendered(self, item: str) -> None:
        """Add an item as `render_item` made it; one in the feed's own language does not name it again."""
        # In text every "<" is escaped, so nothing but the element itself is found.
        self.rendered.append(item.replace(f"<dc:language>{self.feed['language']}</dc:language>", "", 1))


def render_item(item: FeedItem, site: Site) -> str:
    """Return the `item` element of a story."""
    feed = _ItemWriter(title="", link="", description="")
    card = item.card
    feed.add_item(
        title=card.headline,
        link=site.absolute(card.path),
        # None leaves the element out, which the stubs do not know.
        description=cast("str", as_html(card.standfirst) or None),
        pubdate=card.first_published_at,
        unique_id=f"urn:uuid:{card.guid}",
        unique_id_is_permalink=False,
        story=item,
        site=site,
    )
    out = BytesIO()
    feed.write_items(LegalXml(out, "utf-8", short_empty_elements=True))
    return out.getvalue().decode()


class _ItemWriter(Rss201rev2Feed):
    """Django's way to write an item, with what newsrooms add."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write one story."""
        super().add_item_elements(handler, item)
        story: FeedItem = item["story"]
        site: Site = item["site"]
        for creator in creators(story):
            handler.addQuickElement("dc:creator", creator)
        handler.addQuickElement("dc:language", story.card.language)
        for name, domain in categories(story, site):
            handler.addQuickElement("category", name, {"domain": domain} if domain else {})
        updated = rfc3339_date(story.card.updated_at)
        handler.addQuickElement("atom:updated", updated)
        handler.addQuickElement("dcterms:modified", updated)
        if story.card.picture:
            _add_picture(handler, story.card.picture, site)
        if content := content_html(story, site):
            handler.addQuickElement("content:encoded", content)


def as_html(text: str) -> str:
    """Return plain text for an RSS description, which is HTML.

    Most readers take a plain ampersand for what it is, and some show an escaped one as it stands, so only text that
    HTML would misread is escaped.
    """
    return escape(text) if unescape(text) != text or _LOOKS_LIKE_A_TAG.search(text) else text


def creators(story: FeedItem) -> tuple[str, ...]:
    """Return who a story is by: who wrote it, or the source of one that names nobody."""
    names = tuple(byline.name for byline in writers(story.card.bylines))
    return names or tuple(filter(None, [story.card.source_name]))


def categories(story: FeedItem, site: Site) -> list[tuple[str, str]]:
    """Return section, topics and tickers with the address of the list that they are from, "" for the plain words."""
    words = [story.card.section.name] if story.card.section else []
    words += [topic.name for topic in story.topics]
    tickers = [company.ticker for company in story.companies if company.ticker]
    return [(word, "") for word in words] + [(ticker, site.absolute(paths.COMPANIES)) for ticker in tickers]


def _add_picture(handler: SimplerXMLGenerator, picture: Picture, site: Site) -> None:
    path, width = picture.renditions[-1] if picture.renditions else (picture.path, picture.width)
    height = round(picture.height * width / picture.width) if picture.width else 0
    attributes = {"url": site.absolute(path), "medium": "image"}
    if kind := mimetypes.guess_type(path)[0]:
        attributes["type"] = kind
    if width and height:
        attributes |= {"width": str(width), "height": str(height)}
    handler.startElement("media:content", AttributesImpl(attributes))
    for name, text in (("title", picture.alt), ("description", picture.caption), ("credit", picture.credit)):
        if text:
            handler.addQuickElement(f"media:{name}", text, {} if name == "credit" else {"type": "plain"})
    handler.endElement("media:content")
