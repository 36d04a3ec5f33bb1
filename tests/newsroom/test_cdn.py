"""A CDN that cannot be asked keeps the site from starting."""

from typing import Any

import pytest

from newsroom import cdn
from newsroom.cdn import refuse_wrong_cdn
from newsroom.environment import Environment


def problems(url: str = "", token: str = "", max_age: int = 300) -> list[str]:
    environment = Environment({})
    refuse_wrong_cdn(environment, url, token, max_age)
    return environment.problems


@pytest.mark.parametrize(
    ("url", "token"), [("", ""), ("fastly://Svc", "t"), ("cloudflare://z", "t"), ("varnish://cache.internal:6081", "")]
)
def test_right_settings_are_taken(url: str, token: str) -> None:
    assert problems(url, token) == []
    assert problems(url, token, 540) == []


def test_wrong_settings_are_refused_all_at_once() -> None:
    assert problems("fastly://Svc", "", 541) == [
        "CDN_MAX_AGE is 541; the most is 540 seconds.",
        "CDN_TOKEN is not set. Fastly wants an API token with the scope purge_select.",
    ]


def test_an_unknown_cdn_is_refused() -> None:
    known = "cloudflare://ZONE_ID, fastly://SERVICE_ID, varnish://127.0.0.1:6081"

    assert problems("akamai://x", "t") == [
        f"CDN_URL is 'akamai://x', which is none that is known; write it as one of: {known}."
    ]


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> Any:
        return None

    monkeypatch.setattr(cdn, "find_spec", none)

    assert problems() == []
    assert problems("fastly://Svc", "t") == [
        "CDN_URL is set, but what asks a CDN is not installed. Run: uv sync --extra cdn"
    ]
