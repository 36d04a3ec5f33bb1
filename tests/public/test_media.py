"""Pictures for readers: to be had while something public shows them, and not a moment longer."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import Client
from pytest_django import Settings

from articles import paths, workflow
from articles.media.library import add_picture, store_portrait
from articles.models import Author, Image
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories
from tests.media.uploads import photo

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def image() -> Image:
    return add_picture(photo((1000, 600)), title="A port", alt="Ships", credit="Photo: Ada Smith")


def addresses(image: Image) -> list[str]:
    """Return the addresses of a picture and of its renditions."""
    names = [image.file.name, *(image.rendition_name(width) for width in image.rendition_widths)]
    assert len(names) == 3
    return [paths.media(str(name)) for name in names]


def answer(client: Client, path: str, method: str = "GET", **headers: str) -> HttpResponseBase:
    """Return the answer to a request, read to its end: then Django's client closes the file."""
    response: HttpResponseBase = client.generic(method, path, headers=headers)
    if isinstance(response, StreamingHttpResponse):
        response.getvalue()
    return response


def statuses(client: Client, image: Image) -> set[int]:
    return {answer(client, address).status_code for address in addresses(image)}


def test_media_sends_the_picture_of_a_live_story(client: Client, image: Image) -> None:
    factories.live(lead_image=image)
    for address in addresses(image):
        response = client.get(address)
        assert (response.status_code, response.headers["Content-Type"]) == (200, "image/jpeg")
        with default_storage.open(address.removeprefix("/media/")) as file:
            assert response.getvalue() == file.read()
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-cache"
        assert "Vary" not in response.headers
        assert not response.cookies


@pytest.mark.parametrize("make", [factories.draft, factories.submitted, factories.approved, factories.scheduled])
def test_media_keeps_the_picture_of_a_story_that_is_not_out(client: Client, image: Image, make: object) -> None:
    assert callable(make)
    make(lead_image=image)
    assert statuses(client, image) == {404}
    factories.live(lead_image=image)
    assert statuses(client, image) == {200}


def test_media_sends_the_picture_of_a_scheduled_story_from_its_instant_on(client: Client, image: Image) -> None:
    factories.scheduled(at=NOON - MINUTE, live_from=NOON, lead_image=image)
    with time_machine.travel(NOON - timedelta(microseconds=1), tick=False):
        assert statuses(client, image) == {404}
    with time_machine.travel(NOON, tick=False):
        assert statuses(client, image) == {200}


def test_media_takes_a_withdrawn_picture_from_those_who_had_it(client: Client, image: Image) -> None:
    article = factories.live(at=NOON, lead_image=image)
    known = {address: answer(client, address).headers["ETag"] for address in addresses(image)}
    with clock_at(NOON + MINUTE):
        workflow.withdraw(article, by=factories.person(Role.PUBLISHER), notice="Withdrawn.")
    for address, etag in known.items():
        assert answer(client, address, **{"If-None-Match": etag}).status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(("asked", "told"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")])
def test_media_sends_a_picture_once(client: Client, image: Image, method: str, asked: str, told: str) -> None:
    factories.live(lead_image=image)
    address = addresses(image)[0]
    first = answer(client, address)
    again = answer(client, address, method, **{asked: first.headers[told]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert again.headers["ETag"] == first.headers["ETag"]


def test_media_answers_head_and_nothing_that_writes(client: Client, image: Image) -> None:
    factories.live(lead_image=image)
    address = addresses(image)[0]
    assert answer(client, address, "HEAD").headers == answer(client, address).headers
    assert answer(client, address, "POST").status_code == 405


def test_media_sends_the_portrait_of_an_author_with_a_live_byline(client: Client) -> None:
    author = Author(name="Ada Smith", portrait=photo((600, 600)))
    store_portrait(author)
    address = paths.media(str(author.portrait.name))
    factories.draft(bylines=[author])
    assert answer(client, address).status_code == 404
    factories.live(bylines=[author])
    assert answer(client, address).status_code == 200


def test_media_does_not_tell_a_secret_picture_from_one_that_never_was(client: Client, image: Image) -> None:
    factories.draft(lead_image=image)
    secret, nothing = (client.get(address) for address in (addresses(image)[0], "/media/pictures/abc/nothing.jpg"))
    assert (secret.status_code, secret.headers, secret.content) == (404, nothing.headers, nothing.content)


def test_media_misses_a_file_that_the_store_has_lost(
    client: Client, image: Image, caplog: pytest.LogCaptureFixture
) -> None:
    factories.live(lead_image=image)
    default_storage.delete(str(image.file.name))
    with caplog.at_level(logging.WARNING, "articles.media.serving"):
        assert answer(client, addresses(image)[0]).status_code == 404
    assert str(image.file.name) in caplog.text


@pytest.mark.parametrize(
    "path",
    [
        "../settings.py",
        "%2e%2e/settings.py",
        "pictures/../../../../etc/passwd",
        "/etc/passwd",
        "%00",
        "pictures/%00.jpg",
        "%ff%fe.jpg",
        "pictures",
        "pictures/",
        "x" * 5000,
    ],
)
def test_media_finds_nothing_outside_the_store(client: Client, image: Image, path: str) -> None:
    factories.live(lead_image=image)
    assert answer(client, f"/media/{path}").status_code == 404


@pytest.mark.parametrize("change", [".480", ".481.jpg", ".960.jpg/", ".png", ".1440.jpg", "?x=1"])
def test_media_has_no_renditions_but_those_that_were_made(client: Client, image: Image, change: str) -> None:
    factories.live(lead_image=image)
    stem = addresses(image)[0].removesuffix(".jpg")
    assert answer(client, f"{stem}.480.jpg").status_code == 200
    assert answer(client, stem + change).status_code == 404


def test_media_tells_the_validators_of_the_file_where_the_web_server_sends_it(
    client: Client, image: Image, settings: Settings
) -> None:
    factories.live(lead_image=image)
    address = addresses(image)[0]
    own = answer(client, address).headers
    settings.MEDIA_ACCEL = "/protected-media/"

    accelerated = client.get(address).headers

    assert accelerated["X-Accel-Redirect"] == address.replace("/media/", "/protected-media/")
    assert accelerated["ETag"] == own["ETag"]
    assert accelerated["Last-Modified"] == own["Last-Modified"]
