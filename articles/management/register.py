"""The SEC's register of tickers: reading `company_tickers_exchange.json`.

The layout, with the columns in any order:

    {"fields": ["cik", "name", "ticker", "exchange"], "data": [[1577552, "Alibaba Group …", "BABA", "NYSE"], …]}

See https://www.sec.gov/search-filings/edgar-search-assistance/accessing-edgar-data.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.markets.symbols import symbol_key
from articles.models import Company
from articles.text.plain import clean_line


@dataclass(frozen=True, slots=True)
class Market:
    """An exchange as the newsroom knows it."""

    mic: str
    name: str
    short_name: str
    time_zone: str = "America/New_York"


#: The register's names of exchanges, in lower case.
MARKETS = {
    "nasdaq": Market("XNAS", "Nasdaq Stock Market", "NASDAQ"),
    "nyse": Market("XNYS", "New York Stock Exchange", "NYSE"),
    "cboe": Market("BATS", "Cboe BZX Exchange", "Cboe"),
    "otc": Market("OTCM", "OTC Markets", "OTC"),
}
COLUMNS = ("cik", "name", "ticker", "exchange")

_HIGHEST_CIK = 9_999_999_999
_TICKER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-/=+^$*&]{0,19}")
_SPACE = re.compile(r"[ \t\r\n]*")
_NAME_LENGTH = Company._meta.get_field("name").max_length or 0


class UnreadableRegister(Exception):
    """The file cannot be read, or is something else."""


class _Bad(Exception):
    """A row that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: its number in the data, and its line where the file has one row a line (else 0)."""

    row: int
    line: int = 0

    def __str__(self) -> str:
        return f"row {self.row} (line {self.line})" if self.line else f"row {self.row}"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that was passed over, and why."""

    place: Place
    reason: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Security:
    """A ticker on a market."""

    place: Place
    market: Market
    symbol: str

    @property
    def key(self) -> tuple[str, str]:
        """What no two companies have at a time, however its share class is written."""
        return self.market.mic, symbol_key(self.symbol)

    def __str__(self) -> str:
        return f"{self.market.short_name}:{self.symbol}"


@dataclass(slots=True)
class Registrant:
    """A company of the register with its securities in the file's order."""

    cik: int
    name: str
    securities: list[Security] = field(default_factory=list)


@dataclass(slots=True)
class Register:
    """What a file says: companies in its order, and the rows that say nothing usable."""

    registrants: dict[int, Registrant] = field(default_factory=dict)
    bad: list[BadRow] = field(default_factory=list)
    rows: int = 0

    def _take(self, place: Place, values: Any, columns: dict[str, int], width: int, known: "_Known") -> None:
        self.rows += 1
        try:
            if not isinstance(values, list) or len(values) != width:
                raise _Bad(f"is no list of {width} values")
            cik, name = _cik(values[columns["cik"]]), _name(values[columns["name"]])
            security = _security(place, values[columns["ticker"]], values[columns["exchange"]])
            if security is not None:
                known.claim(security, cik)
        except _Bad as bad:
            self.bad.append(BadRow(place, str(bad)))
            return
        registrant = self.registrants.setdefault(cik, Registrant(cik, name))
        if security is not None:
            registrant.securities.append(security)


@dataclass(slots=True)
class _Known:
    """The securities of the rows so far, and whose they are."""

    owners: dict[tuple[str, str], tuple[int, Place]] = field(default_factory=dict)

    def claim(self, security: Security, cik: int) -> None:
        owner, place = self.owners.setdefault(security.key, (cik, security.place))
        if place is security.place:
            return
        if owner == cik:
            raise _Bad(f"repeats {place}")
        raise _Bad(f"{security} is the ticker of CIK {owner} in {place}")


def read_register(path: Path) -> Register:
    """Read a register from a file. Raises `UnreadableRegister` when it cannot be read or has another layout."""
    try:
        text = path.read_text("utf-8-sig")
        document = json.loads(text)
    except OSError as error:
        raise UnreadableRegister(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableRegister(f"{path} is no JSON file: {error}.") from error
    columns, width = _columns(path, document)
    register, known = Register(), _Known()
    for place, values in zip(_places(text, len(document["data"])), document["data"], strict=True):
        register._take(place, values, columns, width, known)
    return register


def _columns(path: Path, document: Any) -> tuple[dict[str, int], int]:
    """Return where each column is, and how many there are. Raises `UnreadableRegister`."""
    if (
        not isinstance(document, dict)
        or not isinstance(document.get("fields"), list)
        or not isinstance(document.get("data"), list)
    ):
        raise UnreadableRegister(f'{path} is not of this layout: {{"fields": [{", ".join(COLUMNS)}], "data": [[…]]}}.')
    fields: list[Any] = document["fields"]
    missing = [name for name in COLUMNS if fields.count(name) != 1]
    if missing:
        raise UnreadableRegister(f"{path}: the fields must name each of these once: {', '.join(missing)}.")
    return {name: fields.index(name) for name in COLUMNS}, len(fields)


def _places(text: str, count: int) -> Iterator[Place]:
    """Yield where each row stands; the line only if no two rows share one."""
    lines = list(_lines(text))
    has_lines = len(lines) == count and len(set(lines)) == count and "\n" in text
    for row in range(1, count + 1):
        yield Place(row, lines[row - 1] if has_lines else 0)


def _lines(text: str) -> Sequence[int]:
    """Return the line on which each row of "data" begins. The text has been read as JSON before."""
    decoder, lines = json.JSONDecoder(), list[int]()
    position = _skip(text, _skip(text, 0) + 1)
    while text[position] != "}":
        key, position = decoder.raw_decode(text, position)
        position = _skip(text, _skip(text, position) + 1)
        if key == "data" and text[position] == "[":
            lines, position = _lines_of_rows(decoder, text, position)
        else:
            _value, position = decoder.raw_decode(text, position)
        position = _next(text, position)
    return lines


def _lines_of_rows(decoder: json.JSONDecoder, text: str, position: int) -> tuple[list[int], int]:
    lines, line, counted = [], 1, 0
    position = _skip(text, position + 1)
    while text[position] != "]":
        line += text.count("\n", counted, position)
        counted = position
        lines.append(line)
        _row, position = decoder.raw_decode(text, position)
        position = _next(text, position)
    return lines, position + 1


def _next(text: str, position: int) -> int:
    """Return where the next item or the closing bracket begins."""
    position = _skip(text, position)
    return _skip(text, position + 1) if text[position] == "," else position


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _cik(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= len(str(_HIGHEST_CIK)):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= _HIGHEST_CIK:
        raise _Bad(f"{_shown(value)} is no CIK, a number of at most {len(str(_HIGHEST_CIK))} digits")
    return value


def _name(value: Any) -> str:
    name = clean_line(value) if isinstance(value, str) else ""
    if not name:
        raise _Bad("has no name")
    if len(name) > _NAME_LENGTH:
        raise _Bad(f"the name {_shown(name)} is longer than {_NAME_LENGTH} characters")
    return name


def _security(place: Place, ticker: Any, exchange: Any) -> Security | None:
    """Return the security of a row, None where the register names no exchange."""
    if exchange is None or exchange == "":
        return None
    market = MARKETS.get(exchange.strip().lower()) if isinstance(exchange, str) else None
    if market is None:
        raise _Bad(f"{_shown(exchange)} is no exchange of the register ({', '.join(MARKETS)})")
    symbol = ticker.strip() if isinstance(ticker, str) else ""
    if not _TICKER.fullmatch(symbol):
        raise _Bad(f"{_shown(ticker)} is no ticker")
    return Security(place, market, symbol)


def _shown(value: Any) -> str:
    """Return a value of the file for a message, short and on one line."""
    text = clean_line(value) if isinstance(value, str) else clean_line(json.dumps(value))
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"
