"""RSS for the site and for each section, company, topic, author and person.

This is the lower half of `django.contrib.syndication`, its feed generator. The upper half asks the sites framework for
addresses and the clock for dates; here the addresses come from `articles.paths` and the dates from the stories.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.http import HttpRequest, HttpResponse

from articles import paths, reading
from articles.public import cdn, responses
from articles.public.instant import at_one_instant
from articles.records import AuthorProfile, CompanyProfile, Moved, PersonProfile, Section, TopicProfile
from articles.rendering.rss import NewsRss
from articles.rendering.site import this_site


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says about itself; `path` is the page it is the feed of."""

    title: str
    description: str
    path: str
    language: str


@at_one_instant
def site_feed(request: HttpRequest, at: datetime) -> HttpResponse:
    """Answer with the newest stories of all sections."""
    site = this_site()
    channel = Channel(site.name, f"The latest stories from {site.name}.", paths.FRONT, site.language)
    return _answer(request, at, channel)


@at_one_instant
def section_feed(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Answer with the newest stories of a section, in the section's language."""
    house = responses.house_of(request, at)
    section = _find(slug, lambda slug: house.section(slug) or reading.redirect(paths.section(slug), at))
    if section is None or isinstance(section, Moved):
        return _elsewhere(request, at, section)
    site = this_site()
    description = section.description or f"The latest stories of {section.name} from {site.name}."
    channel = Channel(f"{section.name} – {site.name}", description, section.path, section.language)
    return _answer(request, at, channel, ("section", section.id))


@at_one_instant
def company_feed(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Answer with the newest stories that name a company."""
    company = _find(slug, lambda slug: reading.company(slug, at))
    if company is None or isinstance(company, Moved):
        return _elsewhere(request, at, company)
    channel = _noun_channel(company.name, f"Stories that name {company.name}", company.path)
    return _answer(request, at, channel, ("company", company.id))


@at_one_instant
def topic_feed(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Answer with the newest stories about a topic."""
    topic = _find(slug, lambda slug: reading.topic(slug, at))
    if topic is None or isinstance(topic, Moved):
        return _elsewhere(request, at, topic)
    channel = _noun_channel(topic.name, f"Stories about {topic.name}", topic.path)
    return _answer(request, at, channel, ("topic", topic.id))


@at_one_instant
def author_feed(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Answer with the newest stories by an author."""
    author = _find(slug, lambda slug: reading.author(slug, at))
    if author is None or isinstance(author, Moved):
        return _elsewhere(request, at, author)
    channel = _noun_channel(author.name, f"Stories by {author.name}", author.path)
    return _answer(request, at, channel, ("author", author.id))


@at_one_instant
def person_feed(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Answer with the newest stories that name a person."""
    person = _find(slug, lambda slug: reading.person(slug, at))
    if person is None or isinstance(person, Moved):
        return _elsewhere(request, at, person)
    channel = _noun_channel(person.name, f"Stories that name {person.name}", person.path)
    return _answer(request, at, channel, ("person", person.id))


def _noun_channel(name: str, stories: str, path: str) -> Channel:
    site = this_site()
    return Channel(f"{name} – {site.name}", f"{stories}, from {site.name}.", path, site.language)


def _find[Noun: (Section, CompanyProfile, AuthorProfile, PersonProfile, TopicProfile)](
    slug: str, find: Callable[[str], Noun | Moved | None]
) -> Noun | Moved | None:
    """Return what has the slug, or where its page is, which is where one in capitals leads too."""
    found = find(slug)
    if found is None and slug != slug.lower():
        found = find(slug.lower())
        return Moved(found.path) if found else None
    return found


def _elsewhere(request: HttpRequest, at: datetime, moved: Moved | None) -> HttpResponse:
    return responses.moved(paths.feed(moved.path)) if moved else responses.not_found(request, at)


def _answer(request: HttpRequest, at: datetime, channel: Channel, noun: tuple[str, int] | None = None) -> HttpResponse:
    feed = reading.printed_feed(at, responses.house_of(request, at), noun)
    site = this_site()
    rss = NewsRss(
        title=channel.title,
        link=site.absolute(channel.path),
        description=channel.description,
        language=channel.language,
        feed_url=site.absolute(paths.feed(channel.path)),
        changed_at=feed.changed_at,
    )
    for item in feed.items:
        rss.add_rendered(item)
    out = BytesIO()
    rss.write(out, "utf-8")
    response = HttpResponse(out.getvalue(), content_type=rss.content_type)
    return cdn.tag(response, *cdn.noun(*noun)) if noun else response
