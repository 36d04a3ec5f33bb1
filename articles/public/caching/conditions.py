"""Conditional requests as RFC 9110 has them (section 13): what to answer to a client that has something already."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any, Final

from django.utils.http import http_date, parse_etags, parse_http_date_safe

from articles.reading import Stamp

#: How long after a change its date is told. Until then another one may still be committed under the same second, and a
#: client that asks by that date alone would never learn of it (8.8.2.2).
SETTLING: Final = timedelta(seconds=5)
#: A date that is not our own Last-Modified is a client's guess, most often when it fetched, by its own clock. It must
#: be so many seconds later that neither a wrong clock nor a late commit can have hidden a change from it.
LEEWAY: Final = 60


class Outcome(Enum):
    """What becomes of a request."""

    SEND = auto()
    NOT_MODIFIED = auto()
    FAILED = auto()


def last_modified(stamp: Stamp) -> str:
    """Return the header for an answer made for this stamp, or "" where the last change is too young to be told."""
    if stamp.changed_at is None or stamp.at - stamp.changed_at < SETTLING:
        return ""
    return _http_date(int(stamp.changed_at.timestamp()))


def outcome(headers: Mapping[str, Any], etag: str, modified: str, stamp: Stamp | None) -> Outcome:
    """Judge the conditions of a GET or HEAD whose answer would be 200, in the order of RFC 9110, 13.2.2.

    `headers` are named as in WSGI; `etag` is the tag of what the client would get, and `modified` its Last-Modified
    header, which may be "".
    """
    if _fails(headers, etag, stamp):
        return Outcome.FAILED
    if (if_none_match := headers.get("HTTP_IF_NONE_MATCH")) is not None:
        return Outcome.NOT_MODIFIED if _names(if_none_match, etag, weakly=True) else Outcome.SEND
    if stamp and modified and (modified_since := headers.get("HTTP_IF_MODIFIED_SINCE")) is not None:
        return Outcome.NOT_MODIFIED if _has_it(modified_since, modified, stamp.at) else Outcome.SEND
    return Outcome.SEND


def _fails(headers: Mapping[str, Any], etag: str, stamp: Stamp | None) -> bool:
    """Say whether a client wanted the page only as it knew it, and it is another one now."""
    if (if_match := headers.get("HTTP_IF_MATCH")) is not None:
        return not _names(if_match, etag)
    if stamp and (unmodified_since := headers.get("HTTP_IF_UNMODIFIED_SINCE")) is not None:
        return _is_later(stamp.changed_at, unmodified_since)
    return False


def _names(field: str, etag: str, *, weakly: bool = False) -> bool:
    """Say whether a list of entity tags names this one (8.8.3.2), which is a strong one itself."""
    if field == etag:
        return True
    tags = parse_etags(field)
    return tags == ["*"] or etag in ([tag.removeprefix("W/") for tag in tags] if weakly else tags)


def _is_later(changed_at: datetime | None, date: str) -> bool:
    since = parse_http_date_safe(date)
    return changed_at is not None and since is not None and int(changed_at.timestamp()) > since


def _has_it(date: str, modified: str, at: datetime) -> bool:
    """Say whether a client that names this date has what was last modified at `modified`.

    A date that is still to come was never told by this site.
    """
    if date == modified:
        return True
    since, changed = parse_http_date_safe(date), parse_http_date_safe(modified)
    if since is None or changed is None:
        return False
    return since == changed or changed + LEEWAY < since <= at.timestamp()


_http_date = lru_cache(maxsize=16)(http_date)
