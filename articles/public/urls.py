"""Every address for readers. `articles.paths` makes them; a test holds the two together.

The slash at the end may be missing: each view knows the address of what it found and leads there in one step,
which APPEND_SLASH cannot. The last pattern takes what is left, so that moved addresses are looked up in one place.
"""

import re

from django.urls import URLPattern, path, re_path

from articles import paths
from articles.public import companies, feeds, indexes, lists, markets, media, pages, prices, quotes, sitemaps

#: PostgreSQL takes no NUL in a text, so no name may have one.
_NAME = r"(?P<slug>[^/\x00]+)"
#: Sections share their place with the fixed addresses, which no section may have. The desk is not ours at all.
_NOT_FIXED = rf"(?!(?:{'|'.join(sorted(map(re.escape, paths.RESERVED - {paths.NO_SECTION})))})(?:/|$))"

urlpatterns: list[URLPattern] = [
    path("", pages.front, name="front"),
    re_path(r"^latest/?$", lists.latest, name="latest"),
    re_path(r"^corrections/?$", lists.corrections, name="corrections"),
    re_path(r"^feeds/?$", pages.feeds, name="feeds"),
    path("rss.xml", feeds.site_feed, name="site_feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemaps/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemaps/pages-<int:part>.xml", sitemaps.pages, name="sitemap_pages_part"),
    path("sitemaps/news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemaps/<int:year>-<int:month>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemaps/<int:year>-<int:month>-<int:part>.xml", sitemaps.month, name="sitemap_month_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("favicon.ico", sitemaps.favicon, name="favicon"),
    re_path(r"^market-data/?$", markets.markets, name="markets"),
    path("quote/prices.json", prices.prices, name="prices"),
    re_path(r"^media/(?P<name>[^\x00]+)$", media.media, name="media"),
    re_path(r"^companies/?$", indexes.companies, name="companies"),
    re_path(r"^people/?$", indexes.people, name="people"),
    # The class of a share may stand behind a slash: BRK/B.
    re_path(r"^quote/(?P<ticker>[^\x00]+?)/?$", quotes.quote, name="quote"),
    re_path(rf"^companies/{_NAME}/rss\.xml$", feeds.company_feed, name="company_feed"),
    re_path(rf"^companies/{_NAME}/?$", companies.company, name="company"),
    re_path(rf"^topics/{_NAME}/rss\.xml$", feeds.topic_feed, name="topic_feed"),
    re_path(rf"^topics/{_NAME}/?$", lists.topic, name="topic"),
    re_path(rf"^authors/{_NAME}/rss\.xml$", feeds.author_feed, name="author_feed"),
    re_path(rf"^authors/{_NAME}/?$", lists.author, name="author"),
    re_path(rf"^people/{_NAME}/rss\.xml$", feeds.person_feed, name="person_feed"),
    re_path(rf"^people/{_NAME}/?$", lists.person, name="person"),
    re_path(rf"^{_NOT_FIXED}{_NAME}/rss\.xml$", feeds.section_feed, name="section_feed"),
    re_path(rf"^{_NOT_FIXED}{_NAME}/?$", lists.section, name="section"),
    re_path(rf"^{_NOT_FIXED}(?P<section>[^/]+)/(?P<last_part>[^/]+)/?$", pages.article, name="article"),
    # "/desk" without its slash belongs to the desk (APPEND_SLASH): not even "nowhere" may take it.
    re_path(r"^(?!desk(?:/|$))[\s\S]", pages.nowhere, name="nowhere"),
]
