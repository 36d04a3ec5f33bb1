"""A page costs the same however many stories there are: a million beside a thousand.

Two processes with the site's settings, but without the response cache, answer for the same kinds of pages: one on a
small corpus, one on a large one, in rounds one after the other. What counts is the processor time of a page, the
database's included, in the median of the rounds. Corpora are kept in a folder and made further where an earlier run
was interrupted.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.bench import memory
from tests.bench.load import Asked, measure
from tests.bench.stories import database, kept_cluster, make_stories, sample
from tests.clusters import programs
from tests.serving import ROOT, Site, free_port
from tests.soak.figures import Figures, write_figures

FOLDER = ROOT / "var" / "bench"
SMALL, LARGE, URLS, ROUNDS = 1_000, 1_000_000, 500, 9
#: How many times the processor time at the small corpus a page may take at the large one.
MOST = 1.3


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured."""

    small: int = SMALL
    large: int = LARGE
    urls: int = URLS
    rounds: int = ROUNDS
    seconds: float = 20.0
    folder: Path = FOLDER


@dataclass(slots=True)
class Pages:
    """A kind of page on one corpus: its addresses, and the milliseconds of each in each round."""

    paths: list[str]
    spells: list[list[float]] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """The median of the pages, each of which is the median of its rounds."""
        return float(statistics.median(statistics.median(rounds) for rounds in zip(*self.spells, strict=True)))


def soak(sizes: Sizes, server: str = "") -> list[str]:
    """Compare on SQLite and PostgreSQL, write the section of docs/measurements.md, and return what must not be.

    PostgreSQL is the server that a URL names, or a cluster of its own where its programs are on this machine.
    """
    found = {"SQLite": compare(sizes)}
    if server:
        found["PostgreSQL"] = compare(sizes, server)
    elif programs():
        with kept_cluster(sizes.folder / "postgresql") as cluster:
            first = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            found["PostgreSQL"] = compare(sizes, cluster.url(), first)
    how = (
        f"`make soak`: {sizes.urls} addresses, {sizes.rounds} rounds, the response cache off; milliseconds of "
        f"processor time for a page, the database's included, at {sizes.small:,} and at {sizes.large:,} stories. "
        f"At most {MOST} times as much is allowed."
    )
    return write_figures("soak-scale", "Pages at any number of stories", how, found)


def compare(sizes: Sizes, server: str = "", server_process: int = 0) -> Figures:
    """Return what pages cost at both sizes on SQLite, or on a PostgreSQL server whose first process is known or 0."""
    figures = Figures()
    with ExitStack() as stack:
        sites = [_site(stack, sizes.folder, stories, server, figures) for stories in (sizes.small, sizes.large)]
        kinds = _kinds(sites, sizes.urls)
        readers = [stack.enter_context(reader_of(site, server_process)) for site in sites]
        bytes_of = _prepare(readers, kinds)
        for _ in range(sizes.rounds):
            for kind in kinds.values():
                for reader, pages in zip(readers, kind, strict=True):
                    pages.spells.append(reader.do("measure", pages.paths))
        _judge(figures, kinds, bytes_of)
        _weigh(figures, sites[1], [path for _small, large in kinds.values() for path in large.paths], sizes.seconds)
    return figures


def _site(stack: ExitStack, folder: Path, stories: int, server: str, figures: Figures) -> Site:
    """Return a site with a corpus, which is made if it is not there."""
    url = stack.enter_context(database(folder, stories, server))
    variables = {"SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto=https"}
    site = Site(folder, "https://scale.example.com", url, variables=variables)
    begin = time.perf_counter()
    make_stories(site, stories, fragments=False)
    figures.add(f"making or finding {stories:,} stories", f"{time.perf_counter() - begin:.0f} s")
    return site


def _kinds(sites: Sequence[Site], urls: int) -> dict[str, tuple[Pages, Pages]]:
    """Return the same number of addresses on both sites, by kind of page.

    The pages of nouns are those that are full on the small site, on both; articles are any.
    """
    articles, others = urls // 2, urls // 10
    small, large = (sample(site, articles, others) for site in sites)
    kinds = {}
    for kind, paths in small.items():
        both = (paths, large[kind][: len(paths)] if kind == "article" else paths)
        kinds[kind] = (Pages(both[0]), Pages(both[1]))
    return {kind: pair for kind, pair in kinds.items() if pair[0].paths}


def _prepare(readers: "Sequence[Reader]", kinds: Mapping[str, tuple[Pages, Pages]]) -> dict[str, list[int]]:
    """Store what the release of every printed story would have, warm all buffers, and return the bytes by kind."""
    for place, reader in enumerate(readers):
        every = [path for pair in kinds.values() for path in pair[place].paths]
        reader.do("render", every)
        left = reader.do("render", every)
        if left:
            raise RuntimeError(f"{left} stories are rendered anew although their fragments are stored.")
    return {
        kind: [
            round(statistics.mean(reader.do("size", pages.paths))) for reader, pages in zip(readers, pair, strict=True)
        ]
        for kind, pair in kinds.items()
    }


def _judge(figures: Figures, kinds: Mapping[str, tuple[Pages, Pages]], bytes_of: Mapping[str, list[int]]) -> None:
    for kind, (small, large) in kinds.items():
        ratio = large.cost / small.cost
        size = f"{bytes_of[kind][0]:,} and {bytes_of[kind][1]:,} bytes"
        figures.add(
            f"{kind}: {len(small.paths)} addresses", f"{small.cost:.2f}, {large.cost:.2f}: {ratio:.2f} ({size})"
        )
        if ratio > MOST:
            figures.failures.append(f"{kind} costs {ratio:.2f} times as much")
    figures.add("addresses", sum(len(small.paths) for small, _large in kinds.values()))


def _weigh(figures: Figures, site: Site, paths: Sequence[str], seconds: float) -> None:
    """Serve the large corpus with the response cache for a while, and weigh the workers."""
    site.collect_static()
    with site.serving(free_port()) as server:
        measure(server, [Asked(path) for path in paths], seconds)
        workers = memory.of_workers(server)
    for number, worker in enumerate(workers, start=1):
        sizes = f"{worker.resident:.0f}, {worker.proportional:.0f}, {worker.own:.0f}"
        figures.add(f"worker {number} after {seconds:.0f} s of serving: resident, proportional, own MB", sizes)
        if worker.proportional > memory.MOST:
            figures.failures.append(f"a worker takes {worker.proportional:.0f} MB")


class Reader:
    """Another process that reads pages of a site: see `tests.soak.reader`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def do(self, what: str, paths: Sequence[str]) -> Any:
        """Return what the process says. Raises `RuntimeError` when it has ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([what, paths]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The reader has ended with {self._process.wait()} instead of answering.")
        return json.loads(answer)


@contextmanager
def reader_of(site: Site, server_process: int) -> Iterator[Reader]:
    """Run a reader of a site without its response cache."""
    cold = replace(site, variables={**site.variables, "RESPONSE_CACHE": "off"})
    command = [sys.executable, "-m", "tests.soak.reader", site.url.partition("://")[2], str(server_process)]
    with subprocess.Popen(
        command, env=cold.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Reader(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
