"""Bodies in fewer bytes: which coding a client takes, and how it is made (RFC 9110, 8.4 and 12.5.3)."""

import gzip
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

import brotli

#: Below this many bytes the headers outweigh what a coding saves.
SMALLEST: Final = 200
#: What is packed already gains nothing.
_TEXTS: Final = ("text/", "application/xml", "application/rss+xml", "application/json", "image/svg+xml")
#: Pages are smaller, feeds and sitemaps larger. A large body takes five times as long for a sixth less.
_LARGE: Final = 32 * 1024
#: The best first. A page that nobody has asked for yet waits for its coding: higher levels take twice as long.
_MAKERS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=4 if len(body) <= _LARGE else 1),
    # Without the time of day, which the format has room for: equal bodies have equal bytes, as their tag promises.
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}
_WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
#: Browsers send a few hundred different texts, and others may be of any length.
_LONGEST_REMEMBERED: Final = 200


def is_worth_it(content_type: str, size: int) -> bool:
    """Say whether a body of this type and size has coded forms at all."""
    return size >= SMALLEST and content_type.lower().startswith(_TEXTS)


def coded(body: bytes, coding: str) -> bytes:
    """Return the body in a coding, "br" or "gzip"; the same bytes each time."""
    return _MAKERS[coding](body)


def choose(accepted: str | None) -> str:
    """Return the coding for a client with this Accept-Encoding: "br", "gzip", or "" for the body as it is.

    A client that refuses even that gets it all the same, as the RFC allows: there is nothing else to send.
    """
    if not accepted:
        return ""
    return _remembered(accepted) if len(accepted) <= _LONGEST_REMEMBERED else _best(accepted)


def _best(accepted: str) -> str:
    weights = _weights(accepted)
    others = weights.get("*", 0.0)
    best, heaviest = "", 0.0
    for coding in _MAKERS:
        weight = weights.get(coding, others)
        if weight > heaviest:
            best, heaviest = coding, weight
    # A body as it is may be sent unless it is refused; it is preferred only where a client says so.
    return best if heaviest >= weights.get("identity", 0.0) else ""


def _weights(accepted: str) -> dict[str, float]:
    """Return what a client says of each coding; what cannot be read says nothing."""
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = float(value) if _WEIGHT.fullmatch(value := value.strip()) else -1.0
        if weight >= 0:
            weights["gzip" if name == "x-gzip" else name] = weight
    return weights


_remembered = lru_cache(maxsize=512)(_best)
