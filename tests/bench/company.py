"""The page of a company costs the same however many companies, listings and prices there are.

`.venv/bin/python -m tests.bench.company` compares 10,000 companies with 20,000 listings and 5 million daily prices with
100 companies, 200 listings and 50,000 prices: the same twenty companies are read on both, each with five years of
closes, quotes and sixty stories. Processor time of a page without the response cache, in the median of the rounds, the
database's included.
"""

import argparse
import statistics
import subprocess
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.bench.stories import database, kept_cluster, make_stories
from tests.clusters import programs
from tests.serving import ROOT, Site
from tests.soak.figures import Figures, write_figures
from tests.soak.scale import Reader, reader_of

MOST: Final = 1.3
#: How many questions a page may ask, the two for the stamp included.
QUESTIONS: Final = 8
#: Companies that are read, and the stories of each.
READ: Final = 20
_STORIES: Final = 2000
_FOLDER: Final = ROOT / "var" / "bench"
_KINDS: Final = {"month": "", "five years": "?chart=five", "subject": "?stories=subject"}


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is; every company has two listings, and every listing as many closes as any other."""

    companies: int
    prices: int

    @property
    def listings(self) -> int:
        """How many listings there are."""
        return 2 * self.companies

    def __str__(self) -> str:
        return f"{self.companies:,} companies, {self.listings:,} listings, {self.prices:,} prices"


def compare(small: Size, large: Size, rounds: int, folder: Path, server: str = "", process: int = 0) -> Figures:
    """Return what the pages cost at both sizes on SQLite, or on a PostgreSQL server by its first process or 0."""
    figures = Figures()
    paths = {kind: [f"/companies/bench-{key}/{query}" for key in range(1, READ + 1)] for kind, query in _KINDS.items()}
    with ExitStack() as stack:
        readers = [_reader(stack, size, folder, server, process, figures) for size in (small, large)]
        for reader in readers:
            every = [path for kind in paths.values() for path in kind]
            reader.do("render", every)
            reader.do("size", every)
        for kind, asked in paths.items():
            costs = _costs(readers, asked, rounds)
            figures.add(f"{kind}: ms of {small}", f"{costs[0]:.2f}")
            figures.add(f"{kind}: ms of {large}", f"{costs[1]:.2f}, {costs[1] / costs[0]:.2f} times as much")
            if costs[1] / costs[0] > MOST:
                figures.failures.append(f"{kind} costs {costs[1] / costs[0]:.2f} times as much")
            asks = readers[1].do("questions", asked)
            figures.add(f"{kind}: questions", max(asks))
            if max(asks) > QUESTIONS:
                figures.failures.append(f"{kind} asks {max(asks)} questions")
    return figures


def _costs(readers: "list[Reader]", paths: list[str], rounds: int) -> list[float]:
    """Return the median of the pages at each size, each of which is the median of its rounds."""
    spells: list[list[list[float]]] = [[] for _reader in readers]
    for _round in range(rounds):
        for found, reader in zip(spells, readers, strict=True):
            found.append(reader.do("measure", paths))
    return [statistics.median(statistics.median(page) for page in zip(*found, strict=True)) for found in spells]


def _reader(stack: ExitStack, size: Size, folder: Path, server: str, process: int, figures: Figures) -> "Reader":
    # The number of stories names the database, so each size has its own.
    stories = _STORIES + size.companies // 100
    url = stack.enter_context(database(folder, stories, server))
    site = Site(
        folder, "https://bench.example.com", url, variables={"SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto=https"}
    )
    begin = time.perf_counter()
    make_stories(site, stories)
    command = [sys.executable, "-m", "tests.bench.company_rows", str(size.companies), str(size.prices), str(READ)]
    subprocess.run(command, env=site.environment, cwd=ROOT, check=True)
    figures.add(f"making or finding {size}", f"{time.perf_counter() - begin:.0f} s")
    return stack.enter_context(reader_of(site, process))


def main() -> None:
    """Measure, write the section of docs/measurements.md, and exit with 1 where something was not reached."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=10_000)
    parser.add_argument("--prices", type=int, default=5_000_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--folder", type=Path, default=_FOLDER)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    given = parser.parse_args()
    small, large = Size(100, 50_000), Size(given.companies, given.prices)
    found = {}
    if given.only != "postgresql":
        found["SQLite"] = compare(small, large, given.rounds, given.folder)
    if given.only != "sqlite" and programs():
        with kept_cluster(given.folder / "postgresql") as cluster:
            first = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            found["PostgreSQL"] = compare(small, large, given.rounds, given.folder, cluster.url(), first)
    how = (
        f"`tests.bench.company`: {READ} companies, the same on both sizes, {given.rounds} rounds, no response cache; "
        f"milliseconds of processor time for a page, the database's included. At most {MOST} times as much is allowed, "
        f"and {QUESTIONS} questions."
    )
    sys.exit(bool(write_figures("bench-company", "Pages of companies at any number of prices", how, found)))


if __name__ == "__main__":
    main()
