"""The one door to what is public, at an instant.

Every function takes the instant `at`, which a request reads once and passes down, and returns frozen records. Nothing
here opens a transaction: under SQLite's IMMEDIATE a read inside one waits for writers. The one definition of public is
`EditionQuerySet.live()`.
"""

from articles.reading.company_pages import company_page
from articles.reading.corrections import corrections
from articles.reading.cursors import BadCursor
from articles.reading.feeds import feed
from articles.reading.files import media
from articles.reading.house import House, forget, house
from articles.reading.indexes import companies_index, people_index
from articles.reading.lists import (
    author_stories,
    company_stories,
    front,
    latest,
    person_stories,
    section_stories,
    topic_stories,
)
from articles.reading.maps import SitemapMonth, changed_at, sitemap, sitemap_months, sitemap_news
from articles.reading.market_page import market_page
from articles.reading.next_flip import next_flip
from articles.reading.noun_maps import sitemap_page_parts, sitemap_pages
from articles.reading.nouns import author, company, navigation, section, topic
from articles.reading.people import person
from articles.reading.pieces import printed_feed, printed_front, printed_list, printed_story
from articles.reading.prices import at_publication, prices, public_listings, public_tickers, story_listings
from articles.reading.redirects import redirect
from articles.reading.replicas import from_any
from articles.reading.stamp import Stamp, now, present_stamp, price_minute, stamp, trustworthy
from articles.reading.stories import preview, story
from articles.reading.tickers import quoted

__all__ = [
    "BadCursor",
    "House",
    "SitemapMonth",
    "Stamp",
    "at_publication",
    "author",
    "author_stories",
    "changed_at",
    "companies_index",
    "company",
    "company_page",
    "company_stories",
    "corrections",
    "feed",
    "forget",
    "from_any",
    "front",
    "house",
    "latest",
    "market_page",
    "media",
    "navigation",
    "next_flip",
    "now",
    "people_index",
    "person",
    "person_stories",
    "present_stamp",
    "preview",
    "price_minute",
    "prices",
    "printed_feed",
    "printed_front",
    "printed_list",
    "printed_story",
    "public_listings",
    "public_tickers",
    "quoted",
    "redirect",
    "section",
    "section_stories",
    "sitemap",
    "sitemap_months",
    "sitemap_news",
    "sitemap_page_parts",
    "sitemap_pages",
    "stamp",
    "story",
    "story_listings",
    "topic",
    "topic_stories",
    "trustworthy",
]
