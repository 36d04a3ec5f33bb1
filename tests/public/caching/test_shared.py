"""The cache that processes share: a real server that comes and goes, and servers that are none."""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from redis import Redis

from articles.public.caching import shared
from articles.public.caching.shared import Shared
from tests.cache_server import CacheServer, pretending
from tests.public.caching.answers import answer, told
from tests.public.caching.conftest import Count

FAILURES = "newsroom_cache_failures_total"
#: Half of what the twenty questions of a test would take, were each of them waited for.
SOON = shared.PATIENCE * 10


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Let a server that has failed be tried again while the test still runs."""
    monkeypatch.setattr(shared, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(shared, "LONGEST_PAUSE", 0.2)
    caplog.set_level(logging.WARNING, "articles.public.caching.shared")


def comes_back(ask: Callable[[], object]) -> bool:
    """Say whether something is there within a few seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if ask():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.needs_redis
def test_another_process_gets_what_one_has_put_there(cache_server: CacheServer, counted: Count) -> None:
    page, address = answer(Content_Language="en"), ("digest", "host", "/a/", "")
    Shared(cache_server.url).put("1-token", address, page)
    other = Shared(cache_server.url)
    assert told(other.get("1-token", address)) == told(page)
    assert other.get("2-token", address) is None
    assert other.get("1-token", ("digest", "host", "/a/", "x")) is None
    assert other.get("1-token", ("other digest", "host", "/a/", "")) is None
    assert counted(FAILURES, level="redis", reason="unreachable") == 0


@pytest.mark.needs_redis
def test_parts_of_an_address_cannot_pose_as_others(cache_server: CacheServer) -> None:
    cache = Shared(cache_server.url)
    cache.put("1", ("a', 'b", "c"), answer())
    assert cache.get("1", ("a", "b', 'c")) is None
    assert cache.get("1", ("a", "b", "c")) is None


@pytest.mark.needs_redis
def test_answers_leave_the_server_by_themselves(cache_server: CacheServer) -> None:
    Shared(cache_server.url).put("1-token", ("a",), answer())
    server = Redis.from_url(cache_server.url)
    with contextlib.closing(server):
        (key,) = server.keys()
        assert str(key).startswith("b'newsroom:")
        assert 0 < server.ttl(key) <= shared.KEPT_FOR


@pytest.mark.needs_redis
@pytest.mark.parametrize("rubbish", [b"", b"rubbish", b"newsroom 1\n" + b"\0" * 100, b"\x80\x04\x95cposix\nsystem\n."])
def test_what_somebody_else_has_put_there_is_not_used(
    cache_server: CacheServer, counted: Count, rubbish: bytes
) -> None:
    cache = Shared(cache_server.url)
    cache.put("1-token", ("a",), answer())
    with contextlib.closing(Redis.from_url(cache_server.url)) as server:
        (key,) = server.keys()
        server.set(key, rubbish)
    assert cache.get("1-token", ("a",)) is None
    assert counted(FAILURES, level="redis", reason="unreadable") == 1
    cache.put("1-token", ("a",), answer())
    assert told(cache.get("1-token", ("a",))) == told(answer())


@pytest.mark.needs_redis
def test_something_else_under_the_key_is_a_failure(cache_server: CacheServer, counted: Count) -> None:
    cache = Shared(cache_server.url)
    cache.put("1-token", ("a",), answer())
    with contextlib.closing(Redis.from_url(cache_server.url)) as server:
        (key,) = server.keys()
        server.delete(key)
        server.rpush(key, "a list")
    assert cache.get("1-token", ("a",)) is None
    assert counted(FAILURES, level="redis", reason="unreachable") == 1


@pytest.mark.needs_redis
def test_a_server_that_is_killed_is_missed_and_used_again_when_it_is_back(
    cache_server: CacheServer, counted: Count, caplog: pytest.LogCaptureFixture
) -> None:
    cache = Shared(cache_server.url)
    cache.put("1-token", ("a",), answer())
    assert cache.get("1-token", ("a",)) is not None

    cache_server.kill()
    begin = time.monotonic()
    for _ in range(50):
        assert cache.get("1-token", ("a",)) is None
        cache.put("1-token", ("a",), answer())
    assert time.monotonic() - begin < SOON
    assert counted(FAILURES, level="redis", reason="unreachable") >= 1
    assert "left alone" in caplog.text

    cache_server.start()

    def is_kept() -> bool:
        cache.put("1-token", ("a",), answer())
        return cache.get("1-token", ("a",)) is not None

    assert comes_back(is_kept)


@pytest.mark.needs_redis
def test_a_server_that_says_nothing_costs_a_moment_and_then_nothing(cache_server: CacheServer, counted: Count) -> None:
    cache = Shared(cache_server.url)
    cache.put("1-token", ("a",), answer())
    cache_server.pause()
    begin = time.monotonic()
    for _ in range(20):
        assert cache.get("1-token", ("a",)) is None
    assert time.monotonic() - begin < SOON
    assert counted(FAILURES, level="redis", reason="unreachable") >= 1
    cache_server.resume()
    assert comes_back(lambda: cache.get("1-token", ("a",)))


@pytest.mark.needs_redis
def test_a_server_that_is_full_is_no_failure_of_pages(cache_server: CacheServer, counted: Count) -> None:
    with contextlib.closing(Redis.from_url(cache_server.url)) as server:
        server.config_set("maxmemory", "1")
        server.config_set("maxmemory-policy", "noeviction")
    cache = Shared(cache_server.url)
    cache.put("1-token", ("a",), answer())
    assert counted(FAILURES, level="redis", reason="unwritten") == 1


@pytest.mark.needs_redis
def test_what_is_too_large_is_not_sent(cache_server: CacheServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "LARGEST", 1000)
    cache = Shared(cache_server.url)
    cache.put("1-token", ("small",), answer(b"x" * 1000))
    cache.put("1-token", ("large",), answer(b"x" * 1001))
    assert cache.get("1-token", ("small",)) is not None
    assert cache.get("1-token", ("large",)) is None


@pytest.mark.needs_redis
def test_threads_may_share_it(cache_server: CacheServer) -> None:
    cache = Shared(cache_server.url)
    wrong: list[object] = []

    def work(number: int) -> None:
        for turn in range(20):
            page = answer(f"{number} {turn}".encode() * 50)
            cache.put("1-token", (str(number), str(turn)), page)
            found = cache.get("1-token", (str(number), str(turn)))
            if found is not None and told(found) != told(page):
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert wrong == []


@pytest.mark.needs_redis
def test_an_answer_that_comes_in_drops_is_not_waited_for(cache_server: CacheServer, counted: Count) -> None:
    """Each drop is in time; all together they would take a minute."""

    def pass_on(client: socket.socket) -> None:
        with socket.socket(socket.AF_UNIX) as server:
            server.connect(str(cache_server.socket))
            while said := client.recv(65_536):
                server.sendall(said)
                answer = server.recv(65_536)
                size = 1 if b"GET" in said else len(answer)
                for begin in range(0, len(answer), size):
                    client.sendall(answer[begin : begin + size])
                    time.sleep(0.02 if size == 1 else 0)

    with pretending(pass_on) as url:
        cache = Shared(url)
        cache.put("1-token", ("a",), answer())
        begin = time.monotonic()
        for _ in range(20):
            assert cache.get("1-token", ("a",)) is None
        assert time.monotonic() - begin < SOON
    assert counted(FAILURES, level="redis", reason="unwritten") == 0
    assert counted(FAILURES, level="redis", reason="unreachable") >= 1
    assert told(Shared(cache_server.url).get("1-token", ("a",))) == told(answer())


def nonsense(client: socket.socket) -> None:
    while client.recv(4096):
        client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n<html>\xff\xfe\r\n" * 3)


def huge(client: socket.socket) -> None:
    while client.recv(4096):
        client.sendall(b"$99999999999\r\nx")


def dripping(client: socket.socket) -> None:
    client.recv(4096)
    client.sendall(b"+OK\r\n" * 3 + b"$1000000\r\n")
    for _ in range(200):
        client.sendall(b"x")
        time.sleep(0.02)


def silent(client: socket.socket) -> None:
    while client.recv(4096):
        pass


def hanging_up(client: socket.socket) -> None:
    client.recv(1)


@pytest.mark.parametrize("behavior", [nonsense, huge, dripping, silent, hanging_up])
def test_a_server_that_misbehaves_costs_a_moment_and_then_nothing(
    behavior: Callable[[socket.socket], None], counted: Count
) -> None:
    with pretending(behavior) as url:
        cache = Shared(url)
        begin = time.monotonic()
        for _ in range(20):
            assert cache.get("1-token", ("a",)) is None
            cache.put("1-token", ("a",), answer())
        assert time.monotonic() - begin < SOON
    failures = [
        counted(FAILURES, level="redis", reason=reason) for reason in ("unreachable", "unwritten", "unreadable")
    ]
    assert sum(failures) >= 1


def test_a_server_that_is_not_there_is_asked_less_and_less(counted: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(shared, "FIRST_PAUSE", 1.0)
    monkeypatch.setattr(shared, "LONGEST_PAUSE", 5.0)
    monkeypatch.setattr(shared, "monotonic", lambda: clock[0])
    cache = Shared("unix:///nowhere/redis.sock")
    tried: list[float] = []
    for _ in range(300):
        before = counted(FAILURES, level="redis", reason="unreachable")
        cache.get("1-token", ("a",))
        if counted(FAILURES, level="redis", reason="unreachable") > before:
            tried.append(clock[0] - 1000)
        clock[0] += 0.1
    assert [round(later - earlier) for earlier, later in pairwise(tried)][:5] == [1, 2, 4, 5, 5]


def test_only_one_tries_a_server_that_has_failed(counted: Count, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "FIRST_PAUSE", 0.3)
    with pretending(silent) as url:
        cache = Shared(url)
        assert cache.get("1-token", ("a",)) is None
        time.sleep(0.35)
        before = counted(FAILURES, level="redis", reason="unreachable")
        threads = [threading.Thread(target=cache.get, args=("1-token", ("a",))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert counted(FAILURES, level="redis", reason="unreachable") == before + 1
