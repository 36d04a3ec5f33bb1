"""A server on this machine that plays the API of a CDN, and does all that a network and a service can do wrong."""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "secret-token"


def nothing(_keys: Collection[str]) -> None:
    """Forget nothing: there is no cache behind this API."""


@dataclass
class Asked:
    """A request that the API got: how, with which token, to purge which tags."""

    method: str
    path: str
    token: str
    keys: tuple[str, ...]


@dataclass
class Api:
    """The API of one of the CDNs. What it does next is in `acts`, by the names of `_Handler`'s; else it purges."""

    kind: str
    purge: Callable[[Collection[str]], None] = nothing
    acts: deque[str] = field(default_factory=deque)
    asked: list[Asked] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    server: ThreadingHTTPServer = field(init=False)

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"api": self}))
        self.server.daemon_threads = True
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def url(self) -> str:
        """Return what CDN_URL has to be for Newsroom to ask this API."""
        return {
            "fastly": f"fastly://Svc1aB?api=http://{self.host}",
            "cloudflare": f"cloudflare://0a1b2c?api=http://{self.host}/client/v4",
            "varnish": f"varnish://{self.host}",
        }[self.kind]

    def close(self) -> None:
        self.held.set()
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    @property
    def purged(self) -> list[tuple[str, ...]]:
        """Return the tags of all requests so far."""
        return [asked.keys for asked in self.asked]


class _Handler(BaseHTTPRequestHandler):
    """Answer a purge as the CDN would, or badly."""

    api: Api
    protocol_version = "HTTP/1.1"

    def log_message(self, *_words: Any) -> None:
        """Print nothing."""

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        keys = said["surrogate_keys" if self.api.kind == "fastly" else "tags"]
        token = self.headers.get("Fastly-Key") or self.headers["Authorization"].removeprefix("Bearer ")
        self._do(tuple(keys), token)

    def do_PURGE(self) -> None:
        self._do(tuple(self.headers["xkey-purge"].split()), self.headers.get("xkey-token", ""))

    def _do(self, keys: tuple[str, ...], token: str) -> None:
        self.api.asked.append(Asked(self.command, self.path, token, keys))
        act, _colon, number = (self.api.acts.popleft() if self.api.acts else "purge").partition(":")
        self.close_connection = True
        try:
            getattr(self, f"_{act}")(keys, float(number or 0))
        except OSError:
            return  # whoever asked has gone

    def _purge(self, keys: tuple[str, ...], _number: float = 0) -> None:
        self.api.purge(keys)
        said: dict[str, Any] = dict.fromkeys(keys, "1-2-3")
        if self.api.kind == "cloudflare":
            said = {"success": True, "errors": [], "messages": [], "result": {"id": "1"}}
        headers = {"xkey-purged": "2"} if self.api.kind == "varnish" else {"Content-Type": "application/json"}
        self._answer(200, json.dumps(said).encode(), headers)

    def _fail(self, _keys: tuple[str, ...], status: float) -> None:
        self._answer(int(status), b'{"msg": "It failed", "errors": [{"message": "It failed"}]}')

    def _busy(self, _keys: tuple[str, ...], seconds: float) -> None:
        self._answer(429, b"{}", {"Retry-After": f"{seconds:.0f}"})

    def _garbage(self, _keys: tuple[str, ...], _number: float) -> None:
        self._answer(200, b"\x00\xff<h1>Welcome to the site")

    def _gibberish(self, _keys: tuple[str, ...], _number: float) -> None:
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")

    def _redirect(self, _keys: tuple[str, ...], _number: float) -> None:
        self._answer(307, b"", {"Location": f"http://{self.api.host}/elsewhere"})

    def _hang_up(self, _keys: tuple[str, ...], _number: float) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)

    def _hang_up_after(self, keys: tuple[str, ...], _number: float) -> None:
        """Purge, but never say so."""
        self.api.purge(keys)
        self.connection.shutdown(socket.SHUT_RDWR)

    def _late(self, keys: tuple[str, ...], seconds: float) -> None:
        time.sleep(seconds)
        self._purge(keys)

    def _hold(self, keys: tuple[str, ...], _number: float) -> None:
        """Answer when the test says so, and not before."""
        self.api.held.wait(10)
        self._purge(keys)

    def _hold_and_fail(self, keys: tuple[str, ...], _number: float) -> None:
        self.api.held.wait(10)
        self._fail(keys, 500)

    def _drip(self, _keys: tuple[str, ...], seconds: float) -> None:
        """Send a header, a byte at a time, so that no single read takes long."""
        for byte in b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * int(seconds / 0.05):
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.05)

    def _flood(self, _keys: tuple[str, ...], _number: float) -> None:
        self._answer(200, b"x" * 1_000_000)

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
