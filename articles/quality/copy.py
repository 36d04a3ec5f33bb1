"""The words of a story as the checks of names and figures read them: plain text, and what is marked in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from articles.text.mark_forms import Mention, Statement
from articles.text.marks import Mark, marked
from articles.text.paragraphs import blocks
from articles.text.plain import plain_text


@dataclass(frozen=True, slots=True)
class Copy:
    """A story's headline and text at an instant. Places count the characters of `text`, in code points.

    `opening` is where the first paragraph ends. `at` is when readers have it, or now: names, tickers, prices and rates
    are those of its day.
    """

    headline: str
    text: str
    marks: tuple[Mark, ...]
    opening: int
    at: datetime

    @classmethod
    def of(cls, content: Mapping[str, Any], at: datetime) -> "Copy":
        """Return the copy of a story's content, as `articles.workflow.content` describes it."""
        body = str(content["body"])
        text = plain_text(body)
        return cls(str(content["headline"]), text, tuple(marked(body)), _end_of_opening(body, text), at)

    @property
    def on(self) -> date:
        """The day of the copy in the newsroom's zone."""
        return timezone.localtime(self.at).date()

    @property
    def named(self) -> dict[str, list[Mark]]:
        """The marked companies and people as "company-12", with their marks, in the order of the text."""
        found: dict[str, list[Mark]] = {}
        for mark in self.marks:
            if isinstance(mark.form, Mention):
                found.setdefault(f"{mark.kind}-{mark.key}", []).append(mark)
        return found

    @property
    def statements(self) -> Iterator[tuple[Mark, Statement]]:
        """The marked market statements."""
        for mark in self.marks:
            if isinstance(mark.form, Statement):
                yield mark, mark.form

    def is_marked(self, start: int, end: int) -> bool:
        """Say whether some of these characters are marked already."""
        return any(mark.start < end and start < mark.end for mark in self.marks)


def _end_of_opening(body: str, text: str) -> int:
    """Return where the first paragraph ends in the plain text of a body, 0 where there is none."""
    place = 0
    for block in blocks(body):
        place = text.find(block.text, place) + len(block.text)
        if block.tag == "p" and block.text:
            return place
    return 0
