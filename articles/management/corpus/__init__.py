"""A corpus: any number of invented stories, made in bulk, with the rows that the verbs write."""

from collections.abc import Callable

from django.db import transaction

from articles.management.corpus.cast import Cast
from articles.management.corpus.plans import RELATED_REACH, Plan, guid
from articles.management.corpus.rows import Desk
from articles.models import Article
from articles.workflow.printed import Nouns

#: Stories in one transaction: an interrupted run keeps what it has done, and the next one goes on from there.
BATCH = 250


def count_stories(articles: int, seed: int) -> int:
    """Return how many of the first stories of the corpus are in the newsroom."""
    return sum(len(_keys(numbers, seed)) for numbers in _batches(articles))


def make_corpus(articles: int, seed: int, progress: Callable[[int], object]) -> int:
    """Bring the first stories of a corpus into the newsroom and return how many were missing.

    Story n of a seed is the same story wherever and whenever it is made. `progress` is told how many were made.
    """
    cast = Cast()
    desk = Desk(cast, Nouns.of(cast.everything()))
    made = 0
    for numbers in _batches(articles):
        with transaction.atomic():
            known = _keys(range(max(1, numbers.start - RELATED_REACH), numbers.stop), seed)
            plans = [Plan(number, seed) for number in numbers if number not in known]
            if plans:
                desk.write(plans, known)
        made += len(plans)
        progress(len(plans))
    return made


def _batches(articles: int) -> list[range]:
    return [range(start, min(start + BATCH, articles + 1)) for start in range(1, articles + 1, BATCH)]


def _keys(numbers: range, seed: int) -> dict[int, int]:
    """Return the keys of the stories that are there, by number."""
    numbered = {guid(number, seed): number for number in numbers}
    found = Article.objects.filter(guid__in=numbered).values_list("guid", "pk")
    return {numbered[found_guid]: key for found_guid, key in found}
