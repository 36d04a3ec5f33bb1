"""What a CDN has to know and do. Each one that Newsroom works with is a file in `articles/purging/cdns/`."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from typing import ClassVar, Final, Self
from urllib.parse import SplitResult

from articles.asking import Answer, Request
from articles.purging.keys import LISTS, SITE

#: What everybody but the CDN is told: whoever keeps a copy asks before it is used (RFC 9111, 5.2.2.4: shared caches,
#: too, whatever s-maxage says). For how long the CDN keeps it is told to the CDN alone, in a header that it takes off:
#: whoever saw it would know when something that is under embargo comes out.
ASK_FIRST: Final = "no-cache"


class Cdn(ABC):
    """A content delivery network in front of the site."""

    #: Its name in messages.
    name: ClassVar[str]
    #: How its address in CDN_URL is written.
    example: ClassVar[str]
    #: What it takes: bytes of tags on an answer, and tags in a purge. Newsroom's own tags are shorter than any takes.
    most_tag_bytes: ClassVar[int]
    most_purged: ClassVar[int]

    @classmethod
    @abstractmethod
    def at(cls, address: SplitResult, options: Mapping[str, str], token: str) -> Self:
        """Return the CDN that CDN_URL names. Raises ValueError, its message naming the variable and why."""

    @abstractmethod
    def headers(self, keys: Collection[str], seconds: int) -> dict[str, str]:
        """Return the headers of an answer that the CDN may keep for some seconds, or not at all for 0."""

    @abstractmethod
    def requests(self, keys: Collection[str]) -> tuple[Request, ...]:
        """Return what to send so that it forgets every answer with one of these tags."""

    @abstractmethod
    def refusal(self, answer: Answer, keys: Collection[str]) -> str:
        """Return why an answer does not mean that it has forgotten them, or ""."""

    def to_purge(self, keys: Collection[str]) -> tuple[str, ...]:
        """Return tags that purge all that these do, few enough for one request."""
        return (SITE,) if SITE in keys or len(keys) > self.most_purged else tuple(sorted(keys))

    def tags(self, keys: Collection[str], between: str) -> str:
        """Return the tags of an answer as one header.

        If they are too many, the answer gets those that every change of a story purges.
        """
        tags = between.join(sorted({SITE, *keys}))
        return tags if len(tags) <= self.most_tag_bytes else between.join((LISTS, SITE))


def required(name: str, text: str, why: str) -> str:
    """Return a text that must be there. Raises ValueError with the variable's name and why it is needed."""
    if not text:
        raise ValueError(f"{name} {why}")
    return text
