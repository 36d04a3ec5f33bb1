"""The article page."""

from collections.abc import Iterable

from django.utils.safestring import SafeString

from articles.records import Section, Story
from articles.rendering.body import body_html
from articles.rendering.head import story_head
from articles.rendering.page import render_page


def story_page(
    story: Story,
    navigation: Iterable[Section],
    *,
    social_tags: Iterable[tuple[str, str]] = (),
    structured_data: Iterable[SafeString] = (),
) -> str:
    """Return the page of a story as HTML. The desk's preview is the same page, marked as one by the story itself.

    `social_tags` are the properties and contents of OpenGraph, `structured_data` are JSON-LD documents.
    """
    return render_page(
        "pages/article.html",
        story_head(story),
        navigation,
        story=story,
        body=body_html(story),
        social_tags=social_tags,
        structured_data=structured_data,
    )
