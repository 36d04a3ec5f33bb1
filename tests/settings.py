"""The environment that tests run in. The settings are the site's own, as a server would have them.

TEST_DATABASE_URL runs the suite on another database than SQLite.
"""

import os
import tempfile

os.environ.update(
    {
        "SECRET_KEY": "a-key-for-tests-only-with-more-than-fifty-characters-0123456789",
        "SITE_URL": "https://news.example.com",
        "ALLOWED_HOSTS": "news.example.com,testserver,localhost,127.0.0.1",
        "NEWSROOM_NAME": "The Test Ledger",
        "NEWSROOM_TIME_ZONE": "America/New_York",
        "NEWSROOM_LANGUAGE": "en",
        "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or "sqlite://:memory:",
        "DATABASE_REPLICA_URLS": "",
        "DEBUG": "off",
        "FOUR_EYES": "on",
        "EMAIL_URL": "memory:",
        "LOG_LEVEL": "WARNING",
        "SECURE_SSL_REDIRECT": "off",
        "MEDIA_ROOT": tempfile.gettempdir() + "/newsroom-tests-never-write-here",
        "STATIC_ROOT": tempfile.gettempdir() + "/newsroom-tests-never-collect-here",
    }
)

from newsroom.settings import *  # noqa: F403 - the environment comes first
from newsroom.settings import STORAGES as SITE_STORAGES

# Hashing a password well takes a tenth of a second, which is right for logins and wrong for a thousand tests.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names with hashes need collected files; tests/newsroom/test_static.py collects them once with the real storage.
STORAGES = SITE_STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
