"""Trading days and sessions of one exchange: when it is open, and what day and session a moment belongs to.

Hours are kept in the exchange's own time, so that they stay right when the clocks change; every moment is an
aware datetime, those that are returned in UTC.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from articles.markets.hours import Hours, Interval, refuse_disorder

_DAY: Final = timedelta(days=1)
#: No exchange has been shut for longer; a calendar that finds no session within it has none.
_LONGEST_PAUSE: Final = 400


class Session(StrEnum):
    """What an exchange is doing."""

    PRE = "pre"
    REGULAR = "regular"
    LUNCH = "lunch"
    POST = "post"
    CLOSED = "closed"


#: From a moment until another, which no longer belongs to it, in UTC.
type _Span = tuple[datetime, datetime, Session]


class Calendar:
    """The trading days and hours of an exchange.

    `hours` are those of ordinary days: one item for every time they changed, or several where weekdays differ.
    `closed` are the holidays, `half` the days that end early with the time of day at which they do, `special` the days
    with hours of their own (a late opening, a Saturday session), which trade whatever the weekday. `special` goes
    before `closed`, `closed` before `half`. Raises ValueError without hours.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        hours: Sequence[Hours],
        *,
        closed: Collection[date] = (),
        half: Mapping[date, time] | None = None,
        special: Mapping[date, tuple[Interval, ...]] | None = None,
    ) -> None:
        if not hours:
            raise ValueError("A calendar needs hours.")
        self.zone = zone
        self.hours = tuple(hours)
        self._begins = sorted({item.from_on for item in hours})
        self._weeks = [_week(hours, begins) for begins in self._begins]
        self._closed = frozenset(closed)
        self._half = dict(half or {})
        self._special = dict(special or {})
        for intervals in self._special.values():
            refuse_disorder(intervals)
        self._spans_on = lru_cache(maxsize=512)(self._find_spans)

    def session_at(self, at: datetime) -> Session:
        """Return what the exchange is doing at a moment."""
        return next(
            (session for begins, ends, session in self._spans_on(self.date_at(at)) if begins <= at < ends),
            Session.CLOSED,
        )

    def is_open(self, at: datetime) -> bool:
        """Say whether a moment lies in regular trading; the lunch break does not."""
        return self.session_at(at) is Session.REGULAR

    def date_at(self, at: datetime) -> date:
        """Return the date at the exchange at a moment. Raises ValueError for a datetime without a zone."""
        if at.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return at.astimezone(self.zone).date()

    def is_trading_day(self, day: date) -> bool:
        """Say whether there is regular trading on a day, if only in the morning."""
        return bool(self._regular_on(day))

    def is_half_day(self, day: date) -> bool:
        """Say whether a trading day ends early."""
        return day in self._half and day not in self._special and self.is_trading_day(day)

    def opens_at(self, day: date) -> datetime | None:
        """Return when regular trading begins on a day; None when there is none."""
        regular = self._regular_on(day)
        return self._moment(day, regular[0][0]) if regular else None

    def closes_at(self, day: date) -> datetime | None:
        """Return when regular trading ends on a day, after lunch and all; None when there is none."""
        regular = self._regular_on(day)
        return self._moment(day, regular[-1][1]) if regular else None

    def previous_trading_day(self, day: date) -> date:
        """Return the last trading day before a day. Raises LookupError when there has been none for a year."""
        return self._walk(day, -_DAY)

    def next_trading_day(self, day: date) -> date:
        """Return the first trading day after a day. Raises LookupError when there is none for a year."""
        return self._walk(day, _DAY)

    def trading_days(self, first: date, last: date) -> Iterator[date]:
        """Yield the trading days from a day to another, both included."""
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if self._regular_on(day):
                yield day

    def next_open(self, at: datetime) -> datetime:
        """Return the first moment after this one at which regular trading begins, or goes on after lunch.

        Raises LookupError when there is none for a year.
        """
        day = self.date_at(at)
        while True:
            for begins, _ends, session in self._spans_on(day):
                if session is Session.REGULAR and begins > at:
                    return begins
            day = self.next_trading_day(day)

    def next_close(self, at: datetime) -> datetime:
        """Return the first moment after this one at which a day's regular trading ends; lunch is no end.

        Raises LookupError when there is none for a year.
        """
        day = self.date_at(at)
        closes = self.closes_at(day)
        while closes is None or closes <= at:
            day = self.next_trading_day(day)
            closes = self.closes_at(day)
        return closes

    def last_close(self, at: datetime) -> datetime:
        """Return the last moment up to this one at which a day's regular trading ended.

        Raises LookupError when there has been none for a year.
        """
        day = self.date_at(at)
        closes = self.closes_at(day)
        while closes is None or closes > at:
            day = self.previous_trading_day(day)
            closes = self.closes_at(day)
        return closes

    def _walk(self, day: date, step: timedelta) -> date:
        for _step in range(_LONGEST_PAUSE):
            day += step
            if self._regular_on(day):
                return day
        raise LookupError(f"There is no trading day within {_LONGEST_PAUSE} days.")

    def _hours_on(self, day: date) -> Hours | None:
        position = bisect_right(self._begins, day)
        return self._weeks[position - 1].get(day.weekday()) if position else None

    def _regular_on(self, day: date) -> tuple[Interval, ...]:
        """Return the regular hours of a day; nothing on a day without trading."""
        if day in self._special:
            return self._special[day]
        hours = self._hours_on(day)
        if hours is None or day in self._closed:
            return ()
        if day not in self._half:
            return hours.regular
        end = self._half[day]
        return tuple((begins, min(ends, end)) for begins, ends in hours.regular if begins < end)

    def _find_spans(self, day: date) -> tuple[_Span, ...]:
        regular = self._regular_on(day)
        if not regular:
            return ()
        parts = [(begins, ends, Session.REGULAR) for begins, ends in regular]
        parts += [(before[1], after[0], Session.LUNCH) for before, after in pairwise(regular)]
        hours = self._hours_on(day)
        if hours is not None and day not in self._special:
            if hours.pre:
                parts.append((*hours.pre, Session.PRE))
            if hours.post:
                parts.append((*_moved(hours.post, hours.regular[-1][1], regular[-1][1]), Session.POST))
        return tuple(
            (self._moment(day, begins), self._moment(day, ends), session) for begins, ends, session in sorted(parts)
        )

    def _moment(self, day: date, clock: time) -> datetime:
        """Return when it is a time of day at the exchange, the first time if it is so twice.

        A time of day that the clocks leave out is the moment at which they do, so that moments keep their order.
        """
        local = datetime.combine(day, clock, self.zone)
        moment = local.astimezone(UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None) == local.replace(tzinfo=None):
            return moment
        before = local.replace(fold=1).astimezone(UTC)
        offset = before.astimezone(self.zone).utcoffset()
        while moment - before > timedelta(seconds=1):
            middle = before + timedelta(seconds=(moment - before) // timedelta(seconds=2))
            if middle.astimezone(self.zone).utcoffset() == offset:
                before = middle
            else:
                moment = middle
        return moment


def _week(hours: Sequence[Hours], begins: date) -> dict[int, Hours]:
    """Return the hours of each weekday from a day on."""
    return {weekday: item for item in hours if item.from_on == begins for weekday in item.weekdays}


def _moved(post: Interval, usual: time, end: time) -> Interval:
    """Return the hours after trading on a day that ends earlier: they come as much earlier."""
    earlier = datetime.combine(date.min, usual) - datetime.combine(date.min, end)
    begins, ends = (datetime.combine(date.min, moment) - earlier for moment in post)
    return begins.time(), ends.time()
