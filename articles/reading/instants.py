"""The future instants that `articles.models.stamp.INSTANTS` names, in questions to the database."""

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from articles.models.stamp import Instant
from articles.reading import database


@cache
def column(instant: Instant) -> tuple[str, str]:
    """Return the table and the column that an instant is in."""
    field = _field(instant)
    return field.model._meta.db_table, field.column


@cache
def is_day(instant: Instant) -> bool:
    """Say whether an instant is kept as a day, which begins at midnight UTC."""
    return not isinstance(_field(instant), models.DateTimeField)


def newest_passed(instant: Instant, at: datetime) -> Any:
    """Return the newest value that has passed at `at`."""
    newest = at.astimezone(UTC) - instant.after
    return newest.date() if is_day(instant) else newest


def moment(instant: Instant, value: Any) -> datetime | None:
    """Return when a value passes that the database gave; SQLite gives days and times as text."""
    if value is None:
        return None
    if is_day(instant):
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return datetime.combine(day, time(), UTC) + instant.after
    found = database.instant(value)
    return found + instant.after if found else None


def _field(instant: Instant) -> Any:
    return apps.get_model("articles", instant.noun)._meta.get_field(instant.field)
