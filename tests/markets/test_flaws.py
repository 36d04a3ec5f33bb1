"""What is wrong with a statement, with both numbers."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.markets.flaws import Flaw, problems
from articles.markets.statements import Statement

NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 28, tzinfo=UTC)


class Exchange:
    """New York: 9:30 to 16:00, Thanksgiving closed, the day after it until 13:00."""

    zone = NEW_YORK

    def is_trading_day(self, day: date) -> bool:
        return day.weekday() < 5 and day != date(2026, 11, 26)

    def closes_at(self, day: date) -> datetime | None:
        hour = 13 if day == date(2026, 11, 27) else 16
        return datetime(day.year, day.month, day.day, hour, tzinfo=NEW_YORK) if self.is_trading_day(day) else None

    def session_at(self, at: datetime) -> str:
        local = at.astimezone(NEW_YORK)
        closes_at = self.closes_at(local.date())
        if closes_at is None or not 4 <= local.hour < 20:
            return "closed"
        if (local.hour, local.minute) < (9, 30):
            return "pre"
        if local.hour == 12 and local.minute == 59:
            return "lunch"  # of one minute, for the test
        return "regular" if local < closes_at else "post"


def local(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK).astimezone(UTC)


MOVE = Statement(17, "change-percent", Decimal("1.2"), "down", "", local(12, 50), "regular", "down 1.2% as of 12:50 ET")
CLOSE = Statement(17, "close", Decimal("86.10"), "", "USD", local(16), "close", "closed at $86.10")


#: What `tests/markets/test_bound_words.py` looks at: here only the data of a statement change, and not its words.
WORDING = {"figure", "moment"}


def codes(statement: Statement, **given: object) -> list[str]:
    found = problems(statement, **{"now": NOW, "calendar": Exchange()} | given)  # type: ignore[arg-type]
    return [flaw.code for flaw in found if flaw.code not in WORDING]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"as_of": None}, ["no-as-of"]),
        ({"as_of": local(12, 50, day=30)}, ["future"]),
        ({"as_of": local(12, 50, day=22)}, ["not-a-trading-day"]),
        ({"as_of": local(12, 50, day=26)}, ["not-a-trading-day"]),
        ({"as_of": local(8)}, ["off-session"]),
        ({"as_of": local(8), "session": "pre"}, []),
        ({"as_of": local(12, 50), "session": "pre"}, ["off-session"]),
        ({"as_of": local(17)}, ["off-session"]),
        ({"as_of": local(17), "session": "post"}, []),
        ({"as_of": local(16)}, []),
        ({"as_of": local(12, 59)}, ["off-session"]),
        ({"as_of": local(22), "session": "post"}, ["off-session"]),
        ({"as_of": local(14, day=27)}, ["off-session"]),
        ({"direction": "up"}, ["direction"]),
        ({"direction": "up", "words": "moved 1.2%", "value": Decimal("-1.2")}, ["sign"]),
        ({"words": "moved +1.2%"}, ["sign"]),
        ({"direction": "flat", "words": "moved 1.2%"}, ["sign"]),
        ({"value": Decimal("-1.2"), "words": "down -1.2%"}, []),
    ],
)
def test_flaw_of_words_or_time_is_found(changes: dict[str, object], expected: list[str]) -> None:
    assert codes(replace(MOVE, **changes)) == expected  # type: ignore[arg-type]


def test_close_before_the_bell_is_found() -> None:
    assert codes(CLOSE) == []
    assert codes(replace(CLOSE, as_of=local(13, day=27))) == []
    assert [flaw.message for flaw in problems(replace(CLOSE, as_of=local(15, 59)), now=NOW, calendar=Exchange())] == [
        "At 15:59 the exchange had not closed; it closes at 16:00."
    ]


@pytest.mark.parametrize(
    ("statement", "price", "previous", "unit", "expected"),
    [
        (MOVE, "98.80", "100", "USD", []),
        (MOVE, "98.95", "100", "USD", []),
        (MOVE, "97", "100", "USD", ["disagrees"]),
        (MOVE, "101.20", "100", "USD", ["disagrees"]),
        (MOVE, "98.80", "0", "USD", []),
        # Oil at minus 37.63 after minus 37.18.
        (MOVE, "-37.63", "-37.18", "USD", []),
        (replace(MOVE, value=Decimal(5), words="down as much as 5%"), "98.80", "100", "USD", []),
        (CLOSE, "86.10", None, "USD", []),
        (CLOSE, "86.104", None, "USD", []),
        (CLOSE, "86.20", None, "USD", ["disagrees"]),
        (CLOSE, "86.10", None, "HKD", ["unit"]),
        (replace(CLOSE, unit="GBP", value=Decimal("3.10")), "310", None, "GBX", []),
        (replace(CLOSE, unit="GBX", value=Decimal(310)), "3.10", None, "GBP", []),
        (replace(CLOSE, unit="GBX", value=Decimal("3.10")), "310", None, "GBX", ["disagrees"]),
        (replace(CLOSE, unit="points", value=Decimal("4512.30")), "4512.30", None, "points", []),
        (replace(CLOSE, value=Decimal(0)), "0", None, "USD", []),
        (replace(MOVE, measure="change", value=Decimal(12), unit="GBX"), "310", "322", "GBX", []),
        (replace(MOVE, measure="change", value=Decimal(12), unit="GBX"), "310", "298", "GBX", ["disagrees"]),
        (replace(MOVE, measure="level", value=Decimal("86.1"), unit="USD"), "86.30", None, "USD", []),
        (replace(MOVE, measure="level", value=Decimal("86.1"), unit="USD"), "87.30", None, "USD", ["disagrees"]),
    ],
)
def test_statement_is_compared_with_the_stored_price(
    statement: Statement, price: str, previous: str | None, unit: str, expected: list[str]
) -> None:
    given = {"price": Decimal(price), "previous_close": previous and Decimal(previous), "price_unit": unit}

    assert codes(statement, **given) == expected


def test_disagreement_names_both_numbers() -> None:
    flaws = problems(MOVE, now=NOW, price=Decimal("97.00"), previous_close=Decimal(100), price_unit="USD")

    assert flaws == [
        Flaw("disagrees", "The copy says -1.2%, the stored price -3.00%.", Decimal("-1.2"), Decimal("-3.00"))
    ]


@given(
    st.sampled_from(["change-percent", "change", "level", "close"]),
    *[st.decimals(-(10**9), 10**9, places=4) for _number in range(3)],
    st.sampled_from(["up", "down", "flat", ""]),
    st.sampled_from(["USD", "GBX", "GBP", "points", ""]),
)
def test_any_prices_are_compared(
    measure: str, value: Decimal, price: Decimal, previous: Decimal, direction: str, unit: str
) -> None:
    statement = Statement(17, measure, value, direction, unit, local(12, 50), "regular", "")  # type: ignore[arg-type]

    found = problems(statement, now=NOW, price=price, previous_close=previous, price_unit="GBP")

    assert all(flaw.message for flaw in found)
