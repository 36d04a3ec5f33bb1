"""A site with data and static files, for tests that start it as people do who run one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.operations.running import Running, serve
from tests.serving import ROOT, Site, free_port

PUBLISH = """
import json
from articles.media.library import add_picture
from articles.models import Edition
from tests import factories
from tests.media.uploads import photo

shown, secret = (add_picture(photo((1000, 600)), title=name, alt=name, credit="Photo: A") for name in ("a", "b"))
factories.live(lead_image=shown, headline="Ships wait for a berth")
factories.draft(lead_image=secret)
print(json.dumps({"story": Edition.objects.get().path, "shown": shown.file.name, "secret": secret.file.name}))
"""


@dataclass(frozen=True, slots=True)
class Published:
    """What the site has: the address of a story, and the names of a picture it shows and of one that none shows."""

    story: str
    shown: str
    secret: str


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site in a folder of its own, with its tables made and its static files collected."""
    folder = tmp_path_factory.mktemp("site")
    site = Site(folder, f"http://127.0.0.1:{free_port()}")
    site.manage("migrate", "--verbosity", "0")
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    return site


@pytest.fixture(scope="session")
def published(site: Site) -> Published:
    """Publish one story of the site, and write one that stays a draft."""
    shell = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISH]
    answer = subprocess.run(shell, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    return Published(**json.loads(answer.stdout))


@pytest.fixture(scope="module")
def server(site: Site, published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site, served as `make web` serves it."""
    with serve(site, tmp_path_factory.mktemp("server")) as running:
        yield running
