"""The reference rates of the European Central Bank: reading `eurofxref-hist.csv`, or the zip that it comes in.

The layout: `Date,USD,JPY,…,` with a trailing comma; a row a day, newest first; N/A where there is no rate. The file
of the last day alone (`eurofxref.csv`) writes its date in words and has spaces around its fields; it is read, too.
See https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import _csv

#: Bytes of a table that is read out of a zip; the real one has some two million.
LARGEST: Final = 200_000_000
_MISSING: Final = frozenset({"", "N/A", "NA", "-"})
_CODE: Final = re.compile(r"[A-Z]{3}")


class UnreadableRates(Exception):
    """The file cannot be read, or is something else; the message is for whoever named it."""


class ReferenceRate(NamedTuple):
    """Units of a currency for one euro on a day, and the line of the file that says so."""

    line: int
    on: date
    currency: str
    rate: Decimal


def read_rates(source: Path | IO[bytes], refuse: Callable[[int, str], object]) -> Iterator[ReferenceRate]:
    """Yield the rates of a table, in its order; `refuse` is told the line and the reason of whatever cannot be used.

    `source` is a path, or a file opened for bytes (which stays open); a zip is known by its first bytes. A bad figure
    costs only itself, a bad or repeated date the row. Raises `UnreadableRates` when there is no such table in it.
    """
    with _opened(source) as file:
        rows = csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""))
        try:
            yield from _rates(rows, refuse)
        except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise UnreadableRates(f"Line {rows.line_num + 1} cannot be read: {error}.") from error


@contextmanager
def _opened(source: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """Hand out the bytes of the table."""
    try:
        data = source.read_bytes() if isinstance(source, Path) else source.read()
    except OSError as error:
        raise UnreadableRates(f"{source}: {error.strerror or error}.") from error
    if not data.startswith(b"PK"):
        yield io.BytesIO(data)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_table_in(archive)) as file:
            yield file
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreadableRates(f"This zip cannot be read: {error}.") from error


def _table_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one table of an archive."""
    tables = [info for info in archive.infolist() if info.filename.lower().endswith(".csv")]
    if len(tables) != 1:
        raise UnreadableRates(f"The zip has {len(tables)} CSV files; one is expected.")
    if tables[0].file_size > LARGEST:
        raise UnreadableRates(f"The table in the zip has {tables[0].file_size:,} bytes; that is no table of rates.")
    return tables[0]


def _rates(rows: "_csv.Reader", refuse: Callable[[int, str], object]) -> Iterator[ReferenceRate]:
    header = [name.strip() for name in next(rows, [])]
    if not header or header[0].lower() != "date" or len(header) < 2:
        raise UnreadableRates("The first line must be “Date,USD,JPY,…”: this is no table of the ECB's reference rates.")
    currencies = header[1:]
    for name in currencies:
        if name and not _CODE.fullmatch(name):
            refuse(1, f"“{name}” is no currency code; its column is passed over")
    seen: set[date] = set()
    for row in rows:
        if not any(field.strip() for field in row):
            continue
        on = _day(row[0].strip())
        if on is None or on in seen:
            refuse(
                rows.line_num, f"“{row[0]}” is no date" if on is None else f"{on} is there twice; the first one counts"
            )
            continue
        seen.add(on)
        yield from _row(rows.line_num, on, currencies, row[1:], refuse)


def _row(
    line: int, on: date, currencies: list[str], fields: list[str], refuse: Callable[[int, str], object]
) -> Iterator[ReferenceRate]:
    if len([field for field in fields if field.strip()]) > len(currencies):
        refuse(line, f"the row has {len(fields)} figures for {len(currencies)} currencies")
        return
    for currency, field in zip(currencies, fields, strict=False):
        printed = field.strip()
        if printed in _MISSING or not _CODE.fullmatch(currency):
            continue
        rate = _positive(printed)
        if rate is None:
            refuse(line, f"“{printed}” is no rate of {currency}")
        else:
            yield ReferenceRate(line, on, currency, rate)


def _day(printed: str) -> date | None:
    """Return a date, written 2026-11-24 or 24 November 2026."""
    for form in ("%Y-%m-%d", "%d %B %Y"):
        try:
            return datetime.strptime(printed, form).date()  # noqa: DTZ007 - a date has no zone
        except ValueError:
            continue
    return None


def _positive(printed: str) -> Decimal | None:
    try:
        rate = Decimal(printed)
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and rate > 0 else None
