"""The server as it runs: what it refuses, what it writes, and how it ends."""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.operations.conftest import Published
from tests.operations.running import COMMAND, Running, connect, end, eventually, parse, read_all, request, serve
from tests.serving import PATIENCE, ROOT, Site, free_port

pytestmark = pytest.mark.needs_sqlite  # the site here has a database of its own, which is SQLite

type Serve = Callable[..., contextlib.AbstractContextManager[Running]]

TOKEN = "a-token-of-more-than-twenty-characters"


@pytest.fixture
def trial(site: Site, published: Published, tmp_path: Path) -> Serve:
    """Serve the site with the addresses of `tests.operations.trial`."""
    slow = replace(site, settings="tests.operations.trial_settings")

    def start(**variables: str) -> contextlib.AbstractContextManager[Running]:
        return serve(slow, tmp_path, variables)

    return start


def is_answered(running: Running, path: str) -> bool:
    with contextlib.suppress(OSError):
        return running.get(path).status == 200
    return False


def workers(running: Running) -> set[int]:
    children = Path(f"/proc/{running.process.pid}/task/{running.process.pid}/children").read_text()
    return {int(pid) for pid in children.split()}


def test_server_answers_readers(server: Running, published: Published) -> None:
    page = server.get(published.story)

    assert page.status == 200
    assert b"Ships wait for a berth" in page.body


def test_each_request_is_a_line_of_json(server: Running) -> None:
    path = '/caf%C3%A9"%0a%5c/?q=%22&r=%0a'
    server.get(path, User_Agent='a "browser" \\', X_Forwarded_For="203.0.113.9", X_Request_ID="abc")

    # The line is written after the answer has gone out.
    assert eventually(lambda: "request_id" in server.access_log()[-1])
    line = server.access_log()[-1]
    assert line["request_id"] == "abc"
    assert line["path"] == '/caf\u00e9"\n\\/'
    expected = {
        "method": "GET", "query": "q=%22&r=%0a", "status": 404, "protocol": "HTTP/1.1", "address": "127.0.0.1",
        "user_agent": 'a "browser" \\', "forwarded_for": "203.0.113.9",
    }  # fmt: skip
    assert {name: line[name] for name in expected} == expected
    assert 0 < line["milliseconds"] < 60_000


def test_what_server_and_site_say_is_json_too(trial: Serve) -> None:
    with trial() as running:
        assert running.get("/trial/fail", X_Request_ID="the-one").status == 500
        said = running.messages()

    assert any(message["message"].startswith("Listening at") for message in said)
    [failure] = [message for message in said if message.get("request_id") == "the-one"]
    assert (failure["level"], failure["status"], failure["path"]) == ("ERROR", 500, "/trial/fail")
    assert failure["exception"].endswith('ZeroDivisionError: a "quoted" mistake\nof two lines')


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (request("/" + "a" * 70_000, Host="x"), 414),
        (request("/", Host="x", X_Long="a" * 200_000), 431),
        (request("/", Host="x", **{f"X_{number}": "a" for number in range(150)}), 431),
        (request("/desk/login/", "POST", Host="127.0.0.1", Content_Length=str(10**9), Connection="close"), 413),
    ],
    ids=["path", "header", "headers", "body"],
)
def test_server_refuses_what_is_too_large(server: Running, asked: bytes, status: int) -> None:
    with connect(server.port) as connection:
        connection.sendall(asked)
        answer = b""
        with contextlib.suppress(ConnectionResetError):  # the rest of what we sent was never read
            while part := connection.recv(65536):
                answer += part

    assert parse(answer).status == status


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"], ids=["silent", "half a head"])
def test_whoever_says_nothing_is_cut_off(trial: Serve, sent: bytes) -> None:
    with trial(GRANIAN_HTTP1_HEADER_READ_TIMEOUT="500") as running, connect(running.port) as connection:
        begin = time.monotonic()
        connection.sendall(sent)

        assert read_all(connection) == b""
        assert 0.3 < time.monotonic() - begin < 10


def test_requests_that_have_begun_are_answered_before_the_end(trial: Serve) -> None:
    with trial() as running, ThreadPoolExecutor() as pool, connect(running.port) as idle:
        late = pool.submit(running.get, "/trial/slow/15")
        parts = pool.submit(running.get, "/trial/stream/15")
        idle.sendall(request("/-/health/live", Host=running.host))
        time.sleep(0.5)
        assert idle.recv(65536).startswith(b"HTTP/1.1 200")

        code = running.stop()

        assert (late.result().status, late.result().body) == (200, b"at last")
        assert (parts.result().status, parts.result().body) == (200, b"part " * 15)
        assert idle.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            running.get("/-/health/live")
    assert code == 0


def test_a_request_that_never_ends_does_not_keep_the_server(trial: Serve) -> None:
    with trial(GRANIAN_WORKERS_KILL_TIMEOUT="2") as running, connect(running.port) as connection:
        connection.sendall(request("/desk/login/", "POST", Host=running.host, Content_Length="100") + b"the beginning")
        time.sleep(0.5)
        begin = time.monotonic()

        assert running.stop() == 0
        assert time.monotonic() - begin < 10


def test_ctrl_c_ends_the_server(trial: Serve) -> None:
    """A terminal sends it to all processes, and the main process then tells the workers as well."""
    with trial() as running:
        assert eventually(lambda: len(workers(running)) == 2)
        begin = time.monotonic()

        os.killpg(running.process.pid, signal.SIGINT)

        assert running.process.wait(PATIENCE) == 0
        assert time.monotonic() - begin < 10


def test_server_can_be_ended_while_it_starts(site: Site, published: Published, tmp_path: Path) -> None:
    with (tmp_path / "said").open("w+b") as said:
        process = subprocess.Popen(
            COMMAND, cwd=ROOT, env={**site.environment, "PORT": str(free_port())}, stdout=said, stderr=said
        )
    try:
        assert eventually(lambda: "Spawning worker-1" in (tmp_path / "said").read_text())
        begin = time.monotonic()
        process.terminate()

        assert process.wait(PATIENCE) == 0
        assert time.monotonic() - begin < 10
    finally:
        end(process)


def test_a_worker_that_dies_is_replaced(trial: Serve) -> None:
    with trial() as running:
        before = workers(running)
        with connect(running.port) as connection:
            connection.sendall(request("/trial/die", Host=running.host))
            with contextlib.suppress(ConnectionResetError):
                assert connection.recv(1) == b""

        assert eventually(lambda: len(workers(running) - before) == 1 and len(workers(running)) == 2)
        assert eventually(lambda: is_answered(running, "/robots.txt"))
        assert running.stop() == 0


def test_new_code_is_taken_up_without_a_pause(trial: Serve) -> None:
    with trial(GRANIAN_RESPAWN_INTERVAL="1") as running:
        before = workers(running)

        running.process.send_signal(signal.SIGHUP)

        # A connection may be lost in the moment in which an old worker closes its door (docs/operations.md).
        statuses = []
        while workers(running) & before:
            with contextlib.suppress(OSError):
                statuses.append(running.get("/robots.txt").status)
        assert set(statuses) == {200}
        assert len(workers(running)) == 2


def test_second_server_does_not_share_the_port(server: Running, site: Site, published: Published) -> None:
    environment = {**site.environment, "PORT": str(server.port)}

    second = subprocess.run(COMMAND, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert second.returncode == 2
    assert second.stderr == f"Port {server.port} of 127.0.0.1 is taken on this machine. Choose another one: PORT=9000\n"


def test_server_of_a_mis_set_site_ends_with_an_error(site: Site, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="SITE_URL is 'nowhere', which is no web address"):
        serve(site, tmp_path, {"SITE_URL": "nowhere"}).__enter__()
    # granian tries again once, and then says that it is of no use.
    assert "Worker crash loop detected, exiting" in (tmp_path / "stderr").read_text()


def test_each_thread_keeps_its_database_connection(trial: Serve) -> None:
    seen: list[tuple[int, int, int]] = []
    with trial() as running:

        def both_workers_answer() -> bool:
            seen.append(tuple(running.get("/trial/connection").json))
            return len({pid for pid, _thread, _connection in seen}) == 2

        assert eventually(both_workers_answer)
        seen += [tuple(running.get("/trial/connection").json) for _turn in range(40)]

    assert len({(pid, thread) for pid, thread, _connection in seen}) == len(set(seen))


def test_figures_of_all_workers_are_added_up_and_go_with_the_server(trial: Serve, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    with trial(METRICS_TOKEN=TOKEN, RUNTIME_DIRECTORY=str(tmp_path / "run")) as running:
        failures = 0
        while len(list((tmp_path / "run").glob("*/*.db"))) < 2:  # one of each worker that has had something to count
            running.get("/trial/fail")
            failures += 1
        answer = running.get("/-/metrics", Authorization=f"Bearer {TOKEN}")
        assert running.get("/-/metrics").status == 404
        assert running.stop() == 0

    assert answer.status == 200
    [errors] = re.findall(rb'^newsroom_log_records_total{level="ERROR"} (\S+)$', answer.body, re.MULTILINE)
    assert float(errors) == failures >= 2
    assert list((tmp_path / "run").iterdir()) == []


@pytest.fixture
def static(site: Site) -> Callable[[str], str]:
    """Return the address of a static file by its name."""
    manifest = json.loads((Path(site.environment["STATIC_ROOT"]) / "staticfiles.json").read_text())["paths"]
    return lambda name: "/static/" + manifest[name]


@pytest.mark.parametrize(("coding", "accepted"), [("br", "gzip, br"), ("gzip", "gzip"), ("", "identity")])
def test_static_files_are_coded_once_and_kept_for_ever(
    server: Running, static: Callable[[str], str], coding: str, accepted: str
) -> None:
    answer = server.get(static("css/site.css"), Accept_Encoding=accepted)

    assert answer.status == 200
    assert answer.headers.get("content-encoding", "") == coding
    assert answer.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_static_file_by_its_plain_name_is_asked_for_again(server: Running) -> None:
    assert server.get("/static/css/site.css").headers["cache-control"] == "max-age=60, public"


def test_server_counts_the_cores_that_it_may_use(site: Site) -> None:
    one = f"import os; os.sched_setaffinity(0, {{{min(os.sched_getaffinity(0))}}})"
    count = "from newsroom.server import usable_cores; print(usable_cores())"

    command = [COMMAND[0], "-c", f"{one}; {count}"]
    counted = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=True)

    assert counted.stdout == "1\n"
