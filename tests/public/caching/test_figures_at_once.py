"""The first answers of a worker come to several threads at once, and each counts itself."""

import threading
import time
from typing import Any

import prometheus_client

from articles.public.caching.metrics import _one_at_a_time


def test_threads_that_count_first_make_a_figure_once() -> None:
    made: list[prometheus_client.Counter] = []

    @_one_at_a_time
    def figure(name: str) -> Any:
        time.sleep(0.02)
        counter = prometheus_client.Counter(name, "Made by several threads at once", registry=registry)
        made.append(counter)
        return counter

    registry = prometheus_client.CollectorRegistry()
    threads = [threading.Thread(target=lambda: figure("seen").inc()) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 1
    assert registry.get_sample_value("seen_total") == 4
