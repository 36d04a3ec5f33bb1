"""Use a verb: a page that asks for confirmation, and the POST that does it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rules, workflow
from articles.admin.conflict import Difference, differences
from articles.admin.standing import Standing, standing
from articles.admin.story_pages import StoryPages, story_page
from articles.admin.verb_form import VerbForm
from articles.admin.verbs import QUESTIONS, fits
from articles.admin.warned import warnings_of
from articles.admin.writing import seen_in
from articles.models import Article, Edition
from articles.quality import Problem, release_problems
from articles.quality.warnings import seal
from articles.states import CHANGES, RELEASES, State, Verb, state_after
from articles.templatetags.desk import in_short
from articles.workflow import Seen, clock
from articles.workflow.content import read_content
from articles.workflow.editions import content_of

CONFIRM = "admin/articles/article/verb.html"
NOT_NOW = "admin/articles/article/not_now.html"


class VerbPages(StoryPages):
    """The confirmation pages of all verbs."""

    @story_page
    def verb_view(self, request: HttpRequest, article: Article, verb: str) -> HttpResponse:
        """Ask whether to use a verb, or use it."""
        wanted = Verb(verb)
        stands = standing(article, clock.now())
        posted = request.POST if request.method == "POST" else None
        warned = warnings_of(wanted, article)
        form = VerbForm(wanted, stands, posted, seal(warned))
        if posted is None:
            why_not = rules.why_not(request.user, wanted, article) or _why_pointless(wanted, stands)
            if why_not:
                return self._not_now(request, article, wanted, why_not)
            return self._ask(request, article, wanted, form, _needs(wanted, article))
        return self._use(request, article, wanted, form, warned)

    def _use(
        self, request: HttpRequest, article: Article, verb: Verb, form: VerbForm, warned: list[Problem]
    ) -> HttpResponse:
        seen = seen_in(request)
        if not form.is_valid():
            return self._ask(request, article, verb, form, _needs(verb, article), seen=seen, status=400)
        try:
            noted = {"despite": [str(warning) for warning in warned]} if warned and verb in RELEASES else {}
            result = use(verb, article, by=request.user, seen=seen, **form.options(), **noted)
        except workflow.Refused as refused:
            form.refuse(refused.problems)
            rest = [problem for problem in refused.problems if problem.field not in form.fields]
            return self._ask(request, article, verb, form, rest, seen=seen, status=400)
        except workflow.StaleArticle:
            fresh = self.find(request, article.pk) or article
            changed = _changed_since(seen, fresh, request.user)
            return self._ask(request, fresh, verb, form, _needs(verb, fresh), changed=changed, status=409)
        except workflow.NotAllowed as refused:
            return self._not_now(request, article, verb, str(refused))
        said = outcome(verb, article, result)
        self.message_user(request, said, messages.SUCCESS)
        target = result if verb is Verb.DUPLICATE else article
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[target.pk]))

    def _ask(
        self,
        request: HttpRequest,
        article: Article,
        verb: Verb,
        form: VerbForm,
        problems: list[Problem],
        *,
        seen: Seen | None = None,
        changed: list[Difference] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        context = self.story_context(request, article)
        after = state_after(verb, State(article.state))
        context |= {
            "verb": verb,
            "question": QUESTIONS[verb],
            "form": form,
            "problems": problems,
            "warnings": warnings_of(verb, article),
            "seen": seen or Seen.of(article),
            "stale": changed is not None,
            "changed": changed,
            "for_readers": for_readers(verb, article, context["standing"], request.user),
            "one_step": verb is Verb.CORRECT and article.state != State.APPROVED,
            "shows_preview": verb in RELEASES or verb is Verb.APPROVE,
            "state_after": State(after) if after and after != article.state else None,
            "now": clock.now(),
            "media": context["media"] + form.media,
            "title": f"{verb.label}: {article}",
        }
        return TemplateResponse(request, CONFIRM, context, status=status)

    def _not_now(self, request: HttpRequest, article: Article, verb: Verb, why_not: str) -> HttpResponse:
        context = self.story_context(request, article, verb=verb, why_not=why_not)
        return TemplateResponse(request, NOT_NOW, context, status=403)


def use(verb: Verb, article: Article, **options: Any) -> Any:
    """Call the verb's function: it has the verb's name, and takes what its page asks for by name."""
    if verb is Verb.DUPLICATE:
        return workflow.duplicate(article, by=options["by"])
    return getattr(workflow, verb.value)(article, **options)


def outcome(verb: Verb, article: Article, result: Any) -> Any:
    """Return what has happened, in words for whoever did it."""
    if isinstance(result, Edition) and verb is not Verb.EXPIRE:
        return _released(verb, result)
    if verb is Verb.DUPLICATE:
        return _("This is the new draft. The story it was copied from is untouched.")
    if verb is Verb.EXPIRE:
        at = result.expires_at
        return _("Expires: %s.") % in_short(at) if at else _("The story does not expire.")
    return _DONE[verb]


_DONE = {
    Verb.SUBMIT: gettext_lazy("Submitted. The desk has the story now."),
    Verb.APPROVE: gettext_lazy("Approved. The story can be released."),
    Verb.SEND_BACK: gettext_lazy("Sent back. The story is a draft again, with your reason above it."),
    Verb.SPIKE: gettext_lazy("Spiked. The story can be revived."),
    Verb.REVIVE: gettext_lazy("Revived. The story is a draft again."),
    Verb.CANCEL: gettext_lazy("Cancelled. What was scheduled does not appear."),
}


def _released(verb: Verb, edition: Edition) -> Any:
    now = clock.now()
    if edition.live_from > now:
        return _("Scheduled: %s.") % in_short(edition.live_from)
    if verb is Verb.WITHDRAW:
        return format_html('{} <a href="{}">{}</a>', _("Withdrawn."), edition.path, _("See what is left of its page"))
    return format_html('{} <a href="{}">{}</a>', _("Readers have it now."), edition.path, _("Open the page"))


def _why_pointless(verb: Verb, stands: Any) -> str:
    if fits(verb, stands):
        return ""
    return _("This makes no sense with what readers have of the story now: %s.") % stands.status.label


def _needs(verb: Verb, article: Article) -> list[Problem]:
    """Return what keeps the story from a release, before anybody presses the button."""
    if verb not in RELEASES or article.revision is None:
        return []
    return release_problems(content_of(article.revision))


def for_readers(verb: Verb, article: Article, stands: Standing, by: Any) -> list[Difference]:
    """Return what of the text changes for readers who have the story already."""
    live = stands.live
    becomes = stands.earlier and stands.earlier.revision if verb is Verb.ROLL_BACK else article.revision
    if live is None or becomes is None or verb not in (*CHANGES, Verb.ROLL_BACK):
        return []
    return differences(content_of(live.revision), content_of(becomes), by)


def _changed_since(seen: Seen, fresh: Article, by: Any) -> list[Difference]:
    """Return what of the text is not as the journalist saw it."""
    base = fresh.revisions.filter(pk=seen.revision_id).select_related("text").first()
    return differences(content_of(base), read_content(fresh), by) if base else []
