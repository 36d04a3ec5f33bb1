"""The bench works from beginning to end, and its arithmetic is right."""

import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import HEAD, main
from tests.bench.load import Measured, measure, middle
from tests.serving import Server, Site


@pytest.mark.needs_sqlite
def test_bench_measures_every_page_beside_its_bare_view(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--small", "--folder", str(tmp_path)])

    lines = [line.strip("| ").split(" | ") for line in capsys.readouterr().out.splitlines() if line.startswith("|")]
    assert lines[0] == HEAD
    assert [line[0] for line in lines[2:]] == ["article", "section", "rss"]
    (kept,) = tmp_path.glob("result-*.json")
    pages = json.loads(kept.read_text())["pages"]
    for page in pages.values():
        assert page["page"]["errors"] == page["bare"]["errors"] == 0
        assert 0 < page["page"]["p50"] <= page["page"]["p95"] <= page["page"]["p99"]
        assert page["bare"]["cpu"] < page["page"]["cpu"]


def test_middle_is_the_median_of_each_figure() -> None:
    spells = [
        Measured(requests=100, seconds=1, p50=1, p95=9, p99=10, errors=0, cpu=5),
        Measured(requests=300, seconds=1, p50=3, p95=7, p99=30, errors=0, cpu=1),
        Measured(requests=200, seconds=1, p50=2, p95=8, p99=20, errors=0, cpu=None),
    ]

    found = middle(spells)

    assert (found.requests, found.rate) == (600, 200)
    assert (found.p50, found.p95, found.p99, found.cpu) == (2, 8, 20, 3)


class Pages(http.server.BaseHTTPRequestHandler):
    """A server that has two pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200 if self.path in ("/a", "/b") else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Run such a server, on a machine without wrk."""
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as pages:
        pages.daemon_threads = True
        thread = threading.Thread(target=pages.serve_forever)
        thread.start()
        try:
            yield Server(Site(tmp_path, "http://127.0.0.1"), pages.server_address[1], pid=1)
        finally:
            pages.shutdown()
            thread.join()


def test_load_without_wrk(server: Server) -> None:
    found = measure(server, ["/a", "/b"], 0.3)

    assert found.requests > 10
    assert found.seconds >= 0.3
    assert 0 < found.p50 <= found.p95 <= found.p99


def test_load_that_meets_errors_is_no_measurement(server: Server) -> None:
    with pytest.raises(RuntimeError, match="and the like failed"):
        measure(server, ["/a", "/c"], 0.1)
