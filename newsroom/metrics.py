"""The figures of the site in the form that Prometheus collects, for those who know the token.

prometheus-client is imported when it is first needed: a worker that starts must answer readers soon.
"""

import logging
import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.crypto import constant_time_compare

from newsroom.readiness import readiness

if TYPE_CHECKING:
    from prometheus_client import Counter
    from prometheus_client.metrics_core import Metric
    from prometheus_client.registry import CollectorRegistry

#: Set by `newsroom.server`: the folder in which the workers keep their figures together.
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the figures of all workers of this node, or with 404 to whom they are no business of.

    The token of METRICS_TOKEN comes as `Authorization: Bearer ...` (RFC 6750). Without that setting there are none.
    """
    from prometheus_client.exposition import choose_encoder

    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, expected):
        return HttpResponseNotFound(content_type="text/plain")
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(_registry()), content_type=content_type)


class CountingHandler(logging.Handler):
    """Count what is logged by level, so that an alarm can watch for errors without reading logs."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count the record."""
        _log_records().labels(level=record.levelname).inc()


class NodeFigures:
    """What is asked anew each time: the state of this node and of what it shows."""

    def collect(self) -> "Iterator[Metric]":
        """Yield the figures; those of the public stamp only while the database answers."""
        from prometheus_client.metrics_core import GaugeMetricFamily

        found = readiness()
        answers = int(found.database == "answers")
        yield GaugeMetricFamily("newsroom_database_answers", "1 if the database answers", answers)
        yield GaugeMetricFamily("newsroom_ready", "1 if readers may be sent here", int(found.is_ready))


@cache
def _log_records() -> "Counter":
    from prometheus_client import Counter

    return Counter("newsroom_log_records", "Records logged, by level", ["level"])


def _registry() -> "CollectorRegistry":
    """Return the figures of this process, or of all workers where they keep them together, and those of the node."""
    from prometheus_client import REGISTRY, CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry(support_collectors_without_names=True)
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)
    registry.register(NodeFigures())
    return registry
