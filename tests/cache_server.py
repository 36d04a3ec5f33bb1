"""A Redis server of a test's own, which can be killed and started again, and servers that only pretend to be one."""

import contextlib
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

REDIS_SERVER = shutil.which("redis-server") or shutil.which("valkey-server")
PATIENCE = 20


class CacheServer:
    """A server without a disk, on a socket in a folder."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self._log = folder / "redis.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address for CACHE_URL."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start it, empty, and wait until it answers. Raises `RuntimeError` with its log when it does not."""
        assert REDIS_SERVER
        options = ["--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([REDIS_SERVER, *options], stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"The cache server did not start.\n{self._log.read_text(errors='replace')}")
            time.sleep(0.01)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Let it take connections and say nothing, as one that is overloaded."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on after a pause."""
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(1)
            probe.connect(str(self.socket))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
        return False

    def _end(self, how: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None


@contextlib.contextmanager
def pretending(answer: Callable[[socket.socket], None]) -> Iterator[str]:
    """Listen on a port of this machine and let `answer` talk to whoever connects; yields an address for CACHE_URL."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = threading.Event()

        def talk(client: socket.socket) -> None:
            with contextlib.suppress(OSError), client:
                client.settimeout(PATIENCE)
                answer(client)

        def listen() -> None:
            while not done.is_set():
                try:
                    client, _address = listener.accept()
                except OSError:
                    return
                threading.Thread(target=talk, args=(client,), daemon=True).start()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        finally:
            done.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join(PATIENCE)
