"""The one moment that a request is about."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, overload

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

type View[**Arguments, Response: HttpResponseBase] = Callable[Concatenate[HttpRequest, datetime, Arguments], Response]
type PublicView[**Arguments, Response: HttpResponseBase] = Callable[
    Concatenate[HttpRequest, Arguments], Response | HttpResponse
]


def now() -> datetime:
    """Return the moment that the request is answered for."""
    return timezone.now()


@overload
def at_one_instant[**Arguments, Response: HttpResponseBase](
    view: View[Arguments, Response],
) -> PublicView[Arguments, Response]: ...


@overload
def at_one_instant[**Arguments, Response: HttpResponseBase](
    *, parameters: tuple[str, ...]
) -> Callable[[View[Arguments, Response]], PublicView[Arguments, Response]]: ...


def at_one_instant(view: Any = None, *, parameters: tuple[str, ...] = ()) -> Any:
    """Make a view for readers: GET and HEAD only, with the clock read once and passed on.

    What it answers may depend on nothing but the address, what is public at the instant, and the query parameters that
    it declares here: answers are kept and given to the next reader who asks for the same. It sets no cookie, reads no
    header, and leaves validators to `articles.public.caching`, which also reads the clock.

    A page whose parts are read at different moments could show half of a bundle. No form is taken here, so a
    POST is answered with 405 and not with a lecture on CSRF tokens.
    """
    if view is None:
        return lambda declared: _public(declared, parameters)
    return _public(view, parameters)


def _public[**Arguments, Response: HttpResponseBase](
    view: View[Arguments, Response], parameters: tuple[str, ...]
) -> PublicView[Arguments, Response]:
    """Make a view for readers that varies with these query parameters and no others."""

    @wraps(view)
    def respond(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        stamp = getattr(request, "public_stamp", None)
        return view(request, stamp.at if stamp else now(), *args, **kwargs)

    public: Any = csrf_exempt(require_safe(respond))
    public.parameters = parameters
    return public  # type: ignore[no-any-return]
