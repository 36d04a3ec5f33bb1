"""Reading the files in which Nasdaq and the New York Stock Exchange list their securities.

`Symbol|Security Name|…|Test Issue|…|ETF|…` (nasdaqlisted.txt), `ACT Symbol|Security Name|Exchange|…` (otherlisted.txt),
and the CSV files made of them: `Symbol,Company Name,Security Name,…` or `ACT Symbol,Company Name`. Columns are found by
their names. See https://www.nasdaqtrader.com/trader.aspx?id=symboldirdefs.
"""

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Final

from articles.management.loading import Refuse, UnreadableFile
from articles.markets.company_names import company_name
from articles.markets.securities import SecurityKind, kind_of, share_class_of
from articles.markets.symbols import symbol_key
from articles.models import Company
from articles.text.plain import clean_line

#: One letter for an exchange in otherlisted.txt.
_EXCHANGES: Final = {"A": "XASE", "N": "XNYS", "P": "ARCX", "Z": "BATS", "V": "IEXG", "Q": "XNAS"}
_SYMBOL: Final = re.compile(r"[A-Z0-9][A-Z0-9.\-/=+^$*&]{0,19}")
_FOOTER: Final = "file creation time"
_NAME_LENGTH: Final = Company._meta.get_field("name").max_length or 0


@dataclass(frozen=True, slots=True)
class ListedSecurity:
    """A row of a file. `name` is the company's, without what tells its securities apart."""

    line: int
    mic: str
    symbol: str
    name: str
    share_class: str
    kind: SecurityKind

    @property
    def key(self) -> tuple[str, str]:
        """What one security has at a time, however its share class is written."""
        return self.mic, symbol_key(self.symbol)


def read_listings(file: IO[str], mic_of: Callable[[str], str], mic: str, refuse: Refuse) -> Iterator[ListedSecurity]:
    """Yield the securities of a file that is opened for text, its line ends as they are.

    `mic` is the exchange of a file that names none, "" if the file has to. `mic_of` returns the code of an exchange by
    any of its names, or "". Raises `UnreadableFile` for other files.
    """
    header = file.readline()
    file.seek(0)
    rows = csv.reader(file, delimiter=max(",|\t;", key=header.count))
    try:
        columns = _Columns([name.strip().lower() for name in next(rows, [])], mic)
        for row in rows:
            if not any(row) or row[0].strip().lower().startswith(_FOOTER):
                continue
            security = _read(rows.line_num, columns, row, mic_of, refuse)
            if security is not None:
                yield security
    except csv.Error as error:
        raise UnreadableFile(f"Line {rows.line_num + 1} cannot be read: {error}.") from error


class _Columns:
    """Where each column is."""

    def __init__(self, names: list[str], mic: str) -> None:
        self._names, self._mic = names, mic
        symbol = next((name for name in ("symbol", "act symbol", "nasdaq symbol") if name in names), "")
        if not symbol or not {"security name", "company name"} & set(names):
            raise UnreadableFile("The first line must name the columns Symbol, and Security Name or Company Name.")
        if not mic and "exchange" not in names:
            raise UnreadableFile(
                "The file does not say which exchange it is of. Say so with --mic, such as --mic XNAS."
            )
        self._symbol = symbol

    def symbol(self, row: list[str]) -> str:
        return self._get(row, self._symbol).upper()

    def exchange(self, row: list[str]) -> str:
        return self._mic or _EXCHANGES.get(self._get(row, "exchange"), self._get(row, "exchange"))

    def name(self, row: list[str]) -> str:
        """Return the company's name, from its own column if there is one."""
        return self._get(row, "company name") or self._get(row, "security name")

    def kind(self, row: list[str]) -> SecurityKind:
        if self._get(row, "test issue").upper() == "Y":
            return SecurityKind.TEST
        if self._get(row, "etf").upper() == "Y":
            return SecurityKind.FUND
        return kind_of(self._get(row, "security name") or self._get(row, "company name"))

    def share_class(self, row: list[str]) -> str:
        return share_class_of(self._get(row, "security name") or self._get(row, "company name"), self.symbol(row))

    def _get(self, row: list[str], name: str) -> str:
        place = self._names.index(name) if name in self._names else len(row)
        return clean_line(row[place]) if place < len(row) else ""


def _read(
    line: int, columns: _Columns, row: list[str], mic_of: Callable[[str], str], refuse: Refuse
) -> ListedSecurity | None:
    symbol, name = columns.symbol(row), company_name(columns.name(row))
    mic = mic_of(columns.exchange(row))
    if not _SYMBOL.fullmatch(symbol):
        refuse(line, f"“{symbol}” is no symbol")
    elif not name:
        refuse(line, f"{symbol} has no name")
    elif len(name) > _NAME_LENGTH:
        refuse(line, f"the name of {symbol} is longer than {_NAME_LENGTH} characters")
    elif not mic:
        refuse(line, f"“{columns.exchange(row)}” is no exchange that the newsroom knows")
    else:
        return ListedSecurity(line, mic, symbol, name, columns.share_class(row), columns.kind(row))
    return None
