"""What the desk's lists print around their rows: the way to a year, a month or a day."""

import calendar
import datetime
from typing import Any

from django import template
from django.contrib.admin.views.main import ChangeList
from django.db.models import Subquery
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("admin/date_hierarchy.html")
def way_to_days(changes: ChangeList) -> dict[str, Any]:
    """Print links to years, to the months of a year or to the days of a month.

    The stock tag reads every row to leave out days without any. This one reads the first and the last row.
    """
    name = str(changes.date_hierarchy)
    chosen = [int(changes.params[key]) for part in _PARTS if (key := f"{name}__{part}") in changes.params]
    span = _span(changes, name)
    links = _Links(changes, name)
    shown: dict[str, Any] = {"show": span is not None, "field_name": _field_name(changes, name)}
    if span is None:
        return shown
    first, last = span
    if not chosen and first.year == last.year:
        chosen = [first.year]
    if len(chosen) == 3:
        day = datetime.date(*chosen)
        return shown | {"back": links.to(*chosen[:2]), "choices": [{"title": _in_words(day, "MONTH_DAY_FORMAT")}]}
    if len(chosen) == 2:
        days = _days(*chosen)
        back = links.to(chosen[0])
    elif chosen:
        days = [datetime.date(chosen[0], month, 1) for month in range(1, 13)]
        back = links.to()
    else:
        return shown | {"back": None, "choices": [links.to(year) for year in range(first.year, last.year + 1)]}
    length = len(chosen) + 1
    within = [day for day in days if _start(first, length) <= day <= last]
    return shown | {"back": back, "choices": [links.to(*day.timetuple()[:length]) for day in within]}


_PARTS = ("year", "month", "day")


class _Links:
    """Links to parts of a calendar, by the parameters of the stock list."""

    def __init__(self, changes: ChangeList, name: str) -> None:
        self._changes, self._name = changes, name

    def to(self, *parts: int) -> dict[str, str]:
        """Return the link to a year, a month or a day; without any, to all of them."""
        chosen = {f"{self._name}__{part}": value for part, value in zip(_PARTS, parts, strict=False)}
        title = _("All dates")
        if len(parts) == 1:
            title = str(parts[0])
        elif parts:
            day = datetime.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
            title = _in_words(day, "MONTH_DAY_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")
        return {"link": self._changes.get_query_string(chosen, [f"{self._name}__"]), "title": title}


def _field_name(changes: Any, name: str) -> str:
    return str(changes.lookup_opts.get_field(name).verbose_name)


def _span(changes: Any, name: str) -> tuple[datetime.date, datetime.date] | None:
    """Return the days of the first and the last row, in the newsroom's zone."""
    last = Subquery(changes.everything.order_by(f"-{name}").values(name)[:1])
    ends = changes.everything.order_by(name).values_list(name, last).first()
    if ends is None:
        return None
    return timezone.localtime(ends[0]).date(), timezone.localtime(ends[1]).date()


def _days(year: int, month: int) -> list[datetime.date]:
    return [datetime.date(year, month, day) for day in range(1, calendar.monthrange(year, month)[1] + 1)]


def _start(day: datetime.date, length: int) -> datetime.date:
    """Return the first day of a day's month, or the day itself."""
    return day.replace(day=1) if length == 2 else day


def _in_words(day: datetime.date, style: str) -> str:
    return str(capfirst(formats.date_format(day, style)))
