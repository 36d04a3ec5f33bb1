"""What every response of the site carries beyond Django's own headers."""

from collections.abc import Callable
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

# A newspaper needs none of these, so a script that slips in gets none of them either.
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add the Permissions-Policy header (W3C Permissions Policy) to every response."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return respond


def body_limit(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse a request whose body is larger than any form needs, before a byte of it is read.

    A body without a length is empty for Django, so only a length that is given can be too large.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.REQUEST_LIMIT:
            return HttpResponse("This is more than the site takes at once.\n", status=413, content_type="text/plain")
        return get_response(request)

    return respond


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # whitenoise has no types
    """Send static files by whitenoise, which looks for them when the first is asked for, not while a worker starts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._folders: list[tuple[Any, Any]] = []
        self._turn = Lock()
        self._go_on = get_response
        super().__init__(get_response)

    def add_files(self, root: Any, prefix: Any = None) -> None:
        """Remember a folder to look into."""
        self._folders.append((root, prefix))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer what is asked for under the static files' address, and pass on the rest."""
        if not request.path_info.startswith(self.static_prefix):
            return self._go_on(request)
        if self._folders:
            self._look()
        response: HttpResponse = super().__call__(request)
        return response

    def _look(self) -> None:
        with self._turn:
            for root, prefix in self._folders:
                super().add_files(root, prefix)
            self._folders = []
