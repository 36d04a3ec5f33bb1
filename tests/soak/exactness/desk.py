"""Writers at work, in threads of this process or in processes of their own: `python -m tests.soak.exactness.desk`."""

import json
import random
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connections

from tests.serving import ROOT
from tests.soak.exactness.gate import Gate

_BEGUN = "begun\n"
#: The first letter is that of the cast.
LETTERS = "bcdefghijklmnopqrstuvwxyz"


class Desk:
    """Who writes; what they did is known when they have stopped."""

    def __init__(self) -> None:
        self.done = Counter[str]()
        self.failures: list[str] = []


def work(letter: str, seed: int, pace: float, gate: Gate, is_over: Callable[[], bool]) -> Counter[str]:
    """Write until it is over, with about so many seconds between two acts."""
    from tests.soak.exactness.writers import Writer

    writer = Writer(letter, seed)
    while not is_over():
        with gate.passed():
            writer.act()
        time.sleep(writer.chance.uniform(0, 2 * pace))
    return writer.done


@contextmanager
def threads(number: int, seed: int, pace: float, gate: Gate) -> Iterator[Desk]:
    """Let threads of this process write while the block lasts."""
    desk, over = Desk(), threading.Event()

    def run(place: int) -> None:
        try:
            desk.done += work(LETTERS[place], seed + place, pace, gate, over.is_set)
        except Exception:
            desk.failures.append(f"a writer failed: {traceback.format_exc()}")
        finally:
            connections.close_all()

    running = [threading.Thread(target=run, args=(place,)) for place in range(number)]
    for thread in running:
        thread.start()
    try:
        yield desk
    finally:
        over.set()
        for thread in running:
            thread.join()


@contextmanager
def processes(number: int, seed: int, pace: float, folder: Path, environment: dict[str, str]) -> Iterator[Desk]:
    """Let processes write while the block lasts; the gate is in `folder`."""
    desk, over = Desk(), folder / "over"
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.soak.exactness.desk", LETTERS[place], str(seed + place), str(pace), folder],
            env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for place in range(number)
    ]  # fmt: skip
    try:
        for process in running:
            if process.stdout is not None and process.stdout.readline() != _BEGUN:
                desk.failures.append("a writer did not begin")
        yield desk
    finally:
        over.touch()
        for process in running:
            out, error = process.communicate()
            if process.returncode:
                desk.failures.append(f"a writer ended with {process.returncode}: {error[-1500:]}")
            else:
                desk.done += Counter(json.loads(out))
        over.unlink()


def main(arguments: Sequence[str]) -> None:
    """Make what the soak begins with (SEED), or write until a file says that it is over (LETTER SEED PACE FOLDER)."""
    django.setup()
    from tests.soak.exactness import cast
    from tests.soak.exactness.history import attend

    attend()
    if len(arguments) == 1:
        sys.stdout.write(json.dumps(sorted(cast.begin(random.Random(int(arguments[0]))))))
        return
    letter, seed, pace, folder = arguments
    over = Path(folder) / "over"
    sys.stdout.write(_BEGUN)
    sys.stdout.flush()
    sys.stdout.write(json.dumps(work(letter, int(seed), float(pace), Gate(Path(folder)), over.exists)))


if __name__ == "__main__":
    main(sys.argv[1:])
