"""What networks show of a link."""

from dataclasses import replace

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

from articles.rendering.opengraph import CARD, page_tags, story_tags
from tests.public.stories import PICTURE, SITE, story


def test_story_tags_tell_what_to_show() -> None:
    assert story_tags(story(), SITE) == (
        ("og:type", "article"),
        ("og:site_name", "The Test Ledger"),
        ("og:title", "Alibaba is selling more"),
        ("og:description", "How much Alibaba sold."),
        ("og:url", "https://news.example.com/markets/alibaba-sales-rise-abcd2345/"),
        ("og:image", "https://news.example.com/media/pictures/abc/port.960.jpg"),
        ("og:image:width", "960"),
        ("og:image:height", "540"),
        ("og:image:alt", "Ships at a quay"),
        ("twitter:card", "summary_large_image"),
        ("article:published_time", "2026-11-23T17:50:12+00:00"),
        ("article:modified_time", "2026-11-24T09:05:00+00:00"),
        ("article:section", "Markets"),
        ("article:author", "https://news.example.com/authors/ada-smith/"),
        ("article:author", "https://news.example.com/authors/bo-li/"),
        ("article:tag", "Cloud"),
        ("article:tag", "Earnings"),
    )


def test_story_tags_fall_back_on_the_words_of_the_page() -> None:
    tags = dict(story_tags(story(social_title="", search_description="", picture=None, section=None), SITE))
    assert tags["og:title"] == "Alibaba sales rise"
    assert tags["og:description"] == "Cloud revenue grew for a third quarter."
    assert tags["og:image"] == "https://news.example.com/static/img/social-card.jpg"
    assert not {"og:image:alt", "article:section"} & set(tags)


def test_page_tags_leave_out_what_a_page_lacks() -> None:
    assert page_tags(title="Latest", description="", path="/latest/", site=SITE) == (
        ("og:type", "website"),
        ("og:site_name", "The Test Ledger"),
        ("og:title", "Latest"),
        ("og:url", "https://news.example.com/latest/"),
        ("og:image", "https://news.example.com/static/img/social-card.jpg"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("twitter:card", "summary_large_image"),
    )


def test_the_card_of_pages_without_a_picture_is_as_large_as_said() -> None:
    found = finders.find(CARD[0])

    assert found
    with Image.open(found) as picture:
        assert picture.size == CARD[1:]


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", None), ("pt-BR", "pt_BR"), ("zh-Hant-HK", "zh_HK"), ("zh-Hans", None), ("de-1996", None)],
)
def test_page_tags_write_the_language_as_open_graph_does(language: str, locale: str | None) -> None:
    tags = dict(page_tags(title="Latest", description="", path="/latest/", site=SITE, language=language))
    assert tags.get("og:locale") == locale


def test_page_tags_show_a_picture_without_small_renditions() -> None:
    def image(**changes: object) -> str:
        picture = replace(PICTURE, **changes)  # type: ignore[arg-type]
        return dict(page_tags(title="", description="", path="/", site=SITE, picture=picture))["og:image"]

    assert image(path="/media/a/b.png", renditions=()) == "https://news.example.com/media/a/b.png"
    assert image(renditions=(("/media/a/b.1440.jpg", 1440),)) == "https://news.example.com/media/a/b.1440.jpg"
