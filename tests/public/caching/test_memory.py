"""The cache in memory: exact, bounded in bytes that are really so many, and newest stamp only."""

import random
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from articles.public.caching.answers import Answer
from articles.public.caching.memory import Memory
from tests.public.caching.answers import NOON, answer, stamp
from tests.public.caching.conftest import Count

MEGABYTE = 1024 * 1024
#: More calls than lie between a test and what is allocated for it.
DEPTH = 20


def kept(memory: Memory, *paths: str) -> set[str]:
    return {path for path in paths if memory.get(stamp(), (path,)) is not None}


def test_what_was_put_in_comes_out_under_its_stamp_and_address_only() -> None:
    memory, page = Memory(MEGABYTE), answer()
    memory.put(stamp(), ("host", "/a/", "x"), page)
    assert memory.get(stamp(), ("host", "/a/", "x")) is page
    assert memory.get(stamp(2), ("host", "/a/", "x")) is None
    assert memory.get(stamp(), ("host", "/a/", "y")) is None
    assert memory.get(stamp(), ("other", "/a/", "x")) is None


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    size = measured(answer())
    memory = Memory(size * 5)
    for path in "abcde":
        memory.put(stamp(), (path,), answer())
    assert kept(memory, "a") == {"a"}
    memory.put(stamp(), ("f",), answer())
    assert kept(memory, *"abcdef") == set("acdef")


def measured(page: Answer) -> int:
    memory = Memory(100 * MEGABYTE)
    memory.put(stamp(), ("a",), page)
    return memory.bytes


def test_a_new_stamp_ends_what_was_kept_under_another_at_once(counted: Count) -> None:
    memory = Memory(MEGABYTE)
    memory.put(stamp(1), ("a",), answer())
    memory.put(stamp(1), ("b",), answer())
    memory.put(stamp(2, at=NOON + timedelta(seconds=1)), ("a",), answer())
    assert (len(memory), memory.bytes) == (1, measured(answer()))


def test_a_request_that_was_overtaken_keeps_nothing_and_ends_nothing() -> None:
    memory, new = Memory(MEGABYTE), answer(b"new" * 100)
    memory.put(stamp(2), ("a",), new)
    memory.put(stamp(1, at=NOON - timedelta(milliseconds=5)), ("a",), answer(b"old" * 100))
    assert memory.get(stamp(2), ("a",)) is new
    assert memory.get(stamp(1), ("a",)) is None


def test_a_clock_that_was_put_back_does_not_stop_the_keeping() -> None:
    memory, page = Memory(MEGABYTE), answer()
    memory.put(stamp(2, at=NOON + timedelta(days=365)), ("a",), answer())
    memory.put(stamp(3, at=NOON), ("a",), page)
    assert memory.get(stamp(3), ("a",)) is page


def test_the_same_stamp_is_kept_whatever_its_instant() -> None:
    memory, page = Memory(MEGABYTE), answer()
    memory.put(stamp(2), ("a",), answer())
    memory.put(stamp(2, at=NOON - timedelta(seconds=1)), ("b",), page)
    assert memory.get(stamp(2), ("b",)) is page
    assert len(memory) == 2


@pytest.mark.parametrize("limit", [0, 1, 4000])
def test_an_answer_that_is_too_large_is_not_kept_and_pushes_nothing_out(limit: int) -> None:
    memory = Memory(limit)
    memory.put(stamp(), ("a",), answer(b"x" * 5000))
    assert (len(memory), memory.bytes) == (0, 0)


def test_a_large_answer_leaves_the_others_alone() -> None:
    memory = Memory(MEGABYTE)
    memory.put(stamp(), ("small",), answer())
    memory.put(stamp(), ("large",), answer(b"x" * (MEGABYTE // 2)))
    assert kept(memory, "small", "large") == {"small"}


def test_forms_of_the_body_count_when_they_are_made() -> None:
    memory, page = Memory(MEGABYTE), answer()
    memory.put(stamp(), ("a",), page)
    before = memory.bytes
    form = page.form("br")
    memory.put(stamp(), ("a",), page)
    assert memory.bytes > before + len(form.body)
    memory.put(stamp(), ("a",), page)
    assert len(memory) == 1


def allocated_by(work: Callable[[], object]) -> int:
    """Return how many bytes `work` and all that it calls have allocated and not freed.

    What other threads allocate meanwhile, such as those of a connection pool, is not counted: nothing in this file has
    called for it.
    """
    tracemalloc.start(DEPTH)
    try:
        work()
        found = tracemalloc.take_snapshot()
    finally:
        tracemalloc.stop()
    called_for = found.filter_traces([tracemalloc.Filter(inclusive=True, filename_pattern=__file__, all_frames=True)])
    return sum(trace.size for trace in called_for.traces)


def test_memory_is_really_bounded() -> None:
    """What Python has allocated, all told, stays below the bound: bodies, codings, headers, addresses, containers."""
    limit, random_bytes = 4 * MEGABYTE, random.Random(7)
    memory = Memory(limit)
    page = answer()
    page.form("br"), page.form("gzip"), page.form("")  # what is made once for all is not the cache's
    memory.put(stamp(), ("warm",), page)

    def fill() -> None:
        for number in range(300):
            page = answer(random_bytes.randbytes(random_bytes.choice([0, 300, 3000, 30_000])), Location=f"/{number}/")
            address = ("digest", "news.example.com", f"/section/a-story-with-a-longish-address-{number}/", "")
            memory.put(stamp(), address, page)
            for accepted in ("br", "gzip", ""):
                page.form(accepted)
            memory.put(stamp(), address, page)
            assert memory.bytes <= limit

    allocated = allocated_by(fill)

    assert len(memory) > 100
    assert memory.bytes > limit * 0.9
    assert allocated <= memory.bytes < allocated * 1.5


def test_small_answers_are_counted_honestly() -> None:
    memory = Memory(4 * MEGABYTE)
    page = answer(b"", 301)
    page.form(None)
    memory.put(stamp(), ("warm",), page)

    def fill() -> None:
        for number in range(1000):
            page = answer(b"", 301, Location=f"/{number}/")
            page.form(None)
            memory.put(stamp(), ("digest", "host", f"/{number}/"), page)

    allocated = allocated_by(fill)

    assert len(memory) == 1001
    assert allocated <= memory.bytes < allocated * 2.25


def test_what_another_thread_allocates_is_not_counted() -> None:
    taken: list[bytes] = []
    other = ThreadPoolExecutor(1)
    other.submit(int).result()  # the thread was started by somebody else

    def work() -> None:
        taken.append(bytes(1000))
        other.submit(taken.extend, map(bytes, [MEGABYTE] * 4)).result()

    with other:
        assert 1000 <= allocated_by(work) < MEGABYTE
    assert len(taken) == 5


def test_threads_may_share_it() -> None:
    memory = Memory(300_000)

    def work(seed: int) -> None:
        choose = random.Random(seed)
        for _ in range(1000):
            number = choose.randrange(1, 4)
            current = stamp(number, at=NOON + timedelta(seconds=number))
            path = f"/{choose.randrange(60)}/"
            found = memory.get(current, (path,))
            assert found is None or found.headers["Location"] == f"{number} {path}"
            page = answer(b"x" * choose.randrange(5000), Location=f"{number} {path}")
            memory.put(current, (path,), page)
            page.form("br")
            memory.put(current, (path,), page)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    total = sum(size for _answer, size, _prices in memory._kept.values())
    assert memory.bytes == total <= 300_000


def test_gauges_show_what_is_kept(counted: Count) -> None:
    from prometheus_client import REGISTRY

    memory = Memory(MEGABYTE)
    memory.put(stamp(), ("a",), answer())
    memory.put(stamp(), ("b",), answer())
    assert REGISTRY.get_sample_value("newsroom_cache_entries") == 2
    assert REGISTRY.get_sample_value("newsroom_cache_bytes") == memory.bytes
