"""A site whose database is out of reach says so at once and asks to come again."""

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connections
from django.test import Client


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [(OperationalError, 503, "2"), (InterfaceError, 503, "2"), (ProgrammingError, 500, None), (ValueError, 500, None)],
)
@pytest.mark.django_db
def test_readers_are_told_whether_to_come_again(
    client: Client, error: type[Exception], status: int, retry_after: str | None
) -> None:
    def fail(*_: object) -> None:
        raise error("the matter")

    client.raise_request_exception = False
    with connections["default"].execute_wrapper(fail):
        response = client.get("/")

    assert (response.status_code, response.headers.get("Retry-After")) == (status, retry_after)
    assert response.headers["Cache-Control"] == "no-store"
    assert b"the matter" not in response.content
