"""Reading a master of companies: a CSV file `name,alias,symbol,mic,from,until`.

One row for each listing or alias. The columns may stand in any order, further ones are passed over. `alias` may be
empty, or hold several names set apart by "|" or ";". `from` and `until` are days (2014-09-19), empty is open.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from re import compile as pattern

from articles.markets.folding import fold_words
from articles.markets.legal_endings import without_security
from articles.markets.mentions import Alias
from articles.markets.printed_exchanges import markets_named
from articles.markets.tickers import symbol_key

COLUMNS = ("name", "alias", "symbol", "mic", "from", "until")

_SEVERAL = pattern(r"[|;]")
#: Legal forms that one file writes out and another does not.
_SAME_FORM = {
    "incorporated": "inc",
    "corporation": "corp",
    "limited": "ltd",
    "company": "co",
    "companies": "cos",
}
_UNITED_STATES = frozenset("XNYS XNAS XASE ARCX BATS".split())


class UnreadableMaster(Exception):
    """The file cannot be read, or is something else."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the master that can be used."""

    number: int
    name: str
    aliases: tuple[str, ...]
    symbol: str
    mic: str
    from_on: date | None
    until_on: date | None


@dataclass(slots=True)
class Master:
    """What a master says: its usable rows with the company of each, and why others were refused, by line."""

    lines: list[tuple[Line, int]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def aliases(self) -> Iterator[Alias]:
        """Yield what `Finder` takes; the entity is the number of a company."""
        told: set[tuple[int, str, date | None, date | None]] = set()
        for line, company in self.lines:
            listing = (line.symbol, line.mic, line.from_on, line.until_on)
            yield Alias(line.name, company, "company", *listing)
            for alias in line.aliases:
                if (key := (company, alias, line.from_on, line.until_on)) not in told:
                    told.add(key)
                    yield Alias(alias, company, from_on=line.from_on, until_on=line.until_on)

    def listings(self) -> dict[int, list[Line]]:
        """Return the rows of each company in the file's order."""
        companies: dict[int, list[Line]] = {}
        for line, company in self.lines:
            companies.setdefault(company, []).append(line)
        return companies


def read_master(path: Path) -> Master:
    """Read a master. Raises `UnreadableMaster` when the file cannot be read or lacks a column."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise UnreadableMaster(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableMaster(f"{path} is not in UTF-8: byte {error.start}.") from error
    rows = csv.reader(io.StringIO(text, newline=""))
    header = [title.strip().lower() for title in next(rows, [])]
    missing = [column for column in ("name", "symbol") if column not in header]
    if missing:
        raise UnreadableMaster(f"{path}: the first line must name the columns {', '.join(COLUMNS)}; it lacks "
                               f"{' and '.join(missing)}.")  # fmt: skip
    places = {column: header.index(column) for column in COLUMNS if column in header}
    master, companies = Master(), _Companies()
    try:
        for row in rows:
            _take(row, rows.line_num, places, master, companies)
    except csv.Error as error:
        raise UnreadableMaster(f"{path}, line {rows.line_num}: {error}.") from error
    return master


def _take(row: list[str], number: int, places: dict[str, int], master: Master, companies: "_Companies") -> None:
    if not any(value.strip() for value in row):
        return
    values = {column: row[place].strip() if place < len(row) else "" for column, place in places.items()}
    try:
        line = _line(number, values)
    except ValueError as refusal:
        master.refused.append((number, str(refusal)))
        return
    master.lines.append((line, companies.number_of(line)))


def _line(number: int, values: dict[str, str]) -> Line:
    """Return a row as what it says. Raises `ValueError` saying what is wrong with it."""
    aliases = tuple(alias.strip() for alias in _SEVERAL.split(values.get("alias", "")) if alias.strip())
    if not values["name"] and not aliases:
        raise ValueError("has no name")
    if not values["symbol"]:
        raise ValueError("has no symbol")
    from_on, until_on = _day(values.get("from", ""), "from"), _day(values.get("until", ""), "until")
    if from_on and until_on and until_on < from_on:
        raise ValueError(f"ends on {until_on}, before it begins on {from_on}")
    mic = values.get("mic", "").upper()
    known = markets_named(mic)
    name = values["name"] or aliases[0]
    return Line(number, name, aliases, values["symbol"], known[0] if known else mic, from_on, until_on)


def _day(value: str, column: str) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        raise ValueError(f"has {value!r} as {column}, which is no day such as 2014-09-19") from None


class _Companies:
    """Which rows are of one company: those of one listing, and those of one name, unless that cannot be."""

    def __init__(self) -> None:
        self._count = 0
        self._by_name: dict[str, list[tuple[int, list[Line]]]] = {}
        self._by_listing: dict[tuple[str, str], list[tuple[int, Line]]] = {}

    def number_of(self, line: Line) -> int:
        words = fold_words(without_security(line.name))
        named = self._by_name.setdefault(" ".join(_SAME_FORM.get(word, word) for word in words if word != "the"), [])
        listed = self._by_listing.setdefault((symbol_key(line.symbol), line.mic), [])
        number = next((number for number, other in listed if _meet(line, other)), 0) or next(
            (number for number, lines in named if not any(_are_two(line, other) for other in lines)), 0
        )
        if not number:
            self._count += 1
            number = self._count
        listed.append((number, line))
        lines = next((lines for known, lines in named if known == number), None)
        if lines is None:
            named.append((number, [line]))
        else:
            lines.append(line)
        return number


def _are_two(one: Line, other: Line) -> bool:
    """Say whether two listings are at once on two exchanges of the United States: no company has its stock on both."""
    if one.mic == other.mic or one.symbol == other.symbol or not {one.mic, other.mic} <= _UNITED_STATES:
        return False
    return _meet(one, other)


def _meet(one: Line, other: Line) -> bool:
    """Say whether two rows hold on a same day."""
    return (one.from_on or date.min) <= (other.until_on or date.max) and (other.from_on or date.min) <= (
        one.until_on or date.max
    )
