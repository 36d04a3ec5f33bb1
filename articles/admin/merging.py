"""Merge nouns that were entered twice: choose which one stays, look at what happens, confirm."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import workflow
from articles.admin.keys import keys_in
from articles.admin.noun import NounAdmin


class MergeableAdmin(NounAdmin):
    """A noun that can be merged into another of its kind."""

    actions = ("merge_chosen",)
    change_form_template = "admin/desk/mergeable_form.html"
    list_select_related: Any = ("merged_into",)

    @admin.display(description=gettext_lazy("merged into"))
    def merged(self, noun: Any) -> Any:
        return noun.merged_into or ""

    @admin.action(description=gettext_lazy("Merge the selected…"), permissions=["change"])
    def merge_chosen(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Go to the page that asks which one stays."""
        chosen = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:20])
        return HttpResponseRedirect(f"{reverse(f'admin:{self._name}_merge')}?chosen={chosen}")

    def get_urls(self) -> Any:
        """Add the merge page."""
        merge = self.admin_site.admin_view(self.merge_view)
        return [path("merge/", merge, name=f"{self._name}_merge"), *super().get_urls()]

    def merge_view(self, request: HttpRequest) -> HttpResponse:
        """Show what a merge does, and do it when it is confirmed."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        chosen = self._chosen(request)
        if not chosen:
            self.message_user(request, _("Choose something to merge first."), messages.WARNING)
            return HttpResponseRedirect(reverse(f"admin:{self._name}_changelist"))
        form = self._form(chosen, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid() and self._merge(request, chosen, form):
            return HttpResponseRedirect(reverse(f"admin:{self._name}_change", args=[form.cleaned_data["into"].pk]))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Merge %s") % self.opts.verbose_name_plural,
            "chosen": chosen,
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/desk/merge.html", context)

    @property
    def _name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _chosen(self, request: HttpRequest) -> list[Any]:
        keys = keys_in(request.GET.get("chosen", "").split(","))
        return list(self.get_queryset(request).filter(pk__in=keys[:20], merged_into__isnull=True))

    def _form(self, chosen: list[Any], data: Any) -> forms.Form:
        """Ask which one stays: one of the chosen, or, when only one was chosen, any other."""
        others = self.model._default_manager.filter(merged_into__isnull=True)
        widget: Any = forms.RadioSelect
        if len(chosen) > 1:
            others = others.filter(pk__in=[noun.pk for noun in chosen])
        else:
            others = others.exclude(pk=chosen[0].pk)
            widget = AutocompleteSelect(self.model._meta.get_field("merged_into"), self.admin_site)
        form = forms.Form(data)
        form.fields["into"] = forms.ModelChoiceField(
            others, label=_("Which one stays?"), widget=widget, empty_label=None if len(chosen) > 1 else ""
        )
        return form

    def _merge(self, request: HttpRequest, chosen: list[Any], form: forms.Form) -> bool:
        into = form.cleaned_data["into"]
        gone = [noun for noun in chosen if noun.pk != into.pk]
        try:
            with transaction.atomic():
                for noun in gone:
                    workflow.merge(noun, into, by=request.user)
        except workflow.Refused as refused:
            for problem in refused.problems:
                form.add_error("into", problem.message)
            return False
        except workflow.NotAllowed as refused:
            form.add_error(None, str(refused))
            return False
        for noun in gone:
            self.log_change(request, noun, _("Merged into “%s”.") % into)
            text = format_html(_("“{}” is now “{}”. Its address leads there."), noun, into)
            self.message_user(request, text, messages.SUCCESS)
        return True
