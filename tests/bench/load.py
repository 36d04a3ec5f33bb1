"""Load on a server: by wrk where it is installed, else by threads of Python, which take more of the machine."""

import http.client
import json
import shutil
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from tests.serving import Answer, Server

#: For how many seconds an answer is waited for. A machine that does something else fails nobody; its latencies show it.
PATIENCE = 30
CONNECTIONS = 8
#: What Chrome and Firefox send.
ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_SCRIPT = Path(__file__).with_name("wrk.lua")


@dataclass(frozen=True, slots=True)
class Asked:
    """A page that a browser asks for; `tag` is the entity tag of what it has already, or ""."""

    path: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a spell of load showed; latencies in milliseconds, processor time in milliseconds a request."""

    requests: int
    seconds: float
    p50: float
    p99: float
    errors: int
    cpu: float | None = None

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def generator() -> str:
    """Return the name of what makes the load."""
    return "wrk" if shutil.which("wrk") else "threads of Python"


def ask(server: Server, asked: Asked, connection: http.client.HTTPConnection | None = None) -> Answer:
    """Ask for a page as a browser does."""
    conditions = {"If_None_Match": asked.tag} if asked.tag else {}
    return server.get(asked.path, connection, Accept_Encoding=ACCEPT_ENCODING, **conditions)


def measure(server: Server, asked: Sequence[Asked], seconds: float) -> Measured:
    """Ask for pages in turn, over eight connections, for some seconds. Raises `RuntimeError` on a failure."""
    before = server.cpu_seconds()
    load = _by_wrk if shutil.which("wrk") else _by_threads
    found = load(server, asked, seconds)
    after = server.cpu_seconds()
    if found.errors or not found.requests:
        raise RuntimeError(f"{found.errors} of {found.requests} requests for {asked[0].path} and the like failed.")
    cpu = None if before is None or after is None else (after - before) * 1000 / found.requests
    return replace(found, cpu=cpu)


def middle(spells: Sequence[Measured]) -> Measured:
    """Return the median of each figure of several spells."""
    cpus = [spell.cpu for spell in spells if spell.cpu is not None]
    return Measured(
        requests=sum(spell.requests for spell in spells),
        seconds=sum(spell.requests for spell in spells) / statistics.median(spell.rate for spell in spells),
        p50=statistics.median(spell.p50 for spell in spells),
        p99=statistics.median(spell.p99 for spell in spells),
        errors=0,
        cpu=statistics.median(cpus) if cpus else None,
    )


def _by_wrk(server: Server, asked: Sequence[Asked], seconds: float) -> Measured:
    file = server.site.folder / "addresses"
    file.write_text("".join(f"{page.path}\t{page.tag}\n" for page in asked))
    headers = server.headers | {"Accept-Encoding": ACCEPT_ENCODING}
    run = subprocess.run(
        [
            *("wrk", "--threads", "2", "--connections", str(CONNECTIONS), "--duration", f"{max(1, round(seconds))}s"),
            *("--timeout", f"{PATIENCE}s"),
            *("--script", str(_SCRIPT), f"http://127.0.0.1:{server.port}/", "--", str(file)),
            *(f"{name}:{value}" for name, value in headers.items()),
        ],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return Measured(**json.loads(run.stdout.splitlines()[-1]))


def _by_threads(server: Server, asked: Sequence[Asked], seconds: float) -> Measured:
    latencies: list[float] = []
    errors: list[str] = []
    begin = time.perf_counter()

    def read(place: int) -> None:
        connection = server.connect()
        while time.perf_counter() < begin + seconds:
            sent, page = time.perf_counter(), asked[place % len(asked)]
            try:
                status = ask(server, page, connection).status
            except (OSError, http.client.HTTPException):
                status = 0
            latencies.append((time.perf_counter() - sent) * 1000)
            if status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
                errors.append(page.path)
            place += 1
        connection.close()

    threads = [threading.Thread(target=read, args=(n * len(asked) // CONNECTIONS,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(latencies, n=100, method="inclusive") if len(latencies) > 1 else [0.0] * 99
    return Measured(
        requests=len(latencies),
        seconds=time.perf_counter() - begin,
        p50=cuts[49],
        p99=cuts[98],
        errors=len(errors),
    )
