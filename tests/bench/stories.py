"""The stories that the bench reads: corpora in databases that are kept from run to run."""

import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.clusters import Cluster, _make, programs
from tests.serving import ROOT, Site

#: What a kept corpus was made by; when a file here changes, it is made anew.
_MADE_BY = ROOT / "articles" / "management" / "corpus"


@contextmanager
def database(folder: Path, stories: int, server: str = "") -> Iterator[str]:
    """Give the URL of the kept database for a corpus of so many stories, as this version makes it.

    It is a file in the folder, or on the PostgreSQL server that a URL names. Those of older versions are removed.
    """
    name = f"{_prefix(stories)}{_digest()}"
    folder.mkdir(parents=True, exist_ok=True)
    if not server:
        for file in folder.glob(f"{_prefix(stories)}*"):
            if not file.name.startswith(name):
                file.unlink()
        yield f"sqlite:///{folder.resolve()}/{name}.sqlite3"
        return
    there = {row[0] for row in _query(server, "SELECT datname FROM pg_database")}
    for old in there:
        if old.startswith(_prefix(stories)) and old != name:
            _query(server, f'DROP DATABASE "{old}"')
    if name not in there:
        _query(server, f'CREATE DATABASE "{name}"')
    yield urlsplit(server)._replace(path=f"/{name}").geturl()


@contextmanager
def copied(url: str) -> Iterator[str]:
    """Give the URL of a copy of a database that nobody writes to meanwhile, and remove the copy at the end.

    On PostgreSQL nobody may even be connected to it.
    """
    parts = urlsplit(url)
    name = f"{Path(parts.path).stem}_copy"
    make, drop = (_copy_file, _remove_file) if parts.scheme == "sqlite" else (_copy_on_server, _drop_on_server)
    drop(url, name)  # what a killed run has left
    make(url, name)
    try:
        yield parts._replace(path=f"{Path(parts.path).with_stem(name)}").geturl()
    finally:
        drop(url, name)


def _copy_file(url: str, name: str) -> None:
    file = Path(urlsplit(url).path)
    with closing(sqlite3.connect(file)) as original, closing(sqlite3.connect(file.with_stem(name))) as copy:
        original.backup(copy)


def _remove_file(url: str, name: str) -> None:
    for file in Path(urlsplit(url).path).parent.glob(f"{name}.*"):
        file.unlink()


def _copy_on_server(url: str, name: str) -> None:
    original = urlsplit(url).path.strip("/")
    _query(_server_of(url), f'CREATE DATABASE "{name}" TEMPLATE "{original}"')


def _drop_on_server(url: str, name: str) -> None:
    _query(_server_of(url), f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _server_of(url: str) -> str:
    return urlsplit(url)._replace(path="/postgres").geturl()


def remove(stories: int, server: str) -> None:
    """Remove the kept databases for corpora of so many stories from a PostgreSQL server."""
    for (name,) in _query(server, "SELECT datname FROM pg_database"):
        if name.startswith(_prefix(stories)):
            _query(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def kept_cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster whose data stay. It takes no care for a power cut: what it holds can be made again."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    found = programs()
    if found is None:
        raise RuntimeError("PostgreSQL's own programs are not on this machine: give --database URL.")
    cluster = Cluster(folder, found)
    if not (folder / "data" / "PG_VERSION").exists():
        _make(cluster, None)
    if not is_answering(cluster):
        cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()


def is_answering(cluster: Cluster) -> bool:
    """Say whether a server runs on the data: one that was left by a run that was killed."""
    if not cluster.is_up():
        return False
    pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    return Path(f"/proc/{pid}").exists()


def make_stories(site: Site, stories: int, *, fragments: bool = True) -> None:
    """Make what is missing of the site's stories, and render them as their release would have."""
    site.collect_static()  # fragments name static files
    site.manage("migrate", "--verbosity", "0")
    site.manage("make_corpus", "--articles", str(stories))
    if fragments:
        site.manage("render_fragments")
    if site.database.startswith("postgres"):
        import psycopg

        # What autovacuum would have done within minutes.
        with psycopg.connect(site.database, autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")


def sample(site: Site, articles: int = 500, others: int = 100) -> dict[str, list[str]]:
    """Return the addresses to ask for, by kind of page: the same ones for the same stories."""
    command = [sys.executable, "-m", "tests.bench.addresses", str(articles), str(others)]
    found = subprocess.run(
        command, env=site.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    addresses: dict[str, list[str]] = json.loads(found)
    return addresses


def _digest() -> str:
    digest = hashlib.sha256()
    for file in sorted(_MADE_BY.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def _prefix(stories: int) -> str:
    return f"newsroom_stories_{stories}_"


def _query(server: str, question: str) -> list[tuple[str, ...]]:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchall() if cursor.description else []
