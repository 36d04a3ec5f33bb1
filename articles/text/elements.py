"""The blocks of a body while they are being filled."""

import re
from dataclasses import dataclass, field

from articles.text.runs import LINE_BREAK, PLAIN, Run, one_paragraph

# What an id looks like that names a block for good; articles.text.paragraphs gives them out.
BLOCK_ID = re.compile(r"p[0-9a-f]{8}(?:-\d+)?")


def element(tag: str, block_id: str, inner: str) -> str:
    """Return one element as HTML, with its id if it has one."""
    attribute = f' id="{block_id}"' if block_id else ""
    return f"<{tag}{attribute}>{inner}</{tag}>"


@dataclass
class Quote:
    """A block quote: paragraphs only."""

    block_id: str
    paragraphs: list[str] = field(default_factory=list)

    def html(self, block_id: str) -> str:
        """Return the quote as HTML, "" when nothing is in it."""
        inner = "".join(element("p", "", paragraph) for paragraph in self.paragraphs)
        return element("blockquote", block_id, inner) if inner else ""


@dataclass
class Item:
    """One item of a list: its text, and perhaps a list below it."""

    runs: list[Run]
    below: "Items | None" = None

    def html(self) -> str:
        """Return the item as HTML."""
        below = self.below.html("") if self.below else ""
        return element("li", "", one_paragraph(self.runs) + below)


@dataclass
class Items:
    """A list, at most two deep; what was written deeper stands at the second level.

    `word_name` is set while a list is made of the paragraphs that Word writes instead of one.
    """

    tag: str
    block_id: str = ""
    word_name: str = ""
    items: list[Item] = field(default_factory=list)

    def add(self, runs: list[Run], depth: int, tag: str, *, begins_item: bool) -> None:
        """Add text at a depth from 1, as a line of the last item there or as a new one.

        `tag` is that of the list the text came from, used when they are the first below their item.
        """
        level = self
        if depth > 1 and self.items:
            last = self.items[-1]
            last.below = last.below or Items(tag)
            level = last.below
        if begins_item or not level.items:
            level.items.append(Item(runs))
        else:
            level.items[-1].runs += [Run(LINE_BREAK, PLAIN), *runs]

    def html(self, block_id: str) -> str:
        """Return the list as HTML, "" when nothing is in it."""
        inner = "".join(item.html() for item in self.items)
        return element(self.tag, block_id, inner) if inner else ""
