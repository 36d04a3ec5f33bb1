"""The stories that the bench reads: corpora in databases that are kept from run to run."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.clusters import Cluster, _make, programs
from tests.serving import ROOT, Site

#: What a kept corpus was made by; when a file here changes, it is made anew.
_MADE_BY = ROOT / "articles" / "management" / "corpus"


@contextmanager
def database(folder: Path, stories: int, *, on_postgresql: bool = False) -> Iterator[str]:
    """Give the URL of the kept database for a corpus of so many stories, as this version makes it.

    Databases of older versions are removed. On PostgreSQL it is in a cluster that is kept in the folder, too, and runs
    as long as it is needed.
    """
    name = f"stories_{stories}_{_digest()}"
    folder.mkdir(parents=True, exist_ok=True)
    if not on_postgresql:
        for file in folder.glob(f"stories_{stories}_*"):
            if not file.name.startswith(name):
                file.unlink()
        yield f"sqlite:///{folder.resolve()}/{name}.sqlite3"
        return
    with kept_cluster(folder.resolve() / "postgresql") as cluster:
        for (there,) in _query(
            cluster, "SELECT datname FROM pg_database WHERE datname LIKE %s", f"stories_{stories}_%"
        ):
            if there != name:
                _query(cluster, f'DROP DATABASE "{there}"')
        if not _query(cluster, "SELECT 1 FROM pg_database WHERE datname = %s", name):
            _query(cluster, f'CREATE DATABASE "{name}"')
        yield cluster.url(name)


@contextmanager
def kept_cluster(folder: Path) -> Iterator[Cluster]:
    """Run a cluster whose data stay. It takes no care for a power cut: what it holds can be made again."""
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


def _query(cluster: Cluster, question: str, *parameters: str) -> list[tuple[str, ...]]:
    import psycopg

    with psycopg.connect(cluster.url(), autocommit=True) as connection:
        cursor = connection.execute(question, parameters or None)
        return cursor.fetchall() if cursor.description else []
