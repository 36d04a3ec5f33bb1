"""Answer readers from what is kept while it is exact, and render what is not."""

from collections.abc import Callable
from http import HTTPStatus
from itertools import count
from time import monotonic
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from articles import reading
from articles.public import cdn
from articles.public.caching import metrics, places
from articles.public.caching.answers import Answer, plain
from articles.public.caching.delivery import deliver
from articles.public.caching.deployment import deployment
from articles.public.caching.memory import Address
from articles.public.caching.metrics import Source
from articles.public.caching.store import Made, Overtaken, Store
from articles.reading import Stamp

#: How often a page is rendered anew because something was released meanwhile, before the reader is told to come back.
TRIES: Final = 10
#: For how many seconds at least: while nouns are saved by the hundred, one of many quick tries comes through.
LONGEST: Final = 2.0


class ResponseCache:
    """Middleware that keeps the answers of views for readers, and gives them validators and codings.

    It stands in front of all that costs time. A page is a function of its address and the public stamp, which is read
    for every request; a page is kept, and sent, only if the stamp was the same before and after it was rendered.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._keeps: bool = settings.RESPONSE_CACHE
        self._shows_stamp: bool = settings.SHOW_STAMP
        self.store = Store()
        deployment()  # now, and not while the first reader waits

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request. One that is not for a page of readers is passed on untouched."""
        view = places.public_view(request)
        if view is None or request.method not in {"GET", "HEAD"}:
            return self._get_response(request)
        address = (deployment(), *places.address(request, view))
        if not reading.trustworthy():
            metrics.count_answer("bypassed")
            return self._sent(request, _made(self._asked(request, None)), None)
        keeps = self._keeps and view.kept and not places.is_from_the_desk(request)
        give_up_at = monotonic() + LONGEST
        for tries in count():
            if tries >= TRIES and monotonic() > give_up_at:
                break
            stamp = reading.present_stamp(prices=view.prices)
            made, source = self._find(request, stamp, address) if keeps else (self._render(request, stamp), "bypassed")
            if not isinstance(made, Overtaken):
                metrics.count_answer(source)
                return self._sent(request, made, stamp, address if keeps else None)
            metrics.count_repeat()
        return _busy()

    def _find(self, request: HttpRequest, stamp: Stamp, address: Address) -> tuple[Made, Source]:
        return self.store.find(stamp, address, lambda: self._render(request, stamp))

    def _render(self, request: HttpRequest, stamp: Stamp) -> Made:
        """Return what the views answer under a stamp, unless it did not last as long as they took."""
        response = self._asked(request, stamp)
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and _now_at(stamp) != stamp:
            _let_go(response)
            return Overtaken.OVERTAKEN
        return _made(response)

    def _asked(self, request: HttpRequest, stamp: Stamp | None) -> HttpResponseBase:
        request.public_stamp = stamp  # type: ignore[attr-defined]
        return self._get_response(request)

    def _sent(
        self, request: HttpRequest, made: Answer | HttpResponseBase, stamp: Stamp | None, address: Address | None = None
    ) -> HttpResponseBase:
        """Return the response with the headers of this moment; `address` is where the answer is kept, if it is."""
        if isinstance(made, Answer):
            forms = made.form_count
            # Of prices nobody knows when they changed last: only their tag tells one page from the next.
            response: HttpResponseBase = deliver(request, made, None if stamp and stamp.prices else stamp)
            if address and stamp and made.form_count != forms:
                self.store.weigh(stamp, address, made)
        else:
            response = made
            response.headers.setdefault("Cache-Control", "no-cache")
        if stamp is not None:
            cdn.headers(response, stamp)
            if self._shows_stamp:
                response.headers["X-Newsroom-Stamp"] = stamp.token
                response.headers["X-Newsroom-Instant"] = stamp.at.isoformat(timespec="microseconds")
        return response


def _now_at(stamp: Stamp) -> Stamp:
    """Return what the stamp of an instant is by now."""
    return reading.stamp(stamp.at, prices=bool(stamp.prices))


def _made(response: HttpResponseBase) -> Answer | HttpResponseBase:
    """Return what a response is for everybody, or itself where it is for one request, as any failure is."""
    if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return response
    return plain(response) or response


def _let_go(response: HttpResponseBase) -> None:
    """Close the file of a response that is not sent. Its own `close()` would end the request."""
    file = getattr(response, "file_to_stream", None)
    if file is not None:
        file.close()


def _busy() -> HttpResponse:
    words = "The news is changing faster than this page can be made. Please try again in a moment.\n"
    headers = {"Cache-Control": "no-store", "Retry-After": "1"}
    return HttpResponse(words, status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain", headers=headers)
