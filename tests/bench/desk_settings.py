"""The site's own settings, with a stock admin beside the desk."""

from tests.bench.settings import *  # noqa: F403
from tests.bench.settings import TEMPLATES as SITE_TEMPLATES

ROOT_URLCONF = "tests.bench.stock"
TEMPLATES = [*SITE_TEMPLATES, SITE_TEMPLATES[0] | {"NAME": "stock", "DIRS": []}]
