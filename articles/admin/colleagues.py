"""Choose journalists by name, without the right to administer them."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import reverse

MOST = 20
#: Of several that are chosen, each has a button that takes it away. Select2's button for all of them stands inside the
#: list without being an item of it, which screen readers stumble over.
EACH_BY_ITSELF = {"data-allow-clear": "false"}


def colleagues() -> QuerySet[Any]:
    """Return everybody who works at the desk."""
    return get_user_model()._default_manager.filter(is_active=True, is_staff=True).order_by("first_name", "username")


def find_colleagues(request: HttpRequest) -> JsonResponse:
    """Answer what Select2 asks while somebody types a colleague's name."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    found = colleagues()
    for word in request.GET.get("term", "").split():
        found = found.filter(Q(username__icontains=word) | Q(first_name__icontains=word) | Q(last_name__icontains=word))
    people = [{"id": str(person.pk), "text": person.name} for person in found[:MOST]]
    return JsonResponse({"results": people, "pagination": {"more": False}})


class _Colleagues:
    def get_url(self) -> str:
        """Return where names are looked up."""
        return reverse("admin:articles_article_colleagues")


class ColleagueSelect(_Colleagues, AutocompleteSelect):
    """Choose one colleague."""


class ColleagueSelectMultiple(_Colleagues, AutocompleteSelectMultiple):
    """Choose several colleagues."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        """Take colleagues away one by one."""
        return super().build_attrs(base_attrs, extra_attrs) | EACH_BY_ITSELF
