"""Uploaded files, which readers may fetch while a live story shows them."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from articles import reading, records, workflow
from articles.models import Author, Image
from articles.workflow.clock import clock_at
from tests.factories import (
    approved,
    author,
    confidential,
    draft,
    expired,
    image,
    jpeg,
    live,
    rewrite,
    scheduled,
    spiked,
    submitted,
    withdrawn,
)
from tests.workflow.desk import HOUR, NOON, TICK, publisher

pytestmark = pytest.mark.django_db


def _picture(**fields: Any) -> tuple[Image, list[str]]:
    """Put a picture with renditions into the library, and return it with the names of its files."""
    picture = image(**fields)
    Image.objects.filter(pk=picture.pk).update(rendition_widths=[400, 800])
    picture.refresh_from_db()
    name = str(picture.file.name)
    stem = name.rpartition(".")[0]
    return picture, [name, f"{stem}.400.jpg", f"{stem}.800.jpg"]


def _fetched(names: list[str], at: Any) -> set[bool]:
    found = [reading.media(name, at) for name in names]
    assert {record for record in found if record} <= {records.MediaFile(name) for name in names}
    return {record is not None for record in found}


@pytest.mark.parametrize("make", [draft, submitted, approved, spiked, scheduled, confidential, expired, withdrawn])
def test_picture_of_a_story_nobody_reads_is_not_there(make: Any) -> None:
    picture, names = _picture()
    make(lead_image=picture)
    assert _fetched(names, NOON) == {False}


def test_picture_in_the_library_alone_is_not_there() -> None:
    names = _picture()[1]
    assert _fetched(names, NOON) == {False}


@pytest.mark.parametrize("filename", ["picture.jpg", "picture.JPEG", "dotted.name.jpg", "Über uns.png", "a.400.jpg"])
def test_picture_of_a_live_story_is_there_in_every_size(filename: str) -> None:
    picture, names = _picture(filename=filename)
    live(lead_image=picture)
    assert _fetched(names, NOON) == {True}


def test_picture_comes_and_goes_with_its_story_exactly() -> None:
    picture, names = _picture()
    story = approved(lead_image=picture)
    workflow.release(story, by=publisher(), at=NOON + HOUR, expires_at=NOON + 2 * HOUR)
    seen = [_fetched(names, at) for at in (NOON + HOUR - TICK, NOON + HOUR, NOON + 2 * HOUR - TICK, NOON + 2 * HOUR)]
    assert seen == [{False}, {True}, {True}, {False}]


def test_replaced_picture_is_not_there_any_more_and_the_new_one_not_before() -> None:
    (old, old_names), (new, new_names) = _picture(), _picture()
    story = live(at=NOON - HOUR, lead_image=old)
    rewrite(story, lead_image=new)
    workflow.update(story, by=publisher(), at=NOON + HOUR)
    for at, shows_new in ((NOON, False), (NOON + HOUR, True)):
        assert _fetched(old_names, at) == {not shows_new}
        assert _fetched(new_names, at) == {shows_new}


def test_picture_that_another_story_shows_stays() -> None:
    picture, names = _picture()
    first = live(at=NOON - HOUR, lead_image=picture)
    live(at=NOON - HOUR, lead_image=picture)
    workflow.withdraw(first, by=publisher(), notice="Gone.")
    assert _fetched(names, NOON) == {True}


OTHER_NAMES = [
    "pictures/{key}/picture.401.jpg",
    "pictures/{key}/picture.400.png",
    "pictures/{key}/picture.png",
    "PICTURES/{key}/picture.jpg",
    "/pictures/{key}/picture.jpg",
    "pictures/{key}/picture.jpg/",
    "pictures/../pictures/{key}/picture.jpg",
    "pictures/{key}",
    "pictures/{key}/picture.jpg\x01",
    "pictures/{key}/picture.400.400.jpg",
    "",
    "../newsroom/settings.py",
    "portraits/",
    "portraits/{key}/picture.jpg",
    pytest.param("x" * 5000, id="long"),
    pytest.param("a" * 3000 + ".400.jpg", id="long rendition"),
]


@pytest.mark.parametrize("pattern", OTHER_NAMES)
def test_no_other_name_leads_to_a_file(pattern: str) -> None:
    picture, names = _picture()
    live(lead_image=picture)
    assert _fetched(names, NOON) == {True}
    assert reading.media(pattern.format(key=names[0].split("/")[1]), NOON) is None


def _portrait() -> tuple[Author, str]:
    writer = author(portrait=ContentFile(jpeg(), "mei.jpg"))
    return writer, str(writer.portrait.name)


@pytest.mark.parametrize("make", [draft, scheduled, confidential, expired, withdrawn])
def test_portrait_of_an_author_nobody_reads_is_not_there(make: Any) -> None:
    writer, name = _portrait()
    make(bylines=[writer])
    assert reading.media(name, NOON) is None


def test_portrait_of_a_live_byline_is_there_for_as_long() -> None:
    writer, name = _portrait()
    story = live(at=NOON - HOUR, bylines=[writer])
    assert reading.media(name, NOON - HOUR - TICK) is None
    assert reading.media(name, NOON) == records.MediaFile(name)
    with clock_at(NOON):
        workflow.withdraw(story, by=publisher(), notice="Gone.")
    assert reading.media(name, NOON) is None


def test_portraits_of_authors_without_one_are_no_file() -> None:
    live(bylines=[author()])
    assert reading.media("", NOON) is None
    assert reading.media("portraits/", NOON) is None
