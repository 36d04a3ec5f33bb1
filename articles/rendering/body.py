"""The body of a story as its page prints it."""

import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.records import Story
from articles.rendering.mentions import link_companies

_BLOCK = re.compile(r"<(/?)(p|ul|ol|blockquote)(?=[\s>])[^<>]*>")


def body_html(story: Story) -> SafeString:
    """Return the body with its opening words and with the story's companies linked at their first mention."""
    linked = link_companies(story.body, story.companies)
    # The body of an edition was cleaned before it was stored, and what is added here is escaped.
    return mark_safe(opening(linked, story.source_prefix, story.dateline))  # noqa: S308


def opening(body: str, prefix: str = "", dateline: str = "") -> str:
    """Put the dateline and the source's prefix before the first paragraph's text, in clean HTML.

    "PARIS — ", "Investing.com -- " or both, "PARIS, Investing.com -- ". The first paragraph is one that
    stands by itself, not in a list or a quotation; where a body has none, the words make their own.
    """
    words = _opening_words(prefix.strip(), dateline.strip())
    if not words:
        return body
    inside = 0
    for tag in _BLOCK.finditer(body):
        if tag[2] != "p":
            inside += -1 if tag[1] else 1
        elif not inside and not tag[1]:
            return f"{body[: tag.end()]}{words} {body[tag.end() :]}"
    return f"<p>{words}</p>{body}" if body else body


def _opening_words(prefix: str, dateline: str) -> str:
    if not prefix and not dateline:
        return ""
    if not dateline:
        return format_html('<span class="source-prefix">{}</span>', prefix)
    if not prefix:
        return format_html('<span class="dateline">{} —</span>', dateline)
    return format_html('<span class="dateline">{},</span> <span class="source-prefix">{}</span>', dateline, prefix)
