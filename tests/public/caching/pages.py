"""Views for readers that a test can watch and bend, at addresses of their own beside the site's."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.test import Client
from django.urls import include, path
from django.views.decorators.csrf import ensure_csrf_cookie

from articles.public.instant import at_one_instant

WORDS = "<p>What the page says.</p>" * 40


class Watch:
    """What the page did: the instants it was rendered for, and what happens while it renders."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.rendered: list[datetime] = []
        self.status = 200
        self.during: Callable[[], object] = lambda: None
        self._lock = Lock()

    def note(self, at: datetime) -> int:
        with self._lock:
            self.rendered.append(at)
            return len(self.rendered)


watch = Watch()


@at_one_instant(parameters=("part",))
def page(request: HttpRequest, at: datetime, name: str = "") -> HttpResponse:
    number = watch.note(at)
    watch.during()
    if watch.status == 301:
        return HttpResponsePermanentRedirect("/elsewhere/")
    return HttpResponse(f"{name} {request.GET['part']} {number} {WORDS}", status=watch.status)


@at_one_instant(prices=True)
def priced(request: HttpRequest, at: datetime) -> HttpResponse:
    number = watch.note(at)
    watch.during()
    return HttpResponse(f"{number} {WORDS}")


@at_one_instant
def broken(request: HttpRequest, at: datetime) -> HttpResponse:
    watch.note(at)
    watch.during()
    raise ValueError("a page that fails")


@at_one_instant(kept=False)
def unkept(request: HttpRequest, at: datetime) -> HttpResponse:
    return HttpResponse(f"{watch.note(at)} {WORDS}")


@at_one_instant
def counting(request: HttpRequest, at: datetime) -> HttpResponse:
    response = HttpResponse(f"{watch.note(at)} {WORDS}")
    response.set_cookie("visits", str(len(watch.rendered)))
    return response


@at_one_instant
def personal(request: HttpRequest, at: datetime) -> HttpResponse:
    return HttpResponse(f"{watch.note(at)} {request.session.get('name')} {WORDS}")


@ensure_csrf_cookie
def form(request: HttpRequest) -> HttpResponseBase:
    return HttpResponse(f"{watch.note(datetime.now().astimezone())} {WORDS}")


def numbers(client: Client, *paths: str, **options: Any) -> list[str]:
    """Return what the page said of how often it was rendered, once for each path."""
    return [client.get(path, **options).content.decode().removesuffix(WORDS).split()[-1] for path in paths]


urlpatterns = [
    path("watched/", page),
    path("watched/<str:name>/", page),
    path("priced/", priced),
    path("broken/", broken),
    path("unkept/", unkept),
    path("counting/", counting),
    path("personal/", personal),
    path("form/", form),
    path("", include("newsroom.urls")),
]
handler404 = "articles.public.pages.page_not_found"
handler500 = "newsroom.failures.server_error"
