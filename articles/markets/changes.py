"""What a price says of the one before it: how much it moved, which way, and what a split makes of older ones."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Change:
    """How far a price is from another, in its own unit and in percent.

    `percent` is None where there is none to speak of: a price of nothing or less cannot be gone up from.
    """

    amount: Decimal
    percent: Decimal | None

    @property
    def direction(self) -> str:
        """Return "up", "down" or "flat"."""
        return "up" if self.amount > 0 else "down" if self.amount < 0 else "flat"


@dataclass(frozen=True, slots=True)
class StockSplit:
    """From a day on there are `new` shares for every `old` ones."""

    on: date
    new: int
    old: int

    def applied(self, price: Decimal) -> Decimal:
        """Return a price of before the split as it would be after it."""
        return price * self.old / self.new


def change(price: Decimal, previous: Decimal) -> Change:
    """Return how far a price is from the previous one, both in the same unit."""
    amount = price - previous
    return Change(amount, amount * _HUNDRED / previous if previous > 0 else None)


def as_of_today(price: Decimal, on: date, splits: Iterable[StockSplit], today: date) -> Decimal:
    """Return a price of a day as it would be today, after the splits that came between."""
    for split in splits:
        if on < split.on <= today:
            price = split.applied(price)
    return price


def adjusted(
    closes: Iterable[tuple[date, Decimal]], splits: Sequence[StockSplit], today: date
) -> list[tuple[date, Decimal]]:
    """Return daily closes as they would be today, so that a chart does not fall where a share was split."""
    return [(on, as_of_today(close, on, splits, today)) for on, close in closes]
