"""The door reads from one database at a time, and only the door's reads move."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, ProgrammingError, connections, router, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

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


@pytest.fixture
def authors() -> None:
    Author.objects.create(name="Ada 100%", slug="ada")
    Author.objects.create(name="Rita", slug="rita")


SLUGS = "SELECT slug FROM articles_author WHERE name = %s OR name LIKE 'R%%' ORDER BY slug"


@pytest.mark.django_db
def test_rows_are_read_with_parameters(authors: None) -> None:
    assert database.rows(SLUGS, ["Ada 100%"]) == [("ada",), ("rita",)]
    assert database.rows(SLUGS, ["Nobody"]) == [("rita",)]
    assert database.rows("SELECT count(*) FROM articles_author") == [(2,)]


@pytest.mark.django_db
def test_counted_questions_have_the_same_answers(
    authors: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1) as counted:
        assert database.rows(SLUGS, ["Ada 100%"]) == [("ada",), ("rita",)]

    assert "Ada 100%" in counted.captured_queries[0]["sql"]


@pytest.mark.django_db
def test_wrapped_questions_pass_the_wrapper(authors: None) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    with connections["default"].execute_wrapper(refuse), pytest.raises(PermissionError):
        database.rows(SLUGS, ["Ada 100%"])


BORN = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def sessions() -> None:
    """Two rows of the smallest table that has an instant, a microsecond apart."""
    Session.objects.create(session_key="first", session_data="", expire_date=BORN)
    Session.objects.create(session_key="second", session_data="", expire_date=BORN + timedelta(microseconds=1))


@pytest.mark.parametrize("is_counted", [False, True])
@pytest.mark.django_db
def test_instants_are_compared_as_moments(sessions: None, is_counted: bool) -> None:
    """Whatever the zone of the parameter, and whether or not there are microseconds."""
    asked = "SELECT session_key FROM django_session WHERE expire_date {} %s ORDER BY session_key"
    zone = timezone(timedelta(hours=9))

    def keys(operator: str, moment: datetime) -> list[str]:
        with CaptureQueriesContext(connections["default"]) if is_counted else nullcontext():
            return [key for (key,) in database.rows(asked.format(operator), [moment])]

    assert keys("=", BORN.astimezone(zone)) == ["first"]
    assert keys("<", BORN.astimezone(zone)) == []
    assert keys("<=", BORN) == ["first"]
    assert keys(">", BORN) == ["second"]
    assert keys("=", BORN + timedelta(microseconds=1)) == ["second"]


@pytest.mark.django_db
def test_instants_come_back_whole(sessions: None) -> None:
    asked = "SELECT expire_date, (SELECT max(expire_date) FROM django_session), NULL FROM django_session"

    found = database.rows(f"{asked} WHERE session_key = %s", ["first"])

    assert [database.instant(value) for value in found[0]] == [BORN, BORN + timedelta(microseconds=1), None]


@pytest.mark.django_db
def test_wrong_questions_raise_djangos_errors() -> None:
    with pytest.raises((ProgrammingError, OperationalError), match="nowhere"), transaction.atomic():
        database.rows("SELECT 1 FROM nowhere")


@pytest.mark.django_db(transaction=True)
def test_broken_transaction_is_not_read_from() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            database.rows("SELECT 1")


def test_database_is_closed_to_tests_that_do_not_ask_for_it() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        database.rows("SELECT 1")


def prepared() -> list[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%articles_author%'")
        return [statement for (statement,) in cursor.fetchall()]


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_questions_are_planned_once_and_the_orm_never(authors: None) -> None:
    for _ in range(3):
        database.rows(SLUGS, ["Ada 100%"])
        list(Author.objects.filter(name="Rita"))

    assert prepared() == [SLUGS.replace("%s", "$1").replace("%%", "%")]


@pytest.mark.needs_postgres
@pytest.mark.parametrize(("setting", "is_prepared"), [("auto", False), ("on", True)])
@pytest.mark.django_db(transaction=True)
def test_nothing_is_prepared_behind_a_pooler_unless_told(
    authors: None, setting: str, is_prepared: bool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pooler tells clients of a process of its own."""
    settings.PREPARED_STATEMENTS = setting
    monkeypatch.setattr("psycopg.ConnectionInfo.backend_pid", 0)
    wrapper: Any = connections["default"]
    wrapper.close()
    wrapper.close_pool()  # the connections of other tests have been looked at
    try:
        assert database.rows(SLUGS, ["Ada 100%"]) == [("ada",), ("rita",)]
        assert database.rows(SLUGS, ["Nobody"]) == [("rita",)]
        assert bool(prepared()) is is_prepared
    finally:
        wrapper.close()
        wrapper.close_pool()


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_plan_from_before_a_migration_is_given_up(authors: None, caplog: pytest.LogCaptureFixture) -> None:
    asked = "SELECT slug, kept FROM migrated"
    with connections["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE migrated AS SELECT slug, 1 AS kept FROM articles_author WHERE slug = 'ada'")
        try:
            assert database.rows(asked) == [("ada", 1)]
            with psycopg_connection() as other:  # another node's: this connection would forget its plans itself
                other.execute("ALTER TABLE migrated ALTER COLUMN kept TYPE text")

            assert database.rows(asked) == [("ada", "1")]
            assert database.rows(asked) == [("ada", "1")]
        finally:
            cursor.execute("DROP TABLE migrated")
    assert [record.message.partition(" (")[0] for record in caplog.records] == ["A prepared statement is gone"]


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_server_that_was_put_under_the_connection_is_asked_anew(authors: None) -> None:
    assert database.rows(SLUGS, ["Nobody"]) == [("rita",)]
    # Past psycopg's own bookkeeping, as a pooler does it.
    connections["default"].connection.pgconn.exec_(b"DEALLOCATE ALL")

    assert database.rows(SLUGS, ["Nobody"]) == [("rita",)]
    assert database.rows(SLUGS, ["Nobody"]) == [("rita",)]


def psycopg_connection() -> Any:
    """Return a connection of one's own to the test database."""
    from psycopg import connect

    wrapper = connections["default"]
    given = wrapper.get_connection_params()
    return connect(autocommit=True, **{name: given[name] for name in ("dbname", "user", "host") if name in given})
