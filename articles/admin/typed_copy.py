"""What somebody is writing, as their browser sends it: JSON in, the copy that the checks read out, and places back.

A browser counts UTF-16 units within a block, the checks count characters of the whole text.
"""

import json
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.naming.decisions import LONGEST, Dismissal
from articles.naming.entities import parts_of
from articles.quality.copy import Copy
from articles.text.mark_forms import read_form
from articles.text.marks import Mark

#: Bytes of a question, and characters of the text in it; the longest stories have a fifth of it.
MOST_BYTES = 1_000_000
MOST_CHARACTERS = 100_000
_MOST_DISMISSED = 500
_MOST_LISTED = 500


class BadQuestion(Exception):
    """What came is not what the desk's own page sends. Carries the status and words for whoever asked."""

    def __init__(self, problem: str = "", status: int = 400) -> None:
        """Take what to say, if it is more than that the question is none."""
        problem = problem or _("The desk did not understand the question. Load the page again.")
        super().__init__(problem)
        self.problem = problem
        self.status = status


def read_question(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object that was sent. Raises `BadQuestion`."""
    try:
        is_too_large = int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES
    except ValueError:
        is_too_large = False
    if is_too_large:
        raise BadQuestion(_("The text is too long to be looked through."), 413)
    try:
        question = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise BadQuestion from error
    if not isinstance(question, dict):
        raise BadQuestion
    return question


@dataclass(frozen=True, slots=True)
class Typed:
    """The copy that somebody types, in which language, and where its blocks begin in it."""

    copy: Copy
    language: str
    blocks: tuple[str, ...]
    starts: tuple[int, ...]
    links: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, question: dict[str, Any], at: datetime) -> Self:
        """Return what a question says of headline and text. Raises `BadQuestion`."""
        try:
            texts = tuple(_text(block["text"]) for block in question["blocks"])
            if sum(map(len, texts)) > MOST_CHARACTERS:
                raise BadQuestion(_("The text is too long to be looked through."), 413)
            starts = _starts(texts)
            opens = next((number for number, block in enumerate(question["blocks"]) if block.get("opens")), -1)
            spans = [
                (number, mark, *_span(mark, texts[number]))
                for number, block in enumerate(question["blocks"])
                for mark in block.get("marks", ())
            ]
            marks = tuple(
                found
                for number, mark, start, end in spans
                if (found := _mark(mark, texts[number], starts[number], start, end, number, opens=number == opens))
            )
            links = tuple(
                (starts[number] + start, starts[number] + end)
                for number, mark, start, end in spans
                if mark["tag"] == "a"
            )
            headline, language = _text(question.get("headline", "")), _text(question.get("language", "en"))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError) as error:
            raise BadQuestion from error
        opening = starts[opens] + len(texts[opens]) if opens >= 0 else 0
        return cls(Copy(headline, "\n".join(texts), marks, opening, at), language, texts, starts, links)

    def place(self, start: int, end: int) -> dict[str, int] | None:
        """Return characters of the text as the browser counts them; None where they are in no single block."""
        block = bisect_right(self.starts, start) - 1
        if block < 0 or end > self.starts[block] + len(self.blocks[block]):
            return None
        text, begins = self.blocks[block], self.starts[block]
        return {"block": block, "start": _units(text[: start - begins]), "end": _units(text[: end - begins])}

    def is_linked(self, start: int, end: int) -> bool:
        """Say whether some of these characters are a link, in which nothing can be marked."""
        return any(begins < end and start < ends for begins, ends in self.links)

    def characters(self, place: Any) -> tuple[int, int]:
        """Return a browser's place as characters of the text. Raises `BadQuestion`."""
        try:
            number = int(place["block"])
            start, end = _span(place, self.blocks[number])
        except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
            raise BadQuestion from error
        return self.starts[number] + start, self.starts[number] + end


def listed_in(question: dict[str, Any]) -> list[str]:
    """Return the companies and people that the form lists, as "company-12". Raises `BadQuestion`."""
    said = question.get("listed", [])
    if not isinstance(said, list):
        raise BadQuestion
    return [entity for entity in said[:_MOST_LISTED] if parts_of(entity)]


def dismissed_in(question: dict[str, Any]) -> list[Dismissal]:
    """Return what a question says was dismissed: pairs of words and "company-12", or null. Raises `BadQuestion`."""
    said = question.get("dismissed", [])
    if not isinstance(said, list) or len(said) > _MOST_DISMISSED:
        raise BadQuestion
    return [_dismissal(pair) for pair in said]


def _dismissal(pair: Any) -> Dismissal:
    if not isinstance(pair, list) or len(pair) != 2:
        raise BadQuestion
    words, entity = pair
    is_known = entity is None or parts_of(entity) is not None
    if not isinstance(words, str) or not 0 < len(words) <= LONGEST or not is_known:
        raise BadQuestion
    return words, entity


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    # Half a surrogate pair is no character, and no database or finder takes it.
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if not value.isascii() else value


def _starts(texts: tuple[str, ...]) -> tuple[int, ...]:
    starts, place = [], 0
    for text in texts:
        starts.append(place)
        place += len(text) + 1
    return tuple(starts)


def _span(mark: Any, text: str) -> tuple[int, int]:
    """Return where a mark of a block stands, in characters. Raises ValueError for a place that is not there."""
    start, end = int(mark["start"]), int(mark["end"])
    if not 0 <= start < end <= _units(text):
        raise ValueError
    if text.isascii():
        return start, end
    encoded = text.encode("utf-16-le")
    before, inside = encoded[: 2 * start], encoded[2 * start : 2 * end]
    first = len(before.decode("utf-16-le", "ignore"))
    return first, first + len(inside.decode("utf-16-le", "ignore"))


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _mark(mark: Any, text: str, begins: int, start: int, end: int, block: int, *, opens: bool) -> Mark | None:
    attributes = {str(name): str(value) for name, value in mark.get("attributes", {}).items()}
    form = read_form(mark["tag"], attributes)
    if form is None:
        return None
    return Mark(form, text[start:end], begins + start, begins + end, block, opens)
