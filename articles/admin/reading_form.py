"""The story's page for those who may read it but not write in it: the same places, filled with words."""

from typing import Any

from django.utils.safestring import mark_safe

from articles.admin.words import field_label, value_in_words
from articles.models import Article
from articles.workflow.content import KEYS, read_content

#: What is printed under the text, beside it, and in the card about where the story comes from.
BELOW = (
    "disclosure",
    "note_to_editors",
    "related",
    "short_headline",
    "search_title",
    "search_description",
    "social_title",
    "slug",
    "canonical_url",
    "search_engines",
    "access",
)
BESIDE = ("section", "kind", "language", "is_lead", "bylines", "companies", "persons", "topics")
ORIGIN = ("embargo_at", "source", "original_url", "follows", "translation_of")


def read_fields(article: Article, by: Any) -> dict[str, dict[str, Any]]:
    """Return every part of the story by name as label and words; the body is HTML. What is empty has no words."""
    content = read_content(article)
    fields: dict[str, dict[str, Any]] = {
        name: {"label": field_label(name), "words": value_in_words(name, content[name], by)}
        for name in KEYS
        if name not in ("body", "public_key")
    }
    # The body was cleaned before it was stored.
    fields["body"] = {"label": field_label("body"), "words": mark_safe(article.body)}  # noqa: S308
    return fields
