"""Let caches and feed readers keep an answer for as long as it is the same."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response


class ResponseCache:
    """Give every answer for readers its validators, or answer 304 to a client that has it already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        response = self.get_response(request)
        if request.path_info.startswith("/desk") or not isinstance(response, HttpResponse):
            return response
        response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code != 200 or response.has_header("ETag"):
            return response
        response.headers["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
        return get_conditional_response(request, response.headers["ETag"], None, response) or response
