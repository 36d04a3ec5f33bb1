"""The newest stories of a list, with their bodies, as feeds carry them."""

from datetime import datetime

from articles import records
from articles.models import Edition
from articles.printing.fragments import feed_item
from articles.printing.rows import CARD_JOINS, stories_of
from articles.reading.selection import Noun, select

FEED_SIZE = 20


def feed(at: datetime, noun: Noun | None = None) -> records.Feed:
    """Return the newest stories of the site or of a noun, whole."""
    chosen = select(at, (), limit=FEED_SIZE, noun=noun)
    rows = {
        row.pk: row
        for row in Edition.objects.filter(pk__in=[item.edition for item in chosen]).select_related(*CARD_JOINS)
    }
    editions = [rows[item.edition] for item in chosen]
    return records.Feed(
        items=tuple(map(feed_item, stories_of(editions, at))),
        # Not the last release anywhere: a feed that has nothing new shall be the same bytes.
        changed_at=max((item.live_from for item in chosen), default=None),
    )
