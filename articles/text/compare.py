"""Show what changed between two bodies."""

import re
from collections.abc import Iterator

import nh3
from lxml.html.diff import htmldiff

from articles.text.alignment import align, in_order
from articles.text.counts import IDEOGRAPH, count_words
from articles.text.paragraphs import Block, blocks

_SANITIZER = nh3.Cleaner(
    tags={"p", "h2", "h3", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "ins", "del", "mark"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_STRUCTURE = re.compile(r"(</?(?:p|h2|h3|ul|ol|li|blockquote)\b[^>]*>)")
_TAG = re.compile(r"(<[^>]*>)")
_BLANK = re.compile(r"\s+")
_EMPTY = re.compile(r"<(ins|del)>\s*</\1>")
# Longer blocks than this are shown whole, as they were and as they are.
_MOST_WORDS = 10_000
# Words are told apart by blanks, which Chinese and Japanese do without: they get some for the while, behind a
# character that stands for nothing.
_JOIN = "\ufdd0"
_TOUCHING = re.compile(rf"{IDEOGRAPH.pattern}(?=\S)")
# A mark says something of its words: behind each of them stands, for the while, the number of the mark.
_NUMBER = "\ufdd1"
_DIGITS = str.maketrans("0123456789", "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdd8\ufdd9\ufdda\ufddb")
_NUMBERED = re.compile("\ufdd1[\ufdd2-\ufddb]+")
_NONCHARACTER = re.compile("[\ufdd0-\ufddb]")
_WORD = re.compile(r"\S+")
_MARK = re.compile(r"<(/?)(?:span|data)\b[^<>]*>")
_JOINED = re.compile(rf"{_JOIN}((?:\s*</?(?:ins|del)>)*)\s*")


def compare_bodies(old: str, new: str) -> str:
    """Return HTML that shows, word by word, what changed from an old body to a new one.

    It holds the blocks of both, cleaned and without ids, with `ins` around new words and `del` around
    those that went, and `mark` around what is marked as a mention or a statement. Words whose mark is new, gone or
    another one are shown as they were and as they are. A block that moved is shown at both places; a new address of
    a link is named in words; a change of bold or italics is not shown.
    """
    shown = "\n".join(_compared(blocks(old), blocks(new)))
    return _SANITIZER.clean(_MARK.sub(r"<\1mark>", shown))


def _compared(old: list[Block], new: list[Block]) -> Iterator[str]:
    """Yield both lists of blocks in one order, changes marked."""
    partners = dict(_partners(old, new))
    reached = 0
    for position, block in enumerate(new):
        partner = partners.get(position)
        if partner is not None:
            yield from (_marked(gone, "del") for gone in old[reached:partner])
            yield _changed(old[partner], block)
            reached = partner + 1
        else:
            yield _marked(block, "ins")
    yield from (_marked(gone, "del") for gone in old[reached:])


def _partners(old: list[Block], new: list[Block]) -> list[tuple[int, int]]:
    """Return the positions (new, old) of the versions of one block, by id or else by text, in order."""
    places = {block.id: position for position, block in enumerate(old) if block.id}
    pairs = {position: places[block.id] for position, block in enumerate(new) if block.id in places}
    rest = [position for position in range(len(new)) if position not in pairs]
    paired = set(pairs.values())
    old_rest = [position for position in range(len(old)) if position not in paired]
    by_text = align([new[position].text for position in rest], [old[position].text for position in old_rest])
    pairs |= {rest[late]: old_rest[early] for late, early in by_text.items()}
    return in_order(pairs)


def _changed(old: Block, new: Block) -> str:
    """Return a block with the words marked that differ from its old version."""
    if old.with_id("").html == new.with_id("").html:
        return new.html
    if old.tag != new.tag or max(count_words(old.text), count_words(new.text)) > _MOST_WORDS:
        return _marked(old, "del") + _marked(new, "ins")
    marks: dict[str, int] = {}
    difference = _NUMBERED.sub("", htmldiff(_spaced(old.html, marks), _spaced(new.html, marks)))
    return _EMPTY.sub("", _JOINED.sub(lambda joined: _BLANK.sub("", joined[1]), difference))


def _marked(block: Block, tag: str) -> str:
    """Return a block with all its words marked as new or gone."""
    return "".join(
        piece if piece.startswith("<") and _STRUCTURE.fullmatch(piece) else f"<{tag}>{piece}</{tag}>"
        for piece in _STRUCTURE.split(block.html)
        if piece
    )


def _spaced(html: str, marks: dict[str, int]) -> str:
    """Return HTML whose Chinese and Japanese characters stand apart, and whose marked words have their numbers.

    `marks` are the start tags of marks with their numbers, filled here.
    """
    pieces = []
    number = ""
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            apart = _TOUCHING.sub(rf"\g<0>{_JOIN} ", _NONCHARACTER.sub("", piece))
            piece = _WORD.sub(rf"\g<0>{number}", apart) if number else apart  # noqa: PLW2901
        elif _MARK.fullmatch(piece):
            counted = marks.setdefault(piece, len(marks))
            number = "" if piece.startswith("</") else f"{_NUMBER}{counted}".translate(_DIGITS)
        pieces.append(piece)
    return "".join(pieces)
