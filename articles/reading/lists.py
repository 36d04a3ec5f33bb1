"""Lists of stories at an instant, newest first, paged by key."""

from datetime import datetime
from typing import Any

from django.db.models import F, Q

from articles import records
from articles.models import Edition
from articles.printing.rows import cards, light
from articles.reading.cursors import after, write_cursor

PAGE_SIZE = 20
FRONT_SIZE = 30


def front(at: datetime) -> records.Front:
    """Return the lead story, which is the newest one marked as such or else the newest of all, and what follows."""
    live = light(Edition.objects.live(at))
    newest = live.order_by("-first_published_at", "-article_id")
    rows = list(newest[: FRONT_SIZE + 1])
    if not rows:
        return records.Front(None)
    lead = newest.filter(is_lead=True).first() or rows[0]
    lead_card, *rest = cards([lead, *[row for row in rows if row.article_id != lead.article_id][:FRONT_SIZE]])
    return records.Front(lead_card, tuple(rest))


def latest(at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of all stories. Raises `BadCursor`."""
    return _page(Edition.objects.live(at).filter(_older(before)))


def section_stories(slug: str, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of a section's stories. Raises `BadCursor`."""
    return _page(Edition.objects.live(at).filter(_older(before), section__slug=slug))


def company_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories that name a company. Raises `BadCursor`."""
    return _page(naming(at, "company_items", before, company=key), "company_items")


def author_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories with an author's byline. Raises `BadCursor`."""
    return _page(naming(at, "author_items", before, author=key), "author_items")


def topic_stories(key: int, at: datetime, before: str = "") -> records.Page[records.Card]:
    """Return a page of the stories about a topic. Raises `BadCursor`."""
    return _page(naming(at, "topic_items", before, tag=key), "topic_items")


def naming(at: datetime, items: str, before: str = "", **noun: int) -> Any:
    """Return the live editions that name a noun, along its own index in order of first publication."""
    # Bounding the index row's own date keeps a list of the past an index walk. All of it in one filter(): a second one
    # would join the rows of every noun that the edition names.
    named = {f"{items}__{name}": key for name, key in noun.items()} | {f"{items}__first_published_at__lte": at}
    return Edition.objects.live(at).filter(_older(before, items), **named)


def ordered(editions: Any, items: str = "") -> Any:
    """Order editions newest first; those that name a noun (`items`) by the index of that noun."""
    prefix = f"{items}__" if items else ""
    return editions.order_by(F(f"{prefix}first_published_at").desc(), F(f"{prefix}article_id").desc())


def _older(before: str, items: str = "") -> Q:
    prefix = f"{items}__" if items else ""
    return after(before, f"{prefix}first_published_at", f"{prefix}article_id")


def _page(editions: Any, items: str = "") -> records.Page[records.Card]:
    rows = list(ordered(light(editions), items)[: PAGE_SIZE + 1])
    page, more = rows[:PAGE_SIZE], rows[PAGE_SIZE:]
    return records.Page(cards(page), write_cursor(page[-1].first_published_at, page[-1].article_id) if more else "")
