"""Between which values a printed sum may lie: what rounding leaves open, and what the words around it do."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from articles.markets.amounts import Amount

#: A sum that is converted is seldom rounded further than this: newsrooms convert what they print, or what they had.
_SOURCE_ROUNDING: Final = Decimal("0.01")
#: What "more than", "nearly" and "about" leave open, as shares.
_SOURCE_ROOM: Final = Decimal("0.03")
_ROOM: Final = Decimal("0.05")
_FURTHEST_ROOM: Final = Decimal("0.25")
_ABOUT: Final = Decimal("0.02")
#: Digits that are printed for their own sake: of 110 million the zero may be rounding, of 50 million it is not.
_SIGNIFICANT: Final = 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Everything from `low` to `high`, both included."""

    low: Decimal
    high: Decimal


def source_interval(amount: Amount, value: Decimal) -> Interval:
    """Return what the converted sum may have been."""
    half = min(amount.step / 2, value * _SOURCE_ROUNDING)
    up = value * _SOURCE_ROOM if amount.qualifier == "over" else half
    down = value * _SOURCE_ROOM if amount.qualifier == "under" else half
    if amount.qualifier == "about":
        up = down = max(half, value * _ABOUT)
    return Interval(value - down, value + up)


def converted_interval(amount: Amount, value: Decimal) -> Interval:
    """Return what the printed conversion may stand for."""
    step = rounding_step(amount, value, _SIGNIFICANT - bool(amount.qualifier))
    half = step / 2
    room = min(max(step, value * _ROOM), value * _FURTHEST_ROOM)
    up = max(room, half) if amount.qualifier == "over" else half
    down = max(room, half) if amount.qualifier == "under" else half
    if amount.qualifier == "about":
        up = down = max(half, value * _ABOUT)
    return Interval(value - down, value + up)


def rounding_step(amount: Amount, value: Decimal, significant: int) -> Decimal:
    """Return to what a figure may be rounded: the place of its last digit, or a higher one if only zeros follow there.

    Of as many leading digits as `significant` none is taken for rounding.
    """
    step = amount.step
    # The zero of 1.40 is printed because it is known.
    if not value or step < Decimal(1).scaleb(amount.scale - 2 * amount.minor):
        return step
    highest = Decimal(1).scaleb(value.adjusted() - significant + 1)
    while step < highest and value % (step * 10) == 0:
        step *= 10
    return step
