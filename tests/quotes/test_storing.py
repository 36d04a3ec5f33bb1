"""Quotes are kept once, under what the listing means on their day, and none that nobody should believe."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from articles.models import DailyPrice, Listing, Quote
from articles.models.reference import DoubtfulQuote
from articles.quotes.provider import Delivery
from articles.quotes.storing import Kept, keep
from tests.factories import company, exchange

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def listed(ticker: str = "NYSE:BABA", **fields: Any) -> Listing:
    listing: Listing = company("", ticker).listings.get()
    Listing.objects.filter(pk=listing.pk).update(**({"currency": "USD"} | fields))
    listing.refresh_from_db()
    return listing


def row(**changes: Any) -> dict[str, Any]:
    return {"symbol": "BABA", "mic": "XNYS", "price": "86.10", "as_of": "2026-11-24T17:50:00Z"} | changes


def kept(*rows: dict[str, Any], provider: str = "test", now: datetime = NOW) -> tuple[Kept, list[str]]:
    told: list[str] = []
    delivery = Delivery("here", tuple(enumerate(rows, start=1)))
    with time_machine.travel(now, tick=False):
        return keep(delivery, provider, lambda line, why: told.append(f"{line}: {why}")), told


def test_a_quote_is_kept_once() -> None:
    listing = listed()

    assert kept(row(), row())[0] == Kept(added=1, known=1)
    assert kept(row(), row(as_of="2026-11-24T17:51:00Z"))[0] == Kept(added=1, known=1)

    quote = Quote.objects.order_by("as_of").first()
    assert quote is not None
    assert (quote.listing, quote.price, quote.currency) == (listing, Decimal("86.10"), "USD")
    assert (quote.received_at, quote.delay_minutes, quote.provider) == (NOW, 15, "test")


def test_another_provider_may_say_the_same() -> None:
    listed()
    kept(row())

    assert kept(row(), provider="other")[0] == Kept(added=1)
    assert Quote.objects.count() == 2


def test_what_cannot_be_used_is_told_by_its_line() -> None:
    listed()

    result, told = kept(row(symbol="NONE"), row(price="NaN"), row(), row(currency="HKD"))

    assert result == Kept(added=1, refused=3)
    assert told == [
        "1: Nothing is listed as NONE at XNYS on 2026-11-24.",
        "2: “price” is 'NaN', which no price is.",
        "4: The price is in HKD, the listing is quoted in USD.",
    ]


def test_a_symbol_is_what_it_means_on_the_day() -> None:
    old = listed(delisted_on=date(2026, 11, 20))
    new = Listing.objects.create(
        company=company(), exchange=exchange(), symbol="BABA", currency="USD", listed_on=date(2026, 11, 20)
    )

    kept(row(), row(as_of="2026-11-19T20:00:00Z"))

    assert [quote.listing for quote in Quote.objects.order_by("as_of")] == [old, new]


def test_pence_are_kept_as_pence() -> None:
    listed("LSE:SHEL", currency="GBP", price_unit="GBX")
    mic = exchange("LSE").mic

    assert kept(row(symbol="SHEL", mic=mic, price="2500", currency="GBp"))[0] == Kept(added=1)
    result, told = kept(row(symbol="SHEL", mic=mic, price="25", currency="GBP"))

    assert Quote.objects.get().currency == "GBX"
    assert result == Kept(refused=1)
    assert "a hundred times as much or as little" in told[0]


def test_a_listing_without_a_unit_needs_one() -> None:
    listed(currency="")

    assert "Nobody knows what the price is in" in kept(row())[1][0]
    assert kept(row(currency="USD"))[0] == Kept(added=1)


def test_a_jump_is_believed_when_it_is_said_again() -> None:
    listing = listed()
    DailyPrice.objects.create(listing=listing, date=date(2026, 11, 23), close=Decimal("87.15"), currency="USD")

    assert "far from the last price, 87.15" in kept(row(price="8.61"))[1][0]
    assert kept(row(price="8.61"))[0] == Kept(refused=1)  # the same words once more confirm nothing
    assert kept(row(price="8.64", as_of="2026-11-24T17:55:00Z"))[0] == Kept(added=1)
    assert not DoubtfulQuote.objects.exists()
    assert kept(row(price="8.70", as_of="2026-11-24T17:56:00Z"))[0] == Kept(added=1)


def test_a_jump_back_is_forgotten() -> None:
    listing = listed()
    DailyPrice.objects.create(listing=listing, date=date(2026, 11, 23), close=Decimal("87.15"), currency="USD")
    kept(row(price="861"))

    assert kept(row(as_of="2026-11-24T17:55:00Z"))[0] == Kept(added=1)
    assert kept(row(price="20", as_of="2026-11-24T17:56:00Z"))[0] == Kept(refused=1)


def test_nothing_new_tells_no_page(django_assert_max_num_queries: Any) -> None:
    from articles.models.price_stamp import PriceStamp

    listed()
    kept(row())
    before = list(PriceStamp.objects.values())

    kept(row(), row())

    assert list(PriceStamp.objects.values()) == before


def test_a_delivery_is_put_away_with_what_became_of_it() -> None:
    listed()
    told: list[bool] = []
    with time_machine.travel(NOW, tick=False):
        for rows in (((1, row()),), ((1, row(price="x")),), ()):
            keep(Delivery("here", rows, done=told.append), "test", lambda _line, _why: None)

    assert told == [True, False, True]


def test_rows_by_the_hundred_take_few_queries(django_assert_max_num_queries: Any) -> None:
    listed()
    rows = [row(as_of=(NOW - timedelta(minutes=number)).isoformat()) for number in range(300)]

    with django_assert_max_num_queries(15):
        assert kept(*rows)[0] == Kept(added=300)
