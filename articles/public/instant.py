"""The one moment that a request is about."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def now() -> datetime:
    """Return the moment that the request is answered for."""
    return timezone.now()


def at_one_instant[**Arguments, Response: HttpResponseBase](
    view: Callable[Concatenate[HttpRequest, datetime, Arguments], Response],
) -> Callable[Concatenate[HttpRequest, Arguments], Response | HttpResponse]:
    """Make a view for readers: GET and HEAD only, with the clock read once and passed on.

    A page whose parts are read at different moments could show half of a bundle. No form is taken here, so a
    POST is answered with 405 and not with a lecture on CSRF tokens.
    """

    @wraps(view)
    def respond(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        return view(request, now(), *args, **kwargs)

    return csrf_exempt(require_safe(respond))
