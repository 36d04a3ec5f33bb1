"""Stories as the door returns them, made by hand."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from articles.records import Byline, Card, Company, FeedItem, Notice, Picture, Section, Story, Topic
from articles.rendering.site import Site

SITE = Site("The Test Ledger", "https://news.example.com", "en")
PUBLISHED = datetime(2026, 11, 23, 17, 50, 12, 345678, tzinfo=UTC)
UPDATED = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)
MARKETS = Section("Markets", "markets", "/markets/", "en", "ltr", "What moves prices.")
ADA = Byline("Ada Smith", "/authors/ada-smith/", "reporter", "Asia technology editor")
BO = Byline("Bo Li", "/authors/bo-li/", "contributor")
ALIBABA = Company(1, "Alibaba Group", "/companies/alibaba-group/", "NYSE:BABA", "subject", ("Alibaba Group", "Alibaba"))
QUILLON = Company(2, "Quillon Software", "/companies/quillon/", "", "mentioned", ("Quillon Software",))
PICTURE = Picture(
    path="/media/pictures/abc/port.1440.jpg",
    width=1600,
    height=900,
    alt="Ships at a quay",
    caption="The port at dawn.",
    credit="Photo: Ada Smith",
    renditions=(
        ("/media/pictures/abc/port.480.jpg", 480),
        ("/media/pictures/abc/port.960.jpg", 960),
        ("/media/pictures/abc/port.1440.jpg", 1440),
    ),
)
CORRECTION = Notice("correction", "An earlier version gave the wrong quarter.", UPDATED)

CARD: dict[str, Any] = {
    "guid": UUID("6f6c1a52-8f0e-4f43-9d0c-0a3f6cf3f0aa"),
    "path": "/markets/alibaba-sales-rise-abcd2345/",
    "kind": "news",
    "headline": "Alibaba sales rise",
    "short_headline": "Alibaba up",
    "kicker": "Earnings",
    "standfirst": "Cloud revenue grew for a third quarter.",
    "language": "en",
    "direction": "ltr",
    "section": MARKETS,
    "bylines": (ADA, BO),
    "source_name": "The Test Ledger",
    "source_prefix": "",
    "first_published_at": PUBLISHED,
    "updated_at": UPDATED,
    "picture": PICTURE,
}
REST: dict[str, Any] = {
    "body": '<p id="p00000001">Sales at Alibaba Group rose. See <a href="/markets/">markets</a>.</p>',
    "dateline": "HONG KONG",
    "disclosure": "",
    "companies": (ALIBABA, QUILLON),
    "topics": (Topic("Cloud", "/topics/cloud/"), Topic("Earnings", "/topics/earnings/")),
    "notices": (),
}
STORY: dict[str, Any] = {
    "related": (),
    "search_title": "Alibaba sales rise",
    "search_description": "How much Alibaba sold.",
    "social_title": "Alibaba is selling more",
    "canonical_url": "",
    "original_url": "",
    "access": "free",
    "search_engines": "index",
    "word_count": 312,
    "live_from": PUBLISHED,
}


def story(**changes: Any) -> Story:
    """Return a story; changes replace its values."""
    return Story(**(CARD | REST | STORY | changes))


def feed_item(**changes: Any) -> FeedItem:
    """Return a story as a feed carries it; changes replace values of it or of its card."""
    card = Card(**{name: changes.pop(name, value) for name, value in CARD.items()})
    return FeedItem(card=card, **(REST | changes))
