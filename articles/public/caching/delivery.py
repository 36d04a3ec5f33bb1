"""How an answer reaches one client: in the form that it takes, or as the news that it has it already."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import ResponseHeaders

from articles.public import cdn
from articles.public.caching.answers import Answer
from articles.public.caching.conditions import Outcome, last_modified, outcome
from articles.reading import Stamp

_FAILED: Final = ResponseHeaders({"Cache-Control": "no-cache", "Content-Length": "0"})


class _Response(HttpResponse):
    """A response whose headers are ready: checking and sorting them again would be a quarter of the work for it."""

    def __init__(self, body: bytes, status: int, headers: ResponseHeaders) -> None:
        super().__init__(body, content_type="", status=status)
        self.headers._store = headers._store.copy()

    def items(self) -> Collection[tuple[str, str]]:
        """Return names and values of the headers."""
        return self.headers._store.values()


def deliver(request: HttpRequest, answer: Answer, stamp: Stamp | None) -> HttpResponse:
    """Return the response to a GET or HEAD: the answer in the form that is asked for, 304 or 412 (RFC 9110, 13).

    Without a stamp nothing is said of when it changed. HEAD has every header of GET.
    """
    form = answer.form(request.META.get("HTTP_ACCEPT_ENCODING"))
    modified = last_modified(stamp) if stamp and answer.status == HTTPStatus.OK else ""
    result = outcome(request.META, form.etag, modified, stamp) if answer.status == HTTPStatus.OK else Outcome.SEND
    if result is Outcome.SEND:
        body = b"" if request.method == "HEAD" else form.body
        response: HttpResponse = _Response(body, answer.status, form.headers)
    elif result is Outcome.NOT_MODIFIED:
        response = _Response(b"", HTTPStatus.NOT_MODIFIED, form.not_modified)
    else:
        response = _Response(b"", HTTPStatus.PRECONDITION_FAILED, _FAILED)
    if modified and result is not Outcome.FAILED:
        response.headers["Last-Modified"] = modified
    if answer.surrogate_keys:
        cdn.tag(response, *answer.surrogate_keys)
    return response
