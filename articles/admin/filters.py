"""Filters of the story list."""

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
        conditions = _conditions(clock.now())
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


def mine(journalist: Any) -> Q:
    """Return the condition for a journalist's own stories."""
    signed = Byline.objects.filter(article=OuterRef("pk"), author__journalist=journalist)
    return Q(created_by=journalist) | Q(Exists(signed))


def _conditions(at: Any) -> dict[str | None, Q]:
    """Return the public statuses as conditions, each as `articles.workflow.status` computes it for one story."""
    past = Edition.objects.filter(article=OuterRef("pk"), live_from__lte=at)
    newest = Subquery(past.order_by("-live_from").values("pk")[:1])
    current = Edition.objects.filter(pk=newest)
    waits = Q(Exists(Edition.objects.filter(article=OuterRef("pk"), live_from__gt=at)))
    withdrawn = Q(Exists(current.filter(release_kind=ReleaseKind.WITHDRAWAL)))
    expired = Q(Exists(current.filter(expires_at__lte=at).exclude(release_kind=ReleaseKind.WITHDRAWAL)))
    known = Q(Exists(past))
    return {
        PublicStatus.NOT_PUBLISHED: ~known & ~waits,
        PublicStatus.SCHEDULED: ~known & waits,
        PublicStatus.LIVE: known & ~withdrawn & ~expired,
        PublicStatus.EXPIRED: expired,
        PublicStatus.WITHDRAWN: withdrawn,
        "waiting": known & ~withdrawn & ~expired & waits,
    }
