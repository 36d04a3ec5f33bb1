"""What social networks and messengers show of a link: Open Graph (ogp.me) and X's cards."""

from typing import Final

from django.templatetags.static import static

from articles.records import Picture, Story
from articles.rendering.credits import writers
from articles.rendering.site import Site

#: Networks cut their previews from pictures about this wide.
WIDTH: Final = 1200
#: What stands for a page without a picture: path, width, height. It says nothing, so it has no alternative text.
CARD: Final = ("img/social-card.jpg", 1200, 630)

type Tags = tuple[tuple[str, str], ...]


def story_tags(story: Story, site: Site) -> Tags:
    """Return the (property, content) pairs of a story's page."""
    tags = page_tags(
        title=story.social_title or story.headline,
        description=story.search_description or story.standfirst,
        path=story.path,
        site=site,
        language=story.language,
        picture=story.picture,
        kind="article",
    )
    article = [
        ("article:published_time", story.first_published_at.isoformat(timespec="seconds")),
        ("article:modified_time", story.updated_at.isoformat(timespec="seconds")),
        ("article:section", story.section.name if story.section else ""),
        *(("article:author", site.absolute(byline.path)) for byline in writers(story.bylines) if byline.path),
        *(("article:tag", topic.name) for topic in story.topics),
    ]
    return tags + tuple((name, content) for name, content in article if content)


def page_tags(
    *,
    title: str,
    description: str,
    path: str,
    site: Site,
    language: str = "",
    picture: Picture | None = None,
    kind: str = "website",
) -> Tags:
    """Return the (property, content) pairs of any page; `kind` is its Open Graph type."""
    tags = [
        ("og:type", kind),
        ("og:site_name", site.name),
        ("og:title", title),
        ("og:description", description),
        ("og:url", site.absolute(path)),
        ("og:locale", _locale(language or site.language)),
        *(_picture_tags(picture, site) if picture else _card_tags(site)),
        ("twitter:card", "summary_large_image"),
    ]
    return tuple((name, content) for name, content in tags if content)


def _picture_tags(picture: Picture, site: Site) -> Tags:
    path, width = picture.path, picture.width
    if picture.renditions:
        fitting = [rendition for rendition in picture.renditions if rendition[1] <= WIDTH]
        path, width = fitting[-1] if fitting else picture.renditions[0]
    height = round(picture.height * width / picture.width) if picture.width else 0
    return (
        ("og:image", site.absolute(path)),
        ("og:image:width", str(width or "")),
        ("og:image:height", str(height or "")),
        ("og:image:alt", picture.alt),
    )


def _card_tags(site: Site) -> Tags:
    path, width, height = CARD
    return (
        ("og:image", site.absolute(static(path))),
        ("og:image:width", str(width)),
        ("og:image:height", str(height)),
    )


def _locale(language: str) -> str:
    """Return a language tag as Open Graph writes it, "pt_BR", or "" where the tag names no country."""
    parts = language.split("-")
    country = next((part for part in parts[1:] if len(part) == 2), "")
    return f"{parts[0].lower()}_{country.upper()}" if country else ""
