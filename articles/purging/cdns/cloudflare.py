"""Cloudflare: cache tags, and the purge of its API by them.

https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/
https://developers.cloudflare.com/cache/concepts/cdn-cache-control/

The zone needs a cache rule that makes the pages eligible for cache and leaves how long to the origin.
"""

import json
from collections.abc import Collection, Mapping
from typing import Self, override
from urllib.parse import SplitResult, quote

from articles.asking import Answer, Request
from articles.purging.api import api_address, said_json
from articles.purging.cdn import ASK_FIRST, Cdn, required


class Cloudflare(Cdn):
    """A zone of Cloudflare's. The token needs the permission Cache Purge."""

    name = "Cloudflare"
    example = "cloudflare://ZONE_ID"
    most_tag_bytes = 16_384
    most_purged = 100

    def __init__(self, zone: str, token: str, api: str) -> None:
        self._url = f"{api}/zones/{quote(zone, safe='')}/purge_cache"
        self._token = token

    @classmethod
    def at(cls, address: SplitResult, options: Mapping[str, str], token: str) -> Self:
        """Return the zone that CDN_URL names."""
        zone = required("CDN_URL", address.netloc, f"names no zone; write it as {cls.example}.")
        required("CDN_TOKEN", token, "is not set. Cloudflare wants an API token with the permission Cache Purge.")
        return cls(zone, token, api_address(options, "https://api.cloudflare.com/client/v4"))

    def headers(self, keys: Collection[str], seconds: int) -> dict[str, str]:
        """Return what Cloudflare goes by: the Cache-Control that is for it alone, which it does not pass on."""
        if not seconds:
            return {"Cache-Control": ASK_FIRST, "Cloudflare-CDN-Cache-Control": "no-store"}
        return {
            "Cache-Control": ASK_FIRST,
            "Cloudflare-CDN-Cache-Control": f"max-age={seconds}, s-maxage={seconds}, must-revalidate",
            "Cache-Tag": self.tags(keys, ","),
        }

    def requests(self, keys: Collection[str]) -> tuple[Request, ...]:
        """Return the purge by tags."""
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        return (Request("POST", self._url, headers, json.dumps({"tags": self.to_purge(keys)}).encode()),)

    @override
    def refusal(self, answer: Answer, keys: Collection[str]) -> str:
        """Return why Cloudflare has not purged: only "success" says that it has."""
        said = said_json(answer)
        if answer.status == 200 and said.get("success") is True:
            return ""
        errors = said.get("errors")
        first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
        return f"HTTP {answer.status} {first.get('message') or ''}".strip()


ADAPTER = Cloudflare
