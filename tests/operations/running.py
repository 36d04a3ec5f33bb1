"""Start a site's server as `make web` does, ask it over the wire, and end it."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.serving import PATIENCE, ROOT, Site, free_port

COMMAND = (sys.executable, "-m", "newsroom.server")


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it came over the wire; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Running:
    """A server that runs."""

    process: subprocess.Popen[bytes]
    port: int
    folder: Path
    host: str

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for an address; names of headers are written with underscores."""
        return ask(self.port, path, method, **{"Host": self.host, **headers})

    def access_log(self) -> list[dict[str, Any]]:
        """Return the access log so far, read as JSON."""
        return [json.loads(line) for line in (self.folder / "stdout").read_text().splitlines()]

    def messages(self) -> list[dict[str, Any]]:
        """Return what the server and the site have said so far, read as JSON."""
        return [json.loads(line) for line in (self.folder / "stderr").read_text().splitlines()]

    def stop(self) -> int:
        """Ask the server to end, wait for it, and return its exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE)


@contextlib.contextmanager
def serve(
    site: Site,
    folder: Path,
    variables: Mapping[str, str] = MappingProxyType({}),
    *,
    command: tuple[str, ...] = COMMAND,
    cwd: Path = ROOT,
) -> Iterator[Running]:
    """Serve a site on a free port until the end of the block, with its logs in `folder`."""
    port = free_port()
    environment = {"GRANIAN_WORKERS": "2", **site.environment, "PORT": str(port), **variables}
    with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
    running = Running(process, port, folder, site.url.partition("://")[2])
    try:
        wait_for(running)
        yield running
    finally:
        end(process)


def wait_for(running: Running) -> None:
    """Wait until the server lives. Raises `RuntimeError` with what it said when it does not."""
    begin = time.monotonic()
    while running.process.poll() is None and time.monotonic() < begin + PATIENCE:
        with contextlib.suppress(OSError):
            if running.get("/-/health/live").status == 200:
                return
        time.sleep(0.05)
    raise RuntimeError(f"The server did not start.\n{(running.folder / 'stderr').read_text(errors='replace')}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started; they are a process group of their own."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def eventually(condition: Callable[[], bool]) -> bool:
    """Wait until something holds; say whether it came to that."""
    begin = time.monotonic()
    while time.monotonic() < begin + PATIENCE:
        if condition():
            return True
        time.sleep(0.05)
    return False


def connect(port: int, patience: float = 30) -> socket.socket:
    """Return a connection to a server of this machine."""
    return socket.create_connection(("127.0.0.1", port), timeout=patience)


def request(path: str, method: str = "GET", **headers: str) -> bytes:
    """Return a request as it goes over the wire, exactly as written: no client cleans the path."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def read_all(connection: socket.socket) -> bytes:
    """Read until the other side closes the connection."""
    parts = []
    while part := connection.recv(65536):
        parts.append(part)
    return b"".join(parts)


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    """Send one request on a connection of its own and read its answer."""
    with connect(port) as connection:
        connection.sendall(request(path, method, **{"Host": "127.0.0.1", "Connection": "close", **headers}))
        return parse(read_all(connection))


def parse(answer: bytes) -> Reply:
    """Read an answer that was sent until the connection closed. Raises `OSError` if there was none."""
    if not answer:
        raise ConnectionResetError("The server has closed the connection instead of answering.")
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: Mapping[str, str] = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    if headers.get("transfer-encoding") == "chunked":
        body = _dechunked(body)
    return Reply(int(first.split()[1]), dict(headers), body)


def _dechunked(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        length = int(size, 16)
        parts.append(rest[:length])
        body = rest[length + 2 :]
    return b"".join(parts)
