"""What has to be purged when a story has changed: its own page, and every page that lists it, listed it or may now.

Where the exact set is hard to tell it is wider: a page too many costs one rendering, a page too few is a mistake.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from articles.models import Edition, EditionAuthor, EditionCompany, EditionPerson, EditionTopic, PersonRole
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
        ("person", EditionPerson, "person_id"),
    )
    found = {
        kind: set(model._default_manager.filter(article__in=articles).values_list(column, flat=True).distinct())
        for kind, model, column in kinds
    }
    return {noun(kind, key) for kind, keys in found.items() for key in keys} | _beside(found)


def _beside(found: Mapping[str, Collection[int]]) -> set[str]:
    """Return the tags of the people with a role at one of the companies, and of the companies of the people.

    The page of each prints the other from when readers can see both.
    """
    roles = PersonRole.objects.filter(company__isnull=False)
    people = roles.filter(company__in=found["company"]).values_list("person_id", flat=True).distinct()
    companies = roles.filter(person__in=found["person"]).values_list("company_id", flat=True).distinct()
    return {noun("person", key) for key in people} | {noun("company", key) for key in companies}


def _files(articles: Collection[int]) -> set[str]:
    """Return the tags of the files that go when stories go: their pictures, and portraits of those they name."""
    pictures = Edition.objects.filter(article__in=articles, lead_image__isnull=False).order_by()
    authors = EditionAuthor.objects.filter(article__in=articles).exclude(author__portrait="")
    people = EditionPerson.objects.filter(article__in=articles).exclude(person__portrait="")
    names = {
        *pictures.values_list("lead_image__file", flat=True).distinct(),
        *authors.values_list("author__portrait", flat=True).distinct(),
        *people.values_list("person__portrait", flat=True).distinct(),
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
