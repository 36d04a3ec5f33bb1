"""The make-up of the front page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.safestring import SafeString, mark_safe

from articles.public.days import Dated, Day, by_day
from articles.records import Front, PrintedCard, Section
from articles.rendering.cards import BESIDE, BLOCK, BRIEF, LEAD, Place, dress
from articles.states import Kind

#: How much stands beside the lead story: a card with a picture takes two places, one without takes one.
_PLACES_BESIDE_LEAD = 4
_RIVER = 7
_STORIES_IN_BLOCK = 4
#: Copy that others wrote or paid for is never put forward by the newsroom.
_NOT_OURS = (Kind.PRESS_RELEASE, Kind.PARTNER_CONTENT)


class Story(Dated, Protocol):
    """What the make-up asks of a story."""

    @property
    def kind(self) -> str:
        """Its `Kind`."""

    @property
    def picture(self) -> object:
        """Something where it has a picture."""

    @property
    def section(self) -> Section | None:
        """Its part of the paper."""


@dataclass(frozen=True, slots=True)
class Block[Card]:
    """The stories of a section on the front page. `section` is None for stories that have none."""

    section: Section | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class FrontPage[Card]:
    """The front page. A story of the river stands in the block of its section too."""

    lead: Card | None
    beside: tuple[Card, ...]
    river: tuple[Day[Card], ...]
    blocks: tuple[Block[Card], ...]


def lay_out[Card: Story](front: Front[Card], navigation: Iterable[Section]) -> FrontPage[Card]:
    """Put the stories of the front page in their places: beside the lead, in the river of the newest, by section."""
    beside = tuple(_beside_lead(front.items))
    left = [card for card in front.items if card not in beside]
    return FrontPage(front.lead, beside, by_day(left[:_RIVER]), tuple(_blocks(left, navigation)))


def printed(page: FrontPage[PrintedCard]) -> dict[str, Any]:
    """Return a front page for its template: every card dressed for its place."""
    if page.lead is None:
        return {"lead": ""}
    return {
        "lead": _dressed([page.lead], LEAD),
        "beside": _dressed(page.beside, BESIDE),
        "river": [{"at": day.at, "rows": _safe(card.brief for card in day.cards)} for day in page.river],
        "blocks": [
            {"section": block.section, "cards": _dressed(block.cards[:1], BLOCK) + _dressed(block.cards[1:], BRIEF)}
            for block in page.blocks
        ],
    }


def _dressed(cards: Iterable[PrintedCard], place: Place) -> SafeString:
    return _safe(dress(card.card, place) for card in cards)


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - rendered by templates


def _beside_lead[Card: Story](cards: Iterable[Card]) -> Iterator[Card]:
    places = _PLACES_BESIDE_LEAD
    for card in cards:
        needed = 2 if card.picture else 1
        if card.kind not in _NOT_OURS and needed <= places:
            places -= needed
            yield card


def _blocks[Card: Story](cards: Iterable[Card], navigation: Iterable[Section]) -> Iterator[Block[Card]]:
    """Yield a block for each section, in the order of the navigation, and last one for stories without a section."""
    by_section: dict[Section | None, list[Card]] = {}
    for card in cards:
        by_section.setdefault(card.section, []).append(card)
    for section in (*navigation, None):
        if found := by_section.get(section):
            yield _block(section, found)


def _block[Card: Story](section: Section | None, cards: list[Card]) -> Block[Card]:
    """Return the newest stories of a section, the newest one of ours with a picture first."""
    newest = cards[:_STORIES_IN_BLOCK]
    first = next((card for card in newest if card.picture and card.kind not in _NOT_OURS), newest[0])
    return Block(section, (first, *(card for card in newest if card is not first)))
