"""What an answer says, read from its bytes into the plain form in which the oracle speaks.

Nothing that a reader meets is left out: of a page every text in its order with where it leads, the head and the
navigation; of a feed or a map every element.
"""

import json
import re
from collections.abc import Iterator
from email.message import Message
from hashlib import sha256
from typing import Any, Final

from lxml import etree
from lxml import html as lxml_html

_HASH: Final = re.compile(r"(/static/[^\"' ]+?)\.[0-9a-f]{12}(\.\w+)")
_SAME_EVERYWHERE: Final = ("viewport", "color-scheme")
_LINKS: Final = ("canonical", "alternate")
_PREFIXES: Final = {
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://search.yahoo.com/mrss/": "media:",
}

type Shape = dict[str, Any]


def shape(status: int, content_type: str, location: str, body: bytes) -> Shape:
    """Return what an answer says."""
    if status in (301, 302):
        return {"status": status, "location": location}
    message = Message()
    message["Content-Type"] = content_type
    kind = message.get_content_type()
    return {"status": status, "type": kind} | _READERS.get(kind, _file)(body)


def _page(body: bytes) -> Shape:
    document: Any = lxml_html.document_fromstring(_HASH.sub(r"\1\2", body.decode()))
    head, (main,) = document.find("head"), document.iter("main")
    (navigation,) = (tag for tag in document.iter("nav") if tag.get("class") == "navigation")
    metas = [(tag.get("name") or tag.get("property"), tag.get("content")) for tag in head.iter("meta")]
    links = [(tag.get("rel"), tag.get("href"), tag.get("title", "")) for tag in head.iter("link")]
    scripts = head.xpath("script[@type='application/ld+json']")
    return {
        "language": document.get("lang"),
        "head": {
            "title": head.findtext("title"),
            "meta": [meta for meta in metas if meta[0] and meta[0] not in _SAME_EVERYWHERE],
            "links": [link for link in links if link[0] in _LINKS],
            "data": [json.loads(script.text) for script in scripts],
        },
        "navigation": [(link.text, link.get("href"), link.get("aria-current", "")) for link in navigation.iter("a")],
        "main": list(_items(main, "")),
    }


def _items(element: Any, target: str) -> Iterator[tuple[str, str]]:
    """Yield every text below an element with where it leads, and every picture."""
    if element.tag == "img":
        yield element.get("alt", ""), element.get("src", "")
    own = element.get("href") or element.get("datetime") or target
    yield from _text(element.text, own)
    for child in element:
        if isinstance(child.tag, str):
            yield from _items(child, own)
        yield from _text(child.tail, own)


def _text(text: str | None, target: str) -> Iterator[tuple[str, str]]:
    words = " ".join((text or "").split())
    if words:
        yield words, target


def _feed(body: bytes) -> Shape:
    (channel,) = _xml(body).iterchildren("channel")
    elements = [element for element in channel if element.tag != "item"]
    return {
        "channel": [_element(element) for element in elements],
        "items": [[found for part in item for found in _with_parts(part)] for item in channel.iterchildren("item")],
    }


def _with_parts(element: Any) -> Iterator[tuple[str, dict[str, str], str]]:
    yield _element(element)
    for part in element:
        yield _element(part)


def _element(element: Any) -> tuple[str, dict[str, str], str]:
    name = etree.QName(element)
    return f"{_PREFIXES.get(name.namespace or '', '')}{name.localname}", dict(element.attrib), element.text or ""


def _map(body: bytes) -> Shape:
    root = _xml(body)
    entries = [tuple(leaf.text or "" for leaf in entry.iter() if not len(leaf)) for entry in root]
    return {"root": etree.QName(root).localname, "entries": entries}


def _xml(body: bytes) -> Any:
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def _plain(body: bytes) -> Shape:
    return {"text": body.decode()}


def _file(body: bytes) -> Shape:
    return {"digest": sha256(body).hexdigest()}


_READERS: Final = {
    "text/html": _page,
    "application/rss+xml": _feed,
    "application/xml": _map,
    "text/plain": _plain,
}
