"""Readers inside this process, for the small soak of the tests: two handlers stand for two worker processes."""

import gzip
from collections.abc import Mapping
from datetime import datetime
from typing import Final

import brotli
from django.test import Client

from tests.soak.exactness import clock
from tests.soak.exactness.readers import Fetch

_DECODE: Final = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}


def fetches(number: int, workers: int = 2) -> list[Fetch]:
    """Return what so many readers fetch with."""
    handlers = [Client().handler for _ in range(workers)]
    return [_fetch_from(handlers[place % workers]) for place in range(number)]


def _fetch_from(handler: object) -> Fetch:
    client = Client()
    client.handler = handler  # type: ignore[assignment]

    def fetch(path: str, headers: Mapping[str, str], told: datetime | None) -> tuple[int, Mapping[str, str], bytes]:
        token = clock.told.set(told)
        try:
            response = client.get(path, headers=headers)
            body = b"".join(response) if response.streaming else response.content
        finally:
            clock.told.reset(token)
        found = {name.lower(): value for name, value in response.headers.items()}
        return response.status_code, found, _DECODE[found.get("content-encoding", "")](body)

    return fetch
