"""What every request goes through beyond Django's own middleware."""

from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from articles.media import pictures
from newsroom.middleware import StaticFiles, body_limit


def taken(length: str) -> int:
    def respond(request: HttpRequest) -> HttpResponse:
        return HttpResponse("taken")

    return body_limit(respond)(RequestFactory().post("/desk/", CONTENT_LENGTH=length)).status_code


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", 200),
        ("0", 200),
        (str(settings.REQUEST_LIMIT), 200),
        (str(settings.REQUEST_LIMIT + 1), 413),
        ("9" * 30, 413),
        ("-1", 200),
        ("many", 200),
    ],
)
def test_body_limit_is_asked_before_the_body_is_read(length: str, status: int) -> None:
    assert taken(length) == status


def test_a_picture_that_is_a_little_too_heavy_still_reaches_the_form_that_says_so() -> None:
    assert settings.REQUEST_LIMIT >= pictures.MAX_BYTES + 1024 * 1024


def test_site_refuses_a_body_that_no_form_needs(client: Client) -> None:
    assert client.post("/desk/login/", CONTENT_LENGTH=str(10**9)).status_code == 413


@pytest.fixture
def static_files(settings: Settings, tmp_path: Path) -> StaticFiles:
    """The middleware, with one file in the folder of collected files and pages behind it."""
    (tmp_path / "style.css").write_text("p {}")
    settings.STATIC_ROOT = tmp_path
    return StaticFiles(lambda _request: HttpResponse("a page"))


@pytest.mark.django_db  # closing a response looks after the connections that an earlier test has opened
def test_static_files_are_looked_for_when_the_first_is_asked_for(static_files: StaticFiles) -> None:
    assert static_files(RequestFactory().get("/latest/")).content == b"a page"
    assert static_files.files == {}

    response = static_files(RequestFactory().get("/static/style.css"))

    assert b"".join(response) == b"p {}"
    assert list(static_files.files) == ["/static/style.css"]
    response.close()


def test_static_files_pass_on_what_there_is_none_of(static_files: StaticFiles) -> None:
    assert static_files(RequestFactory().get("/static/none.css")).content == b"a page"
