"""Take the long figures, on SQLite and, where TEST_POSTGRES_URL names a server, on PostgreSQL: `make soak`.

Writes its sections of docs/measurements.md and ends with an error if anything happened that must not.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.serving import ROOT, Server, Site, free_port
from tests.soak import scale
from tests.soak.exactness.__main__ import RESPONSES, measure
from tests.soak.figures import Figures, write_figures

SEED = 20261123
READERS = 8


def main(arguments: Sequence[str] | None = None) -> None:
    """Soak every database there is, each in a process of its own."""
    options = _options(arguments)
    if options.figures:
        _soak(options.times, options.figures)
        return
    chosen = [options.only] if options.only else list(PARTS)
    failures = [failure for name in chosen for failure in PARTS[name](options)]
    sys.exit(1 if failures else 0)


def _rounds(options: argparse.Namespace) -> list[str]:
    """Race, watch, kill and build; return what happened that must not."""
    with tempfile.TemporaryDirectory(prefix="newsroom-soak-") as folder:
        urls = {"SQLite": f"sqlite:///{folder}/soak.sqlite3"}
        if os.environ.get("TEST_POSTGRES_URL"):
            urls["PostgreSQL"] = os.environ["TEST_POSTGRES_URL"]
        found = {name: _soak_apart(url, options.times, Path(folder)) for name, url in urls.items()}
    return write_figures("soak", "Races, flips and kills", f"`make soak`, rounds times {options.times}.", found)


def _exactness(options: argparse.Namespace) -> list[str]:
    return measure(options.responses)


def _scale(options: argparse.Namespace) -> list[str]:
    sizes = scale.Sizes(small=options.few, large=options.many, urls=options.urls, rounds=options.rounds)
    return scale.soak(sizes, os.environ.get("TEST_POSTGRES_URL", ""))


PARTS: dict[str, Callable[[argparse.Namespace], list[str]]] = {
    "rounds": _rounds,
    "exactness": _exactness,
    "scale": _scale,
}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description="Take the long figures.")
    parser.add_argument("--times", type=float, default=1.0, help="so many times the usual number of rounds")
    parser.add_argument("--only", choices=PARTS, help="leave out all other parts")
    parser.add_argument("--responses", type=int, default=RESPONSES, help="so many answers to judge in each set-up")
    parser.add_argument("--few", type=int, default=scale.SMALL, help="stories of the small corpus of the scale")
    parser.add_argument("--many", type=int, default=scale.LARGE, help="stories of the large one, kept in var/bench")
    parser.add_argument("--urls", type=int, default=scale.URLS, help="addresses that are asked for at each scale")
    parser.add_argument("--rounds", type=int, default=scale.ROUNDS, help="rounds of the scale")
    parser.add_argument("--figures", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _soak_apart(url: str, times: float, folder: Path) -> Figures:
    """Soak one database in another process, whose settings name it."""
    file = folder / "figures.json"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": url}
    command = [sys.executable, "-m", "tests.soak", "--times", str(times), "--figures", str(file)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    found = json.loads(file.read_text())
    return Figures([(what, figure) for what, figure in found["lines"]], found["failures"])


def _soak(times: float, file: Path) -> None:
    """Run every scenario on the database of this process's settings, in a test database."""
    import django

    django.setup()
    from tests.soak.corpora import build_corpus, kill_corpus
    from tests.soak.database import fresh_database
    from tests.soak.kills import kill_writers
    from tests.soak.races import race, race_bundles

    with fresh_database(file.parent):
        scenarios: list[Callable[[], Figures]] = [
            lambda: race(round(600 * times), SEED),
            lambda: race_bundles(round(100 * times), SEED),
            lambda: _watch_flips(round(10 * times), file.parent),
            lambda: kill_writers(round(40 * times), SEED),
            lambda: build_corpus(round(10_000 * times), SEED),
            lambda: kill_corpus(round(3_000 * times), SEED + 1),
        ]
        every = Figures()
        for scenario in scenarios:
            found = scenario()
            every.lines += found.lines
            every.failures += found.failures
            print("\n".join(f"{what}: {figure}" for what, figure in found.lines), *found.failures, sep="\n")  # noqa: T201
    file.write_text(json.dumps({"lines": every.lines, "failures": every.failures}))


def _watch_flips(rounds: int, folder: Path) -> Figures:
    """Watch flips through a server with the production's settings, by readers on connections of their own."""
    from tests.soak.database import database_url
    from tests.soak.flips import Fetch, watch_flips

    port = free_port()
    site = Site(folder, f"http://127.0.0.1:{port}", database_url())
    site.collect_static()

    def reader_of(server: Server) -> Fetch:
        connection = server.connect()

        def fetch(path: str) -> tuple[int, str]:
            answer = server.get(path, connection)
            return answer.status, answer.body.decode()

        return fetch

    with site.serving(port) as server:
        return watch_flips(lambda: reader_of(server), rounds, READERS)


if __name__ == "__main__":
    main()
