"""Many at once, and processes that share: no site needed, only the middleware and the stamp."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier, Lock
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import RequestFactory
from pytest_django import Settings

from articles import reading
from articles.public.caching import ResponseCache, shared
from articles.reading import Stamp
from tests.cache_server import CacheServer
from tests.public.caching.conftest import Count

ANSWERS = "newsroom_public_answers_total"
THREADS = 12
BODY = b"<p>Words</p>" * 50


class World:
    """A stamp that a test moves by hand."""

    def __init__(self) -> None:
        self.counter = 1
        self.now = datetime.now().astimezone()

    def stamp(self, at: datetime, **_prices: bool) -> Stamp:
        return Stamp(at, f"{self.counter}-token", self.counter, self.now)

    def release(self) -> None:
        self.counter += 1


@pytest.fixture(autouse=True)
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(reading, "stamp", world.stamp)
    monkeypatch.setattr(reading, "present_stamp", lambda **_: world.stamp(world.now))
    monkeypatch.setattr(reading, "trustworthy", lambda: True)
    return world


class Site:
    """What stands behind the cache: counts its renderings, and takes its time."""

    def __init__(self, render: Callable[[int], HttpResponseBase] | None = None, seconds: float = 0.2) -> None:
        self.rendered = 0
        self.seconds = seconds
        self._render = render or (lambda number: HttpResponse(BODY + str(number).encode()))
        self._lock = Lock()

    def __call__(self, _request: HttpRequest) -> HttpResponseBase:
        with self._lock:
            self.rendered += 1
            number = self.rendered
        time.sleep(self.seconds)
        return self._render(number)


def get(cache: ResponseCache, path: str = "/latest/", **environment: Any) -> HttpResponse:
    response = cache(RequestFactory().get(path, **environment))
    assert isinstance(response, HttpResponse)
    return response


def crowd(cache: ResponseCache, *paths: str) -> list[HttpResponse]:
    """Return what a crowd gets that asks in the same moment."""
    asked = list(paths) * THREADS
    together = Barrier(len(asked))

    def ask(path: str) -> HttpResponse:
        together.wait(20)
        return get(cache, path)

    with ThreadPoolExecutor(len(asked)) as pool:
        return list(pool.map(ask, asked))


def test_a_crowd_makes_a_page_be_rendered_once(counted: Count) -> None:
    site = Site()
    answers = crowd(ResponseCache(site), "/latest/")
    assert site.rendered == 1
    assert {answer.content for answer in answers} == {BODY + b"1"}
    assert counted(ANSWERS, source="rendered") == 1
    assert counted(ANSWERS, source="joined") + counted(ANSWERS, source="memory") == THREADS - 1


def test_each_page_is_rendered_once() -> None:
    site = Site()
    crowd(ResponseCache(site), "/latest/", "/feeds/", "/latest/?before=x")
    assert site.rendered == 3


def test_a_crowd_before_what_is_not_there_makes_it_be_looked_for_once_at_a_time() -> None:
    site = Site(lambda _number: HttpResponse(BODY, status=404))
    cache = ResponseCache(site)
    assert {answer.status_code for answer in crowd(cache, "/no/such/page/")} == {404}
    assert site.rendered == 1
    get(cache, "/no/such/page/")
    assert site.rendered == 2


def test_a_failure_is_nobody_elses() -> None:
    site = Site(lambda number: HttpResponse(BODY, status=500 if number == 1 else 200))
    statuses = [answer.status_code for answer in crowd(ResponseCache(site), "/latest/")]
    assert sorted(statuses) == [200] * (THREADS - 1) + [500]


def test_an_exception_is_nobody_elses() -> None:
    def fail_first(number: int) -> HttpResponseBase:
        if number == 1:
            raise ValueError("the first one fails")
        return HttpResponse(BODY)

    def ask(cache: ResponseCache) -> int:
        try:
            return get(cache).status_code
        except ValueError:
            return 0

    site = Site(fail_first)
    cache = ResponseCache(site)
    with ThreadPoolExecutor(THREADS) as pool:
        statuses = list(pool.map(ask, [cache] * THREADS))
    assert sorted(statuses) == [0] + [200] * (THREADS - 1)


def test_who_waited_for_a_page_that_was_overtaken_gets_the_next_one(world: World, counted: Count) -> None:
    def release_first(number: int) -> HttpResponseBase:
        if number == 1:
            world.release()
        return HttpResponse(BODY + str(number).encode())

    site = Site(release_first)
    answers = crowd(ResponseCache(site), "/latest/")
    assert {answer.content for answer in answers} == {BODY + b"2"}
    assert site.rendered == 2
    assert counted("newsroom_public_repeats_total") >= 1


def test_a_crowd_that_takes_different_codings_shares_a_page() -> None:
    site = Site(seconds=0)
    cache = ResponseCache(site)
    for accepted in ("", "br", "gzip", "br, gzip", "identity"):
        get(cache, HTTP_ACCEPT_ENCODING=accepted)
    assert site.rendered == 1


def test_forms_that_are_made_for_clients_count_as_memory() -> None:
    cache = ResponseCache(Site(seconds=0))
    sizes = []
    for accepted in ("", "br", "gzip", "br"):
        get(cache, HTTP_ACCEPT_ENCODING=accepted)
        sizes.append(cache.store.memory.bytes)
    assert 0 < sizes[0] < sizes[1] < sizes[2] == sizes[3]


def test_a_page_that_came_in_the_meantime_is_not_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site(seconds=0)
    cache = ResponseCache(site)
    get(cache)
    look = cache.store.memory.get
    looks: list[object] = []

    def miss_once(stamp: Stamp, address: tuple[str, ...]) -> object:
        looks.append(address)
        return None if len(looks) == 1 else look(stamp, address)

    monkeypatch.setattr(cache.store.memory, "get", miss_once)
    assert get(cache).content == BODY + b"1"
    assert (site.rendered, len(looks)) == (1, 2)


def test_head_takes_the_page_from_get_and_leaves_its_body() -> None:
    site = Site(seconds=0)
    cache = ResponseCache(site)
    head = cache(RequestFactory().head("/latest/"))
    assert isinstance(head, HttpResponse)
    page = get(cache)
    assert (site.rendered, head.content, page.content) == (1, b"", BODY + b"1")
    assert dict(head.headers) == dict(page.headers)
    assert head.headers["Content-Length"] == str(len(page.content))


@pytest.fixture
def processes(cache_server: CacheServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> CacheServer:
    """Let each cache of the test be one of a process of its own, sharing a server."""
    settings.CACHE_URL = cache_server.url
    monkeypatch.setattr(shared, "FIRST_PAUSE", 0.05)
    monkeypatch.setattr(shared, "LONGEST_PAUSE", 0.1)
    return cache_server


@pytest.mark.needs_redis
def test_a_page_is_rendered_by_one_process_for_all(processes: CacheServer, counted: Count) -> None:
    site = Site(seconds=0)
    first, other = ResponseCache(site), ResponseCache(site)
    answers = [get(cache, HTTP_ACCEPT_ENCODING="br") for cache in (first, other, other)]
    assert site.rendered == 1
    assert [answer.content for answer in answers] == [answers[0].content] * 3
    assert [dict(answer.headers) for answer in answers] == [dict(answers[0].headers)] * 3
    assert [counted(ANSWERS, source=source) for source in ("rendered", "redis", "memory")] == [1, 1, 1]


@pytest.mark.needs_redis
def test_processes_share_only_what_is_exact(processes: CacheServer, world: World) -> None:
    site = Site(seconds=0)
    first, other = ResponseCache(site), ResponseCache(site)
    get(first)
    world.release()
    assert get(other).content == BODY + b"2"
    assert get(first).content == BODY + b"2"


@pytest.mark.needs_redis
def test_another_deployment_shares_nothing(processes: CacheServer, settings: Settings) -> None:
    site = Site(seconds=0)
    get(ResponseCache(site))
    settings.NEWSROOM_NAME = "Another Ledger"
    assert get(ResponseCache(site)).content == BODY + b"2"


@pytest.mark.needs_redis
def test_what_is_not_kept_in_memory_is_not_kept_there(processes: CacheServer) -> None:
    site = Site(lambda _number: HttpResponse(BODY, status=404), seconds=0)
    first, other = ResponseCache(site), ResponseCache(site)
    get(first, "/no/such/page/")
    get(other, "/no/such/page/")
    assert site.rendered == 2


@pytest.mark.needs_redis
def test_pages_go_on_while_the_server_is_killed_and_started_again(processes: CacheServer, counted: Count) -> None:
    site = Site(seconds=0)
    caches = [ResponseCache(site) for _ in range(2)]

    def all_get(path: str) -> set[int]:
        return {get(cache, path).status_code for cache in caches}

    assert all_get("/latest/?before=0") == {200}
    processes.kill()
    assert all_get("/latest/?before=1") == {200}
    assert counted("newsroom_cache_failures_total", level="redis", reason="unreachable") >= 1
    processes.start()
    deadline = time.monotonic() + 10
    number = 2
    before = counted(ANSWERS, source="redis")
    while counted(ANSWERS, source="redis") == before:
        assert time.monotonic() < deadline
        assert all_get(f"/latest/?before={number}") == {200}
        number += 1
        time.sleep(0.02)


@pytest.mark.needs_redis
def test_switched_off_it_asks_no_server(settings: Settings, processes: CacheServer) -> None:
    settings.RESPONSE_CACHE = False
    assert ResponseCache(Site()).store.shared is None
