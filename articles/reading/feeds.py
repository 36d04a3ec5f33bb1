"""The newest stories of a list, with their bodies, as feeds carry them."""

from datetime import datetime

from django.db.models import Subquery

from articles import records
from articles.models import Edition
from articles.printing.rows import CARD_JOINS, bylines_of, card_values, companies_of, notices_of, topics_of
from articles.reading.lists import naming, ordered

FEED_SIZE = 20


def feed(
    at: datetime,
    *,
    section: str | None = None,
    company: int | None = None,
    author: int | None = None,
    topic: int | None = None,
) -> records.Feed:
    """Return the feed of the site, or of a section (slug), company, author or topic (key); four queries."""
    if company is not None:
        editions, items = naming(at, "company_items", company=company), "company_items"
    elif author is not None:
        editions, items = naming(at, "author_items", author=author), "author_items"
    elif topic is not None:
        editions, items = naming(at, "topic_items", tag=topic), "topic_items"
    elif section is not None:
        editions, items = Edition.objects.live(at).filter(section__slug=section), ""
    else:
        editions, items = Edition.objects.live(at), ""
    editions = editions.select_related(*CARD_JOINS).defer("plain_text", "printed")
    rows = list(ordered(editions, items)[:FEED_SIZE])
    bylines, topics, companies = bylines_of(rows), topics_of(rows), companies_of(rows, at)
    return records.Feed(
        items=tuple(
            records.FeedItem(
                card=records.Card(**card_values(row, bylines.get(row.pk, ()))),
                body=row.body,
                dateline=row.dateline,
                topics=topics.get(row.pk, ()),
                companies=companies.get(row.pk, ()),
                disclosure=row.disclosure,
                notices=notices_of(row),
            )
            for row in rows
        ),
        # Not the last release anywhere: a feed that has nothing new shall be the same bytes.
        changed_at=max((row.live_from for row in rows), default=None),
    )


def changed_at(at: datetime) -> datetime | None:
    """Return the last instant at which a list of stories can have changed: a release, withdrawal or expiry."""
    released = Edition.objects.filter(live_from__lte=at).order_by("-live_from").values("live_from")[:1]
    expired = Edition.objects.filter(expires_at__lte=at).order_by("-expires_at").values("expires_at")[:1]
    row = Edition.objects.order_by().values_list(Subquery(released), Subquery(expired)).first()
    return max((instant for instant in row or () if instant is not None), default=None)
