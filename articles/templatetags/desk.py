"""What the desk's templates and lists print: moments, badges, small pictures.

Django loads every library of tags with the first page of any kind, so the verbs are imported where they are needed.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, Image
from articles.states import PublicStatus, State
from articles.text.times import house_date, house_datetime, house_time

register = template.Library()


@register.simple_tag
def moment(at: datetime | None) -> SafeString | str:
    """Print an instant: "Today, 12:50 ET", or with its date when it is another day; "" for None."""
    if at is None:
        return ""
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), in_full(at), in_short(at))


@register.filter(name="short_moment")
def in_short(at: datetime) -> str:
    """Return an instant in words: "Today, 12:50 ET", "24 November 2026, 12:50 ET"."""
    from articles.workflow import clock

    zone = house_zone()
    days = (at.astimezone(zone).date() - clock.now().astimezone(zone).date()).days
    near = {0: _("Today"), -1: _("Yesterday"), 1: _("Tomorrow")}
    day = near.get(days) or house_date(at, zone, settings.LANGUAGE_CODE)
    return f"{day}, {house_time(at, zone)}"


@register.filter
def house_clock(at: datetime) -> str:
    """Return the time of day of an instant: "12:50 ET"."""
    return house_time(at, house_zone())


def in_full(at: datetime) -> str:
    """Return an instant in house form with its date: "24 November 2026, 12:50 ET"."""
    return house_datetime(at, house_zone(), settings.LANGUAGE_CODE)


def house_zone() -> ZoneInfo:
    """Return the newsroom's time zone."""
    return ZoneInfo(settings.TIME_ZONE)


def zone_label(at: datetime) -> str:
    """Return how the newsroom's zone is printed at an instant: "ET"."""
    return house_time(at, house_zone()).partition(" ")[2]


@register.simple_tag
def state_badge(article: Article) -> SafeString:
    """Print the state of the working copy."""
    return format_html('<span class="badge state-{}">{}</span>', article.state, State(article.state).label)


@register.simple_tag
def public_badge(standing: Any) -> SafeString:
    """Print what readers have, when what waits for them appears, and whether that lacks the newest changes.

    `standing` is an `articles.admin.standing.Standing`.
    """
    status: PublicStatus = standing.status
    badge = format_html('<span class="badge public-{}">{}</span>', status.value, status.label)
    if standing.future is not None:
        word = "" if status is PublicStatus.SCHEDULED else format_html("{} ", _("Update:"))
        badge += format_html(' <span class="list-when">{}{}</span>', word, moment(standing.future.live_from))
    if standing.lacks_changes:
        badge += format_html(' <span class="list-warning">{}</span>', standing.warning)
    return badge


@register.simple_tag
def thumbnail(image: Image | None) -> SafeString | str:
    """Print a small version of a picture, fetched through the desk; "" for None."""
    if image is None or not image.file:
        return ""
    return format_html('<img class="thumbnail" src="{}" alt="{}" loading="lazy">', small_file(image), image.alt)


def small_file(image: Image) -> str:
    """Return the address at the desk of the smallest version of a picture."""
    widths = image.rendition_widths
    return desk_file(image.rendition_name(min(widths)) if widths else str(image.file.name))


def desk_file(name: str) -> str:
    """Return the address at the desk of a file in the media store."""
    return reverse("admin:articles_image_file", args=[name])


@register.filter
def field_anchor(name: str) -> str:
    """Return the anchor of the place in the story form where a part of the content is typed."""
    from articles.workflow.content import LISTS

    return f"rows-{name}" if name in LISTS and name != "topics" else f"id_{name}"
