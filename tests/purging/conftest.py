"""A site behind each of the CDNs in turn, whose API is a server on this machine."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.purging.servers import TOKEN, Api


@pytest.fixture(params=["fastly", "cloudflare", "varnish"])
def api(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Api]:
    """Put the site behind a CDN, and return its API."""
    played = Api(request.param)
    settings.CDN_URL, settings.CDN_TOKEN, settings.CDN_MAX_AGE = played.url, TOKEN, 300
    yield played
    played.close()
