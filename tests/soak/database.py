"""The database of the soak, and how other processes reach it."""

import os
from urllib.parse import urlsplit

from django.db import connection


def database_url() -> str:
    """Return the URL of the database that this process works on, a test run's own one included."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def variables() -> dict[str, str]:
    """Return the environment of a process that works on the same database with the settings of the tests."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": database_url()}
