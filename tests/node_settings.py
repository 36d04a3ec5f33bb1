"""The settings of a served site, but for the names of style sheets: those with hashes need collected files."""

from newsroom.settings import *  # noqa: F403 - the site's own
from newsroom.settings import STORAGES as SITE_STORAGES

STORAGES = SITE_STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
