"""Both databases are set up as the design relies on."""

import pytest
from django.conf import settings
from django.db import connection, transaction

if "postgresql" in settings.DATABASES["default"]["ENGINE"]:
    from newsroom import postgresql  # its driver is an extra

pytestmark = pytest.mark.django_db


def ask(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
        return row[0] if row else None


@pytest.mark.needs_sqlite
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 1), ("busy_timeout", 20_000)],
)
def test_sqlite_is_set_up(pragma: str, expected: object) -> None:
    assert ask(f"PRAGMA {pragma}") == expected


@pytest.mark.needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_sqlite_takes_the_write_lock_when_a_transaction_begins() -> None:
    with transaction.atomic():
        other = connection.copy()
        other.settings_dict["OPTIONS"] = {"timeout": 0}
        try:
            with pytest.raises(Exception, match="database is locked"), other.cursor() as cursor:
                cursor.execute("BEGIN IMMEDIATE")
        finally:
            other.close()


@pytest.mark.needs_sqlite
def test_sqlite_stays_open_between_requests() -> None:
    assert settings.DATABASES["default"]["CONN_MAX_AGE"] is None


@pytest.mark.needs_postgres
@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("lock_timeout", "4s"),
        ("statement_timeout", "4s"),
        ("default_transaction_isolation", "read committed"),
        ("default_transaction_read_only", "off"),
        ("plan_cache_mode", "force_generic_plan"),
        ("idle_in_transaction_session_timeout", "1min"),
    ],
)
def test_postgres_is_set_up(setting: str, expected: str) -> None:
    assert ask(f"SHOW {setting}") == expected


@pytest.mark.needs_postgres
def test_replica_is_read_only_and_has_little_time() -> None:
    told = postgresql.options({}, pool_size=3, lock_timeout=4, statement_timeout=4, is_prepared=False, is_replica=True)

    assert "-c default_transaction_read_only=on" in told["options"]
    assert "-c statement_timeout=1s" in told["options"]
    assert (told["pool"]["max_size"], told["pool"]["timeout"], told["prepare_threshold"]) == (3, 0.5, None)
    assert told["pool"]["connection_class"].patience == 2


@pytest.mark.needs_postgres
def test_url_may_say_more_of_the_network_but_lifts_no_limit() -> None:
    given = {"sslmode": "verify-full", "connect_timeout": "9", "options": "-c lock_timeout=0", "pool": "False"}

    told = postgresql.options(given, pool_size=3, lock_timeout=4, statement_timeout=0, is_prepared=True)

    assert (told["sslmode"], told["connect_timeout"], told["pool"]["max_size"]) == ("verify-full", "9", 3)
    assert "-c lock_timeout=4s -c statement_timeout=0s" in told["options"]
    assert told["pool"]["connection_class"].patience is None


@pytest.mark.needs_postgres
def test_postgres_connections_are_pooled() -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"] == 8
    assert settings.DATABASES["default"].get("CONN_MAX_AGE", 0) == 0


@pytest.mark.needs_postgres
@pytest.mark.django_db(transaction=True)
def test_postgres_connections_come_back_from_the_pool() -> None:
    servers = set()
    for _request in range(30):
        servers.add(ask("SELECT pg_backend_pid()"))
        connection.close()  # as the end of a request does

    assert len(servers) <= settings.DATABASES["default"]["OPTIONS"]["pool"]["max_size"]
