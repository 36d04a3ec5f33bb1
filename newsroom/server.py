"""Serve the site with granian, set for production: `python -m newsroom.server`.

Every value is a default. granian's own variables (GRANIAN_WORKERS and so on) and options take precedence.
"""

import math
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from granian.cli import entrypoint

from newsroom.logs import ACCESS_FORMAT

APPLICATION: Final = "newsroom.wsgi:application"
#: Where Linux shows the limits of groups of processes (cgroup v2), which is how containers and units are bounded.
CGROUPS: Final = Path("/sys/fs/cgroup")

#: How a worker works. Each figure stands in docs/operations.md with its reason.
DEFAULTS: Final = {
    "GRANIAN_INTERFACE": "wsgi",
    "GRANIAN_HTTP": "1",
    "GRANIAN_WEBSOCKETS": "false",
    "GRANIAN_BLOCKING_THREADS": "4",
    "GRANIAN_BLOCKING_THREADS_IDLE_TIMEOUT": "600",
    "GRANIAN_BACKLOG": "1024",
    "GRANIAN_BACKPRESSURE": "256",
    "GRANIAN_HTTP1_BUFFER_SIZE": "65536",
    "GRANIAN_HTTP1_HEADER_READ_TIMEOUT": "15000",
    "GRANIAN_RESPAWN_FAILED_WORKERS": "true",
    "GRANIAN_WORKERS_MAX_RSS": "512",
    "GRANIAN_RSS_SAMPLES": "3",
    "GRANIAN_WORKERS_KILL_TIMEOUT": "30",
    "GRANIAN_LOG_ACCESS_ENABLED": "true",
}
JSON_LOGS: Final = {
    "GRANIAN_LOG_CONFIG": str(Path(__file__).with_name("granian-logs.json")),
    "GRANIAN_LOG_ACCESS_FMT": ACCESS_FORMAT,
}


def configuration(variables: Mapping[str, str], cores: int) -> dict[str, str]:
    """Return the environment to serve in: what is set already, and defaults for what is not."""
    port = {"GRANIAN_PORT": variables["PORT"]} if variables.get("PORT") else {}
    defaults = {"LOG_FORMAT": "json", "GRANIAN_WORKERS": str(cores), **port, **DEFAULTS}
    if variables.get("LOG_FORMAT", "json") == "json":
        defaults |= JSON_LOGS
    return defaults | {name: value for name, value in variables.items() if value or name not in defaults}


def usable_cores(cgroups: Path = CGROUPS, membership: Path = Path("/proc/self/cgroup")) -> int:
    """Return how many processors this process may use: those it may run on, or fewer where a quota says so."""
    affinity = getattr(os, "sched_getaffinity", None)
    present = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min([present, *(math.ceil(quota) for quota in _quotas(cgroups, membership))]))


def _quotas(cgroups: Path, membership: Path) -> Iterator[float]:
    """Yield the processor quotas of the group that this process is in and of all groups around it."""
    try:
        own = next(line for line in membership.read_text().splitlines() if line.startswith("0::"))
    except (OSError, StopIteration):
        return
    group = cgroups / own.removeprefix("0::").lstrip("/")
    for folder in (group, *group.parents):
        if not folder.is_relative_to(cgroups):
            return
        try:
            quota, period = (folder / "cpu.max").read_text().split()
        except (OSError, ValueError):
            continue  # the outermost group has no such file
        if quota != "max":
            yield int(quota) / int(period)


def is_taken(host: str, port: int) -> bool:
    """Say whether something listens there already.

    granian's workers share a port with whoever asks for it in the same way, so a second server would start without a
    word and take half of the requests.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return False  # granian says what is wrong with the address
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return True
    return False


@contextmanager
def metrics_folder(variables: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Make the folder in which the workers keep their metrics together, empty; take it away at the end if it is ours.

    Yields the variable that prometheus-client finds it by. Without METRICS_TOKEN nobody may see metrics.
    """
    chosen = variables.get("PROMETHEUS_MULTIPROC_DIR")
    if chosen:
        Path(chosen).mkdir(parents=True, exist_ok=True)
        for file in Path(chosen).glob("*.db"):
            file.unlink()
        yield {}
    elif variables.get("METRICS_TOKEN"):
        folder = tempfile.mkdtemp(prefix="newsroom-metrics-", dir=variables.get("RUNTIME_DIRECTORY") or None)
        try:
            yield {"PROMETHEUS_MULTIPROC_DIR": folder}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    else:
        yield {}


def _hear_signals() -> None:
    """Let a worker hear when it is told to stop, once.

    It begins as a copy of the main process, whose way of taking SIGTERM ends nothing here, and granian gives it one of
    its own only once the site is loaded: in between a stop was lost. Ctrl-C goes to all processes of a terminal, and
    the main process then tells the workers too; one that heard both went on for ever.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})


def main() -> None:
    """Serve until SIGTERM or SIGINT, then answer what has begun and exit with 0; exit with 1 or 2 where that fails."""
    os.environ.update(configuration(os.environ, usable_cores()))
    host, port = os.environ.get("GRANIAN_HOST", "127.0.0.1"), int(os.environ.get("GRANIAN_PORT", "8000"))
    if not os.environ.get("GRANIAN_UDS") and is_taken(host, port):
        sys.stderr.write(f"Port {port} of {host} is taken on this machine. Choose another one: PORT=9000\n")
        sys.exit(2)
    os.register_at_fork(after_in_child=_hear_signals)
    with metrics_folder(os.environ) as folder:
        os.environ.update(folder)
        sys.argv[1:1] = [APPLICATION]
        entrypoint()


if __name__ == "__main__":
    main()
