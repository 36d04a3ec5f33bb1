"""A cache server that is killed and comes back, with what it had kept or with nothing."""

import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PATIENCE: Final = 10.0


class Redis:
    """A Redis server on a socket in a folder. It writes down what it is told, so that it may remember it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kills = 0
        self._process: subprocess.Popen[bytes] | None = None
        folder.mkdir(exist_ok=True)

    @property
    def url(self) -> str:
        """What CACHE_URL must be."""
        return f"unix://{self.folder}/socket"

    def start(self, *, remembers: bool = True) -> None:
        """Start it, with what it had kept or with nothing."""
        if not remembers:
            shutil.rmtree(self.folder / "appendonlydir", ignore_errors=True)
        (self.folder / "socket").unlink(missing_ok=True)
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        assert program is not None, "redis-server is not installed (apt-get install redis-server)"
        self._process = subprocess.Popen(
            [
                *(program, "--port", "0", "--unixsocket", f"{self.folder}/socket", "--dir", str(self.folder)),
                *("--save", "", "--appendonly", "yes", "--appendfsync", "no", "--logfile", f"{self.folder}/log"),
            ],
            stdout=subprocess.DEVNULL,
        )
        begin = time.monotonic()
        while not (self.folder / "socket").exists():
            assert time.monotonic() < begin + PATIENCE, (self.folder / "log").read_text()
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a power cut does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    @contextmanager
    def in_trouble(self, seed: int, least: float, most: float) -> Iterator[None]:
        """Let it run, killed again and again after so many seconds, while the block lasts."""
        chance, over = random.Random(seed), threading.Event()

        def trouble() -> None:
            while not over.wait(chance.uniform(least, most)):
                self.kill()
                self.kills += 1
                over.wait(chance.uniform(0, least / 2))
                self.start(remembers=chance.random() < 0.5)

        self.start()
        thread = threading.Thread(target=trouble)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
            self.kill()
