"""Tickers as copy prints them: reading every printed form, and printing one.

(NYSE:BABA)  NYSE: BABA  （NYSE：BABA）  <BABA.N>  (9988.HK)  $BABA  (BABA)  (BABA US)  BRK.B = BRK-B = BRK/B
"""

from collections.abc import Iterator
from dataclasses import dataclass
from re import ASCII, Match
from re import compile as pattern

from articles.markets.printed_exchanges import PRINTED, SUFFIX, markets_by_suffix, markets_by_terminal, markets_named
from articles.markets.wording import Taken

#: The forms in which a ticker may be printed. A bare one stands in brackets and names no exchange.
EXCHANGE, REUTERS, CASHTAG, BARE, TERMINAL = "exchange", "reuters", "cashtag", "bare", "terminal"

_SYMBOL = r"[A-Z0-9]{1,12}(?:&[A-Z]{1,4})?(?:[.\-/][A-Z]{1,3}\b)?"
_WITH_EXCHANGE = pattern(
    rf"(?<![\w.])([A-Za-z][A-Za-z0-9.]*(?:[ \u00a0-][A-Z][A-Za-z]+){{0,3}})[ \u00a0]?[:：][ \u00a0]?"
    rf"({_SYMBOL})(?![\w])(?!\.\w)(?!:\d)"
)
_LISTED_AFTER = pattern(rf",[ \u00a0]?({_SYMBOL})(?=[,;)）\]])")
_REUTERS_CODE = pattern(r"(?<![\w.$@/])([A-Z0-9]{1,10}(?:[.\-_][A-Z])?)([a-z]?)\.([A-Z]{1,3})(?![\w@])", ASCII)
_CASH = pattern(r"(?<![\w$])\$([A-Z]{1,6}(?:[.\-/][A-Z])?)(?!\w)", ASCII)
_IN_BRACKETS = pattern(rf"[(（\[] ?({_SYMBOL}(?:, ?{_SYMBOL}){{0,3}}) ?[)）\]]")
_ON_TERMINAL = pattern(r"[(（]([A-Z0-9]{1,8}(?:/[A-Z])?) ([A-Z]{2})(?: Equity)?[)）]", ASCII)
#: Names of cities stand before a colon for other reasons, too.
_CITIES = frozenset(
    "NEWYORK LONDON TOKYO HONGKONG FRANKFURT PARIS AMSTERDAM BRUSSELS LISBON DUBLIN MILAN MADRID ZURICH STOCKHOLM OSLO "
    "COPENHAGEN HELSINKI VIENNA WARSAW SHANGHAI SHENZHEN TAIWAN SINGAPORE AUSTRALIA TORONTO BOMBAY SAOPAULO PRAGUE "
    "BUDAPEST PAR MAD BIT SIX SET LIS MIL SAO ICE ATH BUD PRA CAI PINK AIM".split()
)
_BRACKETS = "(（[<"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a printed ticker may mean: a symbol, and the MICs of the markets it names; none if it names no exchange."""

    symbol: str
    mics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedTicker:
    """A ticker in a text, from `start` to before `end` in code points, without brackets; `readings` are best first."""

    start: int
    end: int
    form: str
    readings: tuple[Reading, ...]


def symbol_key(symbol: str) -> str:
    """Return a symbol in the form in which symbols are compared: "BRK-B" and "BRK/B" are "BRK.B", "0700" is "700"."""
    parts = [part for part in _SEPARATORS.split(symbol.strip().upper()) if part]
    key = ".".join(parts)
    return key.lstrip("0") or key if key.isdigit() else key


_SEPARATORS = pattern(r"[.\-/_ ^]")


def find_tickers(text: str) -> list[PrintedTicker]:
    """Return the tickers printed in a text in order; those that overlap an earlier or plainer one are left out.

    Nothing is looked up: whether there is such a security is for the caller to say.
    """
    found: list[PrintedTicker] = []
    if ":" in text or "：" in text:
        found += _with_exchange(text)
    found += _by_reuters(text)
    if "$" in text:
        found += (_printed(match, CASHTAG) for match in _CASH.finditer(text))
    if any(bracket in text for bracket in "(（["):
        found += _on_terminal(text)
        found += _in_brackets(text)
    return _apart(text, found)


def parse_ticker(printed: str) -> PrintedTicker | None:
    """Return what a whole string, such as "(NYSE: BABA)" or "BABA", says as a ticker; nothing if it says none."""
    whole = printed.strip()
    for candidate in (whole, f"({whole})"):
        shift = 1 if candidate != whole else 0
        for found in find_tickers(candidate):
            if not candidate[: found.start].strip("(（[<") and not candidate[found.end :].strip(")）]>"):
                return PrintedTicker(found.start - shift, found.end - shift, found.form, found.readings)
    return None


def print_ticker(symbol: str, mic: str = "", form: str = EXCHANGE) -> str:
    """Return a ticker in one of the printed forms, without brackets.

    Raises `ValueError` when its exchange is needed and has no spelling.
    """
    if form == CASHTAG:
        return f"${symbol}"
    if form == BARE:
        return symbol
    spelling = (PRINTED if form == EXCHANGE else SUFFIX if form == REUTERS else {}).get(mic)
    if spelling is None:
        raise ValueError(f"There is no spelling of the exchange {mic!r} for the form {form!r}.")
    return f"{spelling}:{symbol}" if form == EXCHANGE else f"{symbol}.{spelling}"


def _printed(match: Match[str], form: str) -> PrintedTicker:
    return PrintedTicker(match.start(), match.end(), form, (Reading(symbol_key(match[1])),))


def _with_exchange(text: str) -> Iterator[PrintedTicker]:
    for match in _WITH_EXCHANGE.finditer(text):
        start, mics = _exchange_before(text, match)
        if not mics:
            continue
        yield PrintedTicker(start, match.end(2), EXCHANGE, (Reading(symbol_key(match[2]), mics),))
        position = match.end(2)
        while following := _LISTED_AFTER.match(text, position):
            reading = Reading(symbol_key(following[1]), mics)
            yield PrintedTicker(following.start(1), following.end(1), EXCHANGE, (reading,))
            position = following.end()


def _exchange_before(text: str, match: Match[str]) -> tuple[int, tuple[str, ...]]:
    """Return where the name of an exchange before a colon begins, and its MICs; the longest name counts."""
    start = match.start(1)
    while True:
        name = text[start : match.end(1)]
        mics = markets_named(name)
        spelling = "".join(part for part in name.upper() if part.isalnum())
        if mics and (spelling not in _CITIES or text[start - 1 : start] in tuple(_BRACKETS)):
            return start, mics
        blank = min((place for place in (name.find(" "), name.find("\u00a0")) if place >= 0), default=-1)
        if blank < 0:
            return start, ()
        start += blank + 1


def _by_reuters(text: str) -> Iterator[PrintedTicker]:
    for match in _REUTERS_CODE.finditer(text):
        mics = markets_by_suffix(match[3])
        inside = text[match.start() - 1 : match.start()] in tuple(_BRACKETS) if match.start() else False
        if not mics or not (inside or len(match[3]) == 2 or (len(match[1]) > 1 and match[1].isalnum())):
            continue
        share_class = f".{match[2].upper()}" if match[2] else ""
        readings = [Reading(symbol_key(match[1] + share_class), mics)]
        if len(match[3]) == 1 and not share_class:
            readings.insert(0, Reading(symbol_key(f"{match[1]}.{match[3]}")))
        yield PrintedTicker(match.start(), match.end(), REUTERS, tuple(readings))


def _on_terminal(text: str) -> Iterator[PrintedTicker]:
    for match in _ON_TERMINAL.finditer(text):
        if mics := markets_by_terminal(match[2]):
            yield PrintedTicker(match.start(1), match.end(2), TERMINAL, (Reading(symbol_key(match[1]), mics),))


def _in_brackets(text: str) -> Iterator[PrintedTicker]:
    for match in _IN_BRACKETS.finditer(text):
        position = match.start(1)
        for symbol in match[1].split(","):
            start = position + len(symbol) - len(symbol.lstrip())
            yield PrintedTicker(start, position + len(symbol), BARE, (Reading(symbol_key(symbol)),))
            position += len(symbol) + 1


def _apart(text: str, found: list[PrintedTicker]) -> list[PrintedTicker]:
    """Return tickers in order without those that overlap one found before them in the list."""
    taken, kept = Taken(len(text)), []
    for ticker in found:
        if taken.is_free(ticker.start, ticker.end):
            taken.take(ticker.start, ticker.end)
            kept.append(ticker)
    return sorted(kept, key=lambda ticker: ticker.start)
