"""The whole soak on the server of production: processes that serve, processes that write, readers on connections."""

import contextlib
import gzip
import http.client
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

import brotli

from tests.serving import ROOT, Server, Site, free_port
from tests.soak.database import database_url
from tests.soak.exactness import desk
from tests.soak.exactness.clock import HEADER
from tests.soak.exactness.gate import Gate
from tests.soak.exactness.history import History
from tests.soak.exactness.readers import Fetch
from tests.soak.exactness.redis import Redis
from tests.soak.exactness.soak import Soak
from tests.soak.exactness.writers import ACTS, REFUSED, WAITED
from tests.soak.figures import Figures
from tests.soak.oracle import Site as OwnName

WORKERS: Final = 4
WRITERS: Final = 3
READERS: Final = 50
#: Seconds between two acts of a writer, and between two deaths of the cache server.
PACE: Final = 0.08
LIFE: Final = (3.0, 12.0)
TOKEN: Final = "a-token-of-the-soak-for-its-own-figures"
#: The site's own figures: name, one label perhaps, value.
_COUNTED: Final = re.compile(r'^newsroom_(\w+)_total(?:\{.*?(?:source|outcome)="([\w ]+)".*?\})? (\S+)$', re.MULTILINE)
#: The status of an answer that never came.
NO_ANSWER: Final = 0
_STATUSES: Final = (200, 301, 304, 404, 410, 503)
_WAYS: Final = {
    ("public_answers", "memory"): "kept in memory",
    ("public_answers", "redis"): "kept in Redis",
    ("public_answers", "joined"): "made for another reader at the same time",
    ("public_answers", "rendered"): "rendered",
    ("public_answers", "bypassed"): "of a kind that is not kept",
    ("public_repeats", ""): "overtaken and rendered again",
    ("replica_readings", "used"): "read from the replica",
}
_DECODE: Final = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


def soak(folder: Path, responses: int, seed: int, *, with_redis: bool, replica: str = "") -> Figures:
    """Read so many answers from a site on this process's database, which is empty and nobody else's, and report.

    `replica` is the URL of a server that follows the database's own.
    """
    redis = Redis(folder / "redis") if with_redis else None
    port = free_port()
    site = _site(folder, f"http://127.0.0.1:{port}", redis, replica)
    site.collect_static()
    History.begin()
    try:
        files = _cast(site, seed)
        trouble = redis.in_trouble(seed, *LIFE) if redis else contextlib.nullcontext()
        with trouble, site.serving(port) as server:
            return _read(site, server, files, responses, seed, redis)
    finally:
        History.end()


def _read(
    site: Site, server: Server, files: Mapping[str, bytes], responses: int, seed: int, redis: Redis | None
) -> Figures:
    gate = Gate(site.folder)
    own_name = OwnName(site.environment["NEWSROOM_NAME"], site.url)
    soak = Soak([fetch_from(server) for _ in range(READERS)], own_name, files, gate, seed)
    with desk.processes(WRITERS, seed, PACE, site.folder, site.environment) as writing:
        soak.run(responses, writing)
        ways = _ways(server)
    figures = Figures(failures=[*soak.finish(), *writing.failures])
    _report(figures, soak.counts, writing.done, ways)
    if redis is not None:
        figures.add("cache server killed", f"{redis.kills} times")
    return figures


def _report(figures: Figures, counts: Counter[str], done: Counter[str], ways: Mapping[str, int]) -> None:
    figures.add("answers judged", f"{counts['answers']:,}")
    figures.add("of them wrong", counts["wrong"])
    _add(figures, "with status", {str(status): counts[f"status {status}"] for status in _STATUSES})
    figures.add("stamps seen", f"{counts['stamps']:,}")
    figures.add("of them new by an instant alone", f"{counts['flips']:,}")
    _add(figures, "answers that were", ways)
    figures.add("acts of writers", f"{sum(done.values()):,}")
    _add(figures, "of them", {name: done[name] for name in (*ACTS, REFUSED, WAITED)})


def _add(figures: Figures, what: str, counts: Mapping[str, int]) -> None:
    """Add a line for each of several counts."""
    for name, count in counts.items():
        figures.add(f"{what}: {name}", f"{count:,}")


def _site(folder: Path, url: str, redis: Redis | None, replica: str) -> Site:
    (folder / "metrics").mkdir(exist_ok=True)
    variables = {
        "SHOW_STAMP": "on",
        "METRICS_TOKEN": TOKEN,
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
        **({"CACHE_URL": redis.url} if redis else {}),
        **({"DATABASE_REPLICA_URLS": database_url(replica)} if replica else {}),
    }
    application = "tests.soak.exactness.wsgi:application"
    return Site(folder, url, database_url(), variables=variables, application=application, workers=WORKERS)


def _cast(site: Site, seed: int) -> dict[str, bytes]:
    """Let a process of the site make what the soak begins with; return the bytes of its pictures."""
    command = [sys.executable, "-m", "tests.soak.exactness.desk", str(seed)]
    said = subprocess.run(command, env=site.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return {name: (site.folder / "media" / name).read_bytes() for name in json.loads(said)}


def fetch_from(server: Server) -> Fetch:
    """Return what fetches on a connection that is kept."""
    connection = server.connect()

    def fetch(path: str, headers: Mapping[str, str], told: datetime | None) -> tuple[int, Mapping[str, str], bytes]:
        sent = {**server.headers, **headers} | ({HEADER: told.isoformat()} if told else {})
        for _attempt in range(2):
            try:
                connection.request("GET", path, headers=sent)
                with connection.getresponse() as response:
                    found = {name.lower(): value for name, value in response.getheaders()}
                    body = response.read()
                    return response.status, found, _DECODE[found.get("content-encoding", "")](body)
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                connection.close()  # a server may close a connection on which nothing was asked for a while
            except TimeoutError:
                connection.close()
                break
        return NO_ANSWER, {}, b""

    return fetch


def _ways(server: Server) -> dict[str, int]:
    """Return where answers came from, by the site's own figures."""
    with contextlib.closing(server.connect()) as connection:
        connection.request("GET", "/-/metrics", headers={**server.headers, "Authorization": f"Bearer {TOKEN}"})
        text = connection.getresponse().read().decode()
    found = {(name, label): int(float(count)) for name, label, count in _COUNTED.findall(text)}
    return {words: found.get(name, 0) for name, words in _WAYS.items()}
