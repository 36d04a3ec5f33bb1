"""The site's own settings, with the addresses of `tests.operations.trial` beside the site's."""

from newsroom.settings import *  # noqa: F403

ROOT_URLCONF = "tests.operations.trial"
