"""From what has changed to what is to be purged.

Changes of stories were reported by the database itself, in their own transactions (`articles.models.reported`), and
those of nouns by the public stamp. From both, purges are made, by whoever comes first: the request that made the
change, or `manage.py purge`. If two come at once, a change is purged twice.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from articles import reading
from articles.models import Purge, PurgeWatch, Unpurged
from articles.models.stamp import NounChange, PublicStamp
from articles.purging import stories
from articles.purging.keys import SITE

#: For how long after the last purge changes go on being reported. Then the whole site is purged on the next occasion.
_LEASE: Final = timedelta(days=7)
#: More changes than this at once purge the whole site.
_MOST_CHANGES: Final = 500
_MOST_STORIES: Final = 20
#: For how long purges that are done are kept to be looked at.
_KEPT: Final = timedelta(days=30)


def cover() -> None:
    """Make a purge for all changes that have none yet."""
    now = reading.now()
    # Before anything else is read: what changes meanwhile has a later counter, and comes into the next purge, too.
    counter = _counter()
    covered = Purge.objects.order_by("-pk").values_list("counter", flat=True).first()
    was_reported = _renew_watch(now)
    changes = list(Unpurged.objects.order_by("pk")[:_MOST_CHANGES])
    is_any = (
        not was_reported
        or covered is None
        or covered > counter
        or len(changes) == _MOST_CHANGES
        or _noun_changed_since(covered)
    )
    if not changes and not is_any:
        return
    # Behind the reports: what they tell of has advanced the counter, unless it waits for an instant far away.
    is_public = is_any or _counter() != covered
    with transaction.atomic():
        if is_public:
            _make(_keys({change.article for change in changes}, now) | ({SITE} if is_any else set()), counter, now)
        Unpurged.objects.filter(pk__in=[change.pk for change in changes]).delete()


def purge_site() -> None:
    """Make a purge of everything: after a new version has been installed, or an old copy of the database put back."""
    _make({SITE}, _counter(), reading.now())


def forget_old() -> None:
    """Delete purges that were done long ago, but for the newest, which says up to where all is covered."""
    newest = Purge.objects.order_by("-pk").first()
    if newest is not None:
        done = Purge.objects.filter(due_at__isnull=True, made_at__lt=reading.now() - _KEPT)
        done.exclude(pk=newest.pk).delete()


def _counter() -> int:
    return PublicStamp.objects.values_list("counter", flat=True).first() or 0


def _keys(articles: set[int | None], at: datetime) -> set[str]:
    """Return the tags to purge for changes of these stories, and of anything for None."""
    known = {article for article in articles if article is not None}
    keys = {SITE} if None in articles or len(known) > _MOST_STORIES else set()
    return keys | stories.keys_of(known, at) if 0 < len(known) <= _MOST_STORIES else keys


def _make(keys: set[str], counter: int, now: datetime) -> None:
    Purge.objects.create(keys=" ".join(sorted(keys)), counter=counter, made_at=now, due_at=now)


def _noun_changed_since(counter: int) -> bool:
    """Say whether something printed of a noun has changed. Rows of the index are their story's, which is reported."""
    return NounChange.objects.filter(counter__gt=counter).exclude(noun__startswith="edition-").exists()


def _renew_watch(now: datetime) -> bool:
    """Have changes reported for a week from now on, and say whether they were until now."""
    until = PurgeWatch.objects.values_list("until", flat=True).first()
    if until is None or until < now + _LEASE / 2:
        PurgeWatch.objects.update_or_create(id=1, defaults={"until": now + _LEASE})
    return until is not None and until > now
