"""The door reads from one database at a time, and only the door's reads move."""

import pytest
from django.db import connections, router

from articles.models import Author, Edition
from articles.reading import database


def test_the_door_reads_from_the_primary_unless_told_otherwise() -> None:
    assert database.source() == "default"
    assert database.connection() is connections["default"]


def test_reads_move_and_writes_stay() -> None:
    with database.reading_from("replica1"):
        assert (router.db_for_read(Edition), router.db_for_write(Edition)) == ("replica1", "default")
        with database.reading_from("default"):
            assert router.db_for_read(Edition) == "default"
        assert database.source() == "replica1"

    assert router.db_for_read(Edition) == "default"


def test_reads_come_back_when_a_rendering_fails() -> None:
    with pytest.raises(ZeroDivisionError), database.reading_from("replica1"):
        _ = 1 / 0

    assert database.source() == "default"


def test_a_row_of_a_replica_is_saved_on_the_primary() -> None:
    read = Author(name="Ada")
    read._state.db = "replica1"

    assert router.db_for_write(Author, instance=read) == "default"
    assert router.db_for_read(Author, instance=read) == "default"
    assert router.allow_relation(read, Author(name="Rita")) is True


@pytest.mark.parametrize(("alias", "expected"), [("default", True), ("replica1", False)])
def test_only_the_primary_is_migrated(alias: str, expected: bool) -> None:
    assert router.allow_migrate(alias, "articles") is expected


@pytest.mark.django_db
def test_rows_are_read_with_parameters() -> None:
    Author.objects.create(name="Ada", slug="ada")
    Author.objects.create(name="Rita", slug="rita")

    found = database.rows("SELECT slug FROM articles_author WHERE name = %s OR name = %s ORDER BY slug", ["Ada", "No"])

    assert found == [("ada",)]
