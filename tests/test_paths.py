"""Every public address as a pure function."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import paths
from articles.models.uploads import random_key
from articles.text.slugs import make_slug

KEYS = st.text(alphabet=paths.KEY_ALPHABET, min_size=paths.KEY_LENGTH, max_size=paths.KEY_LENGTH)


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (paths.article("markets", "profit-up", "abcdefgh"), "/markets/profit-up-abcdefgh/"),
        (paths.article("", "profit-up", "abcdefgh"), "/story/profit-up-abcdefgh/"),
        (paths.article("markets", "", "abcdefgh"), "/markets/story-abcdefgh/"),
        (paths.article("财经", "利润", "abcdefgh"), "/%E8%B4%A2%E7%BB%8F/%E5%88%A9%E6%B6%A6-abcdefgh/"),
        (paths.section("markets"), "/markets/"),
        (paths.company("alibaba-group"), "/companies/alibaba-group/"),
        (paths.person("joe-tsai"), "/people/joe-tsai/"),
        (paths.quote_page("NYSE:BRK/B"), "/quote/NYSE:BRK%2FB"),
        (paths.letter(paths.COMPANIES, "#"), "/companies/?letter=%23"),
        (paths.index_part(paths.PEOPLE, "", "joe tsai~3"), "/people/?after=joe%20tsai~3"),
        (paths.index_part(paths.PEOPLE, "j", "joe & co~3"), "/people/?letter=j&after=joe%20%26%20co~3"),
        (paths.topic("ai"), "/topics/ai/"),
        (paths.author("mei-lin"), "/authors/mei-lin/"),
        (paths.feed(paths.topic("ai")), "/topics/ai/rss.xml"),
        (paths.feed(paths.FRONT), paths.SITE_FEED),
        (paths.older(paths.LATEST, "1-2&x=y"), "/latest/?before=1-2%26x%3Dy"),
        (paths.media("pictures/abc/ä b.jpg"), "/media/pictures/abc/%C3%A4%20b.jpg"),
        (paths.sitemap_month(2026, 6), "/sitemaps/2026-06.xml"),
        (paths.sitemap_month(2026, 6, 2), "/sitemaps/2026-06-2.xml"),
    ],
)
def test_address(made: str, path: str) -> None:
    assert made == path


@given(section=st.text(), slug=st.text(), key=KEYS)
def test_nothing_in_a_slug_leaves_its_part_of_the_address(section: str, slug: str, key: str) -> None:
    section, slug = (text.encode("utf-8", "ignore").decode() for text in (section, slug))
    path = paths.article(section, slug, key)
    assert path.isascii()
    assert path.count("/") == 3
    assert not set(path) & set(" \"'<>\\?#&\n")


@given(slug=st.text(), key=KEYS)
def test_key_is_found_behind_any_slug(slug: str, key: str) -> None:
    slug = make_slug(slug)
    assert paths.article_key(f"{slug}-{key}" if slug else f"story-{key}") == key
    assert paths.article_key(key) == key


@pytest.mark.parametrize(
    "last", ["", "profit-up", "profit-up-abc", "ABCDEFGH", "profit-abcdefg1", "-abcdefgh-", "abcdefghj"]
)
def test_what_ends_with_no_key_has_none(last: str) -> None:
    assert paths.article_key(last) is None


def test_keys_have_nothing_to_misread() -> None:
    assert not set(paths.KEY_ALPHABET) & set("01ilou-")
    assert len(set(paths.KEY_ALPHABET)) == len(paths.KEY_ALPHABET) == 30
    for _ in range(50):
        key = random_key()
        assert paths.article_key(f"a-slug-{key}") == key


def test_fixed_addresses_are_no_sections() -> None:
    fixed = (paths.LATEST, paths.CORRECTIONS, paths.FEEDS, paths.SITE_FEED, paths.SITEMAP, paths.ROBOTS, paths.MEDIA)
    for path in (*fixed, paths.company("a"), paths.topic("a"), paths.author("a"), paths.sitemap_month(2026, 1)):
        assert path.strip("/").split("/")[0] in paths.RESERVED
    assert {paths.NO_SECTION, "desk", "static", "favicon.ico"} <= paths.RESERVED
