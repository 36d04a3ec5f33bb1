"""What load balancers and supervisors are told."""

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from newsroom import readiness
from newsroom.probes import PROBES

READY = {"ready": True, "database": "answers", "migrations": "applied"}


@pytest.mark.django_db
def test_a_node_is_ready_while_its_database_answers(client: Client) -> None:
    response = client.get("/-/health/ready")

    assert (response.status_code, response.json()) == (200, READY)


@pytest.mark.django_db
def test_a_node_without_all_its_migrations_is_not_ready(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    needed = readiness._needed_migrations()
    monkeypatch.setattr(readiness, "_needed_migrations", lambda: needed | {("articles", "9999_to_come")})

    response = client.get("/-/health/ready")

    assert (response.status_code, response.json()) == (503, {**READY, "ready": False, "migrations": "missing"})


@pytest.mark.django_db
def test_a_node_without_its_database_is_not_ready_and_tells_no_secret(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = connection.copy()
    if connection.vendor == "postgresql":
        nowhere.settings_dict |= {"HOST": "/nowhere", "PASSWORD": "the-password"}
        nowhere.settings_dict["OPTIONS"] = {}
    else:
        nowhere.settings_dict["NAME"] = "/nowhere/the-password.sqlite3"
    monkeypatch.setattr(readiness, "_own_connection", lambda: nowhere)

    response = client.get("/-/health/ready")

    assert response.status_code == 503
    assert response.json() == {"ready": False, "database": "does not answer", "migrations": "unknown"}
    assert "The database does not answer" in caplog.text


def test_a_node_lives_without_asking_anybody(client: Client) -> None:
    # Outside `django_db` a question to the database is an error.
    response = client.get("/-/health/live")

    assert (response.status_code, response.json()) == (200, {"live": True})


@pytest.mark.parametrize("probe", ["/-/health/live", "/-/metrics", "/-/nothing"])
def test_a_probe_knows_neither_our_name_nor_https(client: Client, settings: Settings, probe: str) -> None:
    settings.SECURE_SSL_REDIRECT = True

    response = client.get(probe, headers={"Host": "10.1.2.3:8000"})

    assert response.status_code == (200 if probe == "/-/health/live" else 404)
    assert response.headers["Cache-Control"] == "no-store"


def test_readers_still_need_the_right_name(client: Client) -> None:
    assert client.get("/", headers={"Host": "10.1.2.3:8000"}).status_code == 400


@pytest.mark.parametrize("probe", sorted(PROBES))
def test_a_probe_only_asks(client: Client, probe: str) -> None:
    assert client.post(probe).status_code == 405


@pytest.mark.django_db
def test_readiness_takes_a_connection_of_its_own(client: Client) -> None:
    own = readiness._own_connection()

    assert own is not connection
    assert "pool" not in own.settings_dict["OPTIONS"]
    assert connection.vendor == "sqlite" or own.settings_dict["OPTIONS"]["connect_timeout"] == readiness.PATIENCE
