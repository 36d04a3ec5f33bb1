"""Which addresses the bench asks for: `python -m tests.bench.addresses ARTICLES OTHERS`, in the environment of a site.

Prints JSON: for each kind of page some addresses, the same ones for the same stories.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from articles import paths

_SEED = 1


def sample(articles: int, others: int) -> dict[str, list[str]]:
    """Return so many articles, and of each other kind of page so many at the most, all of them full ones."""
    from django.utils import timezone

    from articles import reading

    at, chance = timezone.now(), random.Random(_SEED)
    sections = [section.path for section in reading.navigation(at)]
    nouns = {noun: list(_nouns(noun, others, at, chance)) for noun in ("topic", "company", "author")}
    return {
        "article": _articles(articles, at, chance),
        "front": [paths.FRONT],
        "section": sections,
        "section, deep": _deep(sections, others, at, chance),
        **nouns,
        "rss": [paths.SITE_FEED, *map(paths.feed, sections)],
        "corrections": [paths.CORRECTIONS],
    }


def _articles(count: int, at: datetime, chance: random.Random) -> list[str]:
    """Return the addresses of live stories, chosen by their keys: reading them all would take minutes."""
    from articles.models import Article, Edition

    last = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    chosen = chance.sample(range(1, last + 1), min(last, count * 2))
    live = Edition.objects.live(at).filter(article__in=chosen, section__isnull=False).select_related("section")
    found = {
        edition.article_id: edition.path for edition in live.only("slug", "public_key", "article", "section__slug")
    }
    return [found[key] for key in chosen if key in found][:count]


def _nouns(noun: str, count: int, at: datetime, chance: random.Random) -> Iterator[str]:
    from articles import reading
    from articles.models import Author, Company, Topic

    model: Any = {"topic": Topic, "company": Company, "author": Author}[noun]
    stories: Callable[..., Any] = {
        "topic": reading.topic_stories,
        "company": reading.company_stories,
        "author": reading.author_stories,
    }[noun]
    keys = list(model._default_manager.order_by("slug").values_list("pk", flat=True))
    found = 0
    for key in chance.sample(keys, len(keys)):
        if found == count:
            return
        if stories(key, at).older:
            found += 1
            yield model._default_manager.get(pk=key).path


def _deep(sections: list[str], count: int, at: datetime, chance: random.Random) -> list[str]:
    """Return pages from the midst of the lists of sections: what stands behind some instants of the past."""
    from articles.models import Edition
    from articles.reading.cursors import write_cursor

    dates = Edition.objects.filter(first_published_at__lte=at).order_by("first_published_at")
    first, last = dates.first(), dates.last()
    if first is None or last is None:
        return []
    span = last.first_published_at - first.first_published_at
    instants = [first.first_published_at + span * chance.uniform(0.3, 0.9) for _ in range(count)]
    return [paths.older(sections[n % len(sections)], write_cursor(instant, 1)) for n, instant in enumerate(instants)]


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(sample(*map(int, sys.argv[1:]))))  # noqa: T201
