"""What every view for readers is: a function of its address and of one moment."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, overload
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import reading

type View[**Arguments, Response: HttpResponseBase] = Callable[Concatenate[HttpRequest, datetime, Arguments], Response]
type PublicView[**Arguments, Response: HttpResponseBase] = Callable[
    Concatenate[HttpRequest, Arguments], Response | HttpResponse
]


@dataclass(frozen=True, slots=True)
class Public:
    """What a view for readers says of itself, in its attribute `public`.

    `parameters` are those of the query that its answers vary with; `kept` is whether answers may be kept; `prices` is
    whether they depend on prices, and so on the minute.
    """

    parameters: tuple[str, ...]
    kept: bool
    prices: bool = False


def now() -> datetime:
    """Return the present moment."""
    return reading.now()


def moment(request: HttpRequest) -> datetime:
    """Return the one moment that a request is about: that of its stamp, or the present where it has none."""
    stamp = getattr(request, "public_stamp", None)
    return stamp.at if stamp else now()


def declared(request: HttpRequest, parameters: tuple[str, ...]) -> dict[str, str]:
    """Return these parameters of the query, "" for one that is missing, the last of one that is there twice.

    All others are passed over without being read: there may be any number of them, and they may be anything.
    """
    found = dict.fromkeys(parameters, "")
    query = request.META.get("QUERY_STRING", "") if parameters else ""
    for part in query.split("&") if query else ():
        name, _, value = part.partition("=")
        name = unquote_plus(name) if "%" in name else name
        if name in found:
            found[name] = unquote_plus(value)
    return found


@overload
def at_one_instant[**Arguments, Response: HttpResponseBase](
    view: View[Arguments, Response],
) -> PublicView[Arguments, Response]: ...


@overload
def at_one_instant[**Arguments, Response: HttpResponseBase](
    *, parameters: tuple[str, ...] = (), kept: bool = True, prices: bool = False
) -> Callable[[View[Arguments, Response]], PublicView[Arguments, Response]]: ...


def at_one_instant(
    view: Any = None, *, parameters: tuple[str, ...] = (), kept: bool = True, prices: bool = False
) -> Any:
    """Make a view for readers: GET and HEAD only, with the clock read once and passed on.

    What it answers may depend on nothing but the path, what is public at the instant, and the query parameters that it
    declares here, which are all that it sees of the query: answers are kept and given to the next reader who asks for
    the same, unless `kept` is False. It sets no cookie, reads no header, and leaves validators to
    `articles.public.caching`, which also reads the clock.

    What it answers depends on prices only if it says `prices=True`; it then may know no more of the time than the
    minute (`reading.price_minute()`) and what is public. All others stay as they are, however often prices change.

    A page whose parts are read at different moments could show half of a bundle. No form is taken here, so a
    POST is answered with 405 and not with a lecture on CSRF tokens.
    """
    public = Public(parameters, kept, prices)
    return _decorated(view, public) if view else lambda decorated: _decorated(decorated, public)


def _decorated[**Arguments, Response: HttpResponseBase](
    view: View[Arguments, Response], public: Public
) -> PublicView[Arguments, Response]:
    @wraps(view)
    def respond(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Response:
        query = QueryDict(mutable=True)
        query.update(declared(request, public.parameters))
        request.GET = query  # type: ignore[assignment]
        stamp = getattr(request, "public_stamp", None)
        if stamp is None:
            return view(request, now(), *args, **kwargs)
        return reading.from_any(stamp, lambda: view(request, stamp.at, *args, **kwargs))

    safe: Any = csrf_exempt(require_safe(respond))
    safe.public = public
    return safe  # type: ignore[no-any-return]
