"""A story in a list: rendered once without regard to the page, dressed for the place it is printed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from articles.records import Card
from articles.rendering.site import furniture, this_site
from articles.rendering.slots import SLOTS

_LAZY: Final = ' loading="lazy"'
_EAGER: Final = ' fetchpriority="high"'


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands: its class, the level of its headline, how wide its picture is ("" leaves it out).

    An eager picture is fetched before others; a small card has neither standfirst nor names.
    """

    style: str
    level: int
    sizes: str = ""
    eager: bool = False
    small: bool = False


LEAD: Final = Place("lead", 2, "(min-width: 78rem) 38rem, (min-width: 60rem) 50vw, 100vw", eager=True)
BESIDE: Final = Place("", 2, "(min-width: 78rem) 18rem, (min-width: 40rem) 50vw, 100vw")
FEATURE: Final = Place("feature", 2, "(min-width: 60rem) 46rem, 100vw", eager=True)
BLOCK: Final = Place("", 3, "(min-width: 78rem) 24rem, (min-width: 48rem) 50vw, 100vw")
BRIEF: Final = Place("brief", 3, small=True)
RELATED: Final = Place("", 3, "(min-width: 48rem) 18rem, 100vw", small=True)


def render_card(card: Card) -> str:
    """Return a card with its slots open."""
    return _render("components/card.html", card)


def render_row(card: Card) -> str:
    """Return the row of a list, with the slot of its section open."""
    return _render("components/row.html", card)


def render_brief(card: Card) -> str:
    """Return the line of the front page's column of news."""
    return _render("components/brief.html", card)


def has_picture(card: str) -> bool:
    """Say whether a card with its slots open has a picture."""
    _before, picture, _after = card.split(SLOTS.picture)
    return bool(picture)


def dress(card: str, place: Place) -> str:
    """Return a card with its slots filled for a place."""
    before, picture, text = card.split(SLOTS.picture)
    if picture:
        loading = _EAGER if place.eager else _LAZY
        picture = picture.replace(SLOTS.sizes, place.sizes).replace(SLOTS.loading, loading) if place.sizes else ""
    parts = text.split(SLOTS.full)
    text = "".join(parts[::2] if place.small else parts).replace(SLOTS.level, str(place.level))
    style = f" card-{place.style}" if place.style else ""
    return before.replace(SLOTS.style, style) + picture + text


def fit_row(row: str, *, names_section: bool) -> str:
    """Return a row with or without the link to its section."""
    return "".join(row.split(SLOTS.section) if names_section else row.split(SLOTS.section)[::2])


def day(rows: Iterable[str], at: datetime, language: str) -> str:
    """Return rows, each fitted, under the date of a moment in the newsroom's zone."""
    local = at.astimezone(_zone(settings.TIME_ZONE)).date()
    before, after = _around_day(local, language, settings.LANGUAGE_CODE, settings.TIME_ZONE)
    return "".join((before, *rows, after))


def related(cards: Iterable[str], language: str) -> SafeString:
    """Return the block of related stories below an article, "" where there are none."""
    dressed = "".join(dress(card, RELATED) for card in cards)
    if not dressed:
        return mark_safe("")
    return mark_safe(dressed.join(_around_related(language, settings.LANGUAGE_CODE)))  # noqa: S308


@lru_cache(maxsize=512)
def _around_day(of: date, language: str, _house: str, zone: str) -> tuple[str, str]:
    noon = datetime(of.year, of.month, of.day, 12, tzinfo=_zone(zone))
    html = get_template("components/day.html").render({"at": noon, "furniture": furniture(language), "slots": SLOTS})
    before, after = html.split(SLOTS.rows)
    return before, after


@lru_cache(maxsize=64)
def _around_related(language: str, _house: str) -> tuple[str, str]:
    html = get_template("components/related.html").render({"furniture": furniture(language), "slots": SLOTS})
    before, after = html.split(SLOTS.cards)
    return before, after


@lru_cache(maxsize=4)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _render(template: str, card: Card) -> str:
    return get_template(template).render({"card": card, "site": this_site(), "slots": SLOTS})
