"""The body of a story as its page prints it."""

import re

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.records import Card, FeedItem, Story
from articles.rendering.mentions import link_mentions
from articles.rendering.statements import Printer
from articles.states import TickerForm

_BLOCK = re.compile(r"<(/?)(p|ul|ol|blockquote)(?=[\s>])[^<>]*>")


def body_html(story: Story) -> SafeString:
    """Return the body with its opening words, its companies and people linked and its market statements absolute."""
    # The body of an edition was cleaned before it was stored, and what is added here is escaped.
    return mark_safe(opening(printed_body(story, story), story.source_prefix, story.dateline))  # noqa: S308


def printed_body(told: Story | FeedItem, card: Card) -> str:
    """Return the body of a story without the desk's marks: links in place of mentions, statements as they stay true.

    A feed gets the words of statements alone, a page elements with their value and instant.
    """
    form = card.section.ticker_form if card.section else TickerForm.COLON
    printer = Printer(
        told.stated, card.language, card.updated_at, settings.TIME_ZONE, is_page=not isinstance(told, FeedItem)
    )
    return printer.print(link_mentions(told.body, told.companies, told.persons, form))


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
