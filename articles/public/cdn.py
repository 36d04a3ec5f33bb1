"""What a CDN in front of the site is told of an answer: for how long it may keep it, and what it is tagged with.

An answer may be kept until the next instant at which something public changes by itself, and never longer than
CDN_MAX_AGE. Whatever changes before that is purged (`articles.purging`), but for prices: pages that print current ones
are not kept there at all. A copy is never given out beyond its time: neither stale-while-revalidate nor stale-if-error
is ever sent.
"""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.http import HttpResponseBase

from articles import reading
from articles.public.instant import now
from articles.purging import keys
from articles.purging.site import UNDER_WAY, cdn

#: What CDNs keep by themselves, and the answer by which they go on keeping it.
_KEPT_STATUSES: Final = frozenset((200, 301, 302, 304, 404, 410))
_KEYS: Final = "surrogate_keys"


def headers(response: HttpResponseBase, stamp: reading.Stamp) -> None:
    """Tell the CDN about an answer for readers that was made for a stamp, just before it is sent.

    To be called for every answer anew, also for one that was kept here: how long it may be kept there depends on the
    clock. Without a CDN it changes nothing.
    """
    adapter = cdn()
    if adapter is None or response.status_code not in _KEPT_STATUSES:
        return
    # A poll of quotes purges nothing.
    seconds = 0 if stamp.prices or _is_for_nobody_else(response) else _seconds(stamp.at)
    for name, value in adapter.headers(tags_of(response), seconds).items():
        response.headers[name] = value


def tag[Response: HttpResponseBase](response: Response, *tags: str) -> Response:
    """Say what an answer prints, and return it. One that says nothing is purged with every change of a story."""
    setattr(response, _KEYS, tags)
    return response


def tags_of(response: HttpResponseBase) -> tuple[str, ...]:
    """Return the tags of an answer, for whoever keeps it: to be put back by `tag()`."""
    tags: tuple[str, ...] = getattr(response, _KEYS, ())
    return tags or (keys.LISTS,)


def story(key: str, section: int | None, *, is_picked: bool) -> tuple[str, ...]:
    """Return the tags of a story's page by its public key.

    Beside a story stand others: those picked by hand, or else the newest of its section, or of all.
    """
    if is_picked:
        return keys.story(key), keys.PICKS
    return keys.story(key), keys.LISTS if section is None else keys.noun("section", section)


def instead(key: str) -> tuple[str, ...]:
    """Return the tags of what stands in the place of a story at an address with its key, or leads to it."""
    return (keys.story(key),)


def noun(kind: str, key: int) -> tuple[str, ...]:
    """Return the tags of the page and the feed of a section, company, topic, author or person."""
    return (keys.noun(kind, key),)


def file(name: str) -> tuple[str, ...]:
    """Return the tags of an uploaded file by its storage name."""
    return (keys.file(name),)


def _is_for_nobody_else(response: HttpResponseBase) -> bool:
    """Say whether no cache may keep an answer.

    nginx puts a file in the place of one that names it for X-Accel-Redirect, and leaves out the tags.
    """
    words = _words(response.headers.get("Cache-Control", ""))
    return not words.isdisjoint(("private", "no-store")) or "X-Accel-Redirect" in response.headers


def _words(header: str) -> set[str]:
    return {word.strip().lower() for word in header.split(",")}


def _seconds(at: datetime) -> int:
    """Return for how long an answer made for an instant may be kept from now on."""
    present = now()
    if present - at > UNDER_WAY or not reading.trustworthy():
        return 0
    most: int = settings.CDN_MAX_AGE
    flip = reading.next_flip(at)
    if flip is None:
        return most
    return max(0, min(most, int((flip - present - UNDER_WAY).total_seconds())))
