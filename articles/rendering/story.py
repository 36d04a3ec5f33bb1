"""The article page."""

from collections.abc import Iterable

from articles.records import Section, Story
from articles.rendering import opengraph, structured_data
from articles.rendering.body import body_html
from articles.rendering.cards import related, render_card
from articles.rendering.head import story_head
from articles.rendering.page import Place, render_head, render_main, render_shell
from articles.rendering.prices import with_prices
from articles.rendering.site import this_site
from articles.rendering.slots import SLOTS


def article_head(story: Story) -> str:
    """Return the head of a story's page, with what social networks and search engines are told of it."""
    if story.is_preview:
        return render_head(story_head(story))
    site = this_site()
    data = (structured_data.news_article(story, site), structured_data.breadcrumbs(story, site))
    return render_head(story_head(story), opengraph.story_tags(story, site), map(structured_data.script_json, data))


def article_main(story: Story) -> str:
    """Return the main part of a story's page, with the slot of the related stories open."""
    return render_main(
        "pages/article.html", story_head(story), story=story, body=body_html(story), related=SLOTS.related
    )


def with_related(main: str, cards: Iterable[str], language: str) -> str:
    """Return the main part with cards, their slots open, as related stories."""
    return main.replace(SLOTS.related, related(cards, language), 1)


def story_page(story: Story, navigation: Iterable[Section]) -> str:
    """Return the page of a story as HTML. The desk's preview is the same page, marked as one by the story itself."""
    navigation = tuple(navigation)
    shell = render_shell(Place.of(story_head(story), navigation), navigation)
    main = with_related(article_main(story), map(render_card, story.related), story.language)
    main = with_prices(main, {}, story.language)
    return shell.around(article_head(story), main)
