"""Settings of commands that read files and nothing else: no site, no secret, no database.

`manage.py` takes them for the commands named in it, so that those run on a fresh checkout, and cannot touch a site.
"""

import os

os.environ.update(
    {
        "SECRET_KEY": "nothing-is-signed-by-commands-that-read-files-and-nothing-else",
        "SITE_URL": "https://files-only.invalid",
        "ALLOWED_HOSTS": "files-only.invalid",
        "DATABASE_URL": "sqlite://:memory:",
        "DATABASE_REPLICA_URLS": "",
        "DEBUG": "off",
    }
)

from newsroom.settings import *  # noqa: F403 - the environment comes first

# Whatever asks the database is refused.
DATABASES = {"default": {"ENGINE": "django.db.backends.dummy"}}
