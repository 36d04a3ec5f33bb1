"""Measure the site beside a bare Django view on the same server, in the same run: `make bench`.

For an article (500 addresses), a section front and the feed: requests a second, latencies and processor time a request.
The bare view goes through the same middleware and returns the same bytes, so it is the most that Django can do here.
Rounds of the two are interleaved, because a machine is never as fast now as it was a minute ago.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.bare import BARE, keep_answer
from tests.bench.load import CONNECTIONS, Measured, generator, measure, middle
from tests.bench.stories import database_name, make_stories, sample
from tests.measurements import commit, machine, table, write_section
from tests.serving import ROOT, WORKERS, Server, Site, free_port

FOLDER = ROOT / "var" / "bench"
HEAD = "page,req/s,bare,ratio,p50 ms,p95 ms,p99 ms,bare p50,p95,p99,CPU ms,bare,ratio".split(",")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the bench, print its table and keep it."""
    options = _options(arguments)
    folder = options.folder or (FOLDER / "small" if options.small else FOLDER)
    stories, rounds, seconds = (200, 1, 1.0) if options.small else (10_000, options.rounds, options.seconds)
    site = _site(folder, options.database, stories, small=options.small)
    make_stories(site, stories)
    site.collect_static()
    addresses = sample(site)
    with site.serving(free_port()) as server:
        pages = {name: (found, _prepare(server, name, found)) for name, found in addresses.items()}
        spells = _rounds(server, pages, rounds, seconds)
    figures = {name: (middle(ours), middle(bare)) for name, (ours, bare) in spells.items()}
    text = table(HEAD, [_row(name, *pair) for name, pair in figures.items()])
    kind = "PostgreSQL" if site.database.startswith("postgres") else "SQLite"
    about = f"{stories} stories, {kind}, {WORKERS} workers, {CONNECTIONS} connections by {generator()}"
    print(f"\n{about}; {machine()}\n\n{text}")  # noqa: T201
    _keep(folder, about, figures)
    if not options.small:
        tool = "bench-postgresql" if kind == "PostgreSQL" else "bench"
        title = f"Requests per second beside a bare view ({kind})"
        write_section(tool, title, f"`make bench`: {about}, medians of {rounds} rounds of {seconds:.0f} s.\n\n{text}")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the site beside a bare view.")
    parser.add_argument("--small", action="store_true", help="200 stories and one short round, to see that it works")
    parser.add_argument("--database", default="", help="the URL of an empty database of its own (SQLite in var/bench)")
    parser.add_argument("--folder", type=Path, help="where databases and results are kept (var/bench)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each page in each round")
    return parser.parse_args(arguments)


def _site(folder: Path, database: str, stories: int, *, small: bool) -> Site:
    """Return the site as it stands in production: behind a proxy that speaks https."""
    folder.mkdir(parents=True, exist_ok=True)
    return Site(
        folder,
        "https://bench.example.com",
        database or f"sqlite:///{folder.resolve()}/{database_name(stories)}",
        settings="tests.bench.settings",
        variables={
            "BENCH_FOLDER": str(folder.resolve()),
            "BENCH_SMALL": "on" if small else "",
            "SECURE_PROXY_SSL_HEADER": "X-Forwarded-Proto=https",
        },
    )


def _prepare(server: Server, name: str, addresses: Sequence[str]) -> str:
    """Ask for every page once; keep the one of middle size for the bare view and return that one's address."""
    connection = server.connect()
    answers = [server.get(address, connection) for address in addresses]
    connection.close()
    wrong = [address for address, answer in zip(addresses, answers, strict=True) if answer.status != 200]
    if wrong:
        raise RuntimeError(f"{len(wrong)} of {len(addresses)} pages cannot be had, the first is {wrong[0]}.")
    keep_answer(server.site.folder, name, sorted(answers, key=lambda answer: len(answer.body))[len(answers) // 2])
    address = f"{BARE}{name}/"
    same = server.get(address)
    if (same.status, same.body) != (200, sorted(answers, key=lambda answer: len(answer.body))[len(answers) // 2].body):
        raise RuntimeError(f"The bare view of {name} answers something else.")
    return address


def _rounds(
    server: Server, pages: dict[str, tuple[list[str], str]], rounds: int, seconds: float
) -> dict[str, tuple[list[Measured], list[Measured]]]:
    spells: dict[str, tuple[list[Measured], list[Measured]]] = {name: ([], []) for name in pages}
    for _ in range(rounds):
        for name, (addresses, bare) in pages.items():
            ours, bares = spells[name]
            bares.append(measure(server, [bare], seconds))
            ours.append(measure(server, addresses, seconds))
    return spells


def _row(name: str, ours: Measured, bare: Measured) -> list[str]:
    cpu = ["–", "–", "–"]
    if ours.cpu and bare.cpu:
        cpu = [f"{ours.cpu:.2f}", f"{bare.cpu:.2f}", f"{ours.cpu / bare.cpu:.1f}"]
    latencies = [f"{value:.1f}" for spell in (ours, bare) for value in (spell.p50, spell.p95, spell.p99)]
    return [name, f"{ours.rate:.0f}", f"{bare.rate:.0f}", f"{ours.rate / bare.rate:.1%}", *latencies, *cpu]


def _keep(folder: Path, about: str, figures: dict[str, tuple[Measured, Measured]]) -> None:
    now = datetime.now(UTC)
    pages = {name: {"page": asdict(ours), "bare": asdict(bare)} for name, (ours, bare) in figures.items()}
    result = {"at": now.isoformat(), "commit": commit(), "machine": machine(), "about": about, "pages": pages}
    (folder / f"result-{now:%Y%m%d-%H%M%S}.json").write_text(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
