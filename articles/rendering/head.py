"""What the head of a page tells browsers, search engines and social networks."""

from dataclasses import dataclass

from articles import paths
from articles.records import Story
from articles.states import SearchEngines

#: What search engines are told on pages that are no destination: parts of long lists, errors, previews.
NO_INDEX = "noindex"
NO_INDEX_BUT_FOLLOW = "noindex, follow"
#: Large previews are what brings readers (Google's robots meta reference).
INDEX = "max-image-preview:large"

_ROBOTS: dict[str, str] = {
    SearchEngines.INDEX: INDEX,
    SearchEngines.NO_INDEX: NO_INDEX,
    SearchEngines.NO_ARCHIVE: f"noarchive, {INDEX}",
}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that the page leads to."""

    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of one page. `path` is the canonical address here and "" on a page that has none."""

    title: str
    path: str = ""
    canonical_url: str = ""
    description: str = ""
    language: str = ""
    direction: str = ""
    robots: str = INDEX
    feeds: tuple[FeedLink, ...] = ()
    section_path: str = ""


def story_head(story: Story) -> Head:
    """Return the head of an article page. A preview has no address that anybody else could open."""
    return Head(
        title=story.search_title or story.headline,
        path="" if story.is_preview else story.path,
        canonical_url="" if story.is_preview else story.canonical_url,
        description=story.search_description or story.standfirst,
        language=story.language,
        direction=story.direction,
        robots=NO_INDEX if story.is_preview else _ROBOTS.get(story.search_engines, INDEX),
        section_path=story.section.path if story.section else "",
        feeds=_section_feed(story),
    )


def _section_feed(story: Story) -> tuple[FeedLink, ...]:
    if story.section is None:
        return ()
    return (FeedLink(story.section.name, paths.feed(story.section.path)),)
