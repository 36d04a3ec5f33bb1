"""The address of a server to cache in."""

import pytest

from newsroom import environment
from newsroom.environment import Environment


@pytest.mark.parametrize(
    "url",
    [
        "redis://127.0.0.1:6379/0",
        "redis://:secret@cache.example.com:6380/1",
        "rediss://cache.example.com",
        "unix:///run/valkey/valkey.sock",
        "",
    ],
)
def test_cache_server_takes_redis_and_valkey(url: str) -> None:
    variables = Environment({"CACHE_URL": f" {url} "})
    assert (variables.cache_server("CACHE_URL"), variables.problems) == (url, [])


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("memcached://:secret@127.0.0.1", "begins with 'memcached'"),
        ("127.0.0.1:6379", "begins with '127.0.0.1'"),
        ("valkey://127.0.0.1", "begins with 'valkey'; write it like redis://127.0.0.1:6379/0 (also for Valkey)"),
        ("redis://", "cannot be read"),
        ("redis://127.0.0.1:port/secret", "cannot be read"),
        ("redis://127.0.0.1:99999/secret", "cannot be read"),
        ("redis://[::1/secret", "cannot be read"),
        ("unix://", "cannot be read"),
    ],
)
def test_cache_server_refuses_what_is_none_and_tells_no_secret(url: str, why: str) -> None:
    variables = Environment({"CACHE_URL": url})
    assert variables.cache_server("CACHE_URL") == ""
    [problem] = variables.problems
    assert problem.startswith(f"CACHE_URL {why}")
    assert "secret" not in problem


def test_cache_server_names_the_extra_when_the_driver_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda _: None)
    variables = Environment({"CACHE_URL": "redis://127.0.0.1/0"})
    assert variables.cache_server("CACHE_URL") == ""
    assert variables.problems == [
        "CACHE_URL names a server, but its driver is not installed. Run: uv sync --extra redis"
    ]
