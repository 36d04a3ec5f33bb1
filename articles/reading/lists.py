"""Lists of stories at an instant, newest first, paged by key."""

from collections.abc import Sequence
from datetime import datetime

from articles import records
from articles.models import Edition, Section
from articles.printing.rows import cards, light
from articles.reading.cursors import write_cursor
from articles.reading.selection import Noun, Selected, select

PAGE_SIZE = 20
FRONT_SIZE = 30


def front(at: datetime) -> records.Front[records.Card]:
    """Return the lead story, which is the newest one marked as such or else the newest of all, and what follows."""
    chosen = select_front(at, ())
    if not chosen:
        return records.Front(None)
    lead, *rest = _cards(chosen)
    return records.Front(lead, tuple(rest))


def select_front(at: datetime, parts: Sequence[str]) -> list[Selected]:
    """Return the editions of the front page, the lead story first."""
    newest = select(at, parts, limit=FRONT_SIZE + 1)
    if not newest:
        return []
    lead = next(iter(select(at, parts, limit=1, lead=True)), newest[0])
    return [lead, *[item for item in newest if item.article != lead.article][:FRONT_SIZE]]


def latest(at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of all stories. Raises `BadCursor`."""
    return _page(at, before)


def section_stories(slug: str, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of a section's stories. Raises `BadCursor`."""
    key = Section.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return _page(at, before, ("section", key or 0))


def company_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories that name a company. Raises `BadCursor`."""
    return _page(at, before, ("company", key))


def author_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories with an author's byline. Raises `BadCursor`."""
    return _page(at, before, ("author", key))


def person_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories that name a person. Raises `BadCursor`."""
    return _page(at, before, ("person", key))


def topic_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories about a topic. Raises `BadCursor`."""
    return _page(at, before, ("topic", key))


def parted(selected: Sequence[Selected]) -> tuple[Sequence[Selected], str]:
    """Part what was selected, one more than a page holds, into the page and the cursor of the next, or ""."""
    page, more = selected[:PAGE_SIZE], selected[PAGE_SIZE:]
    return page, write_cursor(page[-1].first_published_at, page[-1].article) if more else ""


def _page(at: datetime, before: str, noun: Noun | None = None) -> records.Page[records.Card]:
    page, older = parted(select(at, (), limit=PAGE_SIZE + 1, noun=noun, before=before))
    return records.Page(tuple(_cards(page)), older)


def _cards(selected: Sequence[Selected]) -> list[records.Card]:
    keys = [item.edition for item in selected]
    rows = {row.pk: row for row in light(Edition.objects.filter(pk__in=keys))}
    return list(cards([rows[key] for key in keys]))
