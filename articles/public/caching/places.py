"""Which requests are for readers' pages, and what tells one page from another."""

from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import Resolver404, get_urlconf, resolve

from articles.public.instant import Public, declared

#: No page has a longer path, and what is remembered must not grow with what is asked.
_LONGEST_REMEMBERED: Final = 300


def public_view(request: HttpRequest) -> Public | None:
    """Return what the view of a request says of itself, or None where the address is not one for readers."""
    path = request.path_info
    return (_remembered if len(path) <= _LONGEST_REMEMBERED else _found)(path, get_urlconf())


def address(request: HttpRequest, view: Public) -> tuple[str, ...]:
    """Return what the answer of a view depends on: host name, path, and the parameters that the view declares.

    Raises Django's `DisallowedHost` for a host that the site does not answer to.
    """
    domain, _port = split_domain_port(request.get_host())
    return (domain, request.path, *declared(request, view.parameters).values())


def is_from_the_desk(request: HttpRequest) -> bool:
    """Say whether somebody asks who has the cookie of a session at the desk."""
    name: str = settings.SESSION_COOKIE_NAME
    return name in request.META.get("HTTP_COOKIE", "") and name in request.COOKIES


def _found(path: str, urlconf: str | None) -> Public | None:
    try:
        view = resolve(path, urlconf).func
    except Resolver404:
        return None
    public: Public | None = getattr(view, "public", None)
    return public


_remembered = lru_cache(maxsize=4096)(_found)
