"""The pages that are no lists: front, article, corrections, feeds, and what stands in for a page."""

from datetime import datetime
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from articles import paths, reading
from articles.public import cdn, responses
from articles.public.front import lay_out, printed
from articles.public.instant import at_one_instant, moment
from articles.reading import House
from articles.records import Gone
from articles.rendering.head import Head
from articles.rendering.site import this_site
from articles.rendering.story import with_related

_FEEDS_HEAD = Head(
    title="RSS feeds",
    path=paths.FEEDS,
    description="A feed of all stories, and one of each section, company, topic, author and person.",
)


@at_one_instant
def front(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show the front page."""
    name = this_site().name
    head = Head(title=name, path=paths.FRONT, description=f"The latest stories from {name}.")
    house = responses.house_of(request, at)
    laid_out = lay_out(reading.printed_front(at, house), house.navigation)
    return responses.show(house, "pages/front.html", head, front=printed(laid_out))


@at_one_instant
def article(request: HttpRequest, at: datetime, section: str, last_part: str) -> HttpResponse:
    """Show a story, found by the key at the end of its address whatever stands before it."""
    key = paths.article_key(last_part.lower())
    house = responses.house_of(request, at)
    story = reading.printed_story(key, at, house) if key else None
    if key is None or story is None:
        return responses.not_found(request, at)
    if isinstance(story, Gone):
        return cdn.tag(_gone(story, house), *cdn.instead(key))
    if not responses.is_at(request, story.path):
        return cdn.tag(responses.moved(story.path), *cdn.instead(key))
    place = Head(title="", language=story.language, direction=story.direction, section_path=story.section_path)
    main = with_related(story.main, (card.card for card in story.related), story.language)
    response = HttpResponse(responses.shell_for(house, place).around(story.head, main))
    return cdn.tag(response, *cdn.story(story.key, story.section, is_picked=story.is_picked))


@at_one_instant
def feeds(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show which feeds there are."""
    if not responses.is_at(request, paths.FEEDS):
        return responses.moved(paths.FEEDS)
    return responses.show(responses.house_of(request, at), "pages/feeds.html", _FEEDS_HEAD)


@at_one_instant
def nowhere(request: HttpRequest, at: datetime) -> HttpResponse:
    """Answer for every address that is none of the others."""
    return responses.not_found(request, at)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a page that some view did not find (Django's `handler404`)."""
    return responses.not_found(request, moment(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the site failed, needing nothing that may have failed (Django's `handler500`)."""
    html = get_template("pages/server_error.html").render()
    return HttpResponse(html, status=HTTPStatus.INTERNAL_SERVER_ERROR, headers={"Cache-Control": "no-store"})


def _gone(story: Gone, house: House) -> HttpResponse:
    title = story.headline or "Story withdrawn"
    head = Head(title=title, language=story.language, direction=story.direction)
    return responses.show_instead(house, "pages/gone.html", head, HTTPStatus.GONE, gone=story)
