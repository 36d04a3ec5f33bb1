"""The desk: one file per noun, and the rooms in which stories are written and moved."""

from articles.admin import (
    alias_rule,
    article,
    author,
    company,
    edition,
    exchange,
    image,
    listing,
    person,
    redirect,
    section,
    source,
    topic,
    transition,
)

__all__ = [
    "alias_rule",
    "article",
    "author",
    "company",
    "edition",
    "exchange",
    "image",
    "listing",
    "person",
    "redirect",
    "section",
    "source",
    "topic",
    "transition",
]
