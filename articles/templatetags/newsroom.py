"""What templates print beyond plain values: house times and labels of kinds."""

from datetime import UTC, date, datetime, time
from functools import lru_cache, partial
from typing import Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from django import template
from django.conf import settings
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import states
from articles.records import Card, Correction
from articles.rendering import prices, site
from articles.rendering.credits import credits_of, writers
from articles.text import times

register = template.Library()

#: What readers are told about the kind of a story. News goes without saying.
_LABELS: Final[dict[str, str | Promise]] = {
    kind: states.Kind(kind).label for kind in states.Kind if kind != states.Kind.NEWS
}
_NOTICES: Final[dict[str, str | Promise]] = {
    states.ReleaseKind.CORRECTION: _("Correction"),
    states.ReleaseKind.CLARIFICATION: _("Clarification"),
    states.ReleaseKind.WITHDRAWAL: _("Withdrawn"),
}


@register.simple_tag
def house_time(at: datetime) -> SafeString:
    """Print a moment as the time of day in the newsroom's zone: "12:50 ET"."""
    return _time_element(at, times.house_time(at, _zone(settings.TIME_ZONE)))


@register.simple_tag
def house_date(at: datetime) -> SafeString:
    """Print a moment as the date in the newsroom's zone: "24 November 2026"."""
    zone = _zone(settings.TIME_ZONE)
    return format_html('<time datetime="{}">{}</time>', at.astimezone(zone).date().isoformat(), _date(at, zone))


@register.simple_tag
def house_datetime(at: datetime) -> SafeString:
    """Print a moment as date and time in the newsroom's zone: "24 November 2026, 12:50 ET"."""
    zone = _zone(settings.TIME_ZONE)
    return _time_element(at, times.house_datetime(at, zone, settings.LANGUAGE_CODE))


@register.simple_tag
def house_month(on: date) -> SafeString:
    """Print the month of a day: "November 2026". Of what lasts for years nobody needs the day."""
    words = times.house_month(on, settings.LANGUAGE_CODE)
    return format_html('<time datetime="{}">{}</time>', f"{on:%Y-%m}", words)


@register.filter
def house_day(on: date) -> SafeString:
    """Print a day: "24 November 2026"."""
    noon = datetime.combine(on, time(12), _zone(settings.TIME_ZONE))
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), _date(noon, _zone(settings.TIME_ZONE)))


@register.simple_tag
def zone_time(at: datetime, zone: str) -> SafeString:
    """Print a moment as the time of day in a zone: "16:00 ET"."""
    return _time_element(at, times.house_time(at, _zone(zone)))


@register.simple_tag
def zone_day(at: datetime, zone: str) -> str:
    """Print the date of a moment in a zone: "24 November 2026"."""
    return times.house_date(at, _zone(zone), settings.LANGUAGE_CODE)


register.filter("rate_change", prices.rate_change)
register.filter("price_value", prices.value)
register.filter("price_change", prices.change)
register.filter("price_moved", partial(prices.change, whole=True))
register.filter("price_as_of", prices.as_of)
register.filter("price_delay", prices.delay_words)


@register.filter
def furniture(printed: Card | Correction) -> str:
    """Return the attributes of the newsroom's own words beside what is printed, "" in the newsroom's language."""
    return site.furniture(printed.language)


register.filter("credits", credits_of)
register.filter("writers", writers)


@register.filter
def kind_label(kind: str) -> str | Promise:
    """Return how readers are told the kind of a story, "Press release", or "" for news."""
    return _LABELS.get(kind, "")


@register.filter
def kicker(card: Card) -> str:
    """Return the kicker of a story, or "" where it only repeats the label of its kind."""
    return "" if card.kicker.casefold() == str(kind_label(card.kind)).casefold() else card.kicker


@register.filter
def notice_label(kind: str) -> str | Promise:
    """Return the heading of a notice to readers by its kind of release: "Correction"."""
    return _NOTICES.get(kind, _("Update"))


@register.filter
def country_name(code: str) -> str:
    """Return the name of a country by its ISO 3166 code, or the code where it is not known."""
    return _territories(settings.LANGUAGE_CODE).get(code.upper(), code)


@register.filter
def address_label(url: str) -> str:
    """Return a web address as readers say it: "example.com/about"."""
    parts = urlsplit(url)
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")


def _time_element(at: datetime, words: str) -> SafeString:
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}">{}</time>', moment, words)


@lru_cache
def _territories(language: str) -> dict[str, str]:
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return dict(locale.territories)


@lru_cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _date(at: datetime, zone: ZoneInfo) -> str:
    return times.house_date(at, zone, settings.LANGUAGE_CODE)
