"""Addresses that do on purpose what a site does by accident: be slow, fail, say what it works with."""

import os
import threading
import time

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import include, path


def slow(_request: HttpRequest, tenths: int) -> HttpResponse:
    """Answer after some tenths of a second."""
    time.sleep(tenths / 10)
    return HttpResponse("at last")


def stream(_request: HttpRequest, tenths: int) -> StreamingHttpResponse:
    """Answer in parts, a tenth of a second each."""

    def parts() -> "list[bytes]":
        time.sleep(0.1)
        return [b"part "]

    return StreamingHttpResponse(part for _turn in range(tenths) for part in parts())


def fail(_request: HttpRequest) -> HttpResponse:
    """Fail in a way that nobody thought of."""
    raise ZeroDivisionError('a "quoted" mistake\nof two lines')


def die(_request: HttpRequest) -> HttpResponse:
    """End the worker as the kernel does that is out of memory."""
    os._exit(9)


def which_connection(_request: HttpRequest) -> JsonResponse:
    """Say which worker, thread and database connection answer."""
    connection.ensure_connection()
    return JsonResponse([os.getpid(), threading.get_ident(), id(connection.connection)], safe=False)


urlpatterns = [
    path("trial/slow/<int:tenths>", slow),
    path("trial/stream/<int:tenths>", stream),
    path("trial/fail", fail),
    path("trial/die", die),
    path("trial/connection", which_connection),
    path("", include("newsroom.urls")),
]
