"""A content delivery network in a few lines: copies of the site's answers, kept and forgotten as it is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponseBase
from django.test import Client
from django.utils import timezone

from tests.purging.servers import Api

#: What each CDN goes by: the header with the time and that with the tags.
LAYOUTS = {
    "fastly": ("Surrogate-Control", "Surrogate-Key"),
    "cloudflare": ("Cloudflare-CDN-Cache-Control", "Cache-Tag"),
    "varnish": ("Cache-Control", "xkey"),
}


@dataclass(frozen=True)
class Answer:
    """What a reader gets."""

    status: int
    location: str
    body: bytes


@dataclass(frozen=True)
class Copy:
    """An answer on its way to the CDN, with what the CDN is told of it."""

    path: str
    answer: Answer
    seconds: int
    tags: frozenset[str]


class Edge:
    """A CDN in front of the site, which forgets what its API is asked to."""

    def __init__(self, api: Api) -> None:
        self.kind = api.kind
        self.copies: dict[str, tuple[Copy, datetime]] = {}
        self.hits = 0
        self._client = Client()
        api.purge = self.purge

    def get(self, path: str) -> Answer:
        """Answer a reader: from a copy, or from the site, whose answer is kept for as long as it may be."""
        found = self.copies.get(path)
        if found and timezone.now() < found[1]:
            self.hits += 1
            return found[0].answer
        copy = self.fetch(path)
        self.keep(copy)
        return copy.answer

    def fetch(self, path: str) -> Copy:
        """Ask the site, and keep nothing yet: the answer is on its way."""
        response = self._client.get(path)
        times, tags = LAYOUTS[self.kind]
        said = response.headers.get(tags, "").replace(",", " ")
        return Copy(path, answer_of(response), _seconds(response.headers.get(times, "")), frozenset(said.split()))

    def keep(self, copy: Copy) -> None:
        """Keep what has come in. Its time begins now, whenever it was made."""
        if copy.seconds:
            self.copies[copy.path] = copy, timezone.now() + timedelta(seconds=copy.seconds)

    def purge(self, keys: Collection[str]) -> None:
        """Forget all copies that have one of these tags."""
        for path, (copy, _until) in list(self.copies.items()):
            if not copy.tags.isdisjoint(keys):
                del self.copies[path]


def answer_of(response: HttpResponseBase) -> Answer:
    """Return what a reader would notice of a response."""
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return Answer(response.status_code, response.headers.get("Location", ""), body)


def _seconds(header: str) -> int:
    """Return how long a copy may be kept; for Varnish, which heeds s-maxage, as for those that heed max-age."""
    for word in header.split(","):
        name, _equals, value = word.strip().partition("=")
        if name in ("s-maxage", "max-age"):
            return int(value)
    return 0
