"""The stories of a corpus, shelf by shelf: what is missing, and how it gets there."""

from django.db import transaction

from articles.management.corpus.cast import Cast
from articles.management.corpus.plans import SHELF, Plan, guid
from articles.management.corpus.rows import Desk
from articles.models import Article


def gaps(articles: int, seed: int) -> dict[int, int]:
    """Return the shelves of a corpus on which stories are missing, with how many are."""
    shelves = range(-(-articles // SHELF))
    missing = {shelf: len(_numbers(shelf, articles)) - len(_keys(_numbers(shelf, articles), seed)) for shelf in shelves}
    return {shelf: count for shelf, count in missing.items() if count}


def count_stories(articles: int, seed: int) -> int:
    """Return how many of the first stories of a corpus are in the newsroom."""
    return articles - sum(gaps(articles, seed).values())


class Filler:
    """Somebody who fills shelves of a corpus."""

    def __init__(self, articles: int, seed: int) -> None:
        self._articles, self._seed = articles, seed
        self._desk = Desk(Cast())

    def fill(self, shelf: int) -> int:
        """Make what is missing on a shelf, all of it or nothing, and return how many stories were."""
        numbers = _numbers(shelf, self._articles)
        known = _keys(numbers, self._seed)
        plans = [Plan(number, self._seed) for number in numbers if number not in known]
        rows = self._desk.tell(plans, known)
        with transaction.atomic():  # as short as it can be: SQLite has one writer
            self._desk.store(rows)
        return len(plans)


def _numbers(shelf: int, articles: int) -> range:
    """Return the numbers of the stories on a shelf; the last one may not be full."""
    return range(shelf * SHELF + 1, min((shelf + 1) * SHELF, articles) + 1)


def _keys(numbers: range, seed: int) -> dict[int, int]:
    """Return the keys of the stories that are there, by number."""
    numbered = {guid(number, seed): number for number in numbers}
    found = Article.objects.filter(guid__in=numbered).order_by().values_list("guid", "pk")
    return {numbered[found_guid]: key for found_guid, key in found}
