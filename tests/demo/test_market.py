"""The demo's made-up market: the same everywhere, in agreement with the stories, and going on."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from articles.markets.exchanges import calendar
from articles.models import DailyPrice, Quote
from newsroom.demo.market import Walk, rates
from tests.factories import company

UNTIL = date(2026, 12, 4)


def walk(**fields: Any) -> Walk:
    values: dict[str, Any] = {
        "mic": "XNYS",
        "symbol": "CSLQ",
        "unit": "USD",
        "calendar": calendar("XNYS"),
        "until": UNTIL,
    }
    return Walk(**(values | fields))


def test_prices_are_the_same_wherever_the_walk_ends() -> None:
    short, long = walk(until=date(2022, 1, 5)).closes, walk().closes

    assert short.items() <= long.items()
    assert date(2022, 1, 17) not in long  # Martin Luther King Day
    assert all(price > 0 for price in long.values())


def test_a_day_trades_between_its_low_and_its_high() -> None:
    for _day, opened, high, low, close, volume in walk(split=(date(2024, 6, 10), 4)).days():
        assert low <= min(opened, close) <= max(opened, close) <= high
        assert volume > 0


def test_a_split_quarters_the_price() -> None:
    plain, split = walk().closes, walk(split=(date(2024, 6, 10), 4)).closes

    assert abs(split[date(2024, 6, 7)] - plain[date(2024, 6, 7)] * 4) < Decimal("0.05")
    assert split[date(2024, 6, 10)] == plain[date(2024, 6, 10)]


def test_prices_do_what_stories_say() -> None:
    closes = walk(moves={date(2026, 11, 24): Decimal("-5.2")}).closes

    moved = closes[date(2026, 11, 24)] / closes[date(2026, 11, 23)] - 1
    assert round(moved * 100, 1) == Decimal("-5.2")


def test_a_price_in_a_session_and_after_it() -> None:
    trading = walk()

    early = trading.price_at(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    told = trading.price_at(datetime(2026, 11, 24, 17, 50, tzinfo=UTC), Decimal("-1.2"))
    late = trading.price_at(datetime(2026, 11, 24, 23, 0, tzinfo=UTC))

    assert early is not None
    assert told is not None
    assert late is not None
    assert early[2] == datetime(2026, 11, 23, 21, 0, tzinfo=UTC)
    assert round((told[0] / told[1] - 1) * 100, 1) == Decimal("-1.2")
    assert late == (trading.closes[date(2026, 11, 24)], trading.closes[date(2026, 11, 23)], late[2])
    assert trading.price_at(datetime(2020, 5, 1, tzinfo=UTC)) is None


def test_a_dollar_is_worth_what_the_lead_story_says() -> None:
    for _day, worth in rates(date(2026, 11, 2), date(2026, 11, 30)):
        assert round(Decimal(380) / (worth["CNY"] / worth["USD"])) == 53


@pytest.mark.django_db
def test_the_market_goes_on(tmp_path: Path, settings: Any) -> None:
    settings.QUOTE_PROVIDERS, settings.QUOTE_KEYS = [f"drop:{tmp_path}"], {}
    listing = company("Castellan", "NYSE:CSLQ").listings.get()
    listing.currency = "USD"
    listing.save()
    for day, close in ((19, "99"), (20, "100")):
        DailyPrice.objects.create(listing=listing, date=date(2026, 11, day), close=Decimal(close), currency="USD")

    with time_machine.travel(datetime(2026, 11, 24, 18, 0, tzinfo=UTC), tick=False):
        call_command("demo_quotes", stdout=StringIO())

    assert DailyPrice.objects.get(date=date(2026, 11, 23)).close != 100
    quote = Quote.objects.get()
    assert quote.as_of == datetime(2026, 11, 24, 17, 45, tzinfo=UTC)
    assert quote.previous_close == DailyPrice.objects.get(date=date(2026, 11, 23)).close
    [file] = (tmp_path / "done").iterdir()
    assert json.loads(file.read_text())["symbol"] == "CSLQ"


def test_the_market_needs_a_folder(settings: Any) -> None:
    settings.QUOTE_PROVIDERS = []
    with pytest.raises(CommandError, match="QUOTE_PROVIDERS"):
        call_command("demo_quotes")
