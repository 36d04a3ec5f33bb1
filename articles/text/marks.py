"""The marks of a body: finding, setting and changing them, by the places of their words in the plain text.

Bodies are as they are stored (`articles.text.clean`). Places count the characters of `plain_text(body)`, so that what
is found there can be marked here.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Final, NamedTuple

from articles.text.mark_forms import ATTRIBUTES, Form, Mention, Statement, end_tag, form_of
from articles.text.markup import BOUNDARIES

_TAG = re.compile(r"(<[^<>]*>)")
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9]*)")
_PARAGRAPH: Final = "p"


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark, and where its words stand: characters of the plain text from `start` to before `end`.

    `block` is the position of its block in the body, from 0; `opens` says that this is the body's first paragraph.
    """

    form: Form
    words: str
    start: int
    end: int
    block: int
    opens: bool

    @property
    def kind(self) -> str:
        """What it marks: "company", "person" or "statement"."""
        return self.form.kind if isinstance(self.form, Mention) else "statement"

    @property
    def key(self) -> int:
        """The key of the company or person, or of the listing that a statement speaks of."""
        return self.form.key if isinstance(self.form, Mention) else self.form.listing


@dataclass(frozen=True, slots=True)
class Span:
    """Words to be marked: characters of the plain text from `start` to before `end`."""

    start: int
    end: int
    form: Form


def marked(body: str) -> list[Mark]:
    """Return the marks of a body in the order of its words."""
    return [mark.mark for mark in _found(_pieces(body))]


def statements_in(body: str) -> list[Mark]:
    """Return the marks of a body that are market statements; their form is a `Statement`."""
    return [mark for mark in marked(body) if isinstance(mark.form, Statement)]


def change_marks(body: str, change: Callable[[Mark], Form | None]) -> str:
    """Return a body in which every mark is what `change` says, or is taken off its words where that is None."""
    pieces = _pieces(body)
    html = [piece.html for piece in pieces]
    for found in _found(pieces):
        form = change(found.mark)
        if form != found.mark.form:
            html[found.first] = form.start_tag if form else ""
            html[found.last] = end_tag(form.start_tag) if form else ""
    changed = "".join(html)
    return body if changed == body else _cleaned(changed)


def without_marks(body: str, start: int = 0, end: int | None = None) -> str:
    """Return a body without marks, or without those that touch the characters from `start` to before `end`."""

    def kept(mark: Mark) -> Form | None:
        return mark.form if mark.end <= start or (end is not None and mark.start >= end) else None

    return change_marks(body, kept)


def set_marks(body: str, spans: Iterable[Span]) -> str:
    """Return a body with words marked, in place of marks that stood on some of them.

    Blanks at the ends are left out. What is in a link, goes over the end of a paragraph or an item, or overlaps an
    earlier span is not marked.
    """
    sound = _sound(spans, _pieces(body))
    if not sound:
        return body

    def kept(mark: Mark) -> Form | None:
        return None if any(mark.start < span.end and span.start < mark.end for span in sound) else mark.form

    return _cleaned("".join(_marked_pieces(_pieces(change_marks(body, kept)), sound)))


def _cleaned(html: str) -> str:
    from articles.text.clean import clean_body  # loading it takes a while, and who only looks for marks needs none

    return clean_body(html)


class _Piece(NamedTuple):
    """A tag, or the text between two: its HTML, its plain text, and where that begins.

    `line` tells paragraphs, items and headings apart; `block` and `opens` are those of a `Mark`.
    """

    html: str
    text: str
    start: int
    line: int
    block: int
    opens: bool
    is_link: bool

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class _Found(NamedTuple):
    """A mark with the positions of its tags among the pieces."""

    mark: Mark
    first: int
    last: int


def _pieces(body: str) -> list[_Piece]:
    """Return the tags and texts of a body, each with the place that it has in the plain text."""
    reader = _Reader()
    return [reader.read(html) for html in _TAG.split(body) if html]


class _Reader:
    """Reads a body from its beginning, and knows where it is."""

    def __init__(self) -> None:
        self._place = self._line = self._depth = self._links = 0
        self._block = -1
        self._opens = self._has_opened = False
        self._begins_line = False

    def read(self, html: str) -> _Piece:
        """Return the next piece."""
        name = _name(html)
        if name in BOUNDARIES:
            self._meet_boundary(name, is_end=html.startswith("</"))
        elif name == "a":
            self._links += -1 if html.startswith("</") else 1
        text = "\n" if name == "br" else "" if name or not self._depth else unescape(html)
        if text and self._begins_line:
            self._place += self._place > 0
            self._begins_line = False
        piece = _Piece(html, text, self._place, self._line, self._block, self._opens, self._links > 0)
        self._place = piece.end
        return piece

    def _meet_boundary(self, name: str, *, is_end: bool) -> None:
        if not is_end and not self._depth:
            self._block += 1
            self._opens = name == _PARAGRAPH and not self._has_opened
            self._has_opened = self._has_opened or self._opens
        self._depth += -1 if is_end else 1
        self._line += 1
        self._begins_line = True


def _name(html: str) -> str:
    """Return the name of a tag, "" for text."""
    match = _TAG_NAME.match(html)
    return match[1] if match else ""


def _found(pieces: Sequence[_Piece]) -> Iterator[_Found]:
    """Yield the marks among the pieces; none is in another."""
    begun: tuple[int, Form] | None = None
    for position, piece in enumerate(pieces):
        if _name(piece.html) not in ATTRIBUTES:
            continue
        if begun is None:
            form = form_of(piece.html)
            begun = (position, form) if form else None
            continue
        first, form = begun
        inside = [one for one in pieces[first:position] if one.text]
        words = "".join(one.text for one in inside)
        mark = Mark(form, words, inside[0].start, inside[-1].end, piece.block, piece.opens)
        yield _Found(mark, first, position)
        begun = None


def _sound(spans: Iterable[Span], pieces: Sequence[_Piece]) -> list[Span]:
    """Return the spans that can be marked, without blanks at their ends, in the order of the text."""
    sound: list[Span] = []
    texts = [piece for piece in pieces if piece.text]
    ends = [piece.end for piece in texts]
    for span in spans:
        covered = texts[bisect_right(ends, span.start) : bisect_left(ends, span.end) + 1]
        if not covered or covered[0].start > span.start or covered[-1].end < span.end:
            continue
        if any(piece.is_link for piece in covered) or len({piece.line for piece in covered}) > 1:
            continue
        words = "".join(piece.text for piece in covered)[span.start - covered[0].start :][: span.end - span.start]
        start = span.start + len(words) - len(words.lstrip())
        fitted = Span(start, start + len(words.strip()), span.form)
        if fitted.start < fitted.end and not any(fitted.start < one.end and one.start < fitted.end for one in sound):
            sound.append(fitted)
    return sorted(sound, key=lambda span: span.start)


def _marked_pieces(pieces: Iterable[_Piece], spans: Sequence[Span]) -> Iterator[str]:
    """Yield the HTML of the pieces with each span marked piece by piece; the cleaner joins them."""
    ends = [span.end for span in spans]
    for piece in pieces:
        if not piece.text or _name(piece.html):
            yield piece.html
            continue
        place = piece.start
        for span in spans[bisect_right(ends, piece.start) :]:
            if span.start >= piece.end:
                break
            start, end = max(span.start, piece.start), min(span.end, piece.end)
            yield _escaped(piece, place, start)
            yield f"{span.form.start_tag}{_escaped(piece, start, end)}{end_tag(span.form.start_tag)}"
            place = end
        yield _escaped(piece, place, piece.end)


def _escaped(piece: _Piece, start: int, end: int) -> str:
    return escape(piece.text[start - piece.start : end - piece.start], quote=False)
