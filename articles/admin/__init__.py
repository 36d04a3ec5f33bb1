"""The desk: one file per noun, and the rooms in which stories are written and moved."""

from articles.admin import (
    article,
    author,
    company,
    edition,
    exchange,
    image,
    person,
    redirect,
    section,
    source,
    topic,
    transition,
)

__all__ = [
    "article",
    "author",
    "company",
    "edition",
    "exchange",
    "image",
    "person",
    "redirect",
    "section",
    "source",
    "topic",
    "transition",
]
