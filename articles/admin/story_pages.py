"""What every page about one story has in common: finding it, or not; and the column beside it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import rules, workflow
from articles.admin.noun import NounAdmin
from articles.admin.standing import Standing, standing
from articles.admin.verbs import QUESTIONS, allowed_verbs
from articles.models import Article, Transition
from articles.purging.desk import latest_purge, words
from articles.quality import Problem, release_problems
from articles.states import IN_PROGRESS, Verb
from articles.text.counts import count_words, reading_minutes
from articles.text.plain import plain_text
from articles.workflow import clock
from articles.workflow.editions import content_of

#: What the pages print of a story beside its own columns.
_JOINS = ("section", "source", "lead_image", "revision__saved_by", "revision__text", "created_by")


def story_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give a view the story instead of its key. A story out of sight answers exactly as one that does not exist."""

    @wraps(view)
    def find_first(self: "StoryPages", request: HttpRequest, pk: Any, **options: Any) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        article = self.find(request, pk)
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(pk))
        return view(self, request, article, **options)

    return find_first


class StoryPages(NounAdmin):
    """The ground the pages of a story stand on."""

    def find(self, request: HttpRequest, pk: Any) -> Article | None:
        """Return the story if this journalist may know of it."""
        try:
            stories = self.get_queryset(request).order_by()
            # What is posted is mostly answered by leading on to another page.
            joined = stories if request.method == "POST" else stories.select_related(*_JOINS)
            found: Article | None = joined.filter(pk=pk).first()
        except (ValueError, TypeError):
            return None
        return found

    def opened(self, request: HttpRequest, article: Article) -> None:
        """Write into the ledger that a confidential story was opened."""
        if request.method == "GET":
            workflow.opened(article, by=request.user)

    def story_context(self, request: HttpRequest, article: Article, **more: Any) -> dict[str, Any]:
        """Return what the templates of all pages of a story print."""
        stands = standing(article, clock.now())
        verbs = allowed_verbs(request.user, article, stands)
        purge = latest_purge(article)
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "article": article,
            "title": str(article),
            "standing": stands,
            "verbs": [button(article, verb) for verb in verbs],
            "last": article.transitions.exclude(verb=Verb.OPEN).select_related("by").order_by("-pk").first(),
            "purge": words(purge) if purge else "",
            "media": self.media,
            "has_view_permission": True,
            **more,
        }

    def side_context(self, article: Article, stands: Standing) -> dict[str, Any]:
        """Return what the column beside the text prints: what is missing, and how long the text is."""
        text = plain_text(article.body)
        return {
            "missing": missing(article),
            "sent_back": sent_back(article),
            "word_count": count_words(text),
            "reading_minutes": reading_minutes(text),
            "scheduled_at": stands.future.live_from if stands.future else None,
        }


def button(article: Article, verb: Verb) -> dict[str, Any]:
    """Return a verb as a link to its confirmation page."""
    label = verb.label
    if verb is Verb.CORRECT and article.state != "approved":
        label = _("Correct in one step")
    return {
        "verb": verb.value,
        "label": label,
        "weight": QUESTIONS[verb].weight,
        "url": reverse("admin:articles_article_verb", args=[article.pk, verb.value]),
    }


def missing(article: Article) -> list[Problem]:
    """Return what keeps the story from being released, while somebody still works on it."""
    if article.state not in IN_PROGRESS or article.revision is None:
        return []
    return release_problems(content_of(article.revision))


def sent_back(article: Article) -> Transition | None:
    """Return why a draft was sent back, until it is submitted again."""
    last = (
        article.transitions.filter(verb__in=(Verb.SEND_BACK, Verb.SUBMIT)).select_related("by").order_by("-pk").first()
    )
    return last if last is not None and last.verb == Verb.SEND_BACK and article.state == "draft" else None


def may_edit(request: HttpRequest, article: Article) -> bool:
    """Say whether this journalist may save the story."""
    return rules.may(request.user, Verb.SAVE, article)
