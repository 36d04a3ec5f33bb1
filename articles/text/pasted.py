"""What word processors say in style attributes, where the editor's own HTML has elements.

Word writes lists as paragraphs (`mso-list:l0 level1 lfo1`) that carry their bullet as text, and margin comments
as text after the story; Google Docs writes bold and italics as spans inside one big `<b>` of normal weight.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_COMMENT_ANCHOR = "msocomanchor"
_LIST_LEVEL = re.compile(r"level(\d+)")
_NUMBERED = re.compile(r"\W*(?:\d+|[a-z]|[ivxlcdm]+)(?:\.\d+)*[.)\]]", re.IGNORECASE)
_BOLD = re.compile(r"bold|bolder|[6-9]\d\d|1000")
_NOT_BOLD = re.compile(r"normal|lighter|[1-5]\d\d?")


class WordItem(NamedTuple):
    """A paragraph that is an item of a Word list; `name` tells lists that follow each other apart."""

    name: str
    level: int


class Style(NamedTuple):
    """What a style attribute means for the text; None where it says nothing."""

    strong: bool | None = None
    em: bool | None = None
    hidden: bool = False
    marker: bool = False
    item: WordItem | None = None


NO_STYLE = Style()


def style_of(attributes: Mapping[str, str]) -> Style:
    """Return what an element's style and class say about weight, slant, visibility and Word lists."""
    if "style" not in attributes and "class" not in attributes:
        return NO_STYLE
    return _style(attributes.get("style", ""), attributes.get("class", ""))


@lru_cache(maxsize=512)  # A pasted story says the same few things thousands of times.
def _style(style: str, classes: str) -> Style:
    said = _declarations(style)
    word_list = said.get("mso-list", "")
    return Style(
        strong=_weight(said.get("font-weight", "")),
        em=_slant(said.get("font-style", "")),
        hidden=_is_hidden(said) or _COMMENT_ANCHOR in classes.lower(),
        marker=word_list == "ignore",
        item=_word_item(word_list),
    )


def is_numbered(marker: str) -> bool:
    """Say whether the marker that Word wrote before an item ("1.", "a)", "(iv)") counts; a bullet does not."""
    return _NUMBERED.match(marker.strip()) is not None


def _declarations(style: str) -> dict[str, str]:
    """Return a style attribute as property and value, in lower case."""
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}


def _weight(value: str) -> bool | None:
    if _BOLD.fullmatch(value):
        return True
    return False if _NOT_BOLD.fullmatch(value) else None


def _slant(value: str) -> bool | None:
    if value.startswith(("italic", "oblique")):
        return True
    return False if value == "normal" else None


def _is_hidden(said: Mapping[str, str]) -> bool:
    """Say whether the writer does not see this text: hidden text, and Word's margin comments."""
    return (
        said.get("display") == "none"
        or said.get("mso-hide") == "all"
        or said.get("mso-element", "").startswith("comment")
        or said.get("mso-special-character") == "comment"
    )


def _word_item(value: str) -> WordItem | None:
    level = _LIST_LEVEL.search(value)
    if level is None:
        return None
    return WordItem(name=_LIST_LEVEL.sub("", value), level=int(level[1][:2]))
