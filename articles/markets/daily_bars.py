"""A day's figures of a security: open, high, low, close, volume. What is nonsense is refused, nothing is mended.

Rows come by the million, so figures stay the texts they are printed as wherever these fit the columns of the database,
and are compared as floats only where floats are exact: up to 15 digits.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final, NamedTuple

_FIGURE: Final = r"\d{1,9}(?:\.\d{1,6})?"
_matches = re.compile(rf"{_FIGURE}\|{_FIGURE}\|{_FIGURE}\|{_FIGURE}\|(?:\d{{1,18}})?", re.ASCII).fullmatch
_NOTHING: Final = frozenset({"", "-", "n/a", "na", "null", "none"})
_MILLIONTH: Final = Decimal("0.000001")
_MOST: Final = Decimal(10) ** 12
_MOST_VOLUME: Final = Decimal(2**63 - 1)


class BadBar(Exception):
    """The figures of a day cannot be true. The message says why."""


class Bar(NamedTuple):
    """Figures as they are stored: plain decimals with at most six places; None for what is not known."""

    open: str | None
    high: str | None
    low: str | None
    close: str
    volume: str | None


def is_plain(open_: str, high: str, low: str, close: str, volume: str) -> bool:
    """Say whether figures can be stored as they are printed, for nearly all can: `read_bar` need not be asked."""
    if not _matches(f"{open_}|{high}|{low}|{close}|{volume}"):
        return False
    highest, lowest = float(high), float(low)
    return 0 < lowest <= float(close) <= highest and lowest <= float(open_) <= highest


def read_bar(open_: str, high: str, low: str, close: str, volume: str) -> Bar:
    """Return the figures that are printed; all but the close may be missing, more than six places are rounded.

    Where nothing was traded, some print zeros for open, high and low: these are missing, too. Raises `BadBar`.
    """
    traded = _volume(volume)
    figures = {"open": _figure(open_), "high": _figure(high), "low": _figure(low), "close": _figure(close)}
    if not traded and not any(figures[name] for name in ("open", "high", "low")):
        figures |= {"open": None, "high": None, "low": None}
    for name, figure in figures.items():
        if figure is not None and figure <= 0:
            raise BadBar(f"the {name} is {figure}, and no price is zero or less")
    if figures["close"] is None:
        raise BadBar("there is no close")
    _refuse_disorder(figures)
    open_figure, highest, lowest, last = (_stored(figure) for figure in figures.values())
    if last is None:
        raise BadBar("the close is smaller than a millionth")
    return Bar(open_figure, highest, lowest, last, None if traded is None else str(traded))


def _refuse_disorder(figures: dict[str, Decimal | None]) -> None:
    highest, lowest = figures["high"], figures["low"]
    if highest is not None and lowest is not None and highest < lowest:
        raise BadBar(f"the high, {highest}, is below the low, {lowest}")
    for name in ("open", "close"):
        figure = figures[name]
        if figure is not None and highest is not None and figure > highest:
            raise BadBar(f"the {name}, {figure}, is above the high, {highest}")
        if figure is not None and lowest is not None and figure < lowest:
            raise BadBar(f"the {name}, {figure}, is below the low, {lowest}")


def _figure(printed: str) -> Decimal | None:
    if printed.strip().lower() in _NOTHING:
        return None
    figure = _decimal(printed)
    if abs(figure) >= _MOST:
        raise BadBar(f"“{printed.strip()}” is too large for a price")
    return figure


def _volume(printed: str) -> int | None:
    if printed.strip().lower() in _NOTHING:
        return None
    volume = _decimal(printed)
    if not 0 <= volume <= _MOST_VOLUME or volume != volume.to_integral_value():
        raise BadBar(f"“{printed.strip()}” is no volume")
    return int(volume)


def _decimal(printed: str) -> Decimal:
    try:
        number = Decimal(printed.strip()) if printed.isascii() and "_" not in printed else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    # A number may be too large to be compared.
    if number.is_finite() and number.adjusted() > 30:
        raise BadBar(f"“{printed.strip()[:40]}” is too large for a price")
    if not number.is_finite():
        raise BadBar(f"“{printed.strip()[:40]}” is no number")
    return number


def _stored(figure: Decimal | None) -> str | None:
    """Return a figure with at most six places; None for one that has none left."""
    if figure is None:
        return None
    rounded = figure.quantize(_MILLIONTH, ROUND_HALF_EVEN)
    return f"{rounded.normalize():f}" if rounded else None
