"""The article page, as the pages and the desk's preview print it."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest

from articles.records import Byline, Company, Notice, Section, Story
from articles.rendering.story import story_page
from tests.pages import attributes, parse, select, texts
from tests.public.stories import MARKETS, PUBLISHED, UPDATED, story


def page_of(subject: Story) -> Any:
    """Return the page of a story as a tree."""
    return parse(story_page(subject, (MARKETS,)))


def test_a_page_prints_the_headline_set() -> None:
    tree = page_of(story())

    assert texts(tree, "h1") == ["Alibaba sales rise"]
    assert texts(tree, ".article-standfirst") == ["Cloud revenue grew for a third quarter."]
    assert texts(tree, ".article-section a") == ["Markets"]
    assert texts(tree, ".kicker") == ["Earnings"]


def test_bylines_are_linked_with_their_role_titles() -> None:
    tree = page_of(story())

    assert texts(tree, ".bylines p") == ["By Ada Smith, Asia technology editor", "Additional reporting by Bo Li"]
    assert attributes(tree, ".bylines a", "href") == ["/authors/ada-smith/", "/authors/bo-li/"]


def test_a_byline_says_who_did_what() -> None:
    roles = ("photographer", "reporter", "columnist", "contributor")
    people = tuple(Byline(f"A {role}", f"/authors/{role}/", role) for role in roles)

    tree = page_of(story(bylines=people))

    assert texts(tree, ".bylines p") == [
        "By A reporter; A columnist",
        "Additional reporting by A contributor",
        "Photographs by A photographer",
    ]


def test_times_are_printed_with_their_zone() -> None:
    tree = page_of(story())

    assert texts(tree, ".article-times time") == ["23 November 2026, 12:50 ET", "24 November 2026, 04:05 ET"]
    assert attributes(tree, ".article-times time", "datetime") == [
        "2026-11-23T17:50:12Z",
        "2026-11-24T09:05:00Z",
    ]


def test_a_story_that_was_not_updated_says_nothing_of_it() -> None:
    tree = page_of(story(updated_at=PUBLISHED))

    assert "Updated" not in texts(tree, ".article-times")[0]


def test_companies_stand_in_a_box_with_their_primary_tickers() -> None:
    tree = page_of(story())

    assert texts(tree, ".companies h2") == ["In this article"]
    assert texts(tree, ".companies li") == ["Alibaba Group NYSE:BABA", "Quillon Software"]


def test_a_long_list_of_companies_is_folded() -> None:
    companies = tuple(Company(n, f"Company {n}", f"/companies/{n}/") for n in range(40))

    tree = page_of(story(companies=companies))

    assert len(texts(tree, ".companies li")) == 40
    assert len(texts(tree, ".companies-rest li")) == 32
    assert texts(tree, ".companies-rest summary") == ["32 more"]
    assert select(page_of(story(companies=companies[:8])), ".companies-rest") == []


def test_companies_are_linked_in_the_body() -> None:
    tree = page_of(story(body="<p>Alibaba Group rose.</p>"))

    assert texts(tree, ".prose p") == ["HONG KONG — Alibaba Group (NYSE:BABA) rose."]
    assert attributes(tree, ".prose a.company", "href")[0] == "/companies/alibaba-group/"


def test_the_source_is_named_where_it_is_another_house() -> None:
    foreign = page_of(story(source_name="Investing.com", source_prefix="Investing.com --", dateline=""))

    assert texts(foreign, ".article-source") == ["Investing.com"]
    assert texts(foreign, ".source-prefix") == ["Investing.com --"]
    assert texts(page_of(story()), ".article-source") == []


def test_the_lead_picture_has_its_size_caption_and_credit() -> None:
    tree = page_of(story())
    picture = select(tree, ".figure img")[0]

    assert picture.get("alt") == "Ships at a quay"
    assert (picture.get("width"), picture.get("height")) == ("1600", "900")
    assert picture.get("fetchpriority") == "high"
    assert picture.get("srcset").endswith("/media/pictures/abc/port.1440.jpg 1440w")
    assert picture.get("sizes")
    assert texts(tree, "figcaption") == ["The port at dawn. Photo: Ada Smith"]


def test_notices_are_printed_above_the_body() -> None:
    notices = (
        Notice("correction", "The quarter was wrong.", UPDATED),
        Notice("clarification", "The sum covers three years.", PUBLISHED),
    )
    html = story_page(story(notices=notices), ())

    tree = parse(html)
    assert texts(tree, ".notice-heading") == ["Correction", "Clarification"]
    assert texts(tree, ".notice-text") == ["The quarter was wrong.", "The sum covers three years."]
    assert html.index("The quarter was wrong.") < html.index('class="prose"')


def test_disclosure_topics_and_related_stories_follow_the_body() -> None:
    tree = page_of(story(disclosure="The author owns shares.", related=(story(headline="Another story", path="/x/"),)))

    assert texts(tree, ".disclosure p") == ["The author owns shares."]
    assert texts(tree, ".topics li") == ["Cloud", "Earnings"]
    assert texts(tree, ".related .card-headline") == ["Another story"]


@pytest.mark.parametrize(
    ("kind", "label", "origin"),
    [
        ("press_release", "Press release", "This is a press release."),
        ("partner_content", "Partner content", "This is partner content."),
        ("opinion", "Opinion", "This is an opinion."),
    ],
)
def test_what_is_no_news_says_so(kind: str, label: str, origin: str) -> None:
    tree = page_of(story(kind=kind))

    assert texts(tree, ".kind") == [label]
    assert texts(tree, ".origin")[0].startswith(origin)


@pytest.mark.parametrize("kind", ["press_release", "partner_content"])
def test_who_supplied_or_paid_stands_under_the_headline(kind: str) -> None:
    tree = page_of(story(kind=kind, disclosure="Paid for by Acme."))

    assert texts(tree, "header .origin") == ["Paid for by Acme."]
    assert texts(tree, ".disclosure") == []


def test_news_has_no_label() -> None:
    tree = page_of(story())

    assert texts(tree, ".kind") == texts(tree, ".origin") == []


def test_the_page_has_the_language_of_the_story_and_its_furniture_that_of_the_house() -> None:
    tree = page_of(story(language="ar", direction="rtl"))

    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    assert (attributes(tree, "header.masthead", "lang")[0], attributes(tree, "footer", "dir")[0]) == ("en", "ltr")
    assert attributes(tree, ".companies h2 span", "lang")[0] == "en"
    assert attributes(tree, ".article-section a", "lang")[0] == "en"


def test_the_house_language_is_not_repeated() -> None:
    tree = page_of(story())

    assert tree.get("lang") == "en"
    assert select(tree, "body [lang]") == []


def test_the_head_is_for_search_engines() -> None:
    tree = page_of(story(search_title="Sought after"))

    assert texts(tree, "title") == ["Sought after | The Test Ledger"]
    assert attributes(tree, "meta[name=description]", "content")[0] == "How much Alibaba sold."
    assert attributes(tree, "link[rel=canonical]", "href")[0] == (
        "https://news.example.com/markets/alibaba-sales-rise-abcd2345/"
    )
    assert attributes(tree, "link[type=application/rss+xml]", "href") == [
        "/rss.xml",
        "/markets/rss.xml",
    ]


def test_another_house_can_have_the_canonical_page() -> None:
    tree = page_of(story(canonical_url="https://example.com/original"))

    assert attributes(tree, "link[rel=canonical]", "href") == ["https://example.com/original"]


@pytest.mark.parametrize(
    ("wish", "robots"),
    [
        ("index", "max-image-preview:large"),
        ("noindex", "noindex"),
        ("noarchive", "noarchive, max-image-preview:large"),
    ],
)
def test_search_engines_are_told_what_the_story_wishes(wish: str, robots: str) -> None:
    tree = page_of(story(search_engines=wish))

    assert attributes(tree, "meta[name=robots]", "content")[0] == robots


def test_a_preview_says_that_it_is_one_and_has_no_address() -> None:
    tree = page_of(story(is_preview=True, canonical_url="https://example.com/original"))

    assert texts(tree, ".preview") == ["Preview. Readers cannot see this page."]
    assert attributes(tree, "meta[name=robots]", "content")[0] == "noindex"
    assert select(tree, "link[rel=canonical]") == []


def test_tags_and_data_for_machines_are_printed_in_the_head() -> None:
    tree = page_of(story(social_title='A "title"'))

    assert attributes(tree, "head meta[property=og:title]", "content")[0] == 'A "title"'
    documents = [json.loads(text) for text in texts(tree, "head script[type=application/ld+json]")]
    assert [document["@type"] for document in documents] == ["NewsArticle", "BreadcrumbList"]


def test_a_preview_tells_machines_nothing() -> None:
    tree = page_of(story(is_preview=True))

    assert select(tree, "head meta[property]") == select(tree, "head script") == []


def test_an_alert_may_be_a_headline_only() -> None:
    bare = story(
        kind="alert", kicker="", standfirst="", section=None, bylines=(), picture=None, body="", dateline="",
        companies=(), topics=(),
    )  # fmt: skip
    tree = page_of(bare)

    assert texts(tree, "h1") == ["Alibaba sales rise"]
    for part in (".bylines", ".figure", ".companies", ".topics", ".related", ".article-section", ".article-standfirst"):
        assert select(tree, part) == [], part


def test_everything_that_somebody_typed_is_escaped() -> None:
    nasty = '<script>alert("x")</script>'
    byline = Byline(nasty, "/authors/x/", "reporter", nasty)
    section = Section(nasty, "markets", "/markets/", "en", "ltr")
    html = story_page(
        story(
            headline=nasty, kicker=nasty, standfirst=nasty, bylines=(byline,), section=section, disclosure=nasty,
            dateline=nasty, source_prefix=nasty, source_name=nasty, notices=(Notice("correction", nasty, UPDATED),),
        ),
        (section,),
    )  # fmt: skip

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 10


def test_a_page_has_one_main_heading_and_no_level_is_skipped() -> None:
    html = story_page(
        story(
            body="<p>One</p><h2>Two</h2><h3>Three</h3>",
            notices=(Notice("correction", "Wrong.", UPDATED),),
            disclosure="Shares.",
            related=(story(),),
        ),
        (MARKETS,),
    )
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_no_style_script_or_other_host_is_in_a_page() -> None:
    html = story_page(story(), (MARKETS,))

    assert not re.search(
        r'\sstyle=|\son[a-z]+=|<style|<script(?! type="(?:application/ld\+json"|module" src="/static/))', html
    )
    assert set(re.findall(r"https?://[^/\"<]+", html)) == {"https://news.example.com", "https://schema.org"}
