"""Days that come every year, in a few letters: how the file of exchanges writes holidays that no library knows.

| written | the day |
|---|---|
| `2018-12-05` | that day only |
| `12-24` | every year |
| `easter-2` | so many days before or after Easter Sunday (of the western churches) |
| `fri>=06-19` | the first Friday from a day on |
| `last<12-25` | the last trading day before a day, of the next year for `01-01` |
| `first>=01-02` | the first trading day from a day on |
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM: Final = re.compile(
    r"(?P<year>\d{4})-(?P<date>\d\d-\d\d)"
    r"|easter(?P<easter>[+-]\d{1,2})"
    r"|(?P<from>mon|tue|wed|thu|fri|sat|sun|first)>=(?P<first>\d\d-\d\d)"
    r"|last<(?P<last>\d\d-\d\d)"
    r"|(?P<every>\d\d-\d\d)"
)
_YEARS: Final = re.compile(r"(?P<first>\d{4})?-(?P<last>\d{4})?")
#: Longer than any exchange is shut.
_LONGEST_PAUSE: Final = 21


@dataclass(frozen=True, slots=True)
class DayRule:
    """A day of some years, in the letters of this module. Raises ValueError when they say none."""

    written: str
    first_year: int = 1
    last_year: int = 9999

    def __post_init__(self) -> None:
        # A leap year has every date there is.
        self._find(2000 if not self.written[:4].isdigit() else int(self.written[:4]), _always)

    @classmethod
    def read(cls, written: str, years: str = "") -> "DayRule":
        """Return the rule for days in `years`: "2022-", "-2021", "2018-2021" or "" for all. Raises ValueError."""
        if not years:
            return cls(written)
        found = _YEARS.fullmatch(years)
        if not found:
            raise ValueError(f"{years!r} are no years; write them like 2022-, -2021 or 2018-2021.")
        return cls(written, int(found["first"] or 1), int(found["last"] or 9999))

    def days(
        self, first_year: int, last_year: int, is_trading: Callable[[date], bool] = lambda _day: True
    ) -> Iterator[date]:
        """Yield the days in some years. `is_trading` tells which days trade, for rules that ask."""
        for year in range(max(first_year, self.first_year), min(last_year, self.last_year) + 1):
            day = self._find(year, is_trading)
            if day is not None:
                yield day

    def _find(self, year: int, is_trading: Callable[[date], bool]) -> date | None:
        found = _FORM.fullmatch(self.written)
        if not found:
            raise ValueError(f"{self.written!r} is no day of the year.")
        if found["year"]:
            return date.fromisoformat(self.written) if int(found["year"]) == year else None
        if found["easter"]:
            return easter(year) + timedelta(days=int(found["easter"]))
        if found["last"]:
            return _last_before(found["last"], year, is_trading)
        if found["from"]:
            return _first_from(found["from"], date.fromisoformat(f"{year}-{found['first']}"), is_trading)
        return _of_year(found["every"], year)


def easter(year: int) -> date:
    """Return Easter Sunday (Gregorian; the anonymous algorithm in Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _always(_day: date) -> bool:
    return True


def _of_year(written: str, year: int) -> date | None:
    """Return a day of a year; a leap day only has some."""
    leap = date.fromisoformat(f"2000-{written}")
    try:
        return leap.replace(year=year)
    except ValueError:
        return None


def _last_before(written: str, year: int, is_trading: Callable[[date], bool]) -> date | None:
    end = date.fromisoformat(f"{year + (written == '01-01')}-{written}")
    days = (end - timedelta(days=back) for back in range(1, _LONGEST_PAUSE))
    return next((day for day in days if is_trading(day)), None)


def _first_from(which: str, begin: date, is_trading: Callable[[date], bool]) -> date | None:
    if which != "first":
        return begin + timedelta(days=(_WEEKDAYS.index(which) - begin.weekday()) % 7)
    days = (begin + timedelta(days=on) for on in range(_LONGEST_PAUSE))
    return next((day for day in days if is_trading(day)), None)
