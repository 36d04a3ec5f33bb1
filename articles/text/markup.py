"""Read any HTML, however broken, as a flat series of events."""

import re
from collections.abc import Mapping
from itertools import groupby
from typing import Any, NamedTuple, cast

from articles.text.characters import printable

# What stands inside these is never text of the story.
DROPPED = frozenset(
    "applet audio button canvas del head iframe noembed noframes noscript o:p object script select style "
    "svg template textarea title video xml".split()
)

# Where one of these starts or ends, a paragraph ends.
BOUNDARIES = frozenset(
    "address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th "
    "thead tr ul".split()
)

_NEWLINES = re.compile("\r\n?")
# libxml2 ends a <b> where a paragraph starts, though browsers carry it on; it does not know <strong> that well.
_B = re.compile(r"(</?)b(?=[\s/>])", re.IGNORECASE)


class Start(NamedTuple):
    """An element opens; its names are in lower case."""

    tag: str
    attributes: Mapping[str, str]


class End(NamedTuple):
    """An element closes; every start has its end."""

    tag: str


type Event = Start | End | str


class _Events:
    """Collect what the parser meets: a parser target as lxml documents it."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.events.append(Start(tag, dict(attributes)))

    def end(self, tag: str) -> None:
        self.events.append(End(tag))

    def data(self, text: str) -> None:
        self.events.append(text)

    def close(self) -> None:
        """Do nothing: the parser demands it."""


def read(html: str) -> list[Event]:
    """Return the events of a piece of HTML, starts and ends balanced, text in one piece with entities decoded.

    Comments, conditional ones too, doctypes and processing instructions are left out. Nesting may be of
    any depth: no tree is built. Never raises.
    """
    target = _Events()
    # The stubs demand methods for bytes and comments that this parser never calls.
    from lxml import etree  # loading it takes a while, and no reader of a page needs it

    parser = etree.HTMLParser(target=cast("Any", target), huge_tree=True, remove_comments=True, remove_pis=True)
    # Inside an explicit body the parser adds no paragraphs of its own around loose text.
    parser.feed("<html><body>")
    parser.feed(_B.sub(r"\1strong", _NEWLINES.sub("\n", printable(html))))
    parser.close()
    return _joined(target.events)


def _joined(events: list[Event]) -> list[Event]:
    """Join neighboring pieces of text: the parser cuts at every entity."""
    joined: list[Event] = []
    for is_text, group in groupby(events, key=lambda event: isinstance(event, str)):
        if is_text:
            joined.append(printable("".join(piece for piece in group if isinstance(piece, str))))
        else:
            joined.extend(group)
    return joined
