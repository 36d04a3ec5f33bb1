"""Words and how they are marked: the inside of a paragraph."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby, takewhile
from typing import NamedTuple

from articles.text.mark_forms import end_tag

LINE_BREAK = "\n"

_PARTING = LINE_BREAK * 2
_INVISIBLE = frozenset({"Cc", "Cf", "Zs"})

_PIECES = re.compile(r"\s+|\S+")


class Marks(NamedTuple):
    """How a run of text is marked; `href` is "" outside links, `mark` the tag of a mention or a statement, or ""."""

    href: str = ""
    strong: bool = False
    em: bool = False
    mark: str = ""

    def shared_with(self, other: "Marks") -> "Marks":
        """Return the marks that two neighbors have in common: those of the blank between them."""
        return Marks(
            self.href if self.href == other.href else "",
            self.strong and other.strong,
            self.em and other.em,
            self.mark if self.mark == other.mark else "",
        )

    def tags(self) -> list[tuple[str, str]]:
        """Return the elements that make these marks, outermost first, as (start tag, end tag)."""
        link = [(f'<a href="{escape(self.href, quote=False)}">', "</a>")] if self.href else []
        strong = [("<strong>", "</strong>")] if self.strong else []
        em = [("<em>", "</em>")] if self.em else []
        mark = [(self.mark, end_tag(self.mark))] if self.mark else []
        return mark + link + strong + em


PLAIN = Marks()


class Run(NamedTuple):
    """A piece of text marked in one way; a `LINE_BREAK` in it is a `<br>`."""

    text: str
    marks: Marks


def is_blank(runs: Iterable[Run]) -> bool:
    """Say whether a reader would see nothing of the runs."""
    return not any(unicodedata.category(letter) not in _INVISIBLE for run in runs for letter in run.text)


def paragraphs(runs: Iterable[Run]) -> list[str]:
    """Return the runs as inline HTML, one string for each paragraph that they hold.

    Two line breaks in a row part paragraphs. Blanks collapse, none stand at an end or next to a line
    break, and a blank is marked as both its neighbors are; so equal text has one form only. Paragraphs
    with nothing to see are left out.
    """
    found: list[list[Run]] = [[]]
    for run in _words_and_blanks(runs):
        if run.text == _PARTING:
            found.append([])
        else:
            found[-1].append(run)
    return [_inline_html(_joined(words)) for words in found if not is_blank(words)]


def one_paragraph(runs: Iterable[Run]) -> str:
    """Return the runs as the inline HTML of one paragraph: as `paragraphs` does, but nothing parts it."""
    words = (Run(LINE_BREAK, run.marks) if run.text == _PARTING else run for run in _words_and_blanks(runs))
    return _inline_html(_joined(words))


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Join neighbors with the same marks, then compose characters that met."""
    filled = (run for run in runs if run.text)
    for marks, group in groupby(filled, key=lambda run: run.marks):
        yield Run(unicodedata.normalize("NFC", "".join(run.text for run in group)), marks)


def _whole_letters(runs: Iterable[Run]) -> Iterator[Run]:
    """Give accents and other combining characters to the letter before them, however they are marked themselves."""
    before: Run | None = None
    for run in filter(lambda run: run.text, runs):
        if before is None:
            before = run
            continue
        combining = "" if before.text[-1].isspace() else "".join(takewhile(_is_combining, run.text))
        before = Run(before.text + combining, before.marks)
        own = run.text[len(combining) :]
        if own:
            yield before
            before = Run(own, run.marks)
    if before is not None:
        yield before


def _is_combining(character: str) -> bool:
    """Say whether a character may become one with the letter before it: a mark, or a Hangul vowel or final."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _words_and_blanks(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield words, and between two of them one run for all blanks: a space, a line break or a parting."""
    before: Run | None = None
    blank = ""
    for run in _pieces(_joined(_whole_letters(runs))):
        if run.text.isspace():
            blank += run.text
            continue
        if before and blank:
            yield Run(_one_blank(blank), before.marks.shared_with(run.marks))
        yield run
        before, blank = run, ""


def _one_blank(blank: str) -> str:
    """Return what a run of blanks amounts to."""
    breaks = blank.count(LINE_BREAK)
    return (" ", LINE_BREAK, _PARTING)[min(breaks, 2)]


def _pieces(runs: Iterable[Run]) -> Iterator[Run]:
    """Cut every run into words and blanks."""
    for run in runs:
        for piece in _PIECES.findall(run.text):
            yield Run(piece, run.marks)


def _inline_html(runs: Iterable[Run]) -> str:
    """Write runs as HTML, keeping an element open across neighbors that share it."""
    html: list[str] = []
    tags: list[tuple[str, str]] = []
    for run in [*runs, Run("", PLAIN)]:
        wanted = run.marks.tags()
        shared = takewhile(lambda pair: pair[0] == pair[1], zip(tags, wanted, strict=False))
        kept = sum(1 for _ in shared)
        html.extend(end for _, end in reversed(tags[kept:]))
        html.extend(start for start, _ in wanted[kept:])
        html.append(escape(run.text, quote=False).replace(LINE_BREAK, "<br>"))
        tags = wanted
    return "".join(html)
