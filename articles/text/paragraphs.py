"""Blocks of a body and the ids they keep while the text around and inside them changes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from articles.text.alignment import align
from articles.text.clean import clean_body
from articles.text.elements import BLOCK_ID
from articles.text.plain import clean_line, plain_text

_OPENING = re.compile(rf'<(?P<tag>[a-z0-9]+)(?: id="(?P<id>{BLOCK_ID.pattern})")?>')


@dataclass(frozen=True, slots=True)
class Block:
    """A top-level block of a body: its tag, its id ("" before it has one), its HTML and its text.

    Lines of the text are list items, quoted paragraphs and line breaks.
    """

    tag: str
    id: str
    html: str
    text: str

    def with_id(self, block_id: str) -> "Block":
        """Return the same block under an id, or under none for ""."""
        opening = _OPENING.match(self.html)
        rest = self.html[opening.end() :] if opening else self.html
        attribute = f' id="{block_id}"' if block_id else ""
        return Block(self.tag, block_id, f"<{self.tag}{attribute}>{rest}", self.text)


def blocks(html: str) -> list[Block]:
    """Return the top-level blocks of a body in order; the body is cleaned first."""
    return [_block(line) for line in clean_body(html).split("\n") if line]


def body(blocks: Iterable[Block]) -> str:
    """Return the HTML of a body made of these blocks."""
    return "\n".join(block.html for block in blocks)


def first_paragraph(html: str) -> str:
    """Return the text of a body's first paragraph as one line, "" when it has none."""
    return next((clean_line(block.text) for block in blocks(html) if block.tag == "p"), "")


def with_ids(html: str, previous: str = "") -> str:
    """Return a body, cleaned, in which every top-level block has an id that stays with it.

    An id that stands in `html` is kept. Any other block takes over the id of the block of `previous`
    with the same text, else that of the most similar one in the same place of the order, else it gets a
    new one, made from its text and never one that `previous` used. The same input gives the same ids.
    """
    now, before = blocks(html), blocks(previous)
    kept = {block.id for block in now if block.id}
    inherited = _inherited(now, [block for block in before if block.id and block.id not in kept])
    new_ids = _NewIds(taken=kept | {block.id for block in before})
    return body(
        block.with_id(block.id or inherited.get(position) or new_ids.make(block.text))
        for position, block in enumerate(now)
    )


def _block(line: str) -> Block:
    opening = _OPENING.match(line)
    if opening is None:
        raise ValueError(f"Not a block of clean HTML: {line[:80]!r}")
    return Block(opening["tag"], opening["id"] or "", line, plain_text(line))


def _inherited(now: Sequence[Block], before: Sequence[Block]) -> dict[int, str]:
    """Return the ids of `before` that blocks without an id take over, by their position in `now`."""
    nameless = [position for position, block in enumerate(now) if not block.id]
    pairs = align([now[position].text for position in nameless], [block.text for block in before])
    return {nameless[new]: before[old].id for new, old in pairs.items()}


class _NewIds:
    """Make ids from texts, each one once."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._numbers: Counter[str] = Counter()

    def make(self, text: str) -> str:
        """Return an id for a text that nothing else has; texts that share a stem are numbered."""
        stem = "p" + sha256(text.encode()).hexdigest()[:8]
        while True:
            self._numbers[stem] += 1
            number = self._numbers[stem]
            block_id = stem if number == 1 else f"{stem}-{number}"
            if block_id not in self._taken:
                self._taken.add(block_id)
                return block_id
