"""What has to be purged when a story has changed: its own page, and every page that lists it, listed it or may now.

Where the exact set is hard to tell it is wider: a page too many costs one rendering, a page too few is a mistake.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from articles.models import Edition, EditionAuthor, EditionCompany, EditionTopic
from articles.purging.keys import LISTS, PICKS, SITE, file, noun, story

#: Longer than a CDN may keep anything: what does not change by then has nothing to do with a change now.
_A_WHILE: Final = timedelta(minutes=15)


def keys_of(articles: Collection[int], at: datetime) -> set[str]:
    """Return the tags of all pages that a change of these stories, by key, can have changed at `at`.

    All editions count: the story leaves the lists that it was in, and comes into others.
    """
    editions = Edition.objects.filter(article__in=articles).order_by()
    keys = {story(key) for key in editions.values_list("public_key", flat=True).distinct()}
    sections = set(editions.filter(section__isnull=False).values_list("section_id", flat=True).distinct())
    keys |= {LISTS, PICKS, *(noun("section", section) for section in sections)}
    keys |= _named(articles) | _files(articles)
    if not all(_is_steady(section, articles, at) for section in sections):
        keys.add(SITE)  # every page prints the sections that have a story
    return keys


def _named(articles: Collection[int]) -> set[str]:
    kinds = (
        ("company", EditionCompany, "company_id"),
        ("topic", EditionTopic, "tag_id"),
        ("author", EditionAuthor, "author_id"),
    )
    return {
        noun(kind, key)
        for kind, model, column in kinds
        for key in model._default_manager.filter(article__in=articles).values_list(column, flat=True).distinct()
    }


def _files(articles: Collection[int]) -> set[str]:
    """Return the tags of the pictures of stories and the portraits of their authors, which go when the story goes."""
    pictures = Edition.objects.filter(article__in=articles, lead_image__isnull=False).order_by()
    portraits = EditionAuthor.objects.filter(article__in=articles).exclude(author__portrait="")
    names = {
        *pictures.values_list("lead_image__file", flat=True).distinct(),
        *portraits.values_list("author__portrait", flat=True).distinct(),
    }
    return {file(str(name)) for name in names if name}


def _is_steady(section: int, articles: Collection[int], at: datetime) -> bool:
    """Say whether a section has another story that stays live for a while, so that it stays in the navigation."""
    soon = at + _A_WHILE
    changes = Edition.objects.filter(article_id=OuterRef("article_id"), live_from__gt=at, live_from__lte=soon)
    staying = (
        Edition.objects.live(at)
        .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=soon), ~Exists(changes), section=section)
        .exclude(article__in=articles)
    )
    return bool(staying.order_by("-first_published_at", "-article_id").values_list("pk", flat=True)[:1])
