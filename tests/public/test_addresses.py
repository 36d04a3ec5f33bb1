"""`articles.paths` makes addresses and `articles.public.urls` resolves them: held together here."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve

from articles import paths
from articles.public import urls

NAMES = {
    paths.FRONT: "front",
    paths.LATEST: "latest",
    paths.CORRECTIONS: "corrections",
    paths.FEEDS: "feeds",
    paths.SITE_FEED: "site_feed",
    paths.SITEMAP: "sitemap",
    paths.ROBOTS: "robots",
    paths.sitemap_month(2026, 1): "sitemap_month",
    paths.sitemap_pages(): "sitemap_pages",
    paths.sitemap_pages(2): "sitemap_pages_part",
    paths.media("pictures/a/b.jpg"): "media",
    paths.section("markets"): "section",
    paths.feed(paths.section("markets")): "section_feed",
    paths.MARKETS: "markets",
    paths.PRICES: "prices",
    paths.COMPANIES: "companies",
    paths.PEOPLE: "people",
    paths.quote_page("NYSE:BABA"): "quote",
    paths.quote_page("BRK/B"): "quote",
    paths.person("joe-tsai"): "person",
    paths.feed(paths.person("joe-tsai")): "person_feed",
    paths.company("alibaba"): "company",
    paths.feed(paths.company("alibaba")): "company_feed",
    paths.topic("cloud"): "topic",
    paths.feed(paths.topic("cloud")): "topic_feed",
    paths.author("ada"): "author",
    paths.feed(paths.author("ada")): "author_feed",
    paths.article("markets", "words", "abcd2345"): "article",
    paths.article("", "", "abcd2345"): "article",
}


@pytest.mark.parametrize(("path", "name"), NAMES.items())
def test_every_address_that_is_made_is_resolved(path: str, name: str) -> None:
    assert resolve(path).url_name == name


def test_every_pattern_is_covered() -> None:
    unmade = {"sitemap_month_part", "sitemap_news", "favicon", "nowhere"}

    assert {pattern.name for pattern in urls.urlpatterns} == set(NAMES.values()) | unmade


@pytest.mark.parametrize("slug", sorted(paths.RESERVED))
def test_a_reserved_word_is_no_section(slug: str) -> None:
    for path in (f"/{slug}/", f"/{slug}"):
        try:
            name = resolve(path).url_name
        except Resolver404:
            continue
        assert name != "section" or slug == "story", path


@pytest.mark.parametrize("path", ["/desk", "/desk/"])
def test_the_desk_is_not_ours(path: str) -> None:
    try:
        assert resolve(path).url_name not in {pattern.name for pattern in urls.urlpatterns}
    except Resolver404:
        assert path == "/desk"


@pytest.mark.django_db
def test_the_desk_is_found_without_its_slash(client: Client) -> None:
    assert settings.APPEND_SLASH
    assert client.get("/desk").headers["Location"] == "/desk/"


def test_slugs_in_every_script_are_resolved() -> None:
    match = resolve("/技术/阿里巴巴-abcd2345/")

    assert (match.url_name, match.kwargs) == ("article", {"section": "技术", "last_part": "阿里巴巴-abcd2345"})
