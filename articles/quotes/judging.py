"""Reading what was sent as a quote, and refusing what cannot be one. Nothing here asks the database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from articles.markets.units import currency_of, read_unit

#: Clocks of others may be ahead by so much.
_AHEAD: Final = timedelta(minutes=2)
#: A quote that is older than this says nothing of now.
_OLD: Final = timedelta(days=10)
_DIGITS: Final = 12
_PLACES: Final = Decimal("0.000001")
#: A price this many times the one before it, or the part of it, is doubted until a second one says the same.
JUMP: Final = Decimal(3)
#: How near a second price must be to confirm a first one.
_NEAR: Final = Decimal("0.05")
_MIC: Final = re.compile(r"[A-Z0-9]{4}")
_SYMBOL: Final = re.compile(r"[!-~]{1,20}")
_MOST_DELAY: Final = 24 * 60


class NoQuote(Exception):
    """What was sent is no quote that can be used. The message says why."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A quote as it was sent, read: prices in `unit` (ISO 4217, or GBX for pence), "" where nobody said."""

    mic: str
    symbol: str
    price: Decimal
    previous_close: Decimal | None
    unit: str
    as_of: datetime
    delay_minutes: int | None


def read_quote(row: Mapping[str, Any], now: datetime) -> Sent:
    """Return the quote in an object with symbol, mic, price and as_of, and perhaps previous_close, currency, delay.

    Raises `NoQuote`.
    """
    mic, symbol = _text(row, "mic").upper(), _text(row, "symbol")
    if not _MIC.fullmatch(mic) or not _SYMBOL.fullmatch(symbol):
        raise NoQuote("Name the listing: “symbol” and “mic”, the four letters of its exchange.")
    unit_said = _text(row, "currency")
    unit = read_unit(unit_said)
    if unit_said and not unit:
        raise NoQuote(f"“{unit_said}” is no currency.")
    previous = row.get("previous_close")
    return Sent(
        mic,
        symbol,
        _price(row.get("price"), "price"),
        None if previous is None else _price(previous, "previous_close"),
        unit,
        _instant(row.get("as_of"), now),
        _delay(row.get("delay_minutes")),
    )


def fit_unit(sent: Sent, unit: str) -> str:
    """Return the unit of a quote for a listing that is quoted in `unit`. Raises `NoQuote` for any other."""
    if not sent.unit or sent.unit == unit:
        return unit or sent.unit
    if currency_of(sent.unit) == currency_of(unit):
        raise NoQuote(
            f"The price is in {sent.unit}, the listing is quoted in {unit}: a hundred times as much or as little."
        )
    if unit:
        raise NoQuote(f"The price is in {sent.unit}, the listing is quoted in {unit}.")
    return sent.unit


def is_jump(price: Decimal, before: Decimal | None) -> bool:
    """Say whether a price is so far from the one before it that a second one must confirm it."""
    if before is None or before <= 0 or price <= 0:
        return before is not None and (before <= 0) != (price <= 0)
    return not before / JUMP < price < before * JUMP


def confirms(price: Decimal, doubted: Decimal) -> bool:
    """Say whether a price says the same as one that was doubted."""
    return abs(price - doubted) <= abs(doubted) * _NEAR


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name, "")
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _price(value: Any, name: str) -> Decimal:
    """Return a price. Zero and less are for what can be worth nothing and less, which a share cannot."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise NoQuote(f"“{name}” is missing, or no number.")
    try:
        number = Decimal(value)
    except (InvalidOperation, ValueError):
        raise NoQuote(f"“{name}” is {str(value)[:30]!r}, which is no number.") from None
    # Told from its exponent: a number may be too large to be compared.
    if not number.is_finite() or number.adjusted() >= _DIGITS:
        raise NoQuote(f"“{name}” is {str(value)[:30]!r}, which no price is.")
    if number <= 0:
        raise NoQuote(f"“{name}” is {number}: a price is more than nothing.")
    rounded = number.quantize(_PLACES)
    if rounded.adjusted() >= _DIGITS:
        raise NoQuote(f"“{name}” is {str(value)[:30]!r}, which no price is.")
    if not rounded:
        raise NoQuote(f"“{name}” is {number}, which is less than a millionth.")
    return rounded


def _instant(value: Any, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(value) if isinstance(value, str) else _of_epoch(value)
        if at.tzinfo is None:
            raise NoQuote("“as_of” has no zone: write it as 2026-11-24T17:50:00Z, or with +08:00 behind.")
        at = at.astimezone(UTC)
    except (ValueError, ArithmeticError, OSError):
        raise NoQuote(f"“as_of” is {str(value)[:40]!r}; write it as 2026-11-24T17:50:00Z.") from None
    if at > now + _AHEAD:
        raise NoQuote(f"“as_of” is {value}, which is still to come.")
    if at < now - _OLD:
        raise NoQuote(f"“as_of” is {value}, which is more than {_OLD.days} days ago.")
    return at


def _of_epoch(value: Any) -> datetime:
    """Return the instant of seconds, or milliseconds, since 1970. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(value)
    seconds = float(value)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 10**11 else seconds, UTC)


def _delay(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_DELAY:
        raise NoQuote("“delay_minutes” is no number of minutes.")
    return value
