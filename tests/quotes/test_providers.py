"""Folders and servers that say what listings trade at, and those that fail, delay and send anything."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from articles.models import Quote
from articles.models.reference import QuoteSource
from articles.quotes.polling import poll, rest_after
from articles.quotes.provider import Unavailable, Wanted
from articles.quotes.providers import find
from articles.quotes.providers.drop import FileDrop
from tests.factories import company

WANTED = [Wanted("XNYS", f"S{number}") for number in range(60)]
NOW = datetime.now(UTC).replace(microsecond=0)
LINE = {"symbol": "BABA", "mic": "XNYS", "price": 86.1, "currency": "USD", "as_of": NOW.isoformat()}


class Server(ThreadingHTTPServer):
    """A server that answers as it is told, and remembers what it was asked."""

    status, body, fails_after = 200, b"[]", 1000
    headers: tuple[tuple[str, str], ...] = ()

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/quotes"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Authorization", "")))
        self.send_response(500 if len(self.server.asked) > self.server.fails_after else self.server.status)
        for name, value in self.server.headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(self.server.body)))
        self.end_headers()
        self.wfile.write(self.server.body)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_files_are_read_in_order_and_put_away(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(json.dumps(LINE) + "\n\nno json\n" + json.dumps([1]))
    (tmp_path / "a.jsonl").write_text("\ufeff" + json.dumps(LINE), "utf-8")
    (tmp_path / "half.part").write_text("{")

    first, second = find(f"drop:{tmp_path}", {}).fetch([])

    assert [first.origin, second.origin] == ["a.jsonl", "b.jsonl"]
    assert [len(first.rows), len(second.rows)] == [1, 1]
    assert second.refused == (
        (3, "This is no JSON."),
        (4, "There is no object of JSON on this line: write {…} on one line for each quote."),
    )
    first.done(True)
    second.done(False)
    assert (tmp_path / "done" / "a.jsonl").exists()
    assert (tmp_path / "failed" / "b.jsonl").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["done", "failed", "half.part"]


def test_a_file_of_the_same_name_pushes_none_out(tmp_path: Path) -> None:
    for _ in range(3):
        (tmp_path / "a.jsonl").write_text(json.dumps(LINE))
        [delivery] = find(f"drop:{tmp_path}", {}).fetch([])
        delivery.done(True)

    assert sorted(path.name for path in (tmp_path / "done").iterdir()) == ["a-2.jsonl", "a-3.jsonl", "a.jsonl"]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\xff\xfe\x00")

    [delivery] = find(f"drop:{tmp_path}", {}).fetch([])

    assert delivery.refused == ((0, "The file is not written in UTF-8."),)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="No such file"):
        find(f"drop:{tmp_path / 'none'}", {}).fetch([])


def test_a_server_is_asked_for_what_is_wanted_with_its_key(server: Server) -> None:
    server.body = json.dumps({"data": {"quotes": [LINE | {"last": 86.1}, 7]}}).encode()
    address = f"{server.address}?s={{symbols}}#rows=data.quotes&price=last"

    deliveries = find(address, {"127.0.0.1": "a-key"}).fetch(WANTED)

    assert len(deliveries) == 2
    assert str(deliveries[0].rows[0][1]["price"]) == "86.1"
    assert deliveries[0].refused == ((2, "This is no object."),)
    assert sorted(len(path.split(",")) for path, _key in server.asked) == [10, 50]
    assert {key for _path, key in server.asked} == {"Bearer a-key"}
    assert server.asked[0][0].startswith("/quotes?s=XNYS:S")


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (500, b"", "it answered 500"),
        (302, b"", "it answered 302"),
        (200, b"<html>", "no JSON"),
        (200, b'{"data": 1}', "no list of quotes"),
        (200, b'[{"price": NaN}]', "no JSON"),
        (200, b"[" + b" " * 5_000_001 + b"]", "too long"),
    ],
)
def test_an_answer_that_cannot_be_used_is_said(server: Server, status: int, body: bytes, words: str) -> None:
    server.status, server.body = status, body
    server.headers = (("Location", server.address),) if status == 302 else ()

    with pytest.raises(Unavailable, match=words):
        find(server.address, {}).fetch(WANTED)
    assert len(server.asked) == 1


def test_a_server_that_is_not_there_is_said(server: Server) -> None:
    address = server.address
    server.shutdown()
    server.server_close()

    with pytest.raises(Unavailable, match="cannot be reached"):
        find(address, {}).fetch(WANTED)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://example.com/", "none that is known"),
        ("http://quotes.example.com/", "use https"),
        ("https:///quotes", "use https"),
        ("https://me:secret@quotes.example.com/", "QUOTE_KEYS"),
        ("https://quotes.example.com/#prize=last", "renames 'prize'"),
        ("drop:quotes", "whole path"),
        ("drop://host/quotes", "whole path"),
        ("https://[", "no address"),
    ],
)
def test_a_wrong_address_is_refused(address: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        find(address, {})


@pytest.mark.django_db
def test_who_fails_rests_and_the_others_are_asked(server: Server, tmp_path: Path) -> None:
    company("", "NYSE:BABA").listings.update(currency="USD")
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE))
    server.status, server.headers = 503, (("Retry-After", "300"),)
    providers = [find(server.address, {}), find(f"drop:{tmp_path}", {})]

    failed, dropped = poll(providers, NOW)

    assert (failed.error, failed.rests) == ("it answered 503", False)
    assert (dropped.kept.added, dropped.error) == (1, "")
    source = QuoteSource.objects.get(name="127.0.0.1")
    assert source.resumes_at is not None
    assert source.resumes_at >= NOW + timedelta(seconds=300)
    assert poll(providers, NOW + timedelta(seconds=200))[0].rests
    assert len(server.asked) == 1
    server.status, server.body = 200, json.dumps([LINE | {"as_of": NOW.timestamp()}]).encode()
    [heard, _] = poll(providers, NOW + timedelta(seconds=301))
    assert (heard.kept.added, heard.error) == (1, "")
    assert list(QuoteSource.objects.filter(name=source.name).values_list("failures", "error", "resumes_at")) == [
        (0, "", None)
    ]
    assert Quote.objects.count() == 2


@pytest.mark.django_db
def test_who_fails_as_nobody_thought_of_leaves_the_others_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    company("", "NYSE:BABA").listings.update(currency="USD")
    (tmp_path / "a.jsonl").write_text(json.dumps(LINE))

    class Broken(FileDrop):
        def fetch(self, wanted: Any) -> Any:  # noqa: ARG002
            raise ZeroDivisionError

    broken, dropped = poll([Broken(tmp_path / "broken"), FileDrop(tmp_path)], NOW)

    assert (broken.error, dropped.kept.added) == ("ZeroDivisionError", 1)
    assert "nobody thought of" in caplog.text


def test_what_came_before_a_failure_is_kept(server: Server) -> None:
    server.body, server.fails_after = json.dumps([LINE]).encode(), 4
    wanted = [Wanted("XNYS", f"S{number}") for number in range(300)]

    deliveries = find(f"{server.address}?s={{symbols}}", {}).fetch(wanted)

    assert [len(delivery.rows) for delivery in deliveries] == [1, 1, 1, 1, 0]
    assert deliveries[-1].refused == ((0, "The rest did not come: it answered 500."),)


def test_rest_doubles_up_to_an_hour() -> None:
    def between(rest: timedelta, seconds: float) -> bool:
        return seconds * 0.8 <= rest.total_seconds() <= seconds * 1.2

    assert [between(rest_after(failures), 30 * 2 ** (failures - 1)) for failures in (1, 2, 5)] == [True] * 3
    assert between(rest_after(100), 3600)
    assert rest_after(1, asked_for=600) == timedelta(seconds=600)
