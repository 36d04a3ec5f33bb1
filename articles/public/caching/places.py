"""Which requests are for readers' pages, and what tells one page from another."""

import re
from functools import cache, lru_cache
from typing import Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import Resolver404, get_urlconf, resolve

from articles.public.instant import Public, declared

#: No page has a longer path, and what is remembered must not grow with what is asked.
_LONGEST_REMEMBERED: Final = 300
#: What Django makes as the key of a session.
_SESSION_KEY: Final = re.compile("[a-z0-9]{32}")


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
    """Say whether somebody asks who has a session at the desk.

    Anybody can send its cookie, so it counts only where there is such a session: one look-up by key, and none for what
    cannot be one.
    """
    name: str = settings.SESSION_COOKIE_NAME
    if name not in request.META.get("HTTP_COOKIE", ""):
        return False
    key = request.COOKIES.get(name, "")
    return _SESSION_KEY.fullmatch(key) is not None and _sessions().exists(key)


@cache
def _sessions() -> SessionBase:
    """Return where the desk's own middleware looks for sessions; loaded with the first cookie."""
    return SessionMiddleware(lambda _request: HttpResponse()).SessionStore()


def _found(path: str, urlconf: str | None) -> Public | None:
    try:
        view = resolve(path, urlconf).func
    except Resolver404:
        return None
    public: Public | None = getattr(view, "public", None)
    return public


_remembered = lru_cache(maxsize=4096)(_found)
