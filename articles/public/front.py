"""The make-up of the front page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.public.days import Day, by_day
from articles.records import Card, Front, Section
from articles.states import Kind

#: How much stands beside the lead story: a card with a picture takes two places, one without takes one.
_PLACES_BESIDE_LEAD = 4
_RIVER = 7
_STORIES_IN_BLOCK = 4
#: Copy that others wrote or paid for is never put forward by the newsroom.
_NOT_OURS = (Kind.PRESS_RELEASE, Kind.PARTNER_CONTENT)


@dataclass(frozen=True, slots=True)
class Block:
    """The stories of a section on the front page. `section` is None for stories that have none."""

    section: Section | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class FrontPage:
    """The front page. A story of the river stands in the block of its section too."""

    lead: Card | None
    beside: tuple[Card, ...]
    river: tuple[Day, ...]
    blocks: tuple[Block, ...]


def lay_out(front: Front, navigation: Iterable[Section]) -> FrontPage:
    """Put the stories of the front page in their places: beside the lead, in the river of the newest, by section."""
    beside = tuple(_beside_lead(front.items))
    left = [card for card in front.items if card not in beside]
    return FrontPage(front.lead, beside, by_day(left[:_RIVER]), tuple(_blocks(left, navigation)))


def _beside_lead(cards: Iterable[Card]) -> Iterator[Card]:
    places = _PLACES_BESIDE_LEAD
    for card in cards:
        needed = 2 if card.picture else 1
        if card.kind not in _NOT_OURS and needed <= places:
            places -= needed
            yield card


def _blocks(cards: Iterable[Card], navigation: Iterable[Section]) -> Iterator[Block]:
    """Yield a block for each section, in the order of the navigation, and last one for stories without a section."""
    by_section: dict[Section | None, list[Card]] = {}
    for card in cards:
        by_section.setdefault(card.section, []).append(card)
    for section in (*navigation, None):
        if found := by_section.get(section):
            yield _block(section, found)


def _block(section: Section | None, cards: list[Card]) -> Block:
    """Return the newest stories of a section, the newest one of ours with a picture first."""
    newest = cards[:_STORIES_IN_BLOCK]
    first = next((card for card in newest if card.picture and card.kind not in _NOT_OURS), newest[0])
    return Block(section, (first, *(card for card in newest if card is not first)))
