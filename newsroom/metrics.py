"""The figures of the site in the form that Prometheus collects, for those who know the token.

prometheus-client is imported when it is first needed: a worker that starts must answer readers soon.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.crypto import constant_time_compare

from articles import reading
from articles.models import Purge
from newsroom.readiness import readiness

if TYPE_CHECKING:
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


class NodeFigures:
    """What is asked anew each time: the state of this node and of what it shows."""

    def collect(self) -> "Iterator[Metric]":
        """Yield the figures; those that the database knows only while it is ready."""
        from prometheus_client.metrics_core import GaugeMetricFamily

        found = readiness()
        answers = int(found.database == "answers")
        yield GaugeMetricFamily("newsroom_database_answers", "1 if the database answers", answers)
        yield GaugeMetricFamily("newsroom_ready", "1 if readers may be sent here", int(found.is_ready))
        if not found.is_ready:
            return
        stamp = reading.present_stamp()
        changed_at = stamp.changed_at.timestamp() if stamp.changed_at else 0
        yield GaugeMetricFamily("newsroom_public_counter", "Writes that changed something public", stamp.counter)
        yield GaugeMetricFamily("newsroom_public_changed_seconds", "When something public changed last", changed_at)
        due = Purge.objects.filter(due_at__lte=stamp.at).count()
        yield GaugeMetricFamily("newsroom_purges_due", "Purges that the CDN should have had by now", due)


def _registry() -> "CollectorRegistry":
    """Return the figures of this process, or of all workers where they keep them together, and those of the node."""
    from prometheus_client import REGISTRY, CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry(support_collectors_without_names=True)
    folder = os.environ.get(FOLDER)
    if folder:
        _forget_dead_workers(Path(folder))
        MultiProcessCollector(registry)
    else:
        registry.register(REGISTRY)
    registry.register(NodeFigures())
    return registry


def _forget_dead_workers(folder: Path) -> None:
    """Take what only the living count by, such as memory, from workers that have ended; their sums stay."""
    from prometheus_client.multiprocess import mark_process_dead

    for pid in {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_live*_*.db")}:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            mark_process_dead(pid, str(folder))
