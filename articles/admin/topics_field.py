"""Topics in the story form: chosen by name, and made on the way where that is allowed."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.colleagues import EACH_BY_ITSELF
from articles.admin.finding import called, with_words
from articles.models import ArticleTopic, Topic
from articles.text.plain import clean_line

MOST = 20
LONGEST = 120


class TopicSelect(AutocompleteSelectMultiple):
    """Type to find topics. The values are names, so that new ones can stand beside old ones."""

    template_name = "desk/topics_input.html"

    def __init__(self, admin_site: Any) -> None:
        """Take the site whose style and scripts are used."""
        super().__init__(ArticleTopic._meta.get_field("tag"), admin_site)
        self.may_add = False

    def get_url(self) -> str:
        """Return where names are looked up."""
        return reverse("admin:articles_article_topics")

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> Any:
        """Let Select2 take a name that it does not find."""
        attrs = super().build_attrs(base_attrs, extra_attrs)
        tags = {"data-tags": "true" if self.may_add else "false", "data-token-separators": '[","]'}
        return {**attrs, **tags, **EACH_BY_ITSELF}

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Return the chosen names: the others come as somebody types."""
        options = [self.create_option(name, item, item, True, index) for index, item in enumerate(value)]
        return [(None, options, 0)]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the chosen names and those typed with commas where no script runs."""
        typed = data.get(f"{name}_typed", "").split(",")
        return [*super().value_from_datadict(data, files, name), *(item for item in typed if item.strip())]


class TopicsField(forms.Field):
    """Names of topics in order; `chosen_topics()` turns them into rows."""

    def clean(self, value: Any) -> list[str]:
        """Return clean names, each once whatever its case."""
        names = {name.casefold(): name for item in value or [] if (name := clean_line(str(item)))}
        too_long = [name for name in names.values() if len(name) > LONGEST]
        if too_long:
            raise ValidationError(_("“%s…” is too long for a topic.") % too_long[0][:40])
        known = {} if self.widget.may_add else find_named(names.values())
        unknown = [] if self.widget.may_add else [name for name in names.values() if name not in known]
        if unknown:
            raise ValidationError(_("There is no topic “%s”. Choose another, or ask for it to be added.") % unknown[0])
        return list(names.values())


def topics_field(admin_site: Any) -> TopicsField:
    """Return the field for a form of the desk."""
    return TopicsField(
        label=gettext_lazy("topics"),
        required=False,
        widget=TopicSelect(admin_site),
        help_text=gettext_lazy("Type to find one; Enter takes it."),
    )


def find_named(names: Iterable[str]) -> dict[str, int]:
    """Return the keys of the topics with these names, in any case, or of what they were merged into."""
    wanted = list(names)
    now = Coalesce("merged_into", "pk")
    found: dict[str, int] = dict(Topic.objects.filter(name__in=wanted).values_list("name", now))
    for name in wanted:
        if name not in found and (same := called(Topic.objects.order_by("pk"), name, "topic")):
            found[name] = same[0].merged_into_id or same[0].pk
    return found


def chosen_topics(names: Sequence[str]) -> list[int]:
    """Return the keys of topics by their names, making those that are new."""
    found = find_named(names)
    return [found.get(name) or Topic.objects.create(name=name).pk for name in names]


def find_topics(request: HttpRequest) -> JsonResponse:
    """Answer what Select2 asks while somebody types a topic."""
    if not request.user.has_perm("articles.view_topic"):
        raise PermissionDenied
    found, typed = Topic.objects.filter(merged_into__isnull=True), request.GET.get("term", "")
    if typed.strip():
        found = with_words(found, typed, "topic")
    names = [{"id": name, "text": name} for name in found.values_list("name", flat=True)[:MOST]]
    return JsonResponse({"results": names, "pagination": {"more": False}})
