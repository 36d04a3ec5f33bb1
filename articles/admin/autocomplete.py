"""What is looked up while somebody types a name: by index, a page at a time, without a count."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse

from articles.admin.lists import UncountedPaginator


class Suggestions(AutocompleteJsonView):
    """The stock answers, the rows first that are meant exactly."""

    def get(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        """Answer with a page of rows and whether there is another one."""
        self.exact: list[Any] = []
        return super().get(request, *args, **options)

    def get_queryset(self) -> Any:
        """Leave out, behind the first page, what stands before all others."""
        found = super().get_queryset()
        keys = self.model_admin.meant_by(self.request, self.term)
        if keys:
            self.exact = list(found.filter(pk__in=keys))
            found = found.exclude(pk__in=keys)
        return found

    def get_paginator(self, *args: Any, **options: Any) -> Any:
        """Count nothing."""
        return UncountedPaginator(*args, **options)

    def get_context_data(self, **options: Any) -> Any:
        """Put what is meant exactly on the first page."""
        context = super().get_context_data(**options)
        if context["page_obj"].number == 1:
            context["object_list"] = [*self.exact, *context["object_list"]]
        return context

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """Return a choice as Select2 wants it."""
        return {"id": str(getattr(obj, to_field_name)), "text": self.model_admin.as_choice(obj)}
