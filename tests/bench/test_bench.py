"""The bench works from beginning to end, and its arithmetic and its verdicts are right."""

import http.server
import json
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.bench import report
from tests.bench.__main__ import DESK_ROUNDS, MODES, main
from tests.bench.cold_start import Start
from tests.bench.desk import Compared, Cost
from tests.bench.load import Asked, Measured, measure, middle
from tests.bench.memory import Memory, of_workers
from tests.bench.report import HEAD, Line
from tests.bench.stories import _query, copied, database, remove
from tests.serving import Server, Site

DESK_PAGES = ["list, first page", "list, further on", "list, filter", "list, search", "form", "save"]
NONE = 3  # stories of a database that is never filled
BARE = Measured(requests=1000, seconds=1, p50=1, p99=10, errors=0, cpu=0.2)


@pytest.mark.needs_sqlite
def test_bench_measures_pages_beside_their_bare_views(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--small", "--folder", str(tmp_path), "--stories", "200", "--pages", "article; rss"])

    said = capsys.readouterr().out
    lines = [line.strip("| ").split(" | ") for line in said.splitlines() if line.startswith("|")]
    assert lines[0] == HEAD
    assert [tuple(line[:2]) for line in lines[2:8]] == [(page, mode) for page in ("article", "rss") for mode in MODES]
    (kept,) = tmp_path.glob("result-*.json")
    result = json.loads(kept.read_text())
    speed = {(line["page"], line["mode"]): line["ours"]["cpu"] for line in result["pages"]}
    assert all(line["ours"]["errors"] == line["bare"]["errors"] == 0 for line in result["pages"])
    assert all(0 < line["ours"]["p50"] <= line["ours"]["p99"] for line in result["pages"])
    for page in ("article", "rss"):
        assert speed[page, "warm"] < speed[page, "cold"]
    assert [len(workers) for workers in result["memory"].values()] == [2, 2]
    assert set(result["starts"]) == {"bare project", "robots.txt", "front page"}
    assert all(start["cpu"] > 0 for start in result["starts"].values())
    assert [line[0] for line in lines if line[0] in DESK_PAGES] == DESK_PAGES
    assert [cost["page"] for cost in result["desk"]["costs"]] == DESK_PAGES
    assert all(cost["desk"] > 0 and cost["stock"] > 0 for cost in result["desk"]["costs"])
    assert (result["desk"]["saves"], result["desk"]["revisions"]) == (DESK_ROUNDS, DESK_ROUNDS)


def test_unknown_page_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--pages", "articles"])

    assert "give some of: article; front; section; section, deep" in capsys.readouterr().err


def test_middle_is_the_median_of_each_figure() -> None:
    spells = [
        Measured(requests=100, seconds=1, p50=1, p99=10, errors=0, cpu=5),
        Measured(requests=300, seconds=1, p50=3, p99=30, errors=0, cpu=1),
        Measured(requests=200, seconds=1, p50=2, p99=20, errors=0, cpu=None),
    ]

    found = middle(spells)

    assert (found.requests, found.rate) == (600, 200)
    assert (found.p50, found.p99, found.cpu) == (2, 20, 3)


@pytest.mark.parametrize(
    ("page", "mode", "requests", "p99", "missed"),
    [
        ("article", "warm", 800, 20, []),
        ("article", "warm", 799, 20, ["article, warm: 79.9% of the bare view's rate, not 80%"]),
        ("article", "warm", 900, 21, ["article, warm: p99 is 2.1 times the bare view's"]),
        ("article", "conditional", 900, 50, []),
        ("rss", "conditional", 899, 50, ["rss, conditional: 89.9% of the bare view's rate, not 90%"]),
        ("article", "cold", 100, 500, []),
        ("article", "cold", 99, 500, ["article, cold: 9.9% of the bare view's rate, not 10%"]),
        ("rss", "cold", 60, 500, []),
        ("rss", "cold", 59, 500, ["rss, cold: 5.9% of the bare view's rate, not 6%"]),
    ],
)
def test_what_is_not_reached_is_said(page: str, mode: str, requests: int, p99: float, missed: list[str]) -> None:
    line = Line(page, mode, replace(BARE, requests=requests, p99=p99), BARE)

    assert list(line.misses()) == missed
    assert all(f"- Not reached: {miss}" in report.speed([line]) for miss in missed)


def test_memory_and_starts_are_judged() -> None:
    small, big = Memory(120, 90.4, 80), Memory(400, 150.6, 140)

    assert report.size({"serving": [small]}).endswith("\n\nAll that is required was reached.")
    assert report.size({"serving": [small, big]}).endswith("- Not reached: a worker takes 151 MB, not at most 150")
    starts = {"bare project": Start(0.5, 0.4), "robots.txt": Start(1.0, 0.8)}
    assert report.starts(starts).endswith("All that is required was reached.")
    starts["front page"] = Start(1.0, 0.9)
    assert report.starts(starts).endswith(
        "- Not reached: front page: processor time 2.2 times that of a bare project, not 2"
    )


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[str]:
    """A database of the bench, on the server of the suite or in a file, that has a table with one row."""
    server = "" if connection.vendor == "sqlite" else os.environ["TEST_DATABASE_URL"]
    with database(tmp_path, NONE, server) as url:
        ask_database(url, "CREATE TABLE numbers AS SELECT 1 AS number")
        yield url
    if server:
        remove(NONE, server)


def ask_database(url: str, question: str) -> Any:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(urlsplit(url).path)) as file, file:
            return file.execute(question).fetchall()
    return _query(url, question)


def test_copy_has_everything_and_leaves_the_original_alone(kept: str, tmp_path: Path) -> None:
    for _again in range(2):
        with copied(kept) as copy:
            assert ask_database(copy, "SELECT number FROM numbers") == [(1,)]
            ask_database(copy, "UPDATE numbers SET number = 2")

        assert ask_database(kept, "SELECT number FROM numbers") == [(1,)]
        assert not list(tmp_path.glob("*copy*"))


def test_desk_is_judged_by_its_goals() -> None:
    good = [Cost("list, search", 15, 10, 12), Cost("form", 90, 10), Cost("save", 30, 10)]
    bad = [Cost("list, search", 15.2, 10, 20), Cost("save", 31, 10)]

    said = report.desk(Compared(good, saves=3, revisions=3))

    assert "| list, search | 15.0 | 10.0 | 1.50 | 1.5 | 12.0 | 1.25 |" in said
    assert "| form | 90.0 | 10.0 | 9.00 | – | – | – |" in said
    assert said.endswith("\n\n3 saves at the desk made 3 revisions.\n\nAll that is required was reached.")
    assert report.desk(Compared(bad, saves=3, revisions=2)).splitlines()[-3:] == [
        "- Not reached: list, search: 1.52 times the processor time of a stock admin, not 1.5",
        "- Not reached: save: 3.10 times the processor time of a stock admin, not 3.0",
        "- Not reached: 3 saves at the desk made 2 revisions",
    ]


class Pages(http.server.BaseHTTPRequestHandler):
    """A server that has two pages, and knows who has the second."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        known = self.path == "/b" and self.headers["If-None-Match"] == '"b"'
        self.send_response(304 if known else 200 if self.path in ("/a", "/b") else 404)
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
    found = measure(server, [Asked("/a"), Asked("/b"), Asked("/b", '"b"')], 0.3)

    assert found.requests > 10
    assert found.seconds >= 0.3
    assert 0 < found.p50 <= found.p99


def test_load_that_meets_errors_is_no_measurement(server: Server) -> None:
    with pytest.raises(RuntimeError, match="and the like failed"):
        measure(server, [Asked("/a"), Asked("/c")], 0.1)


def test_memory_of_nobody_is_none(tmp_path: Path) -> None:
    assert of_workers(Server(Site(tmp_path, "http://127.0.0.1"), 1, pid=2**22 + 1)) == []
