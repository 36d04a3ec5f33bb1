"""What the desk is told of a purge: that the CDN has forgotten, or what readers may still get, and until when."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.db import Error
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles import reading
from articles.models import Article, Purge
from articles.purging.keys import story
from articles.purging.sending import is_overdue, purge_now
from articles.purging.site import SETTLED, cdn, longest_stale
from articles.text.times import house_time

logger = logging.getLogger(__name__)

_DESK: Final = "/desk/"
_CHANGING: Final = frozenset(("POST", "PUT", "PATCH", "DELETE"))
#: For how many seconds somebody waits for the CDN's answer at most.
_PATIENCE: Final = 5.0
#: How many purges back a story's page looks for its own.
_LOOKED_AT: Final = 500


def purge_after_change(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Wait for the CDN's answer to a purge when something was done at the desk that readers can see, and say it.

    Whatever was done is committed by then, so nobody else waits, and however the purge ends it stays done.
    """

    def respond(request: HttpRequest) -> HttpResponse:
        if cdn() is None or request.method not in _CHANGING or not request.path_info.startswith(_DESK):
            return get_response(request)
        began = reading.now()
        response = get_response(request)
        try:
            purge = purge_now(began, _PATIENCE)
        except Error:
            logger.exception("What was done at the desk could not be purged. It will be tried again.")
            messages.error(request, _("It is not known whether the CDN has been purged. It will be tried again."))
            return response
        if purge is not None:
            messages.add_message(request, messages.SUCCESS if purge.answered_at else messages.ERROR, words(purge))
        return response

    return respond


def words(purge: Purge) -> str:
    """Return what has become of a purge, for whoever caused it."""
    adapter = cdn()
    name = adapter.name if adapter else _("The CDN")
    said = _forgotten(purge, purge.answered_at, name) if purge.answered_at else _still_there(purge, name)
    if is_overdue(purge):
        said += " " + _("Nobody sends it: is “manage.py purge --watch” running?")
    return said


def latest_purge(article: Article) -> Purge | None:
    """Return the newest purge of a story, or None when there was none lately, or there is no CDN."""
    newest = Purge.objects.order_by("-pk").values_list("pk", flat=True).first()
    if cdn() is None or newest is None:
        return None
    tags = Q(keys__contains=story(article.public_key))
    for key in article.editions.order_by().values_list("public_key", flat=True).distinct():
        tags |= Q(keys__contains=story(key))
    found: Purge | None = Purge.objects.filter(tags, pk__gt=newest - _LOOKED_AT).order_by("-pk").first()
    return found


def _forgotten(purge: Purge, answered_at: datetime, name: str) -> str:
    said = _("%(cdn)s was purged at %(time)s.") % {"cdn": name, "time": _clock(answered_at)}
    if purge.due_at is None:
        return said
    again = _("Pages that were on their way to it are purged once more at %s.")
    return f"{said} {again % _clock(purge.made_at + SETTLED)}"


def _still_there(purge: Purge, name: str) -> str:
    said = _(
        "%(cdn)s has not confirmed the purge (%(why)s). Until %(time)s at the latest, readers may still get what it "
        "kept: the story as it was, and pages that list it. The purge is tried again until it is confirmed."
    )
    until = _clock(purge.made_at + longest_stale())
    return said % {"cdn": name, "why": purge.error or _("not sent yet"), "time": until}


def _clock(at: datetime) -> str:
    return house_time(at, ZoneInfo(settings.TIME_ZONE), seconds=True)
