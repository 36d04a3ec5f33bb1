"""What is wrong with a statement about a market: no moment, a closed exchange, a clash of words, another price."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from articles.markets.bound_words import other_figure, other_moment
from articles.markets.movements import direction_of

if TYPE_CHECKING:
    from articles.markets.statements import Statement


class SessionCalendar(Protocol):
    """The trading days and sessions of an exchange, as `articles.markets.sessions.Calendar` has them."""

    @property
    def zone(self) -> ZoneInfo:
        """The exchange's time zone."""

    def session_at(self, at: datetime) -> str:
        """Return "pre", "regular", "lunch", "post" or "closed"."""

    def is_trading_day(self, day: date) -> bool:
        """Say whether there is regular trading on a day."""

    def closes_at(self, day: date) -> datetime | None:
        """Return when regular trading ends on a day, or None."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem for an editor: `code` for the desk, `message` in words; the two numbers where there are two."""

    code: str
    message: str
    printed: Decimal | None = None
    stored: Decimal | None = None


#: How far a quote of a few minutes earlier or later may be: percentage points of a move, share of a price.
DRIFT_POINTS: Final = Decimal("0.15")
DRIFT: Final = Decimal("0.003")
_NAMES: Final = {"pre": "premarket trading", "regular": "regular trading", "post": "after-hours trading"}
_EXTREMES: Final = ("as much as", "as high as", "as low as", "up to", "high of", "low of", "at most", "intraday")


def problems(
    statement: "Statement",
    *,
    now: datetime,
    calendar: SessionCalendar | None = None,
    price: Decimal | None = None,
    previous_close: Decimal | None = None,
    price_unit: str = "",
) -> list[Flaw]:
    """Return what is wrong with a statement.

    `calendar` is that of the listing's exchange. `price` is the stored price at the statement's as-of moment (of a
    close, the closing price of that day) and `previous_close` the close before it, both in `price_unit`: an ISO 4217
    code, "GBX", or "points". What is not given is not checked. Codes: "no-as-of", "future", "not-a-trading-day",
    "off-session", "before-close", "direction", "sign", "figure", "moment", "unit", "disagrees".
    """
    flaws = [*_of_words(statement), *_of_wording(statement, calendar), *_of_time(statement, now, calendar)]
    if price is not None:
        flaws += _of_price(statement, price, previous_close, price_unit)
    return flaws


def _of_words(statement: "Statement") -> list[Flaw]:
    """Return clashes between words, sign and direction."""
    said, direction, value = direction_of(statement.words), statement.direction, statement.value
    if said and direction and said != direction:
        return [Flaw("direction", f"The words say {said}, the statement says {direction}.", value)]
    if statement.measure in {"level", "close"}:
        return []
    if value < 0 and direction in {"up", "flat"}:
        return [Flaw("sign", f"{value:f} is a fall, but the direction is {direction}.", value)]
    if direction == "down" and "+" in statement.words:
        return [Flaw("sign", f"The words print a plus, but the direction is down: {statement.words}", value)]
    if direction == "flat" and value:
        return [Flaw("sign", f"Nothing is flat that moved by {value:f}.", value)]
    return []


def _of_wording(statement: "Statement", calendar: SessionCalendar | None) -> Iterator[Flaw]:
    """Yield what the words say otherwise than the statement: they may have been changed since they were bound."""
    figure = other_figure(statement)
    if figure is None:
        yield Flaw(
            "figure", f"The words have no figure, the statement says {statement.value:f}.", None, statement.value
        )
    elif figure is not False:
        message = f"The words say {figure:f}, the statement says {statement.value:f}. Bind the words again."
        yield Flaw("figure", message, Decimal(figure), statement.value)
    named = other_moment(statement, calendar.zone) if calendar else None
    if named and calendar and statement.as_of:
        said, bound = (f"{at.astimezone(calendar.zone):%H:%M on %d %B}" for at in (named, statement.as_of))
        yield Flaw("moment", f"The words say {said}, the statement says {bound}. Bind the words again.")


def _of_time(statement: "Statement", now: datetime, calendar: SessionCalendar | None) -> list[Flaw]:
    """Return what is wrong with the moment."""
    as_of = statement.as_of
    if as_of is None:
        return [Flaw("no-as-of", "The statement does not say as of when it holds. Add the time and its zone.")]
    if as_of > now:
        return [Flaw("future", f"{as_of:%Y-%m-%d %H:%M} UTC is still to come.")]
    if calendar is None:
        return []
    day = as_of.astimezone(calendar.zone).date()
    if not calendar.is_trading_day(day):
        return [Flaw("not-a-trading-day", f"{day:%A}, {day.day} {day:%B %Y} is no trading day there.")]
    return _of_session(statement, as_of, day, calendar)


def _of_session(statement: "Statement", as_of: datetime, day: date, calendar: SessionCalendar) -> list[Flaw]:
    closes_at = calendar.closes_at(day)
    local = as_of.astimezone(calendar.zone)
    if statement.measure == "close" or statement.session == "close":
        if closes_at and as_of < closes_at:
            closing = closes_at.astimezone(calendar.zone)
            return [
                Flaw("before-close", f"At {local:%H:%M} the exchange had not closed; it closes at {closing:%H:%M}.")
            ]
        return []
    session = str(calendar.session_at(as_of))
    expected = statement.session or "regular"
    # The last price of the day is that of the bell itself.
    if session == expected or (expected == "regular" and as_of == closes_at):
        return []
    if session == "lunch":
        return [Flaw("off-session", f"{local:%H:%M} is in the lunch break of the exchange.")]
    if session == "closed":
        return [Flaw("off-session", f"At {local:%H:%M} the exchange is closed.")]
    return [Flaw("off-session", f"{local:%H:%M} is in {_NAMES[session]}, not in {_NAMES[expected]}.")]


def _of_price(statement: "Statement", price: Decimal, previous_close: Decimal | None, price_unit: str) -> list[Flaw]:
    """Return a disagreement with the stored price, with both numbers."""
    factor = Decimal(1)
    if statement.measure != "change-percent":
        known = _factor(price_unit, statement.unit)
        if known is None:
            message = f"The statement is in {statement.unit}, the stored price in {price_unit}."
            return [Flaw("unit", message, statement.value, price)]
        factor = known
    actual = _actual(statement, price, previous_close, factor)
    if actual is None:
        return []
    printed = _signed(statement)
    if abs(printed - actual) <= _tolerance(statement, price * factor):
        return []
    places = max(-int(statement.value.as_tuple().exponent), 2)
    shown = actual.quantize(Decimal(1).scaleb(-places))
    unit = "%" if statement.measure == "change-percent" else f" {statement.unit}".rstrip()
    return [Flaw("disagrees", f"The copy says {printed:f}{unit}, the stored price {shown:f}{unit}.", printed, shown)]


def _factor(price_unit: str, unit: str) -> Decimal | None:
    """Return what turns a stored price into the unit of a statement: None if nothing does."""
    if price_unit == unit or not price_unit or unit in {"", "points"} or price_unit == "points":
        return Decimal(1)
    return {("GBX", "GBP"): Decimal("0.01"), ("GBP", "GBX"): Decimal(100)}.get((price_unit, unit))


def _actual(statement: "Statement", price: Decimal, previous_close: Decimal | None, factor: Decimal) -> Decimal | None:
    """Return what the statement should say by the stored prices; None where they do not tell."""
    if statement.measure in {"level", "close"}:
        # An extreme of the day is no price of one moment.
        return None if _is_extreme(statement) else price * factor
    if previous_close is None or _is_extreme(statement):
        return None
    if statement.measure == "change":
        return (price - previous_close) * factor
    # From zero there is no percentage; below it, as oil has been, the distance counts.
    return (price - previous_close) / abs(previous_close) * 100 if previous_close else None


def _is_extreme(statement: "Statement") -> bool:
    return any(words in statement.words.lower() for words in _EXTREMES)


def _signed(statement: "Statement") -> Decimal:
    """Return the printed value with the sign that its direction gives it."""
    is_move = statement.measure in {"change", "change-percent"}
    return -abs(statement.value) if is_move and statement.direction == "down" else statement.value


def _tolerance(statement: "Statement", price: Decimal) -> Decimal:
    """Return how far a printed figure may be from the stored one: half its last digit, and what moves in minutes."""
    half = Decimal(1).scaleb(int(statement.value.as_tuple().exponent)) / 2
    if statement.measure == "close":
        return half
    return half + (DRIFT_POINTS if statement.measure == "change-percent" else abs(price) * DRIFT)
