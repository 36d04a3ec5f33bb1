"""A site with a migration that takes its time."""

from tests.node_settings import *  # noqa: F403 - the site's own
from tests.node_settings import INSTALLED_APPS as SITE_APPS

INSTALLED_APPS = [*SITE_APPS, "tests.newsroom.slow"]
