"""Paging by key: a cursor names the last story of a page, so that deep pages cost what the first one costs."""

from datetime import UTC, datetime, timedelta

from django.db.models import Q

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 40


class BadCursor(ValueError):
    """A cursor that no page of ours has printed."""


def write_cursor(instant: datetime, key: int) -> str:
    """Return the cursor after the row with this instant and key."""
    return f"{(instant - _EPOCH) // _MICROSECOND}-{key}"


def read_cursor(cursor: str) -> tuple[datetime, int]:
    """Return the instant and key of a cursor. Raises `BadCursor`."""
    instant, dash, key = cursor.partition("-")
    if (
        not (dash and instant.isascii() and instant.isdigit() and key.isascii() and key.isdigit())
        or len(cursor) > _LONGEST
    ):
        raise BadCursor(cursor)
    try:
        moment = _EPOCH + int(instant) * _MICROSECOND
    except OverflowError as error:
        raise BadCursor(cursor) from error
    if int(key) >= 1 << 63:
        raise BadCursor(cursor)
    return moment, int(key)


def after(cursor: str, instant_field: str, key_field: str) -> Q:
    """Return the condition for the rows after `cursor` in descending order of both fields; all rows for ""."""
    if not cursor:
        return Q()
    instant, key = read_cursor(cursor)
    # The first half alone bounds the index walk; an OR of both alone would not.
    return Q(**{f"{instant_field}__lte": instant}) & (
        Q(**{f"{instant_field}__lt": instant}) | Q(**{f"{key_field}__lt": key})
    )
