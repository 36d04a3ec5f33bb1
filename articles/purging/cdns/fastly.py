"""Fastly: surrogate keys, and the batch purge of its API.

https://www.fastly.com/documentation/reference/http/http-headers/Surrogate-Key/
https://www.fastly.com/documentation/reference/api/purging/
"""

import json
from collections.abc import Collection, Mapping
from typing import Self
from urllib.parse import SplitResult, quote

from articles.asking import Answer, Request
from articles.purging.api import api_address, said_json
from articles.purging.cdn import ASK_FIRST, Cdn, required


class Fastly(Cdn):
    """A service of Fastly's. The token needs the scope `purge_select`."""

    name = "Fastly"
    example = "fastly://SERVICE_ID"
    most_tag_bytes = 16_384
    most_purged = 256

    def __init__(self, service: str, token: str, api: str) -> None:
        self._url = f"{api}/service/{quote(service, safe='')}/purge"
        self._token = token

    @classmethod
    def at(cls, address: SplitResult, options: Mapping[str, str], token: str) -> Self:
        """Return the service that CDN_URL names."""
        service = required("CDN_URL", address.netloc, f"names no service; write it as {cls.example}.")
        required("CDN_TOKEN", token, "is not set. Fastly wants an API token with the scope purge_select.")
        return cls(service, token, api_address(options, "https://api.fastly.com"))

    def headers(self, keys: Collection[str], seconds: int) -> dict[str, str]:
        """Return what Fastly goes by: Surrogate-Control, where max-age is what s-maxage is elsewhere.

        Without it Fastly keeps even what says "no-cache", for its default time, and leaves alone only what is private.
        """
        if not seconds:
            return {"Cache-Control": f"private, {ASK_FIRST}", "Surrogate-Control": "max-age=0"}
        return {
            "Cache-Control": ASK_FIRST,
            "Surrogate-Control": f"max-age={seconds}",
            "Surrogate-Key": self.tags(keys, " "),
        }

    def requests(self, keys: Collection[str]) -> tuple[Request, ...]:
        """Return the batch purge: a hard one, for a soft one may still give out what it forgets."""
        headers = {"Fastly-Key": self._token, "Accept": "application/json", "Content-Type": "application/json"}
        body = json.dumps({"surrogate_keys": self.to_purge(keys)}).encode()
        return (Request("POST", self._url, headers, body),)

    def refusal(self, answer: Answer, keys: Collection[str]) -> str:
        """Return why Fastly has not purged: it names every key that it has, with the number of the purge."""
        said = said_json(answer)
        if answer.status != 200:
            return f"HTTP {answer.status} {said.get('msg') or ''}".strip()
        missing = [key for key in self.to_purge(keys) if not said.get(key)]
        return f"no purge of {missing[0]} in its answer" if missing else ""


ADAPTER = Fastly
