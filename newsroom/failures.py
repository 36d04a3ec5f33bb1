"""What is answered when the site itself fails."""

import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from articles.public import pages

#: Seconds after which who asked may ask again: a pool has had a turn by then, and a server that restarts is often back.
RETRY_AFTER = 2


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the site failed (Django's `handler500`), with 503 when the database is out of reach or overloaded.

    Then whoever asks later may have more luck, and a search engine that is told so keeps the page (RFC 9110, 15.6.4).
    """
    response = pages.server_error(request)
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
