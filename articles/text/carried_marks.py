"""Put the marks that somebody set while somebody else wrote on into the new words."""

from collections.abc import Iterable

from articles.text.marks import Mark, Span, change_marks, marked, set_marks, without_marks
from articles.text.plain import plain_text


def is_same_text(one: str, other: str) -> bool:
    """Say whether two pieces of clean HTML differ in nothing but their marks."""
    return one == other or without_marks(one) == without_marks(other)


def carry_marks(base: str, marked_up: str, edited: str) -> str | None:
    """Return `edited` with what `marked_up`, the text of `base` with other marks, changed in the marks of `base`.

    All are one block of clean HTML. A mark is put on the same words, as the same one of as many places where they
    stand. Returns None where that is not possible: the words were changed, or are marked as something else.
    """
    before, after = marked(base), marked(marked_up)
    new, old = plain_text(edited), plain_text(base)
    gone = [_moved(mark, old, new) for mark in _only(before, after)]
    wanted = [_moved(mark, old, new) for mark in _only(after, before)]
    if None in wanted:
        return None
    kept = change_marks(edited, lambda mark: None if _span(mark) in gone else mark.form)
    standing = {_span(mark) for mark in marked(kept)}
    spans = [span for span in wanted if span is not None and span not in standing]
    if any(one.start < other.end and other.start < one.end for one in spans for other in standing):
        return None
    return set_marks(kept, spans)


def _only(marks: Iterable[Mark], others: Iterable[Mark]) -> list[Mark]:
    """Return the marks that are not among the others."""
    known = {_span(mark) for mark in others}
    return [mark for mark in marks if _span(mark) not in known]


def _moved(mark: Mark, old: str, new: str) -> Span | None:
    """Return where the words of a mark stand in a new text, None when they do not stand there as often."""
    places, found = _places(mark.words, old), _places(mark.words, new)
    if len(found) != len(places):
        return None
    start = found[places.index(mark.start)]
    return Span(start, start + len(mark.words), mark.form)


def _places(words: str, text: str) -> list[int]:
    """Return every place where words begin in a text."""
    places = []
    place = text.find(words)
    while place >= 0:
        places.append(place)
        place = text.find(words, place + 1)
    return places


def _span(mark: Mark) -> Span:
    return Span(mark.start, mark.end, mark.form)
