"""The database of the soak, and how other processes reach it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, connections


def database_url(server: str = "") -> str:
    """Return the URL of the database that this process works on, a test run's own one included.

    `server` is a URL of another server that has the database too.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(server or os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def variables() -> dict[str, str]:
    """Return the environment of a process that works on the same database with the settings of the tests."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": database_url()}


@contextmanager
def fresh_database(folder: Path) -> Iterator[None]:
    """Make a database of this run's own, and remove it at the end."""
    settings.MEDIA_ROOT = folder / "media"
    is_sqlite = connection.vendor == "sqlite"
    name = str(folder / "soak.sqlite3") if is_sqlite else f"newsroom_soak_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = name
    old = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        yield
    finally:
        connections.close_all()
        connection.creation.destroy_test_db(old, verbosity=0)
