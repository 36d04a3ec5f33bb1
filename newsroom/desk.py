"""The desk as an admin site: its name, the order of its rooms, and a first page with work on it."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from newsroom import kept

#: The rooms of the desk in the order an editor needs them; what is not named comes last.
ROOMS = (
    (gettext_lazy("Stories"), ("Article", "Edition", "Transition")),
    (gettext_lazy("Who and what"), ("Image", "Author", "Company", "Person", "Topic")),
    (gettext_lazy("The paper"), ("Section", "Source", "Exchange", "AliasRule", "Redirect")),
    (gettext_lazy("The house"), ("Journalist", "Group")),
)


class Desk(AdminSite):
    """The stock admin, with the newsroom's name on the door."""

    site_header = settings.NEWSROOM_NAME
    site_title = settings.NEWSROOM_NAME
    index_title = gettext_lazy("The desk")
    enable_nav_sidebar = False

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Guard a page; what somebody sends whose session has ended is handed back to be sent after signing in."""
        guarded = super().admin_view(view, cacheable)

        @wraps(guarded)
        def keeping(request: HttpRequest, *args: Any, **options: Any) -> Any:
            ended = request.method == "POST" and not self.has_permission(request)
            if ended and request.path != reverse("admin:logout"):
                return self.sign_in_again(request)
            return guarded(request, *args, **options)

        return keeping

    def sign_in_again(self, request: HttpRequest) -> HttpResponse:
        """Ask for a password on a page that keeps everything that was typed, but for a password itself."""
        is_login = request.path == reverse("admin:login")
        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "app_path": reverse("admin:login"),
            "username": request.user.get_username(),
            "next": request.POST.get("next", "") if is_login else request.get_full_path(),
            "form": AdminAuthenticationForm(request),
            "kept": request.POST.get("kept", "") if is_login else kept.pack(request.POST),
        }
        return TemplateResponse(request, "admin/login.html", context, status=403)

    def send_again(self, request: HttpRequest, address: str, fields: list[tuple[str, str]]) -> HttpResponse:
        """Show a page from which a refused form can be sent once more."""
        context = {**self.each_context(request), "title": _("Not saved yet"), "fields": fields, "address": address}
        return TemplateResponse(request, "admin/desk/kept.html", context, status=403)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Let somebody in; who was interrupted while writing is led back to what they wrote."""
        packed = request.POST.get("kept", "")
        response = super().login(request, {"kept": packed, **(extra_context or {})})
        if packed and isinstance(response, HttpResponseRedirect):
            return self.send_again(request, response.url, kept.unpack(packed))
        return response

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for this journalist, before the list of rooms."""
        from articles.admin.dashboard import dashboard  # the desk's rooms register themselves on this site

        return super().index(request, {**dashboard(request), **(extra_context or {})})

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        """Answer what Select2 asks while somebody types."""
        from articles.admin.autocomplete import Suggestions  # the desk's rooms are imported after this site

        answer: HttpResponse = Suggestions.as_view(admin_site=self)(request)  # type: ignore[assignment]
        return answer

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leave out the tags of taggit, which are no topics of ours: its pages ask nobody for a permission."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label != "taggit"]
        super().register(ours, admin_class, **options)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Return the rooms this journalist may enter, as the "apps" of the admin's templates."""
        apps: Any = self._build_app_dict(request, app_label)
        found = {model["object_name"]: (app, model) for app in apps.values() for model in app["models"]}
        rooms = [_room(name, [found.pop(noun) for noun in nouns if noun in found]) for name, nouns in ROOMS]
        rest = [_room(_("Other"), [found[noun] for noun in sorted(found)])]
        return [room for room in [*rooms, *rest] if room["models"]]


def _room(name: Any, nouns: list[tuple[Any, Any]]) -> dict[str, Any]:
    app = nouns[0][0] if nouns else {}
    return {**app, "name": str(name), "models": [model for _app, model in nouns]}
