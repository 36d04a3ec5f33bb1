"""The desk's first page: what waits for this journalist, and what is on its way to readers."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.admin.filters import mine
from articles.admin.readonly import about_visible
from articles.admin.standing import attach_standings
from articles.models import Article, Edition
from articles.states import State
from articles.workflow import clock

ROWS = 8


@dataclass(frozen=True, slots=True)
class Panel:
    """A short list of stories; `items` are (story, instant), `query` asks the story list for all of them."""

    name: str
    title: Any
    empty: Any
    items: list[tuple[Any, Any]]
    query: str

    @property
    def url(self) -> str:
        """The whole list."""
        return f"{reverse('admin:articles_article_changelist')}?{self.query}"


def dashboard(request: HttpRequest) -> dict[str, Any]:
    """Return the panels for this journalist's first page, each in one query, and one for all public statuses."""
    if not request.user.has_perm("articles.view_article"):
        return {"panels": []}
    at = clock.now()
    visible = Article.objects.visible_to(request.user).select_related("section").defer("body", "search_text")
    drafts = visible.filter(mine(request.user), state=State.DRAFT)
    review = visible.filter(state=State.SUBMITTED).order_by("changed_at", "pk")
    approved = visible.filter(state=State.APPROVED).order_by("changed_at", "pk")
    scheduled, released = _scheduled(request, at), _released(request, at)
    panels = [
        Panel("drafts", _("My drafts"), _("No drafts of yours."), _rows(drafts), "state__exact=draft&whose=mine"),
        Panel("review", _("Awaiting review"), _("Nothing waits to be read."), _rows(review), "state__exact=submitted"),
        Panel(
            "approved",
            _("Approved, not released"),
            _("Nothing waits to be released."),
            _rows(approved),
            "state__exact=approved",
        ),
        Panel("scheduled", _("Scheduled next"), _("Nothing is scheduled."), scheduled, "public=scheduled"),
        Panel("released", _("Just released"), _("Nothing yet."), released, "public=live"),
    ]
    attach_standings([story for panel in panels for story, _when in panel.items], at)
    return {"panels": panels, "may_start": request.user.has_perm("articles.add_article")}


def _rows(stories: Any) -> list[tuple[Any, Any]]:
    return [(story, story.changed_at) for story in stories[:ROWS]]


def _scheduled(request: HttpRequest, at: Any) -> list[tuple[Any, Any]]:
    return _of_editions(request, Edition.objects.future(at).order_by("live_from"))


def _released(request: HttpRequest, at: Any) -> list[tuple[Any, Any]]:
    return _of_editions(request, Edition.objects.live(at).order_by("-live_from"))


def _of_editions(request: HttpRequest, editions: Any) -> list[tuple[Any, Any]]:
    """Return the stories of editions with the instants of these."""
    rows = editions.filter(about_visible(request.user)).select_related("article__section")
    light = rows.defer("body", "plain_text", "printed", "article__body", "article__search_text")
    return [(edition.article, edition.live_from) for edition in light[:ROWS]]
