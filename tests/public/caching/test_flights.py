"""One rendering for all who wait, and no failure that spreads."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, Lock

import pytest

from articles.public.caching.flights import Flights

THREADS = 8


class Kitchen:
    """Something that takes long to make, and counts how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.may_end = Event()
        self._lock = Lock()

    def make(self) -> str:
        with self._lock:
            self.begun += 1
            number = self.begun
        assert self.may_end.wait(10)
        return f"made {number}"

    def fail(self) -> str:
        self.make()
        raise ValueError("burnt")


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def everything(result: str) -> bool:
    return True


def start(pool: ThreadPoolExecutor, flights: Flights[str, str], render: Callable[[], str]) -> list[Future[str]]:
    """Let all threads ask for the same; return when the first is rendering and the others had time to come."""
    futures = [pool.submit(flights.share, "page", render) for _ in range(THREADS)]
    time.sleep(0.1)
    return futures


def test_those_who_wait_get_what_the_first_one_made() -> None:
    kitchen, flights = Kitchen(), Flights[str, str](10, everything)
    with ThreadPoolExecutor(THREADS) as pool:
        futures = start(pool, flights, kitchen.make)
        kitchen.may_end.set()
        assert {future.result(10) for future in futures} == {"made 1"}
    assert kitchen.begun == 1


def test_other_pages_do_not_wait() -> None:
    kitchen, flights = Kitchen(), Flights[str, str](10, everything)
    with ThreadPoolExecutor(THREADS) as pool:
        slow = pool.submit(flights.share, "slow", kitchen.make)
        wait_for(lambda: kitchen.begun == 1)
        assert pool.submit(flights.share, "fast", lambda: "at once").result(5) == "at once"
        kitchen.may_end.set()
        assert slow.result(10) == "made 1"


def test_the_next_request_renders_again() -> None:
    flights = Flights[str, int](10, lambda _result: True)
    assert [flights.share("page", iter([number]).__next__) for number in (1, 2)] == [1, 2]


def test_an_exception_is_for_the_one_who_met_it() -> None:
    kitchen, flights = Kitchen(), Flights[str, str](10, everything)
    with ThreadPoolExecutor(THREADS) as pool:
        first = pool.submit(flights.share, "page", kitchen.fail)
        wait_for(lambda: kitchen.begun == 1)
        others = [pool.submit(flights.share, "page", lambda: "fine") for _ in range(THREADS - 1)]
        time.sleep(0.1)
        kitchen.may_end.set()
        with pytest.raises(ValueError, match="burnt"):
            first.result(10)
        assert [future.result(10) for future in others] == ["fine"] * (THREADS - 1)
    assert flights.share("page", lambda: "afterwards") == "afterwards"


def test_what_is_for_one_is_given_to_nobody_else() -> None:
    kitchen, flights = Kitchen(), Flights[str, str](10, lambda result: result != "made 1")
    with ThreadPoolExecutor(THREADS) as pool:
        futures = start(pool, flights, kitchen.make)
        kitchen.may_end.set()
        results = sorted(future.result(10) for future in futures)
    assert results == sorted(f"made {number}" for number in range(1, THREADS + 1))


def test_nobody_waits_for_ever() -> None:
    kitchen, flights = Kitchen(), Flights[str, str](0.05, everything)
    with ThreadPoolExecutor(2) as pool:
        stuck = pool.submit(flights.share, "page", kitchen.make)
        wait_for(lambda: kitchen.begun == 1)
        assert flights.share("page", lambda: "made myself") == "made myself"
        kitchen.may_end.set()
        assert stuck.result(10) == "made 1"
