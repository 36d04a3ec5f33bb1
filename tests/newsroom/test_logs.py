"""One JSON object a line, whatever somebody writes into an address or a header."""

import json
import logging
import sys

import pytest
from django.test import RequestFactory
from granian.log import log_request_builder

from newsroom import logs

NASTY = '/caf\u00c3\u00a9"\n\\\x00{"status": 200}'


def record(message: str = "Said %s", *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("newsroom.tests", logging.ERROR, __file__, 1, message, args, None)
    made.__dict__.update(extra)
    return made


def access_line(caplog: pytest.LogCaptureFixture, **request: object) -> str:
    """Return the line for a request that granian itself hands over."""
    log = log_request_builder(logs.ACCESS_FORMAT)
    described: dict[str, object] = {
        "addr_remote": "127.0.0.1", "path": "/", "qs": "", "method": "GET", "scheme": "http",
        "protocol": "HTTP/1.1", "headers": {}.get,
    }  # fmt: skip
    # Pytest's own handler would fill in granian's format; granian's logger is not to be asked for it.
    caplog.set_level(logging.INFO, "granian.access")
    log(0.0, 0.0, described | request, 200)
    return logs.AccessLines().format(caplog.records[-1])


def test_message_is_one_line_of_json() -> None:
    line = logs.JsonLines().format(record("Said %s", 'a "word"\nand another'))

    assert "\n" not in line
    written = json.loads(line)
    assert written.pop("time").endswith("+00:00")
    assert written == {"level": "ERROR", "logger": "newsroom.tests", "message": 'Said a "word"\nand another'}


def test_message_about_a_request_names_it() -> None:
    request = RequestFactory().get("/caf%C3%A9/", headers={"X-Request-ID": "abc"})

    written = json.loads(logs.JsonLines().format(record("Failed", request=request, status_code=500)))

    assert {name: written[name] for name in ("status", "method", "path", "request_id")} == {
        "status": 500,
        "method": "GET",
        "path": "/caf\u00e9/",
        "request_id": "abc",
    }


def test_exception_is_told_within_the_line() -> None:
    try:
        raise ValueError("broken")
    except ValueError:
        line = logs.JsonLines().format(record("Failed", exc_info=sys.exc_info()))

    assert "\n" not in line
    assert json.loads(line)["exception"].endswith("ValueError: broken")


def test_long_message_is_cut() -> None:
    written = json.loads(logs.JsonLines().format(record("x" * 100_000)))

    assert len(written["message"]) == 1000


def test_access_line_survives_quotes_and_line_breaks(caplog: pytest.LogCaptureFixture) -> None:
    headers = {"user-agent": 'a "browser"\\', "x-forwarded-for": "203.0.113.9", "referer": '"', "x-request-id": "7"}

    line = access_line(caplog, path=NASTY, qs='q="', headers=headers.get)

    assert "\n" not in line
    written = json.loads(line)
    assert written["path"] == '/caf\u00e9"\n\\\x00{"status": 200}'
    expected = {
        "address": "127.0.0.1", "method": "GET", "query": 'q="', "protocol": "HTTP/1.1", "status": 200,
        "forwarded_for": "203.0.113.9", "request_id": "7", "user_agent": 'a "browser"\\', "referer": '"',
    }  # fmt: skip
    assert {name: written[name] for name in expected} == expected
    assert isinstance(written["milliseconds"], float)


def test_access_line_leaves_out_headers_that_did_not_come(caplog: pytest.LogCaptureFixture) -> None:
    assert set(json.loads(access_line(caplog))) == {
        "time", "address", "method", "path", "query", "protocol", "status", "milliseconds",
    }  # fmt: skip


def test_no_request_makes_a_line_that_a_pipe_would_break(caplog: pytest.LogCaptureFixture) -> None:
    endless = "\x00\u00ff" * 50_000

    line = access_line(caplog, path=endless, qs=endless, headers=lambda _name: endless)

    assert len(line) <= logs.LONGEST_LINE
    assert json.loads(line)["status"] == 200
