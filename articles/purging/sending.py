"""Send purges until they are answered, and once more when nothing can come any more that was made before the change.

Purges are idempotent, so one more does no harm, and neither do answers that come in another order: a purge is done when
an attempt that began after the change had settled was answered, whatever other attempts say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Final

from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce

from articles import reading
from articles.asking import Unanswered, ask_all, wait_asked_for
from articles.models import Purge
from articles.purging import outbox
from articles.purging.cdn import Cdn
from articles.purging.site import SETTLED, cdn

#: How long to wait before the next attempt: 1, 2, 4 … seconds after a failure, and never longer than this.
_LONGEST_PAUSE: Final = 60
#: How long one attempt may take that nobody waits for.
_PATIENCE: Final = 15.0
#: A purge that is overdue by this has nobody who sends it.
_OVERDUE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an attempt: "" or why it failed, and for how many seconds the CDN does not want to be asked."""

    error: str
    wait: int = 0


def purge_now(since: datetime, within: float) -> Purge | None:
    """Purge what has changed since an instant, and return the purge with its answer, or with the reason there is none.

    Never takes much longer than `within` seconds, and tries again in them when the CDN fails at once. To be called when
    the change is committed: inside a transaction, and without a CDN, nothing is done. None when nothing has changed.
    """
    if cdn() is None or not reading.trustworthy():
        return None
    deadline = monotonic() + within
    outbox.cover()
    purges = list(Purge.objects.filter(made_at__gte=since).order_by("pk"))
    if not purges:
        return None
    pause = 0.25
    while (result := send(purges, max(0.1, deadline - monotonic()))).error:
        if monotonic() + max(pause, result.wait) >= deadline:
            break
        sleep(max(pause, result.wait))
        pause *= 2
    return Purge.objects.get(pk=purges[-1].pk)


def send_due() -> Result | None:
    """Send all purges that are due, as one, and return what came of it, None when there is none."""
    purges = list(Purge.objects.filter(due_at__lte=reading.now()).order_by("pk"))
    return send(purges, _PATIENCE) if purges else None


def send(purges: Sequence[Purge], within: float) -> Result:
    """Send purges as one, and write down and return what came of it."""
    adapter = cdn()
    if adapter is None:
        return Result("CDN_URL is not set")
    began = reading.now()
    result = _ask(adapter, {key for purge in purges for key in purge.keys.split()}, within)
    if result.error:
        _note_failure(purges, result)
    else:
        _note_answer(purges, began)
    return result


def is_overdue(purge: Purge) -> bool:
    """Say whether a purge should have been sent long ago: nobody runs `manage.py purge --watch`."""
    return purge.due_at is not None and purge.due_at < reading.now() - _OVERDUE


def _ask(adapter: Cdn, keys: set[str], within: float) -> Result:
    try:
        answers = ask_all(adapter.requests(keys), within)
    except Unanswered as none:
        return Result(str(none))
    refusals = [refusal for answer in answers if (refusal := adapter.refusal(answer, keys))]
    return Result(refusals[0][:200], max(map(wait_asked_for, answers))) if refusals else Result("")


def _note_answer(purges: Sequence[Purge], began: datetime) -> None:
    """Write down that the CDN has forgotten what it kept when the attempt began."""
    now = reading.now()
    for purge in purges:
        row = Purge.objects.filter(pk=purge.pk)
        row.update(
            answered_at=Coalesce("answered_at", Value(now), output_field=DateTimeField()),
            attempts=F("attempts") + 1,
            error="",
        )
        # What was done by another attempt stays done.
        settled = purge.made_at + SETTLED
        row.filter(due_at__isnull=False).update(due_at=None if began >= settled else settled)


def _note_failure(purges: Sequence[Purge], result: Result) -> None:
    for purge in purges:
        pause = max(min(2 ** min(purge.attempts, 10), _LONGEST_PAUSE), result.wait)
        Purge.objects.filter(pk=purge.pk, due_at__isnull=False).update(
            due_at=reading.now() + timedelta(seconds=pause),
            attempts=F("attempts") + 1,
            error=result.error,
        )
