"""Let caches and feed readers keep an answer for as long as it is the same."""

from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date


def content_etag(content: bytes) -> str:
    """Return the weak validator (RFC 9110, 8.8.1) of an answer with this content.

    It is weak because a proxy that compresses the answer must be able to pass it on.
    """
    return f'W/"{sha256(content).hexdigest()[:32]}"'


def revalidated(
    request: HttpRequest, response: HttpResponse, *, etag: str = "", changed_at: datetime | None = None
) -> HttpResponse:
    """Return the response with its validators, or 304 when the client has it already.

    `etag` is that of the whole content unless it is given. `changed_at` is the instant to print as Last-Modified; leave
    it out where something may change without moving it, a name or an address.
    A story can be withdrawn at any moment, so caches are told to ask before they reuse it.
    """
    etag = etag or content_etag(response.content)
    response.headers["Cache-Control"] = "no-cache"
    response.headers["ETag"] = etag
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        response.headers["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, etag, modified, response) or response
