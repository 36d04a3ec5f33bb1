"""Filters of the story list."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Byline, Edition
from articles.states import PublicStatus, ReleaseKind
from articles.workflow import clock


class Mine(admin.SimpleListFilter):
    """Stories begun by whoever looks, or with their byline."""

    title = _("whose")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("mine", _("Mine"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(mine(request.user)) if self.value() == "mine" else queryset


class Public(admin.SimpleListFilter):
    """What readers have of a story at this moment."""

    title = _("public status")
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [*PublicStatus.choices, ("waiting", _("Live, with an update scheduled"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        at = clock.now()
        condition = _conditions(at).get(self.value() or "")
        return queryset if condition is None else _with_newest(queryset, at).filter(condition)


def mine(journalist: Any) -> Q:
    """Return the condition for a journalist's own stories."""
    signed = Byline.objects.filter(article=OuterRef("pk"), author__journalist=journalist)
    return Q(created_by=journalist) | Q(Exists(signed))


def _with_newest(stories: Any, at: datetime) -> Any:
    """Return the stories with the kind and the expiry of the newest edition whose instant has come."""
    newest = Edition.objects.filter(article=OuterRef("pk"), live_from__lte=at).order_by("-live_from")
    return stories.alias(
        newest_kind=Subquery(newest.values("release_kind")[:1]),
        newest_expires_at=Subquery(newest.values("expires_at")[:1]),
    )


def _conditions(at: datetime) -> dict[str, Q]:
    """Return the public statuses as conditions, each as `articles.workflow.status` computes it for one story."""
    waits = Q(Exists(Edition.objects.filter(article=OuterRef("pk"), live_from__gt=at)))
    unknown = Q(newest_kind__isnull=True)
    withdrawn = Q(newest_kind=ReleaseKind.WITHDRAWAL)
    expired = ~withdrawn & Q(newest_expires_at__lte=at)
    live = ~unknown & ~withdrawn & (Q(newest_expires_at__isnull=True) | Q(newest_expires_at__gt=at))
    return {
        PublicStatus.NOT_PUBLISHED: unknown & ~waits,
        PublicStatus.SCHEDULED: unknown & waits,
        PublicStatus.LIVE: live,
        PublicStatus.EXPIRED: expired,
        PublicStatus.WITHDRAWN: withdrawn,
        "waiting": live & waits,
    }
