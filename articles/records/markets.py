"""What readers are told of prices and exchanges."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Price:
    """What a listing traded at: a quote with its instant, or the close of a day, which has none.

    `unit` is an ISO 4217 code, GBX, ZAC or ILA for pence, cents and agorot, or "" for points. `change` is what it moved
    since the previous close, in the same unit, and `percent` the same in percent; None where that is not known.
    `delay_minutes` is how old a quote was at least when it was told.
    """

    listing: int
    ticker: str
    price: Decimal
    unit: str
    on: date
    as_of: datetime | None = None
    change: Decimal | None = None
    percent: Decimal | None = None
    delay_minutes: int = 0
    is_stale: bool = False

    @property
    def direction(self) -> str:
        """Which way it moved: "up", "down", "flat", or "" where that is not known."""
        if self.change is None:
            return ""
        return "up" if self.change > 0 else "down" if self.change < 0 else "flat"


@dataclass(frozen=True, slots=True)
class Closes:
    """The closes of a listing, oldest first, as they would be today after its splits; `unit` is that of a `Price`.

    `days` are how many days they go back; `is_adjusted` says that a split has changed some of them.
    """

    ticker: str
    unit: str
    days: int
    closes: tuple[tuple[date, Decimal], ...]
    is_adjusted: bool = False


@dataclass(frozen=True, slots=True)
class MarketLine:
    """A company on the markets page, by what it trades at."""

    name: str
    path: str
    price: Price


@dataclass(frozen=True, slots=True)
class PairRate:
    """How many units of `quoted` one of `base` was worth on a day, by the reference rates of that day."""

    base: str
    quoted: str
    rate: Decimal
    on: date
    percent: Decimal | None = None

    @property
    def direction(self) -> str:
        """Which way it moved since the day before: "up", "down", "flat", or "" where that is not known."""
        if self.percent is None:
            return ""
        return "up" if self.percent > 0 else "down" if self.percent < 0 else "flat"


@dataclass(frozen=True, slots=True)
class TradingPlace:
    """An exchange at a moment: `changes_at` is when it closes for the day, or opens again, in UTC."""

    short_name: str
    name: str
    city: str
    zone: str
    is_open: bool
    is_at_lunch: bool
    changes_at: datetime


@dataclass(frozen=True, slots=True)
class MarketPage:
    """What the markets page prints."""

    rising: tuple[MarketLine, ...]
    falling: tuple[MarketLine, ...]
    indices: tuple[MarketLine, ...]
    watched: tuple[MarketLine, ...]
    rates: tuple[PairRate, ...]
    exchanges: tuple[TradingPlace, ...]
