"""The make-up of the front page and of lists by day."""

from datetime import UTC, datetime, timedelta

import pytest

from articles.public.days import by_day
from articles.public.front import FrontPage, lay_out
from articles.records import Card, Front, Section
from tests.public.stories import MARKETS, PICTURE, story

NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)
ENERGY = Section("Energy", "energy", "/energy/", "en", "ltr")


def cards(number: int, **changes: object) -> tuple[Card, ...]:
    values = {"picture": None} | changes
    return tuple(
        story(path=f"/markets/story-{n}/", first_published_at=NOON - timedelta(hours=n), **values)
        for n in range(1, number + 1)
    )


def test_four_stories_without_pictures_stand_beside_the_lead() -> None:
    found = cards(6)

    page = lay_out(Front(story(), found), [MARKETS])

    assert page.beside == found[:4]


def test_pictures_take_the_place_of_two() -> None:
    found = cards(6, picture=PICTURE)

    page = lay_out(Front(story(), found), [MARKETS])

    assert page.beside == found[:2]


@pytest.mark.parametrize("kind", ["press_release", "partner_content"])
def test_what_others_wrote_is_not_put_forward(kind: str) -> None:
    found = cards(6, kind=kind, picture=PICTURE)
    own = story(path="/own/", picture=None)

    page = lay_out(Front(story(), (*found, own)), [MARKETS])

    assert page.beside == (own,)
    assert page.blocks[0].cards == found[:4]


def test_the_river_goes_on_where_the_top_ends() -> None:
    found = cards(12)

    page = lay_out(Front(story(), found), [MARKETS])

    assert tuple(card for day in page.river for card in day.cards) == found[4:11]


def test_every_section_has_its_block_in_the_order_of_the_navigation() -> None:
    markets, energy, none = cards(2, section=MARKETS), cards(2, section=ENERGY), cards(1, section=None)
    beside = cards(4, kicker="beside")

    page = lay_out(Front(story(), (*beside, *markets, *none, *energy)), [ENERGY, MARKETS])

    assert [(block.section, block.cards) for block in page.blocks] == [
        (ENERGY, energy),
        (MARKETS, markets),
        (None, none),
    ]


def test_a_block_begins_with_a_picture_of_ours() -> None:
    beside = cards(4, kicker="beside")
    plain = story(path="/plain/", picture=None)
    paid = story(path="/paid/", kind="partner_content")
    ours = story(path="/ours/")

    page = lay_out(Front(story(), (*beside, plain, paid, ours)), [MARKETS])

    # With no places left beside the lead, all three are in the block.
    assert page.blocks[0].cards == (ours, plain, paid)


def test_an_empty_front_is_laid_out() -> None:
    page: FrontPage[Card] = lay_out(Front(None), [])

    assert (page.lead, page.beside, page.river, page.blocks) == (None, (), (), ())


def test_days_are_those_of_the_newsroom() -> None:
    late = story(first_published_at=datetime(2026, 11, 24, 5, 1, tzinfo=UTC))
    midnight = story(first_published_at=datetime(2026, 11, 24, 5, 0, tzinfo=UTC))
    evening = story(first_published_at=datetime(2026, 11, 24, 4, 59, tzinfo=UTC))

    days = by_day([late, midnight, evening])

    assert [day.cards for day in days] == [(late, midnight), (evening,)]
    assert [day.at for day in days] == [late.first_published_at, evening.first_published_at]


def test_a_day_with_twenty_five_hours_is_one_day() -> None:
    first = story(first_published_at=datetime(2026, 11, 1, 4, 30, tzinfo=UTC))
    last = story(first_published_at=datetime(2026, 11, 2, 4, 30, tzinfo=UTC))

    assert [day.cards for day in by_day([last, first])] == [(last, first)]
