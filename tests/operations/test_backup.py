"""Backup and restore as docs/operations.md tells it: what is lost never comes back under the same stamp."""

import contextlib
import re
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operations.conftest import Published
from tests.serving import ROOT, Site

pytestmark = pytest.mark.needs_sqlite

DOCUMENT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
STAMP = "from articles import reading; print(reading.present_stamp().token)"
RENAME = """
from articles.models import Author
author = Author.objects.first()
author.name = "A new name"
author.save()
"""


@pytest.fixture
def paper(site: Site, published: Published, tmp_path: Path) -> Site:
    """A copy of the site with one story, to be changed at will."""
    database = tmp_path / "newsroom.sqlite3"
    with contextlib.closing(sqlite3.connect(site.folder / "newsroom.sqlite3")) as connection:
        connection.execute("VACUUM INTO ?", [str(database)])
    return replace(site, database=f"sqlite:///{database}")


def shell(site: Site, code: str) -> str:
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    answer = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def back_up(folder: Path) -> None:
    """Run the documented command."""
    [command] = re.findall(r"^\.venv/bin/python (-m sqlite3 .*)$", DOCUMENT, re.MULTILINE)
    command = command.replace("/var/lib/newsroom", str(folder)).replace("/var/backups", f"{folder}/backup")
    (folder / "backup").mkdir()
    subprocess.run(f"{sys.executable} {command}", shell=True, check=True)


def restore(folder: Path) -> None:
    """Do what the document tells."""
    assert "rm -f /var/lib/newsroom/newsroom.sqlite3-wal /var/lib/newsroom/newsroom.sqlite3-shm\n" in DOCUMENT
    for name in ("newsroom.sqlite3-wal", "newsroom.sqlite3-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy2(folder / "backup" / "newsroom.sqlite3", folder / "newsroom.sqlite3")


def test_what_is_lost_by_a_restore_never_comes_back_under_its_stamp(paper: Site, tmp_path: Path) -> None:
    before = shell(paper, STAMP)
    back_up(tmp_path)
    lost = shell(paper, RENAME + STAMP)

    restore(tmp_path)
    after = shell(paper, STAMP)
    other = shell(paper, RENAME + STAMP)

    assert after == before
    assert other.partition("-")[0] == lost.partition("-")[0]  # as many changes as in the time that is lost
    assert len({before, lost, other}) == 3


def test_restored_site_is_whole(paper: Site, tmp_path: Path) -> None:
    back_up(tmp_path)
    restore(tmp_path)

    subprocess.run([sys.executable, "manage.py", "migrate", "--check"], cwd=ROOT, env=paper.environment, check=True)
    assert shell(paper, "from articles.models import Edition; print(Edition.objects.count())") == "1"
