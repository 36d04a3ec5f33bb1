"""Release several stories together: they appear in the same instant, or none of them does."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import workflow
from articles.admin.instants import OpenInstantField
from articles.admin.keys import keys_in
from articles.admin.standing import standing
from articles.admin.story_pages import StoryPages
from articles.admin.verb_form import REFILE_IS_SILENT, AcceptBox, accept_field
from articles.admin.verbs import allowed_verbs
from articles.admin.warned import warnings_of
from articles.models import Article
from articles.quality import Problem
from articles.quality.warnings import seal
from articles.states import NOTIFIED, RELEASES, Scheduled, Verb
from articles.templatetags.desk import in_short
from articles.workflow import Release, Seen, clock

MOST = 20


class PartForm(forms.Form):
    """One story's part: how it goes out, and what readers are told."""

    seen_state = forms.CharField(widget=forms.HiddenInput)
    seen_revision = forms.IntegerField(widget=forms.HiddenInput)
    seen_edition = forms.IntegerField(widget=forms.HiddenInput)
    verb = forms.ChoiceField(
        label=gettext_lazy("As"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say what kind of change this is.")},
    )
    notice = forms.CharField(
        required=False, label=gettext_lazy("Notice to readers"), widget=forms.Textarea(attrs={"rows": 2})
    )

    despite = accept_field()

    def __init__(self, article: Article, verbs: list[Verb], data: Any, warned: list[Problem]) -> None:
        """Offer the ways in which this story can be released now, and ask whether to do it despite warnings."""
        initial = {
            "seen_state": article.state,
            "seen_revision": article.revision_id,
            "seen_edition": article.last_edition_number,
            "verb": verbs[0] if len(verbs) == 1 else None,
        }
        super().__init__(data, prefix=f"story{article.pk}", initial=initial)
        self.article = article
        self.verbs = verbs
        self.warned = warned
        if warned:
            self.fields["despite"].widget = AcceptBox(seal(warned))
        else:
            del self.fields["despite"]
        self.fields["verb"].choices = [(verb.value, verb.label) for verb in verbs]
        if not any(RELEASES[verb] in NOTIFIED or verb is Verb.UPDATE for verb in verbs):
            del self.fields["notice"]

    def clean(self) -> dict[str, Any]:
        """Refuse a notice that would not stand under its right name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("verb") == Verb.REFILE and cleaned.get("notice"):
            self.add_error("notice", REFILE_IS_SILENT)
        return cleaned

    def part(self) -> Release:
        """Return this story's part in the bundle."""
        cleaned = self.cleaned_data
        seen = Seen(cleaned["seen_state"], cleaned["seen_revision"], cleaned["seen_edition"])
        despite = [str(warning) for warning in self.warned]
        verb = Verb(cleaned["verb"])
        return Release(self.article, verb, notice=cleaned.get("notice", ""), seen=seen, despite=despite)


class TogetherForm(forms.Form):
    """What all of them share."""

    at = OpenInstantField(plain=gettext_lazy("Now"), timed=gettext_lazy("At this time"), label=gettext_lazy("When"))
    scheduled = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Releases that are already scheduled"),
        widget=forms.RadioSelect,
        choices=[(Scheduled.CANCEL.value, Scheduled.CANCEL.label), (Scheduled.CARRY.value, Scheduled.CARRY.label)],
    )
    reason = forms.CharField(
        required=False,
        label=gettext_lazy("Note for the history (optional)"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class BundlePages(StoryPages):
    """The list action and its page."""

    @admin.action(description=gettext_lazy("Release together…"), permissions=["release"])
    def release_together(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Go to the page that asks when, and as what."""
        keys = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:MOST])
        return HttpResponseRedirect(f"{reverse('admin:articles_article_together')}?stories={keys}")

    def has_release_permission(self, request: HttpRequest) -> bool:
        """Say whether this journalist may release at all."""
        return bool(request.user.has_perm("articles.release_article"))

    def together_view(self, request: HttpRequest) -> HttpResponse:
        """Ask when the chosen stories appear, and as what; or release them."""
        if not self.has_release_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        now = clock.now()
        stories = self._chosen(request)
        stands = {article.pk: standing(article, now) for article in stories}
        parts = [
            PartForm(article, _ways(request, article, stands[article.pk]), data, warnings_of(Verb.RELEASE, article))
            for article in stories
        ]
        form = TogetherForm(data)
        if not any(stand.future for stand in stands.values()):
            del form.fields["scheduled"]
        problems = [_no_way(part.article) for part in parts if not part.verbs]
        if data is not None and not problems and all([form.is_valid(), *(part.is_valid() for part in parts)]):
            problems = self._release(request, parts, form)
            if not problems:
                return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Release together"),
            "parts": [(part, stands[part.article.pk]) for part in parts],
            "form": form,
            "problems": problems,
            "is_ready": bool(parts) and all(part.verbs for part in parts),
            "now": now,
            "media": self.media,
        }
        status = 400 if data is not None else 200
        return TemplateResponse(request, "admin/articles/article/together.html", context, status=status)

    def _chosen(self, request: HttpRequest) -> list[Article]:
        keys = keys_in(request.GET.get("stories", "").split(","))
        queryset = self.get_queryset(request).filter(pk__in=keys[:MOST])
        return list(queryset.select_related("section", "revision__text").order_by("pk"))

    def _release(self, request: HttpRequest, parts: list[PartForm], form: TogetherForm) -> list[Problem]:
        """Release, or return everything that is in the way."""
        cleaned = form.cleaned_data
        try:
            editions = workflow.release_bundle(
                [part.part() for part in parts],
                by=request.user,
                at=cleaned["at"],
                scheduled=Scheduled(cleaned.get("scheduled") or Scheduled.REFUSE),
                reason=cleaned["reason"],
            )
        except workflow.Refused as refused:
            return refused.problems
        except workflow.StaleArticle as stale:
            text = _("“%s” was changed by somebody else meanwhile. Look at it, then open this page again.")
            return [Problem("", text % stale.article)]
        except workflow.NotAllowed as refused:
            return [Problem("", str(refused))]
        said = ngettext(
            "%(count)d story released: %(when)s.", "%(count)d stories released together: %(when)s.", len(editions)
        )
        when = in_short(editions[0].live_from)
        self.message_user(request, said % {"count": len(editions), "when": when}, messages.SUCCESS)
        return []


def _ways(request: HttpRequest, article: Article, stands: Any) -> list[Verb]:
    return [verb for verb in allowed_verbs(request.user, article, stands) if verb in RELEASES]


def _no_way(article: Article) -> Problem:
    text = _("%(story)s cannot be released now: it is “%(state)s”. Approve it, or take it out of the selection.")
    return Problem("", text % {"story": article, "state": article.get_state_display()})
