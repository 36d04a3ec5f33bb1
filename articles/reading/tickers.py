"""Which company a ticker means on a day."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from articles import paths, records
from articles.reading.database import rows
from articles.reading.selection import has_stories

#: Longer than any ticker with its exchange.
_LONGEST: Final = 60
#: What parts the class of a share from its symbol: "BRK.B" is "BRK-B" elsewhere, "BRK/B" or "BRK B".
_PARTS: Final = ".-/ "
_PARTING: Final = re.compile(r"[.\-/ ]")
#: As many spellings as any symbol has: each statement asks for so many.
_SPELLINGS: Final = 7

_LISTED: Final = f"""
SELECT l.symbol, m.short_name, m.name, x.id, x.name, x.slug, l.delisted_on IS NULL OR l.delisted_on > %s
FROM articles_listing l
JOIN articles_exchange m ON m.id = l.exchange_id
JOIN articles_company x ON x.id = l.company_id
WHERE l.symbol IN ({", ".join(["%s"] * _SPELLINGS)}) AND (l.listed_on IS NULL OR l.listed_on <= %s)
AND x.merged_into_id IS NULL AND (x.from_reference OR {has_stories("company")})
"""  # noqa: S608 - texts of this module


def quoted(ticker: str, at: datetime) -> records.Moved | tuple[records.Quoted, ...] | None:
    """Return where the company of a ticker is, or all companies that it may mean, or None where readers can see none.

    "BABA" and "NYSE:BABA" are read, with the MIC for the exchange, in any case and with any sign before the class of
    a share. What is listed on the day comes before what was, and a symbol as it was typed before another spelling.
    One query.
    """
    exchange, symbol = _read(ticker)
    if not symbol:
        return None
    found = _found(exchange, symbol, at)
    typed = {symbol, symbol.upper()}
    for is_present in (True, False):
        there = [row for row in found if bool(row[6]) == is_present]
        meant = [row for row in there if row[0] in typed] or there
        if meant:
            return _told(meant, is_present=is_present)
    return None


def _read(ticker: str) -> tuple[str, str]:
    """Return exchange and symbol of a ticker, the exchange "" where there is none, the symbol "" for no ticker."""
    line = unicodedata.normalize("NFKC", ticker).strip().removeprefix("$")
    exchange, colon, symbol = line.rpartition(":")
    exchange, symbol = exchange.strip(), symbol.strip()
    if not line.isprintable() or len(line) > _LONGEST or ":" in exchange or (colon and not exchange):
        return "", ""
    return exchange.upper(), symbol


def _found(exchange: str, symbol: str, at: datetime) -> list[tuple[Any, ...]]:
    spellings = _spellings(symbol)
    values: list[Any] = [at.date(), *spellings, at.date(), *[at] * 5]
    return rows(_question(is_at=bool(exchange)), [*values, exchange, exchange] if exchange else values)


@cache
def _question(*, is_at: bool) -> str:
    return f"{_LISTED} {'AND (upper(m.short_name) = %s OR m.mic = %s)' if is_at else ''} ORDER BY x.name, l.id"


def _spellings(symbol: str) -> Sequence[str]:
    """Return the ways in which a symbol may be written, always as many."""
    capitals = symbol.upper()
    found = [symbol, capitals]
    if _PARTING.search(capitals):
        found += [_PARTING.sub(part, capitals) for part in _PARTS]
    elif capitals.isdigit():
        # Hong Kong's 700 is 0700 and 00700 elsewhere.
        found += [capitals.lstrip("0"), *(capitals.lstrip("0").zfill(length) for length in (4, 5, 6))]
    found = list(dict.fromkeys(found))
    return [*found, *[symbol] * (_SPELLINGS - len(found))]


def _told(found: Sequence[tuple[Any, ...]], *, is_present: bool) -> records.Moved | tuple[records.Quoted, ...]:
    if len({key for _symbol, _exchange, _name, key, *_rest in found}) == 1:
        return records.Moved(paths.company(found[0][5]))
    return tuple(
        records.Quoted(f"{short_name}:{symbol}", exchange, company, paths.company(slug), is_present)
        for symbol, short_name, exchange, _key, company, slug, _is_listed in found
    )
