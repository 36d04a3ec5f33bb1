"""Lists parted by day, as a newspaper's are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.conf import settings

from articles.records import Card


@dataclass(frozen=True, slots=True)
class Day:
    """The stories of a list that were first published on the same day in the newsroom's zone."""

    at: datetime
    cards: tuple[Card, ...]


def by_day(cards: Iterable[Card]) -> tuple[Day, ...]:
    """Part cards by day, keeping their order; a day is named by the moment of its first card."""
    zone = ZoneInfo(settings.TIME_ZONE)

    def day(card: Card) -> date:
        return card.first_published_at.astimezone(zone).date()

    groups = (tuple(group) for _, group in groupby(cards, key=day))
    return tuple(Day(group[0].first_published_at, group) for group in groups)
