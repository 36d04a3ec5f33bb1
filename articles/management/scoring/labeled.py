"""Reading labeled text: JSON Lines `{"id", "text", "date", "spans": [[start, end, "SYMBOL" or "MIC:SYMBOL"]]}`.

Offsets are Unicode code points, `end` is behind the last. A span `[null, null, "SYMBOL"]` says that the text names the
company anywhere.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from articles.markets.printed_exchanges import is_same_market, markets_named
from articles.markets.tickers import symbol_key


class UnreadableText(Exception):
    """The file cannot be read, or a line of it is something else."""


@dataclass(frozen=True, slots=True)
class Label:
    """A security that a text names between two offsets, or anywhere if they are None; `mic` may be empty."""

    start: int | None
    end: int | None
    symbol: str
    mic: str

    def is_of(self, symbol: str, mic: str) -> bool:
        """Say whether a listing is the labeled one; without a MIC any market is right."""
        if symbol_key(symbol) != symbol_key(self.symbol):
            return False
        return not self.mic or not mic or is_same_market(self.mic, mic)

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether the label shares a code point with a span."""
        return self.start is not None and self.end is not None and self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class LabeledText:
    """A text, its date, and what it names."""

    key: str
    text: str
    on: date
    labels: tuple[Label, ...]


def read_labeled(path: Path) -> Iterator[LabeledText]:
    """Yield labeled texts. Raises `UnreadableText`, naming the line, at the first that is none."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise UnreadableText(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise UnreadableText(f"{path} is not in UTF-8: byte {error.start}.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield _labeled(json.loads(line), number)
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                reason = f"it lacks {error}" if isinstance(error, KeyError) else str(error)
                raise UnreadableText(f"{path}, line {number}, is no labeled text: {reason}.") from error


def _labeled(line: Any, number: int) -> LabeledText:
    text = line["text"]
    if not isinstance(text, str):
        raise TypeError("its text is no string")
    labels = tuple(_label(span, text) for span in line.get("spans") or ())
    on = date.fromisoformat(str(line["date"])[:10])
    return LabeledText(str(line.get("id", number)), text, on, labels)


def _label(span: Any, text: str) -> Label:
    if not isinstance(span, list) or len(span) != 3 or not isinstance(span[2], str) or not span[2].strip():
        raise ValueError(f"{span!r} is no [start, end, symbol]")
    start, end, security = span
    if (start is None) != (end is None):
        raise ValueError(f"{span!r} has one end only")
    if start is not None and not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
        raise ValueError(f"{span!r} lies outside of its text")
    market, colon, symbol = security.strip().partition(":")
    if not colon:
        return Label(start, end, market, "")
    known = markets_named(market)
    return Label(start, end, symbol.strip(), known[0] if known else market.strip().upper())
