"""How much memory the workers of a server take."""

from dataclasses import dataclass
from pathlib import Path

from tests.serving import Server

#: What a worker may take after a million stories.
MOST = 150


@dataclass(frozen=True, slots=True)
class Memory:
    """Memory of one process in megabytes.

    `resident` is all that is in memory, shared libraries and pages of a mapped database file included; `proportional`
    counts what is shared by its share; `own` is what would be free without the process, whatever becomes of its files.
    """

    resident: float
    proportional: float
    own: float


def of_workers(server: Server) -> list[Memory]:
    """Return the memory of each worker; nothing where /proc does not say."""
    return [found for found in map(_of_process, server.workers()) if found]


def _of_process(pid: int) -> Memory | None:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return None
    kilobytes = {line.partition(":")[0]: int(line.split()[1]) for line in lines[1:]}
    return Memory(kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024, kilobytes["Anonymous"] / 1024)
