"""What every test may rely on: a database of its own, a folder for pictures, no network, strict templates."""

import gc
import os
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as site_settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate
from django.template import engines
from django.template.backends.django import DjangoTemplates
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Playwright, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from articles import reading
from articles.models.names_stamp import NamesChange
from articles.models.price_stamp import PriceMark, PriceStamp
from articles.models.purge import Purge, PurgeWatch, Unpurged
from articles.models.stamp import NounChange, PublicMark, PublicStamp, PublicWait
from articles.naming import known as names
from tests.cache_server import REDIS_SERVER
from tests.misspelt import MisspeltVariable

# How long an example takes says more of the machine than of the code: it may have much else to do.
hypothesis_settings.register_profile("newsroom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("newsroom")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
ON_POSTGRES = "postgresql" in site_settings.DATABASES["default"]["ENGINE"]
#: The rooms whose code knows no database.
PURE = {"markets", "text"}
#: Folders whose tests start processes.
WAITING = {"browser", "operations"}
REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"
MISSING = {
    "needs_browser": "" if CHROMIUM else "Chromium is not installed (apt-get install chromium, or set CHROMIUM)",
    "needs_nginx": "" if NGINX else "nginx is not installed (apt-get install nginx-light)",
    "needs_redis": "" if REDIS_SERVER else "there is no Redis or Valkey server (apt-get install redis-server)",
    "needs_systemd": "" if shutil.which("systemd-analyze") else "systemd is not installed",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database: `make check` and .ci/run run the suite on both."""
    about_the_other = "needs_sqlite" if ON_POSTGRES else "needs_postgres"
    left_out = {item for item in items if item.get_closest_marker(about_the_other)}
    if ON_POSTGRES:
        # What asks no database says the same beside any.
        left_out |= {item for item in items if PURE & set(item.path.parts) and not item.get_closest_marker("django_db")}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    for item in items:
        if {"page", "browser", "context"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("needs_browser")
    # Files that wait for browsers, servers and other processes come first, or one of them is all that is left to do.
    waiting = {
        item.path for item in items if item.get_closest_marker("needs_browser") or WAITING & set(item.path.parts)
    }
    items.sort(key=lambda item: item.path not in waiting)


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays for the whole run: it would look through all of it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose tool is missing, loudly; where REQUIRE_ALL=1 nothing may be skipped, so fail it."""
    for marker, why in MISSING.items():
        if why and item.get_closest_marker(marker):
            (pytest.fail if REQUIRE_ALL else pytest.skip)(f"{marker}: {why}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give each run a database of its own, so that two runs on one machine do not meet.

    SQLite gets a file, because threads that share a database in memory share its transactions too.
    """
    test = site_settings.DATABASES["default"]["TEST"]
    test["NAME"] = (
        f"newsroom_test_{os.getpid()}" if ON_POSTGRES else str(tmp_path_factory.mktemp("db") / "test.sqlite3")
    )


@pytest.fixture(scope="session")
def live_server(django_db_setup: None, live_server: LiveServer) -> LiveServer:
    """Start the server after the test database is there.

    Before, the connection still has the name that the settings give it, ":memory:", and a server that finds such a
    database shares this thread's connection with its own threads, which crashes SQLite.
    """
    return live_server


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test that flushes its tables leave them as they were at first, and let the database be removed in the end.

    The flush itself is a change of public nouns, of which triggers make notes. The removal may take longer than a
    statement of a site, and a thread of a test may still hold a connection.
    """
    post_migrate.connect(forget_the_flush, sender=apps.get_app_config("articles"))
    yield
    if ON_POSTGRES:
        connections[DEFAULT_DB_ALIAS].settings_dict["OPTIONS"]["options"] += " -c statement_timeout=0"
        with django_db_blocker.unblock(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid()"
            )


def forget_the_flush(using: str, **about: Any) -> None:
    """Delete the notes that triggers have made of a flush; a test of migrations may be at one without their tables."""
    notes = (
        PublicStamp,
        PublicMark,
        PublicWait,
        NounChange,
        PriceStamp,
        PriceMark,
        NamesChange,
        PurgeWatch,
        Purge,
        Unpurged,
    )
    with connections[using].cursor() as cursor:
        there = connections[using].introspection.table_names(cursor)
        for table in {model._meta.db_table for model in notes} & {*there}:
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture(autouse=True)
def _pictures_folder(settings: Settings, tmp_path: Path) -> None:
    """Keep what a test uploads in a folder that goes away with the test."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Forget what the process has kept of another test's database, whose stamps may be the same."""
    reading.forget()
    names.forget()


@pytest.fixture(autouse=True, scope="session")
def _strict_templates() -> None:
    backend = engines["django"]
    assert isinstance(backend, DjangoTemplates)
    backend.engine.string_if_invalid = MisspeltVariable()


@pytest.fixture(autouse=True)
def _transaction_of_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the transaction around a test count as none: what the test has written is as good as committed.

    Inside a transaction that the test itself begins nothing is kept, as on a site. PostgreSQL advances the public stamp
    at the commit, so the stamp is brought up to date before it is looked at.
    """

    def settle() -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        is_test = bool(connection.atomic_blocks) and getattr(connection.atomic_blocks[0], "_from_testcase", False)
        if connection.vendor == "postgresql" and is_test and not connection.needs_rollback:
            # Not by Django's cursor, or tests that count queries would count these.
            connection.connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
            connection.connection.execute("SET CONSTRAINTS ALL DEFERRED")

    def in_transaction() -> bool:
        settle()
        return any(not getattr(block, "_from_testcase", False) for block in connections[DEFAULT_DB_ALIAS].atomic_blocks)

    def asked(**options: bool) -> str:
        settle()
        return str(question(**options))

    def counter() -> int:
        settle()
        return int(counted())

    module, fragments = import_module("articles.reading.stamp"), import_module("articles.printing.fragments")
    question, counted = module._question, fragments._counter
    monkeypatch.setattr(module, "_in_transaction", in_transaction)
    monkeypatch.setattr(module, "_question", asked)
    monkeypatch.setattr(fragments, "_counter", counter)


@pytest.fixture(autouse=True)
def _live_site(request: pytest.FixtureRequest, settings: Settings) -> None:
    """Let the site know the address of the live server, which speaks http."""
    if "live_server" in request.fixturenames:
        settings.SITE_URL = request.getfixturevalue("live_server").url
        settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start Playwright's driver. It keeps an event loop in this thread, which Django would refuse to query in."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def base_url() -> None:
    """Stand in for pytest-playwright's own fixture, whose form pytest warns about; tests name whole addresses."""


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Start the machine's own Chromium, quiet and without a network of its own."""
    flags = """
        --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
        --disable-component-update --disable-sync --disable-dev-shm-usage
    """
    return {"executable_path": CHROMIUM, "headless": True, "args": flags.split()}
