"""Lists parted by day, as a newspaper's are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Protocol
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.records import PrintedCard
from articles.rendering.cards import day as day_block
from articles.rendering.cards import fit_row


class Dated(Protocol):
    """A story in a list."""

    @property
    def first_published_at(self) -> datetime:
        """The moment that decides under which day it stands."""


@dataclass(frozen=True, slots=True)
class Day[Story]:
    """The stories of a list that were first published on the same day in the newsroom's zone."""

    at: datetime
    cards: tuple[Story, ...]


def by_day[Story: Dated](cards: Iterable[Story]) -> tuple[Day[Story], ...]:
    """Part cards by day, keeping their order; a day is named by the moment of its first card."""
    zone = ZoneInfo(settings.TIME_ZONE)

    def day(card: Story) -> date:
        return card.first_published_at.astimezone(zone).date()

    groups = (tuple(group) for _, group in groupby(cards, key=day))
    return tuple(Day(group[0].first_published_at, group) for group in groups)


def river(cards: Iterable[PrintedCard], language: str, *, names_section: bool = True) -> SafeString:
    """Return rows under the days of their first publication, with or without links to their sections."""
    blocks = (
        day_block((fit_row(card.row, names_section=names_section) for card in day.cards), day.at, language)
        for day in by_day(cards)
    )
    return mark_safe("".join(blocks))  # noqa: S308 - rendered by templates
