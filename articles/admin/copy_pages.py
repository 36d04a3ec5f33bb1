"""The desk's answers to the panel beside the text: JSON, for whoever may write the story."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from articles import rules
from articles.admin.choices import found_listings, found_names
from articles.admin.copy_answer import names_answer
from articles.admin.copy_figures import (
    companies_at,
    form_of,
    judged_answer,
    money_answer,
    proposed_form,
    statements_answer,
    today_at,
)
from articles.admin.statement_form import Unfit, attributes_of, read_statement
from articles.admin.story_pages import StoryPages
from articles.admin.typed_copy import BadQuestion, Typed, dismissed_in, listed_in, read_question
from articles.models import Article
from articles.naming import decisions
from articles.naming.known import known
from articles.quality.mentions import Found, find_mentions
from articles.quality.statements import guessed_listing, judge, proposal_for
from articles.states import AliasVerdict, Verb
from articles.workflow import clock

type _View = Callable[..., HttpResponse]


def answered(view: _View) -> _View:
    """Answer in JSON whatever happens: what is wrong with a question is said in words."""

    @wraps(view)
    def answer(self: Any, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if request.method != self.copy_methods[view.__name__]:
            return JsonResponse({"problem": BadQuestion().problem}, status=405)
        try:
            return JsonResponse(view(self, request, *args, **options))
        except BadQuestion as bad:
            return JsonResponse({"problem": bad.problem}, status=bad.status)

    return answer


class CopyPages(StoryPages):
    """What the panel asks."""

    copy_methods = {
        "copy_view": "POST",
        "dismiss_view": "POST",
        "name_rule_view": "POST",
        "names_view": "GET",
        "listings_view": "GET",
        "statement_view": "POST",
    }

    @answered
    def copy_view(self, request: HttpRequest, pk: int | None = None) -> dict[str, Any]:
        """Return whom a text names and what it says of markets and money; nothing of the question is kept."""
        article = self._story(request, pk)
        question = read_question(request)
        typed = Typed.read(question, clock.now())
        dismissed = decisions.dismissals(article) if article else dismissed_in(question)
        listed = listed_in(question)
        names = known()
        answer: dict[str, Any] = {"reading": not names.is_current}
        found: list[Found] = []
        if names.finder is not None:
            found = find_mentions(typed.copy, names.finder, known=listed, dismissed=dismissed)
            answer |= names_answer(typed, found, dismissed)
        answer |= statements_answer(typed, companies_at(typed, found))
        return answer | money_answer(typed, str(question.get("currency", "")))

    @answered
    def statement_view(self, request: HttpRequest) -> dict[str, Any]:
        """Say what words that somebody has selected state; or, with the dialog's fields, what comes of binding them."""
        self._may_write(request)
        question = read_question(request)
        typed = Typed.read(question, clock.now())
        start, end = typed.characters(question.get("place"))
        words = typed.copy.text[start:end]
        if "fields" not in question:
            return self._proposed(typed, start, end)
        try:
            form, listing = read_statement(question["fields"])
        except Unfit as unfit:
            return {"problems": unfit.problems}
        [judged] = judge([(words, form)], typed.copy.at)
        titles = {f"listing-{listing.pk}": f"{listing.company.name} ({listing.ticker})"}
        return {**judged_answer(judged, typed), "attributes": attributes_of(form), "titles": titles}

    def _proposed(self, typed: Typed, start: int, end: int) -> dict[str, Any]:
        """Return the dialog's fields for words: those of the mark on them, or what they seem to state."""
        copy = typed.copy
        for mark, form in copy.statements:
            if mark.start < end and start < mark.end:
                return {"fields": form_of(mark.words, form, judge([(mark.words, form)], copy.at)[0].listing)}
        names = known()
        found = find_mentions(copy, names.finder) if names.finder else []
        companies = companies_at(typed, found)
        proposed = proposal_for(copy, start, end, companies)
        listing = guessed_listing(copy, start, companies)
        fields = proposed_form(copy.text[start:end], proposed, listing)
        return {"fields": {**fields, "date": fields["date"] or today_at(listing, typed)}}

    @answered
    def dismiss_view(self, request: HttpRequest, pk: int) -> dict[str, Any]:
        """Remember for a story that words name somebody not, or forget that again."""
        article = self._story(request, pk)
        if article is None or not rules.may(request.user, Verb.SAVE, article):
            raise BadQuestion(_("You cannot change this story now."), 403)
        question = read_question(request)
        said = dismissed_in(question)
        if question.get("back"):
            decisions.bring_back(article, said)
        else:
            decisions.dismiss(article, said, by=request.user, at=clock.now())
        return {"dismissed": decisions.dismissals(article)}

    @answered
    def name_rule_view(self, request: HttpRequest, pk: int | None = None) -> dict[str, Any]:
        """Decide for all stories what words name."""
        article = self._story(request, pk)
        if not may_rule_names(request.user):
            raise BadQuestion(_("Your role does not allow this: rules for names."), 403)
        if article is not None and article.confidential:
            # The rule's words would be on a list that others read.
            raise BadQuestion(_("This story is confidential: decide here for this story only."), 403)
        question = read_question(request)
        [(words, entity)] = dismissed_in({"dismissed": [[question.get("words"), question.get("entity")]]})
        try:
            rule = decisions.decide(words, entity, AliasVerdict(question.get("verdict")))
        except ValidationError as error:
            raise BadQuestion(" ".join(error.messages)) from error
        except ValueError as error:
            raise BadQuestion from error
        return {"rule": str(rule)}

    @answered
    def names_view(self, request: HttpRequest) -> dict[str, Any]:
        """Return companies and people that are called by what is typed."""
        self._may_write(request)
        return {"results": found_names(request.GET.get("term", ""), clock.now())}

    @answered
    def listings_view(self, request: HttpRequest) -> dict[str, Any]:
        """Return listings by symbol or company."""
        self._may_write(request)
        return {"results": found_listings(request.GET.get("term", ""), clock.now())}

    def _may_write(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise BadQuestion(_("Your role does not allow this."), 403)

    def _story(self, request: HttpRequest, pk: int | None) -> Article | None:
        """Return the story that is asked about, None for one that is not begun. Raises `BadQuestion`.

        One out of sight answers exactly as one that does not exist.
        """
        self._may_write(request)
        if pk is None:
            return None
        article = self.find(request, pk)
        if article is None:
            raise BadQuestion(_("There is no such story."), 404)
        return article


def may_rule_names(by: Any) -> bool:
    """Say whether a journalist may decide for all stories what words name."""
    return by.has_perm("articles.add_aliasrule") and by.has_perm("articles.change_aliasrule")


def keep_dismissed(request: HttpRequest, article: Article) -> None:
    """Remember for a story that has just begun what was dismissed while it was written."""
    try:
        said = dismissed_in({"dismissed": json.loads(request.POST.get("dismissed") or "[]")})
    except (ValueError, RecursionError, BadQuestion):
        return  # the field is filled by the panel, and nothing else; the story matters more
    decisions.dismiss(article, said, by=request.user, at=clock.now())
