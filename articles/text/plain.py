"""Text without tags: what stands in headlines, notes, descriptions and search."""

import re
import unicodedata

from articles.text.characters import printable
from articles.text.markup import BOUNDARIES, DROPPED, End, Start, read

_BLANK = re.compile(r"\s+")
_NEWLINE = re.compile("\r\n?")
_BLANK_LINES = re.compile("\n{3,}")
_LINE_ENDS = BOUNDARIES - {"td", "th"}
# What a keyboard writes for the apostrophes, quotation marks and dashes of print.
_TYPED = str.maketrans(dict.fromkeys("‘’‚‛ʼ′", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑–—−", "-"))
# The combining marks of Latin, Greek and Cyrillic letters. Those of other scripts tell words apart.
_ACCENTS = re.compile("[\u0300-\u036f]+")
_SOUGHT = re.compile(r'"\s*([^"]+?)\s*"|([^\s"]+)')


def clean_line(text: str) -> str:
    """Return text as one line: composed (Unicode NFC), printable, each run of blanks one space, none at the ends.

    What `printable` calls forbidden is removed; newlines and no-break spaces are blanks.
    """
    return _BLANK.sub(" ", unicodedata.normalize("NFC", printable(text))).strip()


def clean_text(text: str) -> str:
    """Return text of several lines, each as `clean_line` makes it, with at most one empty line between two."""
    lines = _NEWLINE.sub("\n", text).split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(clean_line(line) for line in lines)).strip("\n")


def plain_text(html: str) -> str:
    """Return what a reader of the HTML sees, one line for each block, list item and line break.

    Takes any HTML; scripts, styles and their like are left out. Never raises.
    """
    pieces: list[str] = []
    dropped = 0
    for event in read(html):
        if isinstance(event, str):
            if not dropped:
                pieces.append(_BLANK.sub(" ", event))
        elif event.tag in DROPPED:
            dropped += 1 if isinstance(event, Start) else -1
        elif not dropped:
            pieces.append(_separator(event))
    lines = (clean_line(line) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def search_text(*parts: str) -> str:
    """Return the parts as one line in which words are found whatever their case, width, accents or invisible marks.

    Apply it to the text and to the words looked for. It folds like NFKC_Casefold (Unicode 3.13), takes accents off
    letters, and turns the marks of print into those of a keyboard.
    """
    folded = unicodedata.normalize("NFKC", clean_line(" ".join(parts))).casefold()
    visible = "".join(character for character in folded if unicodedata.category(character) != "Cf")
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", visible)).casefold()
    return clean_line(unicodedata.normalize("NFKC", plain).translate(_TYPED))


def sought(words: str, most: int = 20) -> list[str]:
    """Return what to look for in folded text, each once: words, and phrases that stand in quotation marks."""
    found = (phrase or word for phrase, word in _SOUGHT.findall(search_text(words)))
    return list(dict.fromkeys(found))[:most]


def _separator(event: Start | End) -> str:
    """Return what parts the text before a tag from the text after it."""
    if event.tag in _LINE_ENDS or (event.tag == "br" and isinstance(event, Start)):
        return "\n"
    return " " if event.tag in BOUNDARIES else ""
