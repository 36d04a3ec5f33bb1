"""Answers for machines that look after the site: does it live, is it ready, what are its figures."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound, JsonResponse

from newsroom.metrics import metrics
from newsroom.readiness import readiness

PREFIX: Final = "/-/"

type Answer = Callable[[HttpRequest], HttpResponse]


def answer_probes(get_response: Answer) -> Answer:
    """Answer what is asked under /-/, before host names, https and caches are looked at.

    A load balancer asks a node by its number and in plain http, so this has to come first of all middleware. Nothing
    that is answered here is secret but the figures, which need a token.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        probe = PROBES.get(request.path_info)
        response = HttpResponseNotFound(content_type="text/plain") if probe is None else _asked(probe, request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return respond


def live(_request: HttpRequest) -> HttpResponse:
    """Say that this process answers; whether its neighbors do is asked elsewhere, since no restart would mend them."""
    return JsonResponse({"live": True})


def ready(_request: HttpRequest) -> HttpResponse:
    """Say whether readers may be sent here: the database answers, and all migrations of this code are applied."""
    found = readiness()
    words = {"ready": found.is_ready, "database": found.database, "migrations": found.migrations}
    return JsonResponse(words, status=200 if found.is_ready else 503)


def _asked(probe: Answer, request: HttpRequest) -> HttpResponse:
    return probe(request) if request.method in {"GET", "HEAD"} else HttpResponseNotAllowed(["GET", "HEAD"])


PROBES: Final[dict[str, Answer]] = {
    "/-/health/live": live,
    "/-/health/ready": ready,
    "/-/metrics": metrics,
}
