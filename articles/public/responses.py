"""The answers that every public view gives in the same way."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final, cast
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.safestring import SafeString

from articles import reading
from articles.reading import House
from articles.rendering import opengraph
from articles.rendering.head import NO_INDEX, Head
from articles.rendering.page import Place, Shell, render_head, render_main, render_shell
from articles.rendering.site import this_site
from articles.rendering.structured_data import Data, script_json

_NOT_FOUND: Final = Head(title="Page not found", robots=NO_INDEX)


def house_of(request: HttpRequest, at: datetime) -> House:
    """Return what this request's page shares with all others of its stamp."""
    return reading.house(at, getattr(request, "public_stamp", None))


def show(house: House, template: str, head: Head, structured_data: Iterable[Data] = (), **context: Any) -> HttpResponse:
    """Answer with a page of the site, which describes itself to search engines by documents of JSON-LD."""
    tags = opengraph.page_tags(
        title=head.title, description=head.description, path=head.path, site=this_site(), language=head.language
    )
    documents = tuple(map(script_json, structured_data))
    return HttpResponse(_page(house, template, head, tags, documents, **context))


def show_instead(house: House, template: str, head: Head, status: int, **context: Any) -> HttpResponse:
    """Answer with a page that says why there is none at this address, with the status to match."""
    return HttpResponse(_page(house, template, replace(head, robots=NO_INDEX), **context), status=status)


def shell_for(house: House, head: Head) -> Shell:
    """Return the shell of a page, made once for all pages at its place."""
    place = Place.of(head, house.navigation)
    shell = house.kept.get(place)
    if shell is None:
        shell = house.kept[place] = render_shell(place, house.navigation)
    return cast("Shell", shell)


def _page(
    house: House,
    template: str,
    head: Head,
    social_tags: Iterable[tuple[str, str]] = (),
    structured_data: Iterable[SafeString] = (),
    **context: Any,
) -> str:
    main = render_main(template, head, navigation=house.navigation, **context)
    return shell_for(house, head).around(render_head(head, social_tags, structured_data), main)


def moved(path: str) -> HttpResponse:
    """Answer that the page is at another address of this site for good."""
    # "//host/" would lead to another site.
    safe = "/" + path.lstrip("/") if path.startswith("//") else path
    return HttpResponsePermanentRedirect(safe)


def is_at(request: HttpRequest, path: str) -> bool:
    """Say whether the request was made to exactly this percent-encoded address, its query aside."""
    return request.path == unquote(path)


def not_found(request: HttpRequest, at: datetime) -> HttpResponse:
    """Answer for an address where nothing is: the way to where it moved, or the 404 page."""
    with_slash = request.path if request.path.endswith("/") else f"{request.path}/"
    target = reading.redirect(quote(with_slash), at)
    if target is not None and not is_at(request, target.path):
        return moved(target.path)
    house = house_of(request, at)
    # The same page wherever nothing is: guessing addresses costs the site next to nothing.
    page = house.kept.get(_NOT_FOUND)
    if page is None:
        page = house.kept[_NOT_FOUND] = _page(house, "pages/not_found.html", _NOT_FOUND)
    return HttpResponse(page, status=HTTPStatus.NOT_FOUND)
