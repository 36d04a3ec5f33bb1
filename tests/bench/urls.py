"""The site's addresses, and bare views that do nothing but return the bytes of its pages."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from newsroom.urls import handler404 as handler404
from newsroom.urls import handler500 as handler500
from tests.bench.bare import BARE, read_answer


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with what the site answered when the bench began, through the same middleware."""
    headers, body = _answer(name)
    return HttpResponse(body, headers=headers)


@cache
def _answer(name: str) -> tuple[dict[str, str], bytes]:
    return read_answer(Path(os.environ["BENCH_FOLDER"]), name)


urlpatterns = [path(f"{BARE.strip('/')}/<slug:name>/", bare), path("", include("newsroom.urls"))]
