"""The history of a story: its ledger, and every text that was ever saved."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.admin.conflict import differences
from articles.admin.ledger import details_in_words
from articles.admin.story_pages import StoryPages, story_page
from articles.admin.words import field_label, value_in_words
from articles.models import Article, Revision
from articles.workflow.content import KEYS
from articles.workflow.editions import content_of

ROWS = 60


class HistoryPages(StoryPages):
    """The ledger of one story, newest first, and its revisions."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show who did what, when and why."""
        return self._history(request, pk=unquote(object_id))

    @story_page
    def _history(self, request: HttpRequest, article: Article) -> HttpResponse:
        self.opened(request, article)
        rows = article.transitions.select_related("by", "revision").order_by("-pk")
        page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
        ledger = [(row, details_in_words(row, request.user)) for row in page.object_list]
        context = self.story_context(request, article, ledger=ledger, page=page, title=_("History: %s") % article)
        return TemplateResponse(request, "admin/articles/article/history.html", context)

    @story_page
    def revision_view(self, request: HttpRequest, article: Article, number: int) -> HttpResponse:
        """Show a saved text, and what was changed in it since the one before."""
        self.opened(request, article)
        revision = _revision(article, number)
        if revision is None:
            raise Http404
        before = _revision(article, number - 1)
        changes = differences(content_of(before), content_of(revision), request.user) if before else []
        content = content_of(revision)
        context = self.story_context(
            request,
            article,
            revision=revision,
            before=before,
            changes=changes,
            is_newest=revision.pk == article.revision_id,
            words=[
                (field_label(name), value_in_words(name, content[name], request.user))
                for name in KEYS
                if name not in ("body", "public_key")
            ],
            # The body was cleaned before it was stored.
            body=mark_safe(revision.body),  # noqa: S308
            title=_("Revision %(number)d: %(story)s") % {"number": number, "story": article},
        )
        return TemplateResponse(request, "admin/articles/article/revision.html", context)


def _revision(article: Article, number: int) -> Revision | None:
    found: Revision | None = (
        article.revisions.select_related("text", "saved_by").filter(number=number).first() if number > 0 else None
    )
    return found
