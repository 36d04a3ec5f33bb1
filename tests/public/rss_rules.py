"""What a valid feed must hold to: RSS 2.0 (rssboard.org) and the modules we use, checked without a network."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree, html

from articles.rendering.rss import NAMESPACES

NS = {name.removeprefix("xmlns:"): address for name, address in NAMESPACES.items()}
CHANNEL = set(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image rating textInput skipHours skipDays item".split()
)
ITEM = set("title link description author category comments enclosure guid pubDate source".split())
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")


def parsed(content: bytes) -> etree._Element:
    """Return the feed's root; raises for anything that is no well-formed XML."""
    parser = etree.XMLParser(recover=False, resolve_entities=False, no_network=True)
    return etree.fromstring(content, parser)


def problems(content: bytes) -> list[str]:
    """Return everything in the feed that a rule forbids."""
    rss = parsed(content)
    channels = rss.findall("channel")
    if rss.tag != "rss" or rss.get("version") != "2.0" or len(channels) != 1 or len(rss) != 1:
        return ["a feed is one channel in <rss version='2.0'>"]
    (channel,) = channels
    guids = [item.findtext("guid") for item in channel.findall("item")]
    found = [] if len(set(guids)) == len(guids) else ["two items share a guid"]
    found += _channel_problems(channel)
    for item in channel.findall("item"):
        found += _item_problems(item)
    return found


def _channel_problems(channel: etree._Element) -> Iterator[str]:
    yield from _once(channel, CHANNEL, repeated={"category", "item"})
    for name in ("title", "link", "description"):
        if not (channel.findtext(name) or "").strip():
            yield f"a channel needs a {name}"
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", channel.findtext("language") or "en"):
        yield "the language is no tag"
    yield from _dates(channel, "lastBuildDate", "pubDate")
    yield from _addresses([channel.findtext("link")])
    selves = [link for link in channel.findall("atom:link", NS) if link.get("rel") == "self"]
    if len(selves) != 1 or selves[0].get("type") != "application/rss+xml":
        yield "a channel has one atom:link to itself"
    yield from _addresses([link.get("href") for link in selves])


def _item_problems(item: etree._Element) -> Iterator[str]:
    yield from _once(item, ITEM, repeated={"category"})
    if not item.findtext("title") and not item.findtext("description"):
        yield "an item needs a title or a description"
    guids = item.findall("guid")
    if len(guids) != 1 or not guids[0].text:
        yield "an item needs one guid"
    elif guids[0].get("isPermaLink") != "false" and not guids[0].text.startswith("http"):
        yield "a guid that is no address must say so"
    yield from _dates(item, "pubDate")
    yield from _addresses([item.findtext("link")])
    yield from _addresses([picture.get("url") for picture in item.findall("media:content", NS)])
    yield from _addresses(_links(item.findtext("content:encoded", namespaces=NS)))
    yield from _module_problems(item)
    for enclosure in item.findall("enclosure"):
        if not re.fullmatch(r"\d+", enclosure.get("length") or "") or "/" not in (enclosure.get("type") or ""):
            yield "an enclosure needs its length and type"


def _module_problems(item: etree._Element) -> Iterator[str]:
    for name in ("content:encoded", "atom:updated", "dcterms:modified"):
        if len(item.findall(name, NS)) > 1:
            yield f"{name} stands twice"
    for name in ("category", "dc:creator", "dc:language", "content:encoded", "media:content/media:credit"):
        if any(not (element.text or "").strip() for element in item.findall(name, NS)):
            yield f"{name} is empty"
    for name in ("atom:updated", "dcterms:modified"):
        for element in item.findall(name, NS):
            if datetime.fromisoformat(element.text or "").utcoffset() is None:
                yield f"{name} has no zone"


def _once(parent: etree._Element, known: set[str], repeated: set[str]) -> Iterator[str]:
    names = [str(child.tag) for child in parent]
    for name in set(names):
        if not name.startswith("{") and name not in known:
            yield f"{parent.tag} has no {name}"
        if names.count(name) > 1 and name in known and name not in repeated:
            yield f"{name} stands twice"
        if name.startswith("{") and name[1:].partition("}")[0] not in NS.values():
            yield f"{name} is of an unknown module"


def _dates(parent: etree._Element, *names: str) -> Iterator[str]:
    for text in filter(None, map(parent.findtext, names)):
        if not RFC_822.fullmatch(text):
            yield f"{text} is no date of RFC 822"
        elif f"{parsedate_to_datetime(text):%a}" != text[:3]:
            yield f"{text} names the wrong day of the week"
        elif parsedate_to_datetime(text) > datetime.now(UTC):
            yield f"{text} is still to come"


def _addresses(addresses: list[str | None]) -> Iterator[str]:
    for address in addresses:
        parts = urlsplit(address or "")
        if not (parts.scheme in {"http", "https"} and parts.netloc and address and address.isascii()):
            yield f"{address} is no full address"


def _links(content: str | None) -> list[str | None]:
    if not content:
        return []
    found = [link for _element, _name, link, _position in html.fragment_fromstring(content, "div").iterlinks()]
    return [link for link in found if not link.startswith("mailto:")]
