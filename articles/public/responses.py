"""The answers that every public view gives in the same way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, unquote

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles import reading
from articles.records import Section
from articles.rendering import opengraph
from articles.rendering.head import NO_INDEX, Head
from articles.rendering.page import render_page
from articles.rendering.site import this_site


def show(
    request: HttpRequest,
    at: datetime,
    template: str,
    head: Head,
    *,
    navigation: Sequence[Section] | None = None,
    **context: Any,
) -> HttpResponse:
    """Answer with a page of the site. A view that needs the navigation itself hands it over."""
    if navigation is None:
        navigation = reading.navigation(at)
    site = this_site()
    tags = opengraph.page_tags(
        title=head.title, description=head.description, path=head.path, site=site, language=head.language
    )
    html = render_page(template, head, navigation, social_tags=tags, **context)
    return HttpResponse(html)


def show_instead(at: datetime, template: str, head: Head, status: int, **context: Any) -> HttpResponse:
    """Answer with a page that says why there is none at this address, with the status to match."""
    html = render_page(template, replace(head, robots=NO_INDEX), reading.navigation(at), **context)
    return HttpResponse(html, status=status)


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
    return show_instead(at, "pages/not_found.html", Head(title="Page not found"), HTTPStatus.NOT_FOUND)
