"""Reading a CSV file of end-of-day prices: date, symbol, MIC, open, high, low, close, volume, currency.

Headers may stand in any order and case. Open, high, low and volume may be missing; a currency that is missing is the
listing's. Nothing is converted: prices in pence stay in pence, and say so (GBX).
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from operator import itemgetter
from typing import IO, Final

from articles.management.listed_symbols import Listed, ListedSymbols, on
from articles.management.loading import Refuse, UnreadableFile
from articles.markets.daily_bars import BadBar, is_plain, read_bar
from articles.markets.units import currency_of, read_unit

#: What a column may be called.
_NAMES: Final = {
    "date": ("date",),
    "symbol": ("symbol", "ticker"),
    "mic": ("mic", "exchange"),
    "currency": ("currency", "unit"),
    "open": ("open",),
    "high": ("high",),
    "low": ("low",),
    "close": ("close",),
    "volume": ("volume",),
}
_NEEDED: Final = ("date", "symbol", "mic", "close")
_EARLIEST: Final = date(1800, 1, 1)


#: A row as it is stored: listing, day, open, high, low, close, volume, currency; None for what is missing. Figures are
#: plain decimals, as texts. A million of them at a time have no names.
type Price = tuple[int, str, str | None, str | None, str | None, str, str | None, str]


@dataclass(slots=True)
class Batch:
    """Prices of different listings or days, and those of which the file has given one before, with their lines."""

    prices: list[Price] = field(default_factory=list)
    repeated: list[tuple[int, Price]] = field(default_factory=list)


@dataclass(slots=True)
class _Day:
    """A day of the file. `bit` is its place in the file's memory of a year; `looked_at` are the exchanges asked."""

    iso: str
    day: date
    year: int
    bit: int
    looked_at: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Symbol:
    """What a symbol means with a currency: one listing for ever, or different ones on different days."""

    always: Listed | None
    spans: list[Listed]
    unit: str


class PriceFile:
    """The rows of a file. `refuse` is told lines that cannot be used, `warn` lines that are used but look wrong.

    Raises `UnreadableFile` when the columns are not those of prices.
    """

    def __init__(
        self, file: IO[bytes], symbols: ListedSymbols, today: date, refuse: Refuse, warn: Callable[[int, str], object]
    ) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="")
        self._reader = csv.reader(text, delimiter=_delimiter(text))
        places = _columns(next(self._reader, []))
        self._columns = itemgetter(*places)
        # A column that is missing is the empty one behind all others.
        self._rows = self._reader if -1 not in places else ([*row, ""] if row else row for row in self._reader)
        self._symbols, self._refuse, self._warn = symbols, refuse, warn
        # Where the sun rises first, it may be tomorrow.
        self._last = today + timedelta(days=1)
        self._days: dict[str, _Day] = {}
        self._known: dict[tuple[str, str, str], _Symbol] = {}
        self._seen: dict[int, dict[int, int]] = {}

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield the rows, so many at a time. Raises `UnreadableFile` where the file is no CSV."""
        try:
            while batch := self._batch(size):
                yield batch
        except csv.Error as error:
            raise UnreadableFile(f"Line {self._reader.line_num + 1} cannot be read: {error}.") from error

    def _batch(self, size: int) -> Batch | None:
        batch, count = Batch(), 0
        for count, row in enumerate(islice(self._rows, size), start=1):  # noqa: B007
            try:
                self._take(row, batch)
            except BadBar as bad:
                self._refuse(self._reader.line_num, str(bad))
            except IndexError:
                if row:
                    self._refuse(self._reader.line_num, "there are too few columns")
        return batch if count else None

    def _take(self, row: list[str], batch: Batch) -> None:
        printed_day, symbol, mic, currency, open_, high, low, close, volume = self._columns(row)
        day = self._days.get(printed_day) or self._read_day(printed_day)
        known = self._known.get((mic, symbol, currency)) or self._know(mic, symbol, currency)
        listed = known.always or self._listed(known, day, mic, symbol)
        if not is_plain(open_, high, low, close, volume):
            open_, high, low, close, volume = read_bar(open_, high, low, close, volume)
        if mic not in day.looked_at:
            self._look_at(mic, day)
        key = listed.key
        price = (key, day.iso, open_, high, low, close, volume or None, known.unit or listed.unit)
        years = self._seen.get(key)
        if years is None:
            years = self._seen[key] = {}
        seen = years.get(day.year, 0)
        if seen & day.bit:
            batch.repeated.append((self._reader.line_num, price))
        else:
            years[day.year] = seen | day.bit
            batch.prices.append(price)

    def _read_day(self, printed: str) -> _Day:
        try:
            day = date.fromisoformat(printed.strip())
        except ValueError:
            raise BadBar(f"“{printed}” is no date; write it like 2026-11-24") from None
        if day > self._last:
            raise BadBar(f"{day} is yet to come")
        if day < _EARLIEST:
            raise BadBar(f"{day} is too long ago")
        found = _Day(day.isoformat(), day, day.year, 1 << day.timetuple().tm_yday)
        self._days[printed] = found
        return found

    def _know(self, mic: str, symbol: str, currency: str) -> _Symbol:
        """Look a symbol up, once for each currency that the file prints behind it."""
        spans = self._symbols.spans(mic, symbol)
        if not spans:
            which = f"{mic}:{symbol} is no listing" if self._symbols.mic(mic) else f"“{mic}” is no exchange"
            raise BadBar(f"{' '.join(which.split())} that the newsroom knows")
        unit = read_unit(currency)
        if currency.strip() and not unit:
            raise BadBar(f"“{currency}” is no currency")
        for listed in spans:
            if unit and listed.currency and currency_of(unit) != listed.currency:
                raise BadBar(f"the price is in {unit}, but {mic}:{symbol} trades in {listed.currency}")
            if not (unit or listed.unit):
                raise BadBar(f"there is no currency, and {mic}:{symbol} has none either")
        known = _Symbol(spans[0] if len(spans) == 1 and spans[0].is_for_ever else None, spans, unit)
        self._known[mic, symbol, currency] = known
        return known

    def _listed(self, known: _Symbol, day: _Day, mic: str, symbol: str) -> Listed:
        listed = on(known.spans, day.day)
        if listed is None:
            raise BadBar(f"{mic}:{symbol} is not listed on {day.iso}")
        return listed

    def _look_at(self, mic: str, day: _Day) -> None:
        """Say once of each exchange that it does not trade on a day."""
        day.looked_at.add(mic)
        calendar = self._symbols.calendar(mic)
        if calendar is not None and not calendar.is_trading_day(day.day):
            self._warn(self._reader.line_num, f"{mic} does not trade on {day.iso}; its prices of that day are loaded")


def _delimiter(text: io.TextIOWrapper) -> str:
    """Return what parts the columns, by the first line, and go back to the beginning."""
    header = text.readline()
    text.seek(0)
    return max(",;\t|", key=header.count)


def _columns(header: list[str]) -> list[int]:
    """Return where each column is; behind all others where a row will be lengthened for those that are missing."""
    names = [name.strip().lower() for name in header]
    found = {}
    for column, forms in _NAMES.items():
        places = [place for place, name in enumerate(names) if name in forms]
        if len(places) > 1 or (not places and column in _NEEDED):
            raise UnreadableFile(f"The first line must name each of these once: {', '.join(_NEEDED)}.")
        found[column] = places[0] if places else -1
    return [found[column] for column in _NAMES]
