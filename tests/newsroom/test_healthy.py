"""What supervisors run to ask a server how it is."""

import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.serving import ROOT, free_port


class Answering(http.server.BaseHTTPRequestHandler):
    """Say that it lives at once, and that it is ready at the third question."""

    asked = 0

    def do_GET(self) -> None:
        if self.path == "/-/health/ready":
            Answering.asked += 1
        is_healthy = self.path == "/-/health/live" or Answering.asked >= 3
        self.send_response(200 if is_healthy else 503)
        self.end_headers()
        self.wfile.write(self.path.encode())

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Answering.asked = 0
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def healthy(port: int, *arguments: str, name: str = "PORT") -> tuple[int, str]:
    command = [sys.executable, "-m", "newsroom.healthy", *arguments]
    environment = {"PATH": os.environ["PATH"], name: str(port)}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return ended.returncode, ended.stdout


@pytest.mark.parametrize("name", ["PORT", "GRANIAN_PORT"])
def test_server_that_lives_is_healthy(port: int, name: str) -> None:
    assert healthy(port, "live", name=name) == (0, "/-/health/live\n")


def test_server_that_is_not_ready_is_not_healthy(port: int) -> None:
    assert healthy(port) == (1, "/-/health/ready\n")


def test_server_that_becomes_ready_in_time_is_healthy(port: int) -> None:
    assert healthy(port, "ready", "30") == (0, "/-/health/ready\n")


def test_nothing_is_not_healthy_and_not_waited_for_longer_than_asked() -> None:
    nowhere = free_port()
    begin = time.monotonic()

    code, words = healthy(nowhere, "ready", "1")

    assert code == 1
    assert words.startswith(f"The server on port {nowhere} does not answer: ")
    assert 1 <= time.monotonic() - begin < 20
