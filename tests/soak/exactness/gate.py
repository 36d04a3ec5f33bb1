"""A gate for the writers, in files, so that it holds for other processes too. Readers never meet it."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_PAUSE: Final = 0.02


class Gate:
    """Lets any number of writers write at the same time, or none."""

    def __init__(self, folder: Path) -> None:
        self._lock = folder / "writing"
        self._sign = folder / "closed"

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Wait until the gate is open, and keep it so inside."""
        while True:
            with self._lock.open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH)
                if not self._sign.exists():
                    yield
                    return
            time.sleep(_PAUSE)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Close the gate, wait until everybody is through, and open it at the end."""
        self._sign.touch()
        try:
            with self._lock.open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        finally:
            self._sign.unlink()
