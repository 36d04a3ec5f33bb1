"""The site's own settings, with bare views beside its pages."""

import os

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES as SITE_STORAGES

ROOT_URLCONF = "tests.bench.urls"

# Compressing the static files takes longer than a small run, which asks for none of them.
if os.environ.get("BENCH_SMALL"):
    STORAGES = SITE_STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
