"""The pages that list stories: latest, and those of a section, author, person or topic."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

from articles import paths, reading
from articles.public import cdn, responses
from articles.public.days import river
from articles.public.instant import at_one_instant
from articles.records import AuthorProfile, Moved, Page, PersonProfile, Section, TopicProfile
from articles.rendering.cards import FEATURE, dress
from articles.rendering.head import NO_INDEX_BUT_FOLLOW, FeedLink, Head
from articles.rendering.site import this_site
from articles.rendering.structured_data import person as described


@at_one_instant(parameters=("before",))
def latest(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show all stories, newest first."""
    if not responses.is_at(request, paths.LATEST):
        return responses.moved(_address(request, paths.LATEST))
    head = Head(title="Latest", path=paths.LATEST, description="All stories, the newest first.")
    return _list_page(request, at, "pages/latest.html", head, None)


@at_one_instant(parameters=("before",))
def section(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Show a section front."""
    house = responses.house_of(request, at)
    found = _find(request, slug, lambda slug: house.section(slug) or reading.redirect(paths.section(slug), at))
    if not isinstance(found, Section):
        return found or responses.not_found(request, at)
    head = Head(
        title=found.name,
        path=found.path,
        description=found.description,
        language=found.language,
        direction=found.direction,
        section_path=found.path,
        feeds=_feed(found),
    )
    return _list_page(request, at, "pages/section.html", head, ("section", found.id), section=found)


@at_one_instant(parameters=("before",))
def author(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Show an author with the stories under that byline."""
    found = _find(request, slug, lambda slug: reading.author(slug, at))
    if not isinstance(found, AuthorProfile):
        return found or responses.not_found(request, at)
    head = Head(title=found.name, path=found.path, description=found.bio, feeds=_feed(found))
    return _list_page(request, at, "pages/author.html", head, ("author", found.id), author=found)


@at_one_instant(parameters=("before",))
def person(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Show a person with the stories that name them."""
    found = _find(request, slug, lambda slug: reading.person(slug, at))
    if not isinstance(found, PersonProfile):
        return found or responses.not_found(request, at)
    head = Head(title=found.name, path=found.path, description=found.biography, feeds=_feed(found))
    data = [described(found, this_site())]
    return _list_page(request, at, "pages/person.html", head, ("person", found.id), structured_data=data, person=found)


@at_one_instant(parameters=("before",))
def topic(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Show the stories on a topic."""
    found = _find(request, slug, lambda slug: reading.topic(slug, at))
    if not isinstance(found, TopicProfile):
        return found or responses.not_found(request, at)
    head = Head(title=found.name, path=found.path, description=found.description, feeds=_feed(found))
    return _list_page(request, at, "pages/topic.html", head, ("topic", found.id), topic=found)


@at_one_instant(parameters=("before",))
def corrections(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show what was corrected, clarified and withdrawn, newest first."""
    if not responses.is_at(request, paths.CORRECTIONS):
        return responses.moved(_address(request, paths.CORRECTIONS))
    before = request.GET.get("before", "")
    try:
        part = reading.corrections(at, before)
    except reading.BadCursor:
        return responses.not_found(request, at)
    description = "What we put right, and what we withdrew."
    head = Head(title="Corrections and clarifications", path=paths.CORRECTIONS, description=description)
    return responses.show(
        responses.house_of(request, at),
        "pages/corrections.html",
        _part_of(head, before),
        corrections=part.items,
        **_ways_on(head, part, before),
    )


def _find[Noun: (Section, AuthorProfile, PersonProfile, TopicProfile)](
    request: HttpRequest, slug: str, find: Callable[[str], Noun | Moved | None]
) -> Noun | HttpResponse | None:
    """Return what has the slug, the answer that leads to its address, or None."""
    found = find(slug)
    if found is None and slug != slug.lower():
        found = find(slug.lower())
    if found is None:
        return None
    if isinstance(found, Moved) or not responses.is_at(request, found.path):
        return responses.moved(_address(request, found.path))
    return found


def _address(request: HttpRequest, path: str) -> str:
    """Return where a request should have been made: the path, with the place in the list but nothing else."""
    before = request.GET.get("before", "")
    return paths.older(path, before) if before else path


def _list_page(
    request: HttpRequest, at: datetime, template: str, head: Head, noun: tuple[str, int] | None, **context: Any
) -> HttpResponse:
    """Answer with a part of a list of stories, of all or of those that name a noun.

    A section sets its newest story apart where that has a picture.
    """
    before = request.GET.get("before", "")
    house = responses.house_of(request, at)
    of_section = noun is not None and noun[0] == "section"
    has_lead = of_section and not before
    try:
        part = reading.printed_list(("row", "card") if has_lead else ("row",), at, house, before, noun)
    except reading.BadCursor:
        return responses.not_found(request, at)
    cards = part.items
    lead = dress(cards[0].card, FEATURE) if has_lead and cards and cards[0].picture else ""
    language = head.language or this_site().language
    response = responses.show(
        house,
        template,
        _part_of(head, before),
        lead=mark_safe(lead),  # noqa: S308 - rendered by templates
        river=river(cards[1:] if lead else cards, language, names_section=not of_section),
        **_ways_on(head, part, before),
        **context,
    )
    return cdn.tag(response, *cdn.noun(*noun)) if noun else response


def _ways_on(head: Head, part: Page[Any], before: str) -> dict[str, Any]:
    """Return the addresses of the next part of a list and, from any but the first, of its beginning."""
    return {
        "older": paths.older(head.path, part.older) if part.older else "",
        "newest": head.path if before else "",
    }


def _part_of(head: Head, before: str) -> Head:
    """Return the head of the part of a list that starts at the cursor `before`; search engines need only the first."""
    if not before:
        return head
    return replace(
        head, title=f"{head.title}: older stories", path=paths.older(head.path, before), robots=NO_INDEX_BUT_FOLLOW
    )


def _feed(noun: Section | AuthorProfile | PersonProfile | TopicProfile) -> tuple[FeedLink, ...]:
    return (FeedLink(noun.name, paths.feed(noun.path)),)
