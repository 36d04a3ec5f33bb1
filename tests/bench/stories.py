"""The stories that the bench reads: a corpus in a database that is kept from run to run."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT, Site

#: What a kept database was made by; when one of these files changes it is made anew.
_MADE_BY = ("articles/migrations", "newsroom/migrations", "articles/management/corpus")
_SAMPLE = """
import json, random
from django.utils import timezone
from articles import paths
from articles.models import Edition
live = Edition.objects.live(timezone.now()).select_related("section").only("slug", "public_key", "section__slug")
addresses = sorted(edition.path for edition in live.filter(section__isnull=False))
print(json.dumps({
    "article": random.Random(1).sample(addresses, min(500, len(addresses))),
    "section": sorted({f"/{address.split('/')[1]}/" for address in addresses}),
    "rss": [paths.SITE_FEED],
}))
"""


def database_name(stories: int) -> str:
    """Return the file name of the database with so many stories, as this version makes it."""
    digest = hashlib.sha256()
    for folder in _MADE_BY:
        for file in sorted((ROOT / folder).glob("*.py")):
            digest.update(file.read_bytes())
    return f"stories-{stories}-{digest.hexdigest()[:12]}.sqlite3"


def make_stories(site: Site, stories: int) -> None:
    """Make what is missing of the site's stories, and remove databases that an older version made."""
    if not site.database.startswith("postgres"):
        current = Path(site.database.removeprefix("sqlite:///"))
        for file in current.parent.glob(f"stories-{stories}-*"):
            if not file.name.startswith(current.name):
                file.unlink()
    site.manage("migrate", "--verbosity", "0")
    site.manage("make_corpus", "--articles", str(stories))


def sample(site: Site) -> dict[str, list[str]]:
    """Return the addresses to ask for, by kind of page: the same ones for the same stories."""
    found = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{_SAMPLE}"],
        env=site.environment, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    addresses: dict[str, list[str]] = json.loads(found.stdout)
    return addresses
