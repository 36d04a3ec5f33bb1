"""Measure the site beside a bare Django view on the same server, in the same run: `make bench`.

For each kind of page: requests a second, latencies and processor time a request, asked in three ways. Cold: nothing is
kept between requests. Warm: answers are kept, and the stamp is read from the database for every request. Conditional:
the reader has the page already. The bare view goes through the same middleware and returns the same bytes in the same
coding, so it is the most that Django can do here. Rounds of all are interleaved, because a machine is never as fast now
as it was a minute ago. Beside that, the memory of a worker, its cold start beside that of a bare project, and the
processor time of the desk beside that of a stock admin.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tests.bench import cold_start, desk, memory, report
from tests.bench.bare import keep_answer
from tests.bench.load import CONNECTIONS, Asked, Measured, ask, generator, measure, middle
from tests.bench.report import Line
from tests.bench.stories import database, kept_cluster, make_stories, sample
from tests.measurements import commit, machine, write_section
from tests.serving import ROOT, WORKERS, Server, Site, free_port

FOLDER = ROOT / "var" / "bench"
MODES = ("warm", "conditional", "cold")
PAGES = ("article", "front", "section", "section, deep", "topic", "company", "author", "rss", "corrections")
STORIES, SMALL = 10_000, 400
#: The desk is asked so often in each round, for a request at a time takes little.
DESK_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: what is asked for, the same by somebody who has it, and its bare view."""

    name: str
    asked: Sequence[Asked]
    known: Sequence[Asked]
    bare: Sequence[Asked]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench, print its tables and keep them."""
    options = _options(arguments)
    with ExitStack() as stack:
        url = options.database or _kept_database(stack, options)
        site = _site(options, url)
        make_stories(site, options.stories)
        with _servers(site) as (keeping, forgetting):
            pages = [_prepare(keeping, name, paths) for name, paths in sample(site).items() if name in options.pages]
            before = memory.of_workers(keeping)
            lines = list(_measure(keeping, forgetting, pages, options))
            workers = {"started, asked once": before, "after the bench": memory.of_workers(keeping)}
        starts = cold_start.compare(site, options.rounds) if options.cold_start else {}
        compared = desk.compare(site, options.rounds * DESK_ROUNDS) if options.desk else None
    tables = [report.speed(lines), report.size(workers)]
    tables += [report.starts(starts)] if starts else []
    tables += [report.desk(compared)] if compared else []
    found = {
        "pages": [asdict(line) for line in lines],
        "memory": {what: [asdict(worker) for worker in found] for what, found in workers.items()},
        "starts": {name: asdict(start) for name, start in starts.items()},
        "desk": asdict(compared) if compared else {},
    }
    _keep(options, "PostgreSQL" if url.startswith("postgres") else "SQLite", "\n\n".join(tables), found)


def _keep(options: argparse.Namespace, kind: str, text: str, found: dict[str, Any]) -> None:
    """Print the tables and keep what was found; write the section of the measurements if nothing was left out."""
    about = f"{options.stories} stories, {kind}, {WORKERS} workers, {CONNECTIONS} connections by {generator()}"
    print(f"\n{about}; {machine()}\n\n{text}")  # noqa: T201
    now = datetime.now(UTC)
    result = {"at": now.isoformat(), "commit": commit(), "machine": machine(), "about": about, **found}
    (options.folder / f"result-{now:%Y%m%d-%H%M%S}.json").write_text(json.dumps(result, indent=2))
    if options.write:
        tool = "bench-postgresql" if kind == "PostgreSQL" else "bench"
        how = f"`make bench`: {about}, medians of {options.rounds} rounds of {options.seconds:.0f} s."
        write_section(tool, f"Requests per second beside a bare view ({kind})", f"{how}\n\n{text}")


def _kept_database(stack: ExitStack, options: argparse.Namespace) -> str:
    """Return the URL of the database in the folder, in its own PostgreSQL cluster where that was asked for."""
    server = stack.enter_context(kept_cluster(options.folder / "postgresql")).url() if options.postgresql else ""
    return stack.enter_context(database(options.folder, options.stories, server))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the site beside a bare view.")
    parser.add_argument("--small", action="store_true", help="few stories and one short round, to see that it works")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--database", default="", help="the URL of a database of its own (SQLite in the folder)")
    where.add_argument("--postgresql", action="store_true", help="use a PostgreSQL cluster of its own in the folder")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where databases and results are kept (var/bench)")
    parser.add_argument("--stories", type=int, help=f"how many stories there are ({STORIES})")
    parser.add_argument("--rounds", type=int, help="how often everything is measured (3)")
    parser.add_argument("--seconds", type=float, help="how long each spell takes (5)")
    parser.add_argument("--pages", type=_names(PAGES), default=PAGES, help=f"only some of: {'; '.join(PAGES)}")
    parser.add_argument("--modes", type=_names(MODES), default=MODES, help=f"only some of: {'; '.join(MODES)}")
    parser.add_argument("--no-cold-start", dest="cold_start", action="store_false", help="leave out the cold start")
    parser.add_argument("--no-desk", dest="desk", action="store_false", help="leave out the desk")
    options = parser.parse_args(arguments)
    everything = (options.pages, options.modes, options.cold_start, options.desk) == (PAGES, MODES, True, True)
    options.write = not options.small and everything
    usual = (SMALL, 1, 1.0) if options.small else (STORIES, 3, 5.0)
    for name, value in zip(("stories", "rounds", "seconds"), usual, strict=True):
        setattr(options, name, getattr(options, name) or value)
    if options.small and options.folder == FOLDER:
        options.folder = FOLDER / "small"
    return options


def _names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return what reads names with semicolons between; some have commas of their own."""

    def names(text: str) -> tuple[str, ...]:
        found = tuple(name.strip() for name in text.split(";"))
        if not set(found) <= set(known):
            raise argparse.ArgumentTypeError(f"give some of: {'; '.join(known)}")
        return found

    return names


def _site(options: argparse.Namespace, url: str) -> Site:
    """Return the site as it stands in production: behind a proxy that speaks https."""
    options.folder.mkdir(parents=True, exist_ok=True)
    return Site(
        options.folder,
        "https://bench.example.com",
        url,
        settings="tests.bench.settings",
        variables={
            "BENCH_FOLDER": str(options.folder.resolve()),
            "BENCH_SMALL": "on" if options.small else "",
            "SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto=https",
        },
    )


@contextmanager
def _servers(site: Site) -> Iterator[tuple[Server, Server]]:
    """Run a server that keeps answers, and one that keeps none; only one of them has anything to do at a time."""
    forgetting = replace(site, variables={**site.variables, "RESPONSE_CACHE": "off"})
    with site.serving(free_port()) as keeps, forgetting.serving(free_port()) as forgets:
        yield keeps, forgets


def _prepare(server: Server, name: str, paths: Sequence[str]) -> Page:
    """Ask for every page once, and again by its tag; keep the one of middle size for the bare view."""
    asked, connection = [Asked(path) for path in paths], server.connect()
    answers = [ask(server, page, connection) for page in asked]
    known = [Asked(page.path, answer.header("ETag")) for page, answer in zip(asked, answers, strict=True)]
    again = [ask(server, page, connection) for page in known]
    connection.close()
    statuses = {(one.status, other.status) for one, other in zip(answers, again, strict=True)}
    if statuses != {(HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)}:
        raise RuntimeError(f"Pages of {name} are answered with {statuses}: {paths[0]} and the like.")
    middling = sorted(answers, key=lambda answer: len(answer.body))[len(answers) // 2]
    bare = Asked(keep_answer(server.site.folder, name.replace(", ", "-"), middling))
    same = ask(server, bare)
    coding = "Content-Encoding"
    if (same.body, same.header(coding)) != (middling.body, middling.header(coding)):
        raise RuntimeError(f"The bare view of {name} answers something else.")
    return Page(name, asked, known, [bare])


def _measure(keeping: Server, forgetting: Server, pages: Sequence[Page], options: argparse.Namespace) -> Iterator[Line]:
    """Measure every page in every way, round after round, and yield the medians."""
    spells: dict[tuple[str, str], list[Measured]] = {}
    for turn in range(options.rounds + 1):
        for page in pages:
            ways = {
                "bare": (keeping, page.bare),
                "warm": (keeping, page.asked),
                "conditional": (keeping, page.known),
                "cold": (forgetting, page.asked),
            }
            for mode in ("bare", *options.modes):
                server, asked = ways[mode]
                # In the first round every worker gets to know every page, and nothing is counted.
                found = measure(server, asked, options.seconds if turn else 1.0)
                if turn:
                    spells.setdefault((page.name, mode), []).append(found)
    for page in pages:
        bare = middle(spells[page.name, "bare"])
        yield from (Line(page.name, mode, middle(spells[page.name, mode]), bare) for mode in options.modes)


if __name__ == "__main__":
    main()
