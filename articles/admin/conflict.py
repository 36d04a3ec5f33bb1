"""Two people wrote the same story at the same time: show both texts, and bring them together where that can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.admin.words import field_label, value_in_words
from articles.models import Article, Revision
from articles.text.compare import compare_bodies
from articles.text.merge import merge_bodies, merge_values
from articles.workflow.content import KEYS, Content
from articles.workflow.editions import content_of


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of a story of which there are two versions; `compared` is HTML with words marked, for a body."""

    name: str
    label: str
    theirs: str
    yours: str
    compared: SafeString | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What somebody who was too late is shown."""

    theirs: Article
    differences: list[Difference]
    base: int | None
    why_not: str
    unconfirmed: bool = False

    @property
    def their_body(self) -> SafeString:
        """Their text, which was cleaned before it was stored."""
        return mark_safe(self.theirs.body)  # noqa: S308

    @property
    def last(self) -> Any:
        """The ledger row that was faster."""
        return self.theirs.transitions.exclude(verb="open").select_related("by").order_by("-pk").first()


def differences(theirs: Content, yours: Content, by: Any) -> list[Difference]:
    """Return the parts in which two contents differ, in form order; stories `by` cannot see are not named."""
    return list(_differences(theirs, yours, by))


def both(base: Revision | None, mine: Content, theirs: Content) -> tuple[Content, list[str]]:
    """Return the content with the changes of both sides, and the names of what both changed, where mine stands."""
    if base is None:
        return mine, []
    began = {**theirs, **content_of(base)}
    merged: Content = {}
    clashes = []
    for name in KEYS:
        if name == "body":
            body = merge_bodies(began[name], mine[name], theirs[name])
            merged[name], is_clash = body.html, bool(body.conflicts)
        else:
            value = merge_values(began[name], mine[name], theirs[name])
            merged[name], is_clash = value.value, value.is_conflict
        if is_clash:
            clashes.append(field_label(name))
    return merged, clashes


def _differences(theirs: Content, yours: Content, by: Any) -> Iterator[Difference]:
    for name in KEYS:
        if name == "body":
            compared = compare_bodies(theirs[name], yours[name])
            if "<ins>" in compared or "<del>" in compared:
                # Both bodies were cleaned, and so was what the comparison made of them.
                yield Difference(name, field_label(name), "", "", mark_safe(compared))  # noqa: S308
        elif theirs[name] != yours[name] and name != "public_key":
            their_words, your_words = (value_in_words(name, content[name], by) for content in (theirs, yours))
            if their_words != your_words:
                yield Difference(name, field_label(name), their_words, your_words)
