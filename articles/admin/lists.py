"""Lists that cost the same for ten rows and for a million: they count to a bound, and go on behind it by key."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR, IncorrectLookupParameters, ShowFacets
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

#: As many rows are counted, and shown in numbered pages. The last of these leads on to the rows behind them.
BOUND = 1000
AFTER_VAR = "after"


class BoundedPaginator(Paginator):
    """The first thousand rows in pages. `is_cut` says that there are more; how many, nobody counts."""

    @cached_property
    def count(self) -> int:
        """The number of rows, at most `BOUND`."""
        return min(self._counted, BOUND)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted."""
        return self._counted > BOUND

    def counted_already(self, number: int) -> None:
        """Take over how many rows there are, at most `BOUND`."""
        self.__dict__["_counted"] = number

    @cached_property
    def _counted(self) -> int:
        # In the order of the list: without it a database may count by reading the table from its beginning.
        return self.object_list[: BOUND + 1].count()


class UncountedPaginator(Paginator):
    """Pages of which each only knows whether there is another one."""

    def page(self, number: Any) -> Page:
        """Return a page; one behind the end is empty."""
        number = self._validate_number(number, BOUND)
        start = (number - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        return _UncountedPage(rows, number, self)


class _UncountedPage(Page):
    def __init__(self, rows: list[Any], number: int, paginator: Paginator) -> None:
        super().__init__(rows[: paginator.per_page], number, paginator)
        self._has_next = len(rows) > paginator.per_page and number < BOUND

    def has_next(self) -> bool:
        """Say whether there is another page."""
        return self._has_next


class BoundedList(ChangeList):
    """A page of a list. `?after=…` begins behind a row, by the columns that the list is ordered by."""

    #: Where the rows behind the counted ones begin, on the last page of these; else "".
    next_after = ""

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        """Take what the stock list takes."""
        self.after = request.GET.get(AFTER_VAR, "")
        super().__init__(request, *args)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than are counted, or than a search has looked up."""
        return self.paginator.is_cut or self.found_more

    @property
    def is_narrowed(self) -> bool:
        """Whether something was looked for, or a filter chosen."""
        return bool(self.query or self.has_active_filters or set(self.params) - {ORDER_VAR, IS_POPUP_VAR, TO_FIELD_VAR})

    @property
    def counted(self) -> str:
        """How many rows there are, as far as they are counted."""
        one = self.result_count == 1 and not self.is_cut
        values = {
            "number": f"{self.result_count:,}",
            "name": self.opts.verbose_name if one else self.opts.verbose_name_plural,
        }
        if self.is_cut:
            return _("More than %(number)s %(name)s") % values
        return _("%(number)s %(name)s") % values

    def get_filters_params(self, params: Any = None) -> Any:
        """Leave out where the list begins."""
        found = super().get_filters_params(params)
        found.pop(AFTER_VAR, None)
        return found

    def get_query_string(self, new_params: Any = None, remove: Any = None) -> str:
        """Begin at the first row again with everything that is not just another page."""
        if not {PAGE_VAR, AFTER_VAR} & set(new_params or ()):
            new_params = {**(new_params or {}), AFTER_VAR: None}
        return super().get_query_string(new_params, remove)

    def get_ordering(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Name each column once, and let the primary key run the way of the others, so that one index serves all."""
        columns: dict[str, str] = {}
        for column in super().get_ordering(request, queryset):
            columns.setdefault(column.removeprefix("-"), column)
        if "pk" in columns:
            first = next(iter(columns.values()))
            columns["pk"] = "-pk" if first.startswith("-") else "pk"
        return list(columns.values())

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        """Return the rows that are asked for, from where they begin."""
        self.everything = self.root_queryset
        # The search begins at the first row again.
        self.params.pop(AFTER_VAR, None)
        self.order = self.get_ordering(request, self.root_queryset)
        if self.after:
            self.root_queryset = self.root_queryset.filter(_behind(self.opts, self.order, self.after))
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        """Look up the rows of the page, and where the next thousand begin."""
        self.found_more = getattr(request, "found_more", False)
        super().get_results(request)
        if self.is_cut and self.page_num == self.paginator.num_pages and not self.show_all:
            self.next_after = _place(self.opts, self.order, list(self.result_list)[-1])

    def beginning(self) -> str:
        """Return the address of the first page of the whole list."""
        return self.get_query_string({AFTER_VAR: None})

    def further(self) -> str:
        """Return the address of the rows behind those that are counted."""
        return self.get_query_string({AFTER_VAR: self.next_after}, [PAGE_VAR])


class BoundedLists:
    """A mixin for the desk's `ModelAdmin`s: none of them counts or scans everything."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    paginator = BoundedPaginator

    def get_changelist(self, request: HttpRequest, **options: Any) -> Any:
        """Use the bounded list."""
        return BoundedList

    def get_paginator(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """Let a search that has looked its rows up say how many they are."""
        paginator = super().get_paginator(request, *args, **options)
        if isinstance(paginator, BoundedPaginator) and hasattr(request, "found"):
            paginator.counted_already(request.found)
        return paginator


def _place(opts: Any, order: Sequence[str], row: Any) -> str:
    fields = [_field(opts, name) for name in order]
    return json.dumps([field.value_to_string(row) for field in fields], ensure_ascii=False)


def _behind(opts: Any, order: Sequence[str], after: str) -> Q:
    """Return the condition for the rows behind a place, first column first."""
    try:
        texts = json.loads(after)
        pairs = [(name, _field(opts, name).to_python(text)) for name, text in zip(order, texts, strict=True)]
    except (ValueError, TypeError, ValidationError) as error:
        raise IncorrectLookupParameters(error) from error
    if not pairs or any(value is None for _name, value in pairs):
        raise IncorrectLookupParameters
    behind = Q()
    for name, value in reversed(pairs):
        further = Q(**{f"{name.removeprefix('-')}__{'lt' if name.startswith('-') else 'gt'}": value})
        behind = further | (Q(**{name.removeprefix("-"): value}) & behind) if behind else further
    name, value = pairs[0]
    # The first column alone bounds the walk through the index; an OR would not.
    return Q(**{f"{name.removeprefix('-')}__{'lte' if name.startswith('-') else 'gte'}": value}) & behind


def _field(opts: Any, name: str) -> Any:
    name = name.removeprefix("-")
    return opts.pk if name == "pk" else opts.get_field(name)
