"""A worker that starts answers readers soon: it leaves the desk, pictures and figures for when they are asked for."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serving import ROOT, Site

ROUNDS = 5
#: Ask a WSGI application for addresses; print the processor time so far, the statuses and what the process has loaded.
ASK = """
import importlib, io, json, sys, time

application = importlib.import_module(sys.argv[1]).application
statuses = []
for path in sys.argv[3:]:
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": sys.argv[2],
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }
    b"".join(application(environ, lambda status, headers, error=None: statuses.append(status)))
loaded = set(sys.modules)
rooms = []
if "django.contrib.admin" in loaded:
    from django.contrib import admin
    rooms = sorted(model.__name__ for model in admin.site._registry)
print(json.dumps({"seconds": time.process_time(), "statuses": statuses, "loaded": sorted(loaded), "rooms": rooms}))
"""
pytestmark = pytest.mark.needs_sqlite  # the site here has a database of its own, which is SQLite

#: What no reader needs, and what takes long to load or much memory.
FOR_OTHERS = {"PIL", "articles.admin", "newsroom.admin"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process found out."""

    seconds: float
    statuses: list[str]
    loaded: set[str]
    rooms: list[str]


def ask(folder: Path, application: str, host: str, *paths: str, **variables: str) -> Answer:
    environment = {"PATH": os.environ["PATH"], **variables, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", ASK, application, host, *paths]
    answer = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(answer.stdout)
    return Answer(found["seconds"], found["statuses"], set(found["loaded"]), found["rooms"])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as Django makes it, with one view more."""
    folder = tmp_path_factory.mktemp("bare")
    django = [sys.executable, "-m", "django", "startproject", "bare", str(folder)]
    subprocess.run(django, env={"PATH": os.environ["PATH"]}, check=True)
    urls = folder / "bare" / "urls.py"
    view = 'path("robots.txt", lambda request: __import__("django.http").http.HttpResponse("")),'
    urls.write_text(urls.read_text().replace("urlpatterns = [", f"urlpatterns = [{view}"))
    with (folder / "bare" / "settings.py").open("a") as settings:
        settings.write('\nALLOWED_HOSTS = ["127.0.0.1"]\n')
    return folder


def ask_site(site: Site, *paths: str) -> Answer:
    return ask(ROOT, "newsroom.wsgi", site.url.partition("://")[2], *paths, **site.environment)


def test_no_reader_waits_for_the_desk(site: Site) -> None:
    answer = ask_site(site, "/", "/latest/", "/rss.xml", "/no-such-page/")

    assert answer.statuses == ["200 OK", "200 OK", "200 OK", "404 Not Found"]
    assert FOR_OTHERS & answer.loaded == set()


def test_whoever_comes_to_the_desk_finds_all_its_rooms(site: Site) -> None:
    answer = ask_site(site, "/desk/", "/desk/login/", "/desk")

    assert answer.statuses == ["302 Found", "200 OK", "301 Moved Permanently"]
    checked = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", ROOMS],
        cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.rooms == checked.stdout.split()


ROOMS = """
from django.contrib import admin
print(*sorted(model.__name__ for model in admin.site._registry))
"""


def test_cold_start_costs_at_most_twice_that_of_a_bare_project(site: Site, bare: Path) -> None:
    """Compare processor time until the first answer; the best of some rounds, because other programs run here too."""
    ours, theirs = [], []
    bare_settings = {"DJANGO_SETTINGS_MODULE": "bare.settings"}
    for _round in range(ROUNDS):
        ours.append(ask_site(site, "/robots.txt").seconds)
        theirs.append(ask(bare, "bare.wsgi", "127.0.0.1", "/robots.txt", **bare_settings).seconds)

    assert min(ours) <= 2 * min(theirs)
