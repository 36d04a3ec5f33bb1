"""Filters of the lists. Each walks an index, and none looks at every row to know what it can offer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db import connections
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Author, Byline, Edition, Transition
from articles.states import PublicStatus, ReleaseKind, Verb
from articles.workflow import clock

#: Steps through an index from each value to the next one, where DISTINCT would read it all.
_VALUES = """
WITH RECURSIVE step(value) AS (
    SELECT MIN({column}) FROM {table} WHERE {shown}
    UNION ALL
    SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > step.value AND {shown})
    FROM step WHERE step.value IS NOT NULL
)
SELECT value FROM step WHERE value IS NOT NULL
"""


class InUse(admin.FieldListFilter):
    """The values that a column has, those of confidential stories apart; the column begins an index."""

    def __init__(self, field: Any, request: HttpRequest, params: Any, model: Any, *args: Any, **options: Any) -> None:
        """Look the values up."""
        super().__init__(field, request, params, model, *args, **options)
        self.values = values_in_use(model, field.name)

    def expected_parameters(self) -> list[str]:
        """Return the name of the column."""
        return [self.field_path]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Yield all rows, and each of the values."""
        chosen: Any = self.used_parameters.get(self.field_path, [])
        yield {
            "selected": not chosen,
            "query_string": changelist.get_query_string(remove=[self.field_path]),
            "display": _("All"),
        }
        for value in self.values:
            yield {
                "selected": value in chosen,
                "query_string": changelist.get_query_string({self.field_path: value}),
                "display": value or "–",
            }

    def has_output(self) -> bool:
        """Say whether there is anything to choose between."""
        return len(self.values) > 1


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


def values_in_use(model: Any, name: str) -> list[str]:
    """Return the values that a column of text has, in order."""
    connection = connections[model.objects.db]
    quoted = connection.ops.quote_name
    sql = _VALUES.format(
        column=quoted(model._meta.get_field(name).column),
        table=quoted(model._meta.db_table),
        shown="NOT confidential" if model is Article else "1 = 1",
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [value for (value,) in cursor.fetchall()]


def mine(journalist: Any) -> Q:
    """Return the condition for a journalist's own stories."""
    authors = Author.objects.filter(journalist=journalist).values("pk").order_by()
    signed = Byline.objects.filter(author__in=authors).values("article").order_by()
    begun = Article._base_manager.filter(created_by=journalist).values("pk").order_by()
    # Two walks through indexes; an OR of both would ask every story.
    return Q(pk__in=begun.union(signed, all=True))


def _with_newest(stories: Any, at: datetime) -> Any:
    """Return the stories with the kind and the expiry of the newest edition whose instant has come."""
    newest = Edition.objects.filter(article=OuterRef("pk"), live_from__lte=at).order_by("-live_from")
    return stories.alias(
        newest_kind=Subquery(newest.values("release_kind")[:1]),
        newest_expires_at=Subquery(newest.values("expires_at")[:1]),
    )


def _conditions(at: datetime) -> dict[str, Q]:
    """Return the public statuses as conditions, each as `articles.workflow.status` computes it for one story.

    What few stories are is looked up from their editions; the computed status then decides among those.
    """
    future = Edition.objects.filter(live_from__gt=at)
    waits = Q(pk__in=future.values("article").order_by())
    ended = Edition.objects.filter(expires_at__lte=at).values("article").order_by()
    # A withdrawal always has a notice, and the index holds only editions that have one.
    taken_back = Edition.objects.filter(~Q(notice=""), release_kind=ReleaseKind.WITHDRAWAL).values("article").order_by()
    unknown = Q(newest_kind__isnull=True)
    withdrawn = Q(newest_kind=ReleaseKind.WITHDRAWAL)
    expired = ~withdrawn & Q(newest_expires_at__lte=at)
    live = ~unknown & ~withdrawn & (Q(newest_expires_at__isnull=True) | Q(newest_expires_at__gt=at))
    # A story that has had a number has an edition, unless a schedule was cancelled.
    begun = Article._base_manager.filter(last_edition_number=0).values("pk").order_by()
    cancelled = Transition.objects.filter(verb=Verb.CANCEL).values("article").order_by()
    never = Q(pk__in=begun.union(cancelled, all=True)) & ~Exists(Edition.objects.filter(article=OuterRef("pk")))
    return {
        PublicStatus.NOT_PUBLISHED: never,
        PublicStatus.SCHEDULED: waits & unknown,
        PublicStatus.LIVE: live,
        PublicStatus.EXPIRED: Q(pk__in=ended) & expired,
        PublicStatus.WITHDRAWN: Q(pk__in=taken_back) & withdrawn,
        "waiting": waits & live,
    }
