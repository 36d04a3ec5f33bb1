"""What somebody fills in to bind words to a market: read, checked, and answered as the attributes of a mark."""

import re
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from articles.admin.keys import as_key
from articles.models import Listing
from articles.quality.calendars import calendars
from articles.text.mark_forms import DIRECTIONS, MEASURES, SESSIONS, Statement, read_form

_PLAIN = re.compile(r"[+−-]?[0-9]{1,15}(?:[.,][0-9]{1,10})?")


class Unfit(Exception):
    """The fields do not say enough. `problems` are words for each field by its name."""

    def __init__(self, problems: dict[str, str]) -> None:
        """Carry the problems."""
        super().__init__("; ".join(problems.values()))
        self.problems = problems


def read_statement(fields: Any) -> tuple[Statement, Listing]:
    """Return the statement that the dialog's fields describe. Raises `Unfit` with everything that is missing."""
    said = {str(name): str(value).strip() for name, value in fields.items()} if isinstance(fields, dict) else {}
    problems: dict[str, str] = {}
    listing = _listing(said.get("listing", ""))
    if listing is None:
        problems["listing"] = _("Choose the listing that the words speak of.")
    value = _value(said.get("value", ""))
    if not value:
        problems["value"] = _("Write the figure as it is printed: 1.2.")
    as_of = None
    if listing is not None:
        try:
            as_of = _as_of(said, listing)
        except (ValueError, OverflowError):
            problems["time"] = _("Give the day too, and the time as on a clock.")
    allowed = (("measure", MEASURES), ("direction", DIRECTIONS), ("session", SESSIONS))
    problems |= {name: _("Choose one.") for name, values in allowed if said.get(name, "") not in values}
    if problems or listing is None:
        raise Unfit(problems)
    unit = "" if said["measure"] == "change-percent" else said.get("unit", "").upper().replace("POINTS", "points")
    form = Statement(listing.pk, said["measure"], value, said["direction"], as_of, said["session"], unit)
    # Only what the cleaner would keep is a mark.
    if read_form("data", attributes_of(form)) != form:
        raise Unfit({"unit": _("Give the unit: three capital letters, as USD or GBX, or points.")})
    return form, listing


def attributes_of(form: Statement) -> dict[str, str]:
    """Return the attributes of the element that marks a statement; empty ones are left out."""
    values = {
        "value": form.value,
        "data-listing": str(form.listing),
        "data-measure": form.measure,
        "data-direction": form.direction,
        "data-as-of": f"{form.as_of.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if form.as_of else "",
        "data-session": form.session,
        "data-unit": form.unit,
    }
    return {name: value for name, value in values.items() if value}


def _listing(key: str) -> Listing | None:
    listing: Listing | None = Listing.objects.select_related("exchange", "company").filter(pk=as_key(key) or 0).first()
    return listing


def _value(typed: str) -> str:
    """Return a figure as marks have it, "" for none: a point for the comma, no plus, a hyphen for the minus."""
    if not _PLAIN.fullmatch(typed):
        return ""
    plain = typed.replace(",", ".").replace("−", "-").removeprefix("+")
    sign = "-" if plain.startswith("-") else ""
    whole, point, rest = plain.removeprefix("-").partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{rest}"


def _as_of(said: dict[str, str], listing: Listing) -> datetime | None:
    """Return the instant in UTC, None without a time of day; a close without one is at the bell. Raises ValueError."""
    day, clock = said.get("date", ""), said.get("time", "")
    if clock:
        zone = ZoneInfo(listing.exchange.time_zone)
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone).astimezone(UTC)
    is_close = said.get("measure") == "close" or said.get("session") == "close"
    if not day or not is_close:
        return None
    closed = date.fromisoformat(day)
    calendar = calendars([listing.exchange], closed, closed).get(listing.exchange_id)
    return calendar.closes_at(closed) if calendar else None
