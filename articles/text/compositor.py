"""Set whatever was written or pasted as the few blocks that a story is made of."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from articles.text.elements import BLOCK_ID, Items, Quote, element
from articles.text.links import safe_href
from articles.text.mark_forms import sound_marks
from articles.text.markup import BOUNDARIES, DROPPED, End, Event, Start
from articles.text.pasted import Style, WordItem, is_numbered, style_of
from articles.text.runs import LINE_BREAK, PLAIN, Marks, Run, is_blank, paragraphs
from articles.text.tables import CELLS, data_rows

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_LISTS = frozenset({"ol", "ul"})
_STRONG = "strong"
_EM = frozenset({"em", "i"})
_BLANK = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n\s*\n")
_BETWEEN_CELLS = Run(" | ", PLAIN)
_SPACE = Run(" ", PLAIN)


def compose(events: Sequence[Event]) -> list[str]:
    """Return the events of `markup.read` as blocks of HTML: p, h2, h3, ul, ol or blockquote.

    Every word that a reader of the source would see is kept. Time and memory grow with the number of
    events only, however deep they are nested.
    """
    is_plain = not any(isinstance(event, Start) and event.tag in BOUNDARIES for event in events)
    compositor = _Compositor(is_plain=is_plain)
    rows, marks = data_rows(events), sound_marks(events)
    for position, event in enumerate(events):
        if isinstance(event, str):
            compositor.text(event)
        elif isinstance(event, Start):
            compositor.start(event, is_data_row=position in rows, mark=marks.get(position, ""))
        else:
            compositor.end(event)
    return compositor.finish()


class _Place(NamedTuple):
    """Where the next text stands; every open element has a place of its own."""

    marks: Marks = PLAIN
    tag: str = "p"
    list_tag: str = ""
    depth: int = 0
    word_item: WordItem | None = None
    opened: Items | Quote | None = None
    is_dropped: bool = False
    is_marker: bool = False
    is_row: bool = False
    is_cell: bool = False
    keeps_lines: bool = False


class _Compositor:
    def __init__(self, *, is_plain: bool) -> None:
        self._is_plain = is_plain
        self._blocks: list[str] = []
        self._ids: set[str] = set()
        self._places = [_Place()]
        self._container: Items | Quote | None = None
        self._runs: list[Run] = []
        self._paragraph_id = ""
        self._marker = ""
        self._begins_item = True
        self._has_words = False
        self._begins_cell = False

    def text(self, text: str) -> None:
        place = self._places[-1]
        if place.is_dropped:
            return
        if place.is_marker:
            self._marker += text
            return
        if not text.isspace():
            if self._begins_cell and self._has_words:
                self._runs.append(_BETWEEN_CELLS)
            self._begins_cell = False
            self._has_words = True
        self._runs.append(Run(self._lines(text, place), place.marks))

    def start(self, event: Start, *, is_data_row: bool, mark: str) -> None:
        place = self._places[-1]._replace(opened=None)
        style = style_of(event.attributes)
        if place.is_dropped or event.tag in DROPPED or style.hidden:
            place = place._replace(is_dropped=True)
        elif event.tag == "br":
            self._runs.append(_SPACE if place.is_cell else Run(LINE_BREAK, place.marks))
        elif event.tag in BOUNDARIES:
            place = self._start_block(event, place, style, is_data_row=is_data_row)
        else:
            marks = _marks(event, place.marks, style, mark)
            place = place._replace(marks=marks, is_marker=place.is_marker or style.marker)
        self._places.append(place)

    def end(self, event: End) -> None:
        place = self._places.pop()
        if place.is_dropped or event.tag not in BOUNDARIES:
            return
        if place.is_cell:
            self._runs.append(_SPACE)
            return
        self._flush(place)
        if place.opened is not None:
            self._close_container()
        self._paragraph_id = ""
        self._begins_item = self._begins_item or event.tag in _LISTS or event.tag == "li"

    def finish(self) -> list[str]:
        self._flush(self._places[-1])
        self._close_container()
        return self._blocks

    def _lines(self, text: str, place: _Place) -> str:
        """Return text with its blanks collapsed and its line breaks where they mean something."""
        if place.keeps_lines and not place.is_cell:
            return text
        if self._is_plain:
            return (LINE_BREAK * 2).join(_BLANK.sub(" ", part) for part in _BLANK_LINES.split(text))
        return _BLANK.sub(" ", text)

    def _start_block(self, event: Start, place: _Place, style: Style, *, is_data_row: bool) -> _Place:
        """End the paragraph before a block and return the place inside the block."""
        tag = event.tag
        if place.is_cell:
            self._runs.append(_SPACE)
            return place
        if place.is_row and tag in CELLS:
            self._begins_cell = True
            return place._replace(is_cell=True)
        self._flush(place)
        place = place._replace(word_item=None, is_row=is_data_row, keeps_lines=place.keeps_lines or tag == "pre")
        if tag == "p" and style.item and self._holds_word_items():
            self._marker = ""
            return place._replace(word_item=style.item)
        self._close_word_list()
        if tag in _LISTS:
            return self._start_list(event, place)
        if tag == "blockquote":
            return self._start_quote(event, place)
        self._begins_item = self._begins_item or tag == "li"
        return self._start_paragraph(event, place, style)

    def _start_paragraph(self, event: Start, place: _Place, style: Style) -> _Place:
        if event.tag in _HEADINGS or event.tag == "p":
            self._paragraph_id = _block_id(event.attributes)
        if event.tag in _HEADINGS:
            # The weight of a heading is the page's business.
            return place._replace(tag=_HEADINGS[event.tag])
        return place._replace(marks=_marks(event, place.marks, style))

    def _start_list(self, event: Start, place: _Place) -> _Place:
        self._begins_item = True
        if isinstance(self._container, Quote):
            return place
        place = place._replace(list_tag=event.tag, depth=place.depth + 1)
        if self._container is None:
            self._container = Items(event.tag, _block_id(event.attributes))
            return place._replace(opened=self._container)
        return place

    def _start_quote(self, event: Start, place: _Place) -> _Place:
        if self._container is not None:
            return place
        self._container = Quote(_block_id(event.attributes))
        return place._replace(opened=self._container)

    def _holds_word_items(self) -> bool:
        """Say whether a Word item may start here: outside of lists and quotes, or after another one."""
        return self._container is None or (isinstance(self._container, Items) and self._container.word_name != "")

    def _flush(self, place: _Place) -> None:
        """Set the text gathered so far where it belongs."""
        runs, self._runs = self._runs, []
        self._has_words = self._begins_cell = False
        if is_blank(runs):
            return
        if place.word_item:
            self._set_word_item(place.word_item, runs)
            return
        self._close_word_list()
        if isinstance(self._container, Items):
            self._container.add(runs, place.depth, place.list_tag, begins_item=self._begins_item)
            self._begins_item = False
        elif isinstance(self._container, Quote):
            self._container.paragraphs += paragraphs(runs)
        else:
            self._set_paragraphs(place.tag, paragraphs(runs))

    def _set_paragraphs(self, tag: str, lines: list[str]) -> None:
        for line in lines:
            self._blocks.append(element(tag, self._unused(self._paragraph_id), line))
            self._paragraph_id = ""

    def _set_word_item(self, item: WordItem, runs: list[Run]) -> None:
        """Add an item to the Word list it belongs to; another list or another kind of marker begins a new one."""
        tag = "ol" if is_numbered(self._marker) else "ul"
        current = self._container
        if isinstance(current, Items) and item.level == 1 and (current.tag, current.word_name) != (tag, item.name):
            self._close_container()
        if not isinstance(self._container, Items):
            self._container = Items(tag, word_name=item.name)
        self._container.add(runs, item.level, tag, begins_item=True)

    def _close_word_list(self) -> None:
        if isinstance(self._container, Items) and self._container.word_name:
            self._close_container()

    def _close_container(self) -> None:
        container, self._container = self._container, None
        html = container.html(self._unused(container.block_id)) if container else ""
        if html:
            self._blocks.append(html)

    def _unused(self, block_id: str) -> str:
        """Return the id the first time it is asked for, "" after that."""
        if block_id in self._ids:
            return ""
        self._ids.add(block_id)
        return block_id


def _marks(event: Start, around: Marks, style: Style, mark: str = "") -> Marks:
    """Return how text inside an element is marked; what its style says counts more than its tag.

    Of marks inside each other the outer one counts.
    """
    strong = around.strong or event.tag == _STRONG
    em = around.em or event.tag in _EM
    return Marks(
        href=safe_href(event.attributes.get("href", "")) if event.tag == "a" else around.href,
        strong=strong if style.strong is None else style.strong,
        em=em if style.em is None else style.em,
        mark=around.mark or mark,
    )


def _block_id(attributes: Mapping[str, str]) -> str:
    """Return the id of an element when it has the form of a block id."""
    block_id = attributes.get("id", "")
    return block_id if BLOCK_ID.fullmatch(block_id) else ""
