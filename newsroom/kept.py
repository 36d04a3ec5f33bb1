"""Forms that came too late: the session had ended, or somebody had signed in again elsewhere. Nothing typed is lost."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.views import csrf

#: What belongs to one sending of a form, and not to what was typed.
_NOT_TYPED = ("csrfmiddlewaretoken",)


def pack(posted: QueryDict) -> str:
    """Return all fields of a posted form as one text for a hidden field. Files cannot be kept."""
    return json.dumps([[name, value] for name, values in posted.lists() for value in values if name not in _NOT_TYPED])


def unpack(packed: str) -> list[tuple[str, str]]:
    """Return the fields in a text that `pack()` made; whatever else stands there is left out."""
    try:
        pairs = json.loads(packed)
    except ValueError:
        return []
    if not isinstance(pairs, list):
        return []
    return [(str(pair[0]), str(pair[1])) for pair in pairs if isinstance(pair, list) and len(pair) == 2]


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is not the browser's any more, as after signing in again in another window.

    The browser itself says that the form is one of ours; one from elsewhere gets Django's own refusal.
    """
    site: Any = admin.site
    first_page = reverse("admin:index")
    if not request.path.startswith(first_page) or request.headers.get("Sec-Fetch-Site") != "same-origin":
        return csrf.csrf_failure(request, reason)
    if request.path == reverse("admin:login"):
        is_writing = bool(request.POST.get("kept"))
        return site.sign_in_again(request) if is_writing else HttpResponseRedirect(request.get_full_path())
    if request.path == reverse("admin:logout"):
        return HttpResponseRedirect(first_page)
    answer: HttpResponse = (
        site.send_again(request, request.get_full_path(), unpack(pack(request.POST)))
        if site.has_permission(request)
        else site.sign_in_again(request)
    )
    return answer
