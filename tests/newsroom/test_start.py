"""A mis-set site does not start, and says which variable is wrong in words and without a stack trace."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET = "a-key-for-tests-only-with-more-than-fifty-characters-0123456789"
MANAGE = [sys.executable, "manage.py", "check"]
SERVE = [sys.executable, "-c", "import newsroom.wsgi"]


def start(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "SECRET_KEY": SECRET,
        "SITE_URL": "https://news.example.com",
        "ALLOWED_HOSTS": "news.example.com",
        "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
        **variables,
    }
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A place for a site whose static files are collected."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    return tmp_path


@pytest.mark.parametrize("command", [MANAGE, SERVE], ids=["manage", "wsgi"])
def test_well_set_site_starts(command: list[str], folder: Path) -> None:
    site = start(command, folder)

    assert (site.returncode, site.stderr.strip()) == (0, "")


@pytest.mark.parametrize("command", [MANAGE, SERVE], ids=["manage", "wsgi"])
def test_every_wrong_variable_is_named_at_once(command: list[str], folder: Path) -> None:
    site = start(command, folder, SECRET_KEY="", SITE_URL="news.example.com", ALLOWED_HOSTS="", FOUR_EYES="perhaps")

    assert site.returncode == 1
    lines = site.stderr.strip().splitlines()
    assert lines[0] == "Newsroom refuses to start:"
    assert [line.split()[1] for line in lines[1:]] == ["SITE_URL", "FOUR_EYES", "SECRET_KEY", "ALLOWED_HOSTS"]


def test_debug_is_refused_where_readers_are(folder: Path) -> None:
    site = start(MANAGE, folder, DEBUG="on")

    assert site.returncode == 1
    assert site.stderr.strip().splitlines()[1:] == [
        "  - DEBUG is on for https://news.example.com, and its error pages show secrets. Switch it off."
    ]


def test_debug_is_for_this_machine(folder: Path) -> None:
    assert start(MANAGE, folder, DEBUG="on", SITE_URL="http://127.0.0.1:8000", ALLOWED_HOSTS="").returncode == 0


@pytest.mark.parametrize("command", [MANAGE, SERVE], ids=["manage", "wsgi"])
def test_settings_that_contradict_each_other_are_refused(command: list[str], folder: Path) -> None:
    site = start(command, folder, ALLOWED_HOSTS="other.example.com")

    assert site.returncode == 1
    assert "ALLOWED_HOSTS lacks news.example.com, the host of SITE_URL. Add it." in site.stderr
    assert "Traceback" not in site.stderr


def test_server_refuses_to_start_without_its_static_files(tmp_path: Path) -> None:
    site = start(SERVE, tmp_path)

    assert site.returncode == 1
    assert "Run: manage.py collectstatic" in site.stderr


def test_sqlite_has_neither_replicas_nor_a_clock_of_its_own(folder: Path) -> None:
    site = start(MANAGE, folder, CLOCK="database", DATABASE_REPLICA_URLS="postgres://db2.example.com/newsroom")

    assert site.returncode == 1
    assert site.stderr.strip().splitlines()[1:] == [
        "  - DATABASE_REPLICA_URLS is set, but DATABASE_URL names no PostgreSQL: only that has replicas. Leave it out.",
        "  - CLOCK is 'database', but SQLite has no clock but this machine's. Leave it out.",
    ]
