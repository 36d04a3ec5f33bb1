"""Tickers as stories print them behind a company's name, and how to tell that the copy prints one itself."""

import re
from html import escape
from typing import Final

from articles.states import TickerForm

#: A listing that the copy itself prints behind the name: " (NYSE:BABA)", " (NYSE: BRK-B, B3: PETR4)", "（NYSE：BABA）".
_PRINTED_TICKER = re.compile(
    r"(?:'s?)?\s*[(\[][^()\[\]<>]{0,40}?[A-Z][A-Za-z0-9]{1,11} ?: ?[A-Z0-9][A-Z0-9./-]{0,11}(?=\s?[,;)\]])"
)
#: The inside of brackets behind a name, where the symbol may stand alone: " (BABA)", " (9988.HK, BABA.N)".
_IN_BRACKETS = re.compile(r"(?:'s?)?\s*[(\[]([^()\[\]<>]{1,60})[)\]]")
_SUFFIX = re.compile(r"(?:\.[A-Z]{1,4})?")
#: What stands before a symbol that is a ticker itself: "NYSE: BABA", "$BABA", "<BABA.N>", "(BABA)".
_LEADS: Final = (":", "$", "&lt;", "(", "[")


def in_house_form(ticker: str, form: str) -> str:
    """Return a ticker, "NYSE:BABA", in a `TickerForm`, in brackets with a blank before; "" where nothing is printed."""
    exchange, _colon, symbol = ticker.rpartition(":")
    if not symbol or form == TickerForm.NONE:
        return ""
    if form == TickerForm.SYMBOL:
        return f" ({symbol})"
    return f" ({exchange}: {symbol})" if form == TickerForm.SPACED else f" ({ticker})"


def is_ticker(words: str, before: str, ticker: str) -> bool:
    """Say whether marked words are the ticker of a company or hold it, by themselves or with what stands `before`.

    Both are straight HTML text.
    """
    symbol = escape(ticker.rpartition(":")[2], quote=False)
    place = words.find(symbol) if symbol else -1
    lead = (before[-4:] + words[:place]).rstrip() if place >= 0 else ""
    return lead.endswith(_LEADS) and not words[place + len(symbol) :][:1].isalnum()


def prints_ticker(text: str, ticker: str) -> bool:
    """Say whether the copy prints a ticker, or the symbol of this one, in brackets before anything else."""
    if _PRINTED_TICKER.match(text):
        return True
    inside = _IN_BRACKETS.match(text)
    if inside is None:
        return False
    symbol = escape(ticker.rpartition(":")[2], quote=False)
    # With or without the exchange that news agencies write behind: "BABA.N". "(700 people)" is no symbol.
    parts = [part.strip() for part in re.split("[,;]", inside[1])]
    return any(_SUFFIX.fullmatch(part.removeprefix(symbol)) for part in parts if part.startswith(symbol))
