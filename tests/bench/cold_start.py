"""How long a worker takes from its start to its first answer, beside a project as Django makes it."""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from tests.serving import PATIENCE, ROOT, Site, cpu_seconds, end, free_port

#: The cold start may take so many times that of a bare project.
MOST = 2.0
_VIEW = 'path("robots.txt", lambda request: __import__("django.http").http.HttpResponse("")),'


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds until the first answer: of the clock, and of the processors."""

    clock: float
    cpu: float


def compare(site: Site, rounds: int) -> dict[str, Start]:
    """Return the medians of some rounds, one after the other: a bare project, the site's robots.txt and its front."""
    bare = _bare_project(site.folder / "bare-project")
    found: dict[str, list[Start]] = {"bare project": [], "robots.txt": [], "front page": []}
    environment = site.environment | {"SECURE_SSL_REDIRECT": "off"}
    for _ in range(rounds):
        found["bare project"].append(_start("bare.wsgi:application", bare, _bare_environment(bare), "/robots.txt"))
        found["robots.txt"].append(_start("newsroom.wsgi:application", ROOT, environment, "/robots.txt"))
        found["front page"].append(_start("newsroom.wsgi:application", ROOT, environment, "/"))
    return {
        name: Start(statistics.median(one.clock for one in starts), statistics.median(one.cpu for one in starts))
        for name, starts in found.items()
    }


def _bare_project(folder: Path) -> Path:
    """Make a project as Django makes it, with one view more."""
    if not folder.exists():
        folder.mkdir()
        django = [sys.executable, "-m", "django", "startproject", "bare", str(folder)]
        subprocess.run(django, env={"PATH": os.environ["PATH"]}, check=True)
        urls = folder / "bare" / "urls.py"
        urls.write_text(urls.read_text().replace("urlpatterns = [", f"urlpatterns = [{_VIEW}"))
        with (folder / "bare" / "settings.py").open("a") as settings:
            settings.write('\nALLOWED_HOSTS = ["*"]\n')
    return folder


def _bare_environment(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "bare.settings"}


def _start(application: str, folder: Path, environment: Mapping[str, str], path: str) -> Start:
    """Start a server of one worker and wait for its first answer."""
    port, begin = free_port(), time.perf_counter()
    with _running(application, port, folder, environment) as process:
        while time.perf_counter() < begin + PATIENCE and process.poll() is None:
            if _has_answered(port, path, environment.get("ALLOWED_HOSTS", "127.0.0.1")):
                clock = time.perf_counter() - begin
                return Start(clock, cpu_seconds(process.pid) or 0.0)
            time.sleep(0.002)
    raise RuntimeError(f"{application} does not start, or does not answer for {path}.")


@contextmanager
def _running(
    application: str, port: int, folder: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    granian = Path(sys.executable).with_name("granian")
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--no-log"]
    process = subprocess.Popen(
        [granian, application, *options], cwd=folder, env=dict(environment), start_new_session=True
    )
    try:
        yield process
    finally:
        end(process)


def _has_answered(port: int, path: str, host: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    with suppress(OSError, http.client.HTTPException), closing(connection):
        connection.request("GET", path, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == HTTPStatus.OK
    return False
