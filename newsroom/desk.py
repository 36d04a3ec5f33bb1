"""The desk as an admin site: its name, the order of its rooms, and a first page with work on it."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: The rooms of the desk in the order an editor needs them; what is not named comes last.
ROOMS = (
    (gettext_lazy("Stories"), ("Article", "Edition", "Transition")),
    (gettext_lazy("Who and what"), ("Image", "Author", "Company", "Topic")),
    (gettext_lazy("The paper"), ("Section", "Source", "Exchange", "Redirect")),
    (gettext_lazy("The house"), ("Journalist", "Group")),
)


class Desk(AdminSite):
    """The stock admin, with the newsroom's name on the door."""

    site_header = settings.NEWSROOM_NAME
    site_title = settings.NEWSROOM_NAME
    index_title = gettext_lazy("The desk")
    enable_nav_sidebar = False

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits for this journalist, before the list of rooms."""
        from articles.admin.dashboard import dashboard  # the desk's rooms register themselves on this site

        return super().index(request, {**dashboard(request), **(extra_context or {})})

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Leave out the tags of taggit, which are no topics of ours: its pages ask nobody for a permission."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
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
