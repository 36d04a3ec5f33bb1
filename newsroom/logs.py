"""Logs as one JSON object a line, for machines to read: what the site says, and each request that it answered.

The server's own process uses this module too, so nothing here may need Django.
"""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from prometheus_client import Counter

#: The request headers in an access line, in the order in which the server hands them over.
ACCESS_HEADERS: Final = {
    "x-forwarded-for": "forwarded_for",
    "x-request-id": "request_id",
    "user-agent": "user_agent",
    "referer": "referer",
}
#: What granian is told to collect for each request; `AccessLines` brings it into form.
ACCESS_FORMAT: Final = " ".join(f"%(header{{{name}}})s" for name in ACCESS_HEADERS)
#: A pipe takes a line of up to 4096 bytes whole, so lines of several workers do not mix within it.
LONGEST_LINE: Final = 4000
_LONG, _SHORT = 1000, 100


class JsonLines(logging.Formatter):
    """Write a log record as a JSON object: time, level, logger, message, and the request and exception if any."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; line breaks and quotes within it are escaped, and a long message is cut."""
        line: dict[str, Any] = {
            "time": _instant(record.created),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage()[:_LONG],
        }
        status = getattr(record, "status_code", None)
        if status is not None:
            line["status"] = status
        request: Any = getattr(record, "request", None)
        if isinstance(getattr(request, "path", None), str):
            line["method"] = request.method
            line["path"] = request.path[:_LONG]
            line["request_id"] = request.headers.get("X-Request-ID", "")[:_SHORT]
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line)


class AccessLines(logging.Formatter):
    """Write one answered request as a JSON object.

    granian can fill in a format but escapes nothing, so a quote in a path would break a line that it makes. It hands
    the values over as the record's arguments, which this class encodes.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with long paths, queries and headers cut."""
        values = record.args if isinstance(record.args, Mapping) else {}
        line = _access_line(record.created, values, _LONG)
        return line if len(line) <= LONGEST_LINE else _access_line(record.created, values, _SHORT)


class CountingHandler(logging.Handler):
    """Count what is logged by level for `newsroom.metrics`, so that an alarm can watch for errors."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record."""
        _log_records().labels(level=record.levelname).inc()


def _access_line(created: float, values: Mapping[str, Any], most: int) -> str:
    headers = {
        name: str(values[f"_h{place}"])[:most]
        for place, name in enumerate(ACCESS_HEADERS.values())
        if values.get(f"_h{place}", "-") != "-"
    }
    line = {
        "time": _instant(created),
        "address": str(values.get("addr", "")),
        "method": str(values.get("method", ""))[:_SHORT],
        "path": _readable(str(values.get("path", "")))[:most],
        "query": str(values.get("query_string", ""))[:most],
        "protocol": str(values.get("protocol", "")),
        "status": values.get("status"),
        "milliseconds": round(float(values.get("dt_ms", 0)), 3),
        **headers,
    }
    return json.dumps(line)


@cache
def _log_records() -> "Counter":
    from prometheus_client import Counter

    return Counter("newsroom_log_records", "Records logged, by level", ["level"])


def _instant(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def _readable(path: str) -> str:
    """Return a path as people read it; WSGI (PEP 3333) hands over its bytes as Latin-1."""
    try:
        return path.encode("latin-1").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return path
