"""The markets page: movers of what is covered, indices, rates, watched listings, and exchanges as they are now."""

import re
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import paths, reading, records
from articles.models import Company, Exchange, ExchangeDay, ReferenceRate
from tests import factories
from tests.workflow.desk import DAY

pytestmark = pytest.mark.django_db

#: A Tuesday, 12:00 in New York.
NOON = datetime(2026, 11, 24, 17, tzinfo=UTC)
HOURS = {"regular": [["09:30", "16:00"]]}


def page(at: datetime = NOON) -> records.MarketPage:
    return reading.market_page(at, reading.house(at, None))


def traded(name: str, ticker: str, price: str, previous: str = "100", **fields: object) -> Company:
    firm = factories.company(name, ticker, **fields)
    factories.quote(
        factories.listing(ticker), price, as_of=NOON - timedelta(minutes=20), previous_close=Decimal(previous)
    )
    return firm


def covered(*firms: Company, at: datetime = NOON - timedelta(hours=3)) -> None:
    factories.live(at=at, companies=list(firms))


def test_movers_are_companies_of_recent_stories_the_largest_move_first() -> None:
    up, more, down = traded("Up", "NYSE:U", "101"), traded("More", "NYSE:M", "110"), traded("Down", "NYSE:D", "95")
    traded("Nobody's", "NYSE:N", "150")
    old, flat = traded("Old", "NYSE:O", "150"), traded("Flat", "NYSE:F", "100")
    covered(up, more, down, flat)
    covered(old, at=NOON - 8 * DAY)
    found = page()
    assert [(line.name, line.price.percent) for line in found.rising] == [
        ("More", Decimal(10)),
        ("Up", Decimal(1)),
    ]
    assert [(line.name, line.price.ticker) for line in found.falling] == [("Down", "NYSE:D")]


def test_a_stale_price_moves_nobody() -> None:
    firm = factories.company("Old", "NYSE:O")
    factories.quote(factories.listing("NYSE:O"), "150", as_of=NOON - 20 * DAY, previous_close=Decimal(100))
    covered(firm)
    assert page().rising == ()


def test_movers_are_bounded() -> None:
    covered(*(traded(f"Firm {number}", f"NYSE:F{number}", f"{101 + number}") for number in range(12)))
    assert [line.name for line in page().rising] == [f"Firm {number}" for number in range(11, 3, -1)]


def test_indices_and_watched_listings_are_those_that_readers_can_see() -> None:
    traded("S&P 500", "CBOE:SPX", "6705.12", "6600", kind="index", from_reference=True)
    traded("Secret 50", "CBOE:SEC", "1", kind="index")
    traded("Known", "NYSE:K", "101", from_reference=True)
    traded("Secret", "NYSE:S", "101")
    for ticker in ("NYSE:K", "NYSE:S"):
        factories.listing(ticker, is_watched=True)
    found = page()
    assert [(line.name, line.price.unit) for line in found.indices] == [("S&P 500", "")]
    assert [line.name for line in found.watched] == ["Known"]


def test_rates_are_those_of_the_newest_day_with_the_change() -> None:
    for on, usd, jpy in ((23, "1.05", "160"), (24, "1.06", "159"), (25, "9", "9")):
        day = date(2026, 11, on)
        ReferenceRate.objects.create(currency="USD", date=day, rate=Decimal(usd))
        ReferenceRate.objects.create(currency="JPY", date=day, rate=Decimal(jpy))
    rates = {(rate.base, rate.quoted): rate for rate in page().rates}
    assert set(rates) == {("EUR", "USD"), ("USD", "JPY")}
    assert (rates["EUR", "USD"].rate, rates["EUR", "USD"].on) == (Decimal("1.06"), date(2026, 11, 24))
    assert rates["EUR", "USD"].direction == "up"
    assert round(rates["USD", "JPY"].rate, 2) == 150
    assert rates["USD", "JPY"].direction == "down"


def test_one_rate_has_no_change_and_old_ones_are_left_out() -> None:
    ReferenceRate.objects.create(currency="USD", date=date(2026, 11, 23), rate=Decimal("1.05"))
    ReferenceRate.objects.create(currency="GBP", date=date(2026, 10, 1), rate=Decimal("0.85"))
    (rate,) = page().rates
    assert (rate.base, rate.quoted, rate.percent, rate.direction) == ("EUR", "USD", None, "")


def states(at: datetime) -> list[tuple[str, bool, bool, datetime]]:
    return [(place.short_name, place.is_open, place.is_at_lunch, place.changes_at) for place in page(at).exchanges]


def test_exchanges_are_open_or_closed_by_the_minute() -> None:
    factories.exchange("NYSE")
    factories.exchange("NONE")
    Exchange.objects.filter(short_name="NYSE").update(hours=HOURS)
    tokyo = factories.exchange("TSE")
    Exchange.objects.filter(pk=tokyo.pk).update(
        time_zone="Asia/Tokyo", hours={"regular": [["09:00", "11:30"], ["12:30", "15:30"]]}
    )
    opens, closes = datetime(2026, 11, 24, 14, 30, tzinfo=UTC), datetime(2026, 11, 24, 21, tzinfo=UTC)
    assert states(opens - timedelta(seconds=1))[-1] == ("NYSE", False, False, opens) or (
        ("NYSE", False, False, opens) in states(opens - timedelta(seconds=1))
    )
    assert states(opens)[0] == ("NYSE", True, False, closes)
    assert states(closes)[-1] == ("NYSE", False, False, opens + DAY)
    lunch = datetime(2026, 11, 24, 2, 45, tzinfo=UTC)
    assert ("TSE", False, True, datetime(2026, 11, 24, 3, 30, tzinfo=UTC)) in states(lunch)


def test_holidays_and_half_days_are_known() -> None:
    place = factories.exchange("NYSE")
    Exchange.objects.filter(pk=place.pk).update(hours=HOURS)
    ExchangeDay.objects.create(exchange=place, date=date(2026, 11, 26), name="Thanksgiving Day")
    ExchangeDay.objects.create(exchange=place, date=date(2026, 11, 27), closes_at=time(13))
    thanksgiving = datetime(2026, 11, 26, 17, tzinfo=UTC)
    assert states(thanksgiving) == [("NYSE", False, False, datetime(2026, 11, 27, 14, 30, tzinfo=UTC))]
    own = [["12:30", "13:30"]]
    ExchangeDay.objects.create(exchange=place, date=date(2026, 11, 28), hours=own, name="A Saturday session")
    saturday = datetime(2026, 11, 28, 17, 45, tzinfo=UTC)
    assert states(saturday) == [("NYSE", True, False, datetime(2026, 11, 28, 18, 30, tzinfo=UTC))]
    assert states(thanksgiving + DAY) == [("NYSE", True, False, datetime(2026, 11, 27, 18, tzinfo=UTC))]


def test_the_page_is_complete_without_a_script(client: Client) -> None:
    covered(traded("More", "NYSE:M", "110"))
    Exchange.objects.filter(short_name="NYSE").update(hours=HOURS)
    ReferenceRate.objects.create(currency="USD", date=date(2026, 11, 23), rate=Decimal("1.05"))
    with time_machine.travel(NOON, tick=False):
        html = client.get(paths.MARKETS).content.decode()
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<main")[2]))
    assert "More NYSE:M $110.00 ▲ up $10.00, 10.0% as of" in said
    assert "EUR/USD 1.0500 23 Nov" in said
    assert "● Open closes 16:00 ET , 24 November 2026" in said
    assert 'data-until="2026-11-24T21:00:00+00:00"' in html
    assert "style=" not in html.partition("<main")[2]


def test_an_empty_page_says_what_is_not_there(client: Client) -> None:
    html = client.get(paths.MARKETS).content.decode()
    assert "Nothing is on the watch list." in html
    assert "There are no rates yet." in html


def test_the_page_has_one_address(client: Client) -> None:
    assert client.get("/market-data").headers["Location"] == paths.MARKETS


def test_the_page_costs_the_same_whatever_is_on_it() -> None:
    def asked() -> int:
        house = reading.house(NOON, None)
        with CaptureQueriesContext(connection) as captured:
            reading.market_page(NOON, house)
        return len(captured)

    covered(traded("One", "NYSE:A", "110"))
    one = asked()
    covered(*(traded(f"Firm {number}", f"NYSE:F{number}", "99") for number in range(5)))
    assert (one, asked()) == (4, 4)


def test_a_page_changes_when_an_exchange_opens_though_nobody_writes(client: Client) -> None:
    factories.exchange("NYSE")
    Exchange.objects.filter(short_name="NYSE").update(hours=HOURS)
    told = []
    for moment in (datetime(2026, 11, 24, 14, 29, 59, tzinfo=UTC), datetime(2026, 11, 24, 14, 30, tzinfo=UTC)):
        with time_machine.travel(moment, tick=False):
            told.append("market-open" in client.get(paths.MARKETS).content.decode())
    assert told == [False, True]
