"""What every response of the site carries beyond Django's own headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A newspaper needs none of these, so a script that slips in gets none of them either.
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def permissions_policy(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add the Permissions-Policy header (W3C Permissions Policy) to every response."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return respond
