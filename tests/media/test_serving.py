"""Handing out a stored file, to readers and to the desk alike."""

import logging
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponseBase
from django.test import RequestFactory
from pytest_django import Settings

from articles.media.serving import serve

BYTES = b"the bytes of a picture"


@pytest.fixture
def name() -> str:
    return default_storage.save("pictures/abc/photo.jpg", ContentFile(BYTES))


def get(name: str, method: str = "GET", **headers: str) -> HttpResponseBase:
    return serve(RequestFactory().generic(method, "/media/", headers=headers), name)


def body(response: HttpResponseBase) -> bytes:
    content = b"".join(response)
    close(response)
    return content


def close(response: HttpResponseBase) -> None:
    """Close the file only: closing a whole response is the end of a request, which looks after connections too."""
    if isinstance(response, FileResponse) and response.file_to_stream:
        response.file_to_stream.close()


def test_serve_sends_the_file_with_headers_that_keep_it_harmless(name: str) -> None:
    response = get(name)
    assert (response.status_code, body(response)) == (200, BYTES)
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Content-Length"] == str(len(BYTES))
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Content-Disposition"] == 'inline; filename="photo.jpg"'


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("asked", "told"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_serve_answers_304_to_who_has_the_file(name: str, method: str, asked: str, told: str) -> None:
    first = get(name)
    again = get(name, method, **{asked: first.headers[told]})
    assert (again.status_code, body(again)) == (304, b"")
    for header in ("ETag", "Last-Modified", "Cache-Control"):
        assert again.headers[header] == first.headers[header]
    close(first)


@pytest.mark.parametrize(
    "headers", [{"If-None-Match": '"another"'}, {"If-Modified-Since": "Mon, 02 Jan 2006 15:04:05 GMT"}]
)
def test_serve_sends_the_file_to_who_has_another(name: str, headers: dict[str, str]) -> None:
    assert body(get(name, **headers)) == BYTES


@pytest.mark.parametrize("suffix", ["html", "svg", "pdf", "xml", "js"])
def test_serve_lets_nothing_but_pictures_open_in_the_browser(suffix: str) -> None:
    response = get(default_storage.save(f"pictures/abc/page.{suffix}", ContentFile(b"<script>")))
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == f'attachment; filename="page.{suffix}"'
    close(response)


@pytest.mark.parametrize(
    "name",
    ["pictures/abc/no.jpg", "../secret.txt", "/etc/passwd", "pictures/../../secret.txt", "pictures", "", "a\0b.jpg"],
)
def test_serve_finds_nothing_outside_the_store(name: str, caplog: pytest.LogCaptureFixture) -> None:
    default_storage.save("pictures/abc/photo.jpg", ContentFile(BYTES))
    with caplog.at_level(logging.WARNING, "articles.media.serving"), pytest.raises(Http404):
        get(name)


def test_serve_streams(name: str) -> None:
    response = get(name)
    assert isinstance(response, FileResponse)
    close(response)


@pytest.mark.parametrize(
    ("name", "kind", "disposition"),
    [
        ("pictures/abc/photo.jpg", "image/jpeg", 'inline; filename="photo.jpg"'),
        ("pictures/abc/page.svg", "application/octet-stream", 'attachment; filename="page.svg"'),
    ],
)
def test_serve_only_names_the_file_where_the_web_server_sends_it(
    settings: Settings, name: str, kind: str, disposition: str
) -> None:
    settings.MEDIA_ACCEL = "/protected-media/"
    default_storage.save(name, ContentFile(BYTES))

    response = get(name)

    assert (response.status_code, body(response)) == (200, b"")
    assert response.headers["X-Accel-Redirect"] == f"/protected-media/{name}"
    assert response.headers["Content-Type"] == kind
    assert response.headers["Content-Disposition"] == disposition
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "no-cache"


def test_serve_escapes_the_name_for_the_web_server(settings: Settings) -> None:
    settings.MEDIA_ACCEL = "/protected-media/"
    name = "pictures/abc/ä b?#%41.jpg"
    path = default_storage.path(name)
    Path(path).parent.mkdir(parents=True)
    Path(path).write_bytes(BYTES)

    assert get(name).headers["X-Accel-Redirect"] == "/protected-media/pictures/abc/%C3%A4%20b%3F%23%2541.jpg"


def test_serve_has_the_same_validators_with_a_web_server_and_without(settings: Settings, name: str) -> None:
    plain = get(name)
    close(plain)
    settings.MEDIA_ACCEL = "/protected-media/"

    accelerated = get(name)
    again = get(name, **{"If-None-Match": plain.headers["ETag"]})

    assert {header: accelerated.headers[header] for header in ("ETag", "Last-Modified")} == {
        header: plain.headers[header] for header in ("ETag", "Last-Modified")
    }
    assert (again.status_code, "X-Accel-Redirect" in again.headers) == (304, False)


def test_serve_misses_a_lost_file_with_a_web_server_too(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.MEDIA_ACCEL = "/protected-media/"
    with caplog.at_level(logging.WARNING, "articles.media.serving"), pytest.raises(Http404):
        get("pictures/abc/no.jpg")
