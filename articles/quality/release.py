"""What a release needs, as a table per kind of story.

The input is a revision's content as `articles.workflow.content` describes it: field names to values, keys as ids.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Author, Company, Image, Person, Section, Source, Topic
from articles.models.source import CanonicalRule
from articles.quality.problems import Problem
from articles.states import Kind
from articles.text.plain import plain_text

_STORY = frozenset({"headline", "standfirst", "bylines", "section", "body"})

#: kind of story -> the content it cannot be released without.
NEEDS: dict[Kind, frozenset[str]] = {
    Kind.ALERT: frozenset({"headline", "bylines"}),
    Kind.NEWS: _STORY,
    Kind.ANALYSIS: _STORY,
    Kind.OPINION: _STORY,
    Kind.EXPLAINER: _STORY,
    Kind.PRESS_RELEASE: frozenset({"headline", "section", "body", "source", "disclosure"}),
    Kind.PARTNER_CONTENT: frozenset({"headline", "standfirst", "section", "body", "source", "disclosure"}),
}

_MISSING = {
    "headline": gettext_lazy("Write a headline."),
    "standfirst": gettext_lazy("Write a standfirst: one or two sentences under the headline."),
    "bylines": gettext_lazy("Name at least one author."),
    "section": gettext_lazy("Choose a section."),
    "body": gettext_lazy("Write the story: its body is empty."),
    "source": gettext_lazy("Name the source: readers must see who sent this."),
    "disclosure": gettext_lazy("Write the disclosure: say who supplied or paid for this."),
}


def release_problems(content: Mapping[str, Any]) -> list[Problem]:
    """Return everything that keeps this content from being released, all at once."""
    return [*_missing(content), *_picture_problems(content), *_source_problems(content), *_vanished(content)]


def _missing(content: Mapping[str, Any]) -> Iterator[Problem]:
    for field in _MISSING:
        if field in NEEDS[Kind(content["kind"])] and not _is_given(field, content[field]):
            yield Problem(field, str(_MISSING[field]))


def _is_given(field: str, value: Any) -> bool:
    return bool(plain_text(value).strip()) if field == "body" else bool(value)


def _picture_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    image = Image.objects.filter(pk=content["lead_image"]).first() if content["lead_image"] else None
    if image is None:
        return
    if not image.alt:
        yield Problem("lead_image", _("Describe the picture “%s”: its alternative text is empty.") % image)
    if not image.credit:
        yield Problem("lead_image", _("Credit the picture “%s”: say who made it.") % image)


def _source_problems(content: Mapping[str, Any]) -> Iterator[Problem]:
    source = Source.objects.filter(pk=content["source"]).first() if content["source"] else None
    if source is None or source.canonical_rule != CanonicalRule.ORIGINAL:
        return
    if not content["original_url"] and not content["canonical_url"]:
        yield Problem(
            "original_url",
            _("%s asks that search engines be sent to its own page. Give the story's original address.") % source,
        )


def _vanished(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield nouns that were deleted after the revision was saved."""
    wanted: tuple[tuple[str, Any, set[int]], ...] = (
        ("section", Section, {content["section"]} - {None}),
        ("bylines", Author, {pk for pk, _role in content["bylines"]}),
        ("companies", Company, {pk for pk, _role in content["companies"]}),
        ("persons", Person, set(content.get("persons", ()))),
        ("topics", Topic, set(content["topics"])),
    )
    for field, model, keys in wanted:
        if keys and model._default_manager.filter(pk__in=keys).count() < len(keys):
            yield Problem(field, _("Something named here was deleted. Open the story, choose again and save."))
