"""Write a story: a new one, a changed one, one that somebody else has changed meanwhile; or only read it."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import rules, workflow
from articles.admin.conflict import Conflict, both, differences
from articles.admin.copy_figures import CURRENCIES
from articles.admin.copy_pages import keep_dismissed, may_rule_names
from articles.admin.keys import as_key, keys_in
from articles.admin.reading_form import BELOW, BESIDE, ORIGIN, read_fields
from articles.admin.story_form import StoryForm
from articles.admin.story_pages import StoryPages, may_edit, story_page
from articles.models import Article
from articles.states import Verb
from articles.workflow import Seen
from articles.workflow.content import clean_content, empty_content, read_content
from articles.workflow.marking import name_marked

FORM = "admin/articles/article/write.html"
READ = "admin/articles/article/read.html"


class WritingPages(StoryPages):
    """The page on which a story is written."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Begin a story, or open one."""
        if object_id is None:
            return self._begin(request)
        return self._open(request, pk=unquote(object_id))

    def _begin(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        content = {**empty_content(), **self._first_content(request)}
        story = StoryForm(self, request, None, content, request.POST if request.method == "POST" else None)
        if request.method == "POST" and story.is_valid():
            try:
                article = _start(request, story)
                keep_dismissed(request, article)
            except workflow.Refused as refused:
                story.refuse(refused.problems)
            else:
                self.message_user(request, _("Saved. The story has begun as a draft."), messages.SUCCESS)
                return _to(article)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("New story"),
            "article": None,
            "story": story,
            "form": story.columns,
            "media": self.media + story.media,
            "word_count": 0,
            "may_edit": True,
            "may_rule_names": may_rule_names(request.user),
            "dismissed": request.POST.get("dismissed", ""),
            "currencies": CURRENCIES,
        }
        return TemplateResponse(request, FORM, context)

    def _first_content(self, request: HttpRequest) -> dict[str, Any]:
        """Return what a new story starts with: the writer's own byline."""
        author = getattr(request.user, "author", None)
        return {"bylines": [[author.pk, "reporter"]]} if author and author.active else {}

    @story_page
    def _open(self, request: HttpRequest, article: Article) -> HttpResponse:
        if request.method == "POST":
            return self._save(request, article)
        self.opened(request, article)
        if not may_edit(request, article):
            return self._read(request, article)
        return self._write(request, article, StoryForm(self, request, article, read_content(article)))

    def _save(self, request: HttpRequest, article: Article) -> HttpResponse:
        story = StoryForm(self, request, article, read_content(article), request.POST)
        seen = seen_in(request)
        if not story.is_valid():
            return self._write(request, article, story, seen=seen)
        before, state = (article.revision_id, article.changed_at), article.get_state_display()
        if request.POST.get("conflict") and not (request.POST.get("on_top") or "_both" in request.POST):
            return self._conflict(request, article, story, unconfirmed=True)
        if "_both" in request.POST:
            return self._bring_together(request, article, story)
        try:
            with transaction.atomic():
                content = story.content()
                workflow.save(
                    article,
                    content,
                    by=request.user,
                    seen=seen,
                    confidential=story.confidential,
                    people=story.people,
                )
        except workflow.StaleArticle:
            return self._conflict(request, self.find(request, article.pk) or article, story)
        except workflow.Refused as refused:
            story.refuse(refused.problems)
            return self._write(request, article, story, seen=seen)
        except workflow.NotAllowed as refused:
            story.columns.add_error(None, str(refused))
            return self._write(request, article, story, seen=seen, status=403)
        self._say_saved(request, article, before, state)
        return _to(article)

    def _say_saved(self, request: HttpRequest, article: Article, before: tuple[Any, Any], state: str) -> None:
        if (article.revision_id, article.changed_at) == before:
            self.message_user(request, _("Nothing was changed, so there is nothing new to save."), messages.INFO)
        elif article.get_state_display() != state:
            text = _("Saved as revision %(number)d. The story was “%(state)s” and is a draft again.")
            said = text % {"number": article.revision.number, "state": state}
            self.message_user(request, said, messages.SUCCESS)
        elif article.revision_id == before[0]:
            self.message_user(request, _("Saved: who may know of the story."), messages.SUCCESS)
        else:
            self.message_user(request, _("Saved as revision %d.") % article.revision.number, messages.SUCCESS)

    def _conflict(
        self, request: HttpRequest, fresh: Article, story: StoryForm, *, unconfirmed: bool = False
    ) -> HttpResponse:
        """Refuse a form that was opened before somebody else's change, with both texts and everything typed."""
        conflict = Conflict(
            theirs=fresh,
            differences=differences(read_content(fresh), _typed(story), request.user),
            base=base_revision(request),
            why_not=rules.why_not(request.user, Verb.SAVE, fresh),
            unconfirmed=unconfirmed,
        )
        return self._write(request, fresh, story, conflict=conflict, status=409)

    def _bring_together(self, request: HttpRequest, article: Article, story: StoryForm) -> HttpResponse:
        """Show the form again with the changes of both in it, to be looked at and saved."""
        base = article.revisions.filter(pk=base_revision(request)).first()
        mine = _typed(story)
        merged, clashes = both(base, mine, read_content(article))
        merged_form = StoryForm(self, request, article, merged)
        text = _("Both changes are in the form now. Nothing is saved yet: read it through, then save.")
        self.message_user(request, text, messages.INFO)
        if clashes:
            text = _("You both changed the same words here, and the form has yours: %s.") % ", ".join(clashes)
            self.message_user(request, text, messages.WARNING)
        return self._write(request, article, merged_form, unsaved=True)

    def _write(
        self,
        request: HttpRequest,
        article: Article,
        story: StoryForm,
        *,
        conflict: Conflict | None = None,
        seen: Seen | None = None,
        unsaved: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        context = self.story_context(request, article)
        context |= self.side_context(article, context["standing"])
        context |= {
            "story": story,
            "form": story.columns,
            "conflict": conflict,
            "seen": seen or Seen.of(article),
            "unsaved": unsaved or story.columns.is_bound,
            "media": context["media"] + story.media,
            "may_edit": True,
            "may_rule_names": may_rule_names(request.user) and not article.confidential,
            "currencies": CURRENCIES,
        }
        return TemplateResponse(request, FORM, context, status=status)

    def _read(self, request: HttpRequest, article: Article) -> HttpResponse:
        context = self.story_context(request, article)
        context |= self.side_context(article, context["standing"])
        fields = read_fields(article, request.user)
        context |= {
            "fields": fields,
            "below": [fields[name] for name in BELOW],
            "beside": [fields[name] for name in BESIDE],
            "origin": [fields[name] for name in ORIGIN],
            "why_not": rules.why_not(request.user, Verb.SAVE, article),
            "may_edit": False,
        }
        return TemplateResponse(request, READ, context)


def seen_in(request: HttpRequest) -> Seen:
    """Return what the writer had before their eyes when the form was opened; a form that does not say is stale."""
    posted = request.POST
    return Seen(posted.get("seen_state", ""), as_key(posted.get("seen_revision")), as_key(posted.get("seen_edition")))


def base_revision(request: HttpRequest) -> int | None:
    """Return the key of the revision that the writer's changes began with."""
    keys = keys_in(request.POST.get(name) for name in ("base_revision", "seen_revision"))
    return keys[0] if keys else None


def _typed(story: StoryForm) -> dict[str, Any]:
    """Return the whole content as a save would store what was typed; topics that are new in it are made."""
    return name_marked(story.before | clean_content(story.content(), story.before["body"]))


def _start(request: HttpRequest, story: StoryForm) -> Article:
    with transaction.atomic():
        article = workflow.start(story.content(), by=request.user)
        if story.confidential:
            workflow.save(article, {}, by=request.user, confidential=True, people=story.people)
    return article


def _to(article: Article) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))
