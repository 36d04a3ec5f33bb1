"""Prices in words and signs that need no color: "$82.15 ▼ down 1.2% as of 24 November 2026, 12:50 ET"."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.markets.printed_prices import print_percent, print_price
from articles.records import PairRate, Price
from articles.rendering.site import furniture
from articles.rendering.slots import SLOTS
from articles.text.times import house_date, house_datetime

_WORDS: Final = {"up": "up", "down": "down", "flat": "unchanged"}
_ARROWS: Final = {"up": "▲", "down": "▼", "flat": "◆"}
#: What asks for the prices of now, on pages that have room for them.
SCRIPT: Final = "js/prices.js"
STALE: Final = "not current: nothing newer has come in"


def amount(price: Price) -> str:
    """Return the price itself: "$82.15", "412.5p"."""
    return print_price(price.price, price.unit)


def change_words(price: Price) -> str:
    """Return how a price moved since the previous close: "down 1.2%", "unchanged", "" where that is not known.

    Without a percentage, as beside a price of nothing, it is told in the unit: "up $0.50".
    """
    if price.change is None:
        return ""
    if not price.change:
        return _WORDS["flat"]
    size = print_price(abs(price.change), price.unit) if price.percent is None else print_percent(price.percent)
    return f"{_WORDS[price.direction]} {size}"


def moved_words(price: Price) -> str:
    """Return how a price moved, in its unit and in percent: "down $1.02, 1.2%"."""
    if price.change is None or not price.change:
        return change_words(price)
    amount_ = f"{_WORDS[price.direction]} {print_price(abs(price.change), price.unit)}"
    return amount_ if price.percent is None else f"{amount_}, {print_percent(price.percent)}"


def delay_words(price: Price) -> str:
    """Return how old a quote was when it was told: "delayed by 15 minutes", or ""."""
    if not price.delay_minutes:
        return ""
    return f"delayed by {price.delay_minutes} minute{'s' if price.delay_minutes > 1 else ''}"


def value(price: Price) -> SafeString:
    """Return the price as HTML that programs can read, too."""
    return format_html('<data class="price-value" value="{}">{}</data>', f"{price.price:f}", amount(price))


def change(price: Price, *, whole: bool = False) -> SafeString:
    """Return the change as HTML, with an arrow for the eye; `whole` says it in the unit, too."""
    words = moved_words(price) if whole else change_words(price)
    if not words:
        return mark_safe("")
    html = '<span class="price-change price-{}"><span aria-hidden="true">{}</span> {}</span>'
    return format_html(html, price.direction, _ARROWS[price.direction], words)


def rate_change(rate: PairRate) -> SafeString:
    """Return how a pair of currencies moved since the day before, as HTML."""
    if rate.percent is None:
        return mark_safe("")
    words = _WORDS[rate.direction] + (f" {print_percent(rate.percent)}" if rate.percent else "")
    html = '<span class="price-change price-{}"><span aria-hidden="true">{}</span> {}</span>'
    return format_html(html, rate.direction, _ARROWS[rate.direction], words)


def as_of(price: Price) -> SafeString:
    """Return when that was the price, as HTML: "as of 24 November 2026, 12:50 ET", "close on 23 November 2026"."""
    zone, language = _zone(settings.TIME_ZONE), settings.LANGUAGE_CODE
    if price.as_of is None:
        noon = datetime.combine(price.on, time(12), zone)
        words = house_date(noon, zone, language)
        return format_html('<span class="price-as-of">close on <time datetime="{}">{}</time></span>', price.on, words)
    moment = price.as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    words = house_datetime(price.as_of, zone, language)
    return format_html('<span class="price-as-of">as of <time datetime="{}">{}</time></span>', moment, words)


def listings_in(main: str) -> list[int]:
    """Return the keys of the listings whose prices the main part of a story's page has slots for."""
    return [int(key) for key in main.split(SLOTS.price)[1::2]]


def with_prices(main: str, prices: Mapping[int, Price], language: str) -> str:
    """Return the main part of a story's page with its slots of prices filled: what was known when it came out."""
    parts = main.split(SLOTS.price)
    if len(parts) == 1:
        return main
    words = furniture(language)
    parts[1::2] = [_beside_company(int(key), prices.get(int(key)), words) for key in parts[1::2]]
    return "".join(parts)


def _beside_company(listing: int, price: Price | None, words: str) -> str:
    """Return the lines below a company: the price at publication if there is one, and room for the price now."""
    now = f'<p class="price price-now" data-now="{listing}"{words}></p>'
    if price is None:
        return now
    when = '<span class="price-when">At publication</span>'
    return f'<p class="price"{words}>{when} {value(price)} {change(price)} {as_of(price)}</p>{now}'


@lru_cache(maxsize=4)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
