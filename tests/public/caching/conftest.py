"""What the tests of the cache share."""

from collections.abc import Callable, Iterator

import pytest
from prometheus_client import REGISTRY

from tests.cache_server import CacheServer
from tests.public.caching.pages import watch

type Count = Callable[..., float]


@pytest.fixture
def counted() -> Count:
    """Return how far a counter has moved since the test began, by its name and labels."""
    before: dict[tuple[str, tuple[tuple[str, str], ...]], float] = {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
    }

    def count(name: str, **labels: str) -> float:
        now = REGISTRY.get_sample_value(name, labels) or 0.0
        return now - before.get((name, tuple(sorted(labels.items()))), 0.0)

    return count


@pytest.fixture
def cache_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CacheServer]:
    """Start a server to cache in; the test may kill and start it again."""
    server = CacheServer(tmp_path_factory.mktemp("cache"))
    server.start()
    try:
        yield server
    finally:
        server.kill()


@pytest.fixture(autouse=True)
def _unwatched() -> Iterator[None]:
    watch.reset()
    yield
    watch.reset()
