"""What readers are told of prices: the newest that was known, its change, its age, and what it was at publication."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from articles import reading, records
from articles.models import Exchange, ExchangeDay, Listing, Split
from articles.models.price_stamp import SETTLED
from articles.reading import House
from tests.factories import company, daily_prices, exchange, listing, live, quote, withdrawn
from tests.workflow.desk import NOON

pytestmark = pytest.mark.django_db

YORK = ZoneInfo("America/New_York")
MINUTE = timedelta(minutes=1)
HOURS = {"regular": [["09:30", "16:00"]]}


def york(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=YORK)


@pytest.fixture
def baba() -> Listing:
    company("Alibaba", "NYSE:BABA")
    Exchange.objects.filter(short_name="NYSE").update(hours=HOURS)
    return listing("NYSE:BABA")


def house() -> House:
    return reading.house(NOON, None)


def price_of(listed: Listing, at: datetime) -> records.Price | None:
    return next(iter(reading.prices([listed.pk], at, house())), None)


def told(listed: Listing, at: datetime) -> tuple[Any, ...] | None:
    """Return price, change, percent and age as a test reads them."""
    price = price_of(listed, at)
    if price is None:
        return None
    percent = None if price.percent is None else str(round(price.percent, 2))
    return (str(price.price), None if price.change is None else str(price.change), percent, price.is_stale)


def test_a_quote_has_all_that_a_page_prints(baba: Listing) -> None:
    quote(baba, "86.10", as_of=york(24, 12, 35), received_at=york(24, 12, 50), delay_minutes=15)
    assert price_of(baba, york(24, 12, 50, 30)) == records.Price(
        listing=baba.pk,
        ticker="NYSE:BABA",
        price=Decimal("86.1"),
        unit="USD",
        on=date(2026, 11, 24),
        as_of=york(24, 12, 35),
        change=Decimal("-1.05"),
        percent=Decimal("-1.05") * 100 / Decimal("87.15"),
        delay_minutes=15,
        is_stale=False,
    )


def test_a_listing_without_prices_has_none(baba: Listing) -> None:
    assert price_of(baba, york(24, 12)) is None
    assert reading.prices([], york(24, 12), house()) == ()
    assert reading.prices([10**8], york(24, 12), house()) == ()


def test_the_newest_quote_that_was_known_counts(baba: Listing) -> None:
    quote(baba, "80", as_of=york(24, 12), received_at=york(24, 12, 15))
    quote(baba, "82", as_of=york(24, 12, 30), received_at=york(24, 14))
    quote(baba, "81", as_of=york(24, 12, 10), received_at=york(24, 12, 25))
    at = [york(24, 12, 14), york(24, 12, 15), york(24, 12, 25), york(24, 13, 59), york(24, 14)]
    found = [price_of(baba, moment) for moment in at]
    assert [price and price.price for price in found] == [None, 80, 81, 81, 82]


def test_of_two_quotes_of_one_instant_the_later_one_counts(baba: Listing) -> None:
    for price, provider in (("80", "one"), ("81", "two")):
        quote(baba, price, as_of=york(24, 12), provider=provider)
    assert told(baba, york(24, 12))[0] == "81"  # type: ignore[index]


def test_all_of_a_minute_is_known_in_it_and_nothing_of_the_next(baba: Listing) -> None:
    quote(baba, "80", as_of=york(24, 12, 0, 50))
    assert price_of(baba, york(24, 11, 59, 59)) is None
    first, last = price_of(baba, york(24, 12, 0, 1)), price_of(baba, york(24, 12, 0, 59))
    assert first is not None
    assert first == last


def test_without_a_quote_the_newest_close_is_the_price(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 20): "80", date(2026, 11, 23): "82"})
    price = price_of(baba, york(24, 12))
    assert price is not None
    assert (price.as_of, price.on, price.price, price.change, price.percent) == (
        *(None, date(2026, 11, 23), Decimal(82), Decimal(2), Decimal("2.5")),
    )
    assert not price.is_stale


def test_a_close_is_one_when_the_day_has_ended(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 20): "80", date(2026, 11, 23): "82", date(2026, 11, 24): "90"})
    assert told(baba, york(24, 15, 58)) == ("82", "2", "2.50", False)
    assert told(baba, york(24, 16)) == ("90", "8", "9.76", False)


def test_one_close_has_no_change(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 23): "82"})
    assert told(baba, york(24, 12)) == ("82", None, None, False)


def test_a_close_is_newer_than_a_quote_of_its_day_and_older_than_one_of_the_next(baba: Listing) -> None:
    quote(baba, "80", as_of=york(23, 15))
    daily_prices(baba, {date(2026, 11, 23): "82"})
    assert told(baba, york(23, 20))[0] == "82"  # type: ignore[index]
    quote(baba, "83", as_of=york(24, 10))
    assert told(baba, york(24, 10))[0] == "83"  # type: ignore[index]


def test_a_quote_that_says_no_previous_close_is_held_against_the_stored_one(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 20): "100", date(2026, 11, 23): "80"})
    quote(baba, "84", as_of=york(24, 10), previous_close=None)
    assert told(baba, york(24, 10)) == ("84", "4", "5.00", False)


def test_what_is_not_in_the_same_unit_is_no_previous_close(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 23): "4.05"}, currency="GBP")
    quote(baba, "412.5", as_of=york(24, 10), previous_close=None, currency="GBX")
    assert told(baba, york(24, 10)) == ("412.5", None, None, False)


def test_pence_move_in_pence(baba: Listing) -> None:
    quote(baba, "412.5", as_of=york(24, 10), previous_close=Decimal(410), currency="GBX")
    price = price_of(baba, york(24, 10))
    assert price is not None
    assert (price.unit, price.change) == ("GBX", Decimal("2.5"))


@pytest.mark.parametrize(
    ("price", "previous", "expected"),
    [
        ("-37.63", "18.27", ("-37.63", "-55.90", "-305.97", False)),
        ("0", "1", ("0", "-1", "-100.00", False)),
        ("1", "0", ("1", "1", None, False)),
        ("2", "-1", ("2", "3", None, False)),
        ("5", "5", ("5", "0", "0.00", False)),
    ],
)
def test_prices_of_nothing_and_less(baba: Listing, price: str, previous: str, expected: tuple[Any, ...]) -> None:
    quote(baba, price, as_of=york(24, 12), previous_close=Decimal(previous))
    found = told(baba, york(24, 12))
    assert found is not None
    assert [None if value is None else Decimal(value) for value in found[:3]] == [
        None if value is None else Decimal(value) for value in expected[:3]
    ]


def test_a_split_is_no_fall(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 20): "1000", date(2026, 11, 23): "101"})
    Split.objects.create(listing=baba, date=date(2026, 11, 23), new=10)
    assert told(baba, york(24, 9)) == ("101", "1", "1.00", False)
    quote(baba, "103.02", as_of=york(24, 10), previous_close=None)
    assert told(baba, york(24, 10)) == ("103.02", "2.02", "2.00", False)


def test_a_split_to_come_changes_nothing(baba: Listing) -> None:
    daily_prices(baba, {date(2026, 11, 20): "1000", date(2026, 11, 23): "1010"})
    Split.objects.create(listing=baba, date=date(2026, 11, 30), new=10)
    assert told(baba, york(24, 9)) == ("1010", "10", "1.00", False)


def test_an_index_is_in_points(baba: Listing) -> None:
    company("S&P 500", "CBOE:SPX", kind="index")
    index = listing("CBOE:SPX")
    quote(index, "6705.12", as_of=york(24, 12))
    found = price_of(index, york(24, 12))
    assert found is not None
    assert found.unit == ""


def test_staleness_follows_the_exchange_and_its_holidays(baba: Listing) -> None:
    ExchangeDay.objects.create(exchange=exchange("NYSE"), date=date(2026, 11, 26), name="Thanksgiving Day")
    ExchangeDay.objects.create(exchange=exchange("NYSE"), date=date(2026, 11, 27), closes_at=time(13))
    quote(baba, "80", as_of=york(25, 15, 59))
    at = [york(25, 16, 10), york(26, 12), york(27, 9, 45), york(27, 10), york(27, 14), york(29, 12)]
    assert [told(baba, moment)[3] for moment in at] == [False, False, False, True, True, True]  # type: ignore[index]
    quote(baba, "81", as_of=york(27, 12, 55))
    assert [told(baba, moment)[3] for moment in at[-2:]] == [False, False]  # type: ignore[index]


def test_calendars_are_read_once_for_a_house(baba: Listing, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    quote(baba, "80", as_of=york(24, 12))
    shared = house()
    with django_assert_num_queries(2):
        reading.prices([baba.pk], york(24, 12), shared)
    with django_assert_num_queries(1):
        reading.prices([baba.pk], york(24, 12), shared)


def test_what_was_known_at_publication_is_the_same_for_ever(baba: Listing) -> None:
    published = york(24, 12)
    quote(baba, "80", as_of=york(24, 11, 30), received_at=published - SETTLED)
    before = reading.at_publication([baba.pk], published)
    assert [price.price for price in before] == [80]
    quote(baba, "70", as_of=york(24, 11, 45), received_at=published - SETTLED + timedelta(seconds=1))
    quote(baba, "60", as_of=york(24, 12, 30), received_at=york(24, 12, 30))
    daily_prices(baba, {date(2026, 11, 23): "50", date(2026, 11, 24): "40"})
    assert reading.at_publication([baba.pk], published) == before


def test_what_is_told_of_publication(baba: Listing, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    quote(baba, "86.10", as_of=york(24, 11, 30), delay_minutes=15)
    with django_assert_num_queries(1):
        (found,) = reading.at_publication([baba.pk, 10**8], york(24, 12))
    assert (found.price, found.change, found.as_of, found.delay_minutes, found.direction) == (
        *(Decimal("86.1"), Decimal("-1.05"), york(24, 11, 30), 15, "down"),
    )
    assert reading.at_publication([], york(24, 12)) == ()


def test_a_quote_of_long_before_says_nothing_of_publication(baba: Listing) -> None:
    quote(baba, "80", as_of=york(10, 12))
    assert reading.at_publication([baba.pk], york(24, 12)) == ()
    assert [price.listing for price in reading.at_publication([baba.pk], york(16, 12))] == [baba.pk]


def test_a_story_has_the_primary_listings_of_its_companies() -> None:
    firm, other, private = (
        company("Alibaba", "NYSE:BABA", "HKEX:9988"),
        company("Apple", "NASDAQ:AAPL"),
        company("DeepSeek"),
    )
    edition = live(companies=[firm, private]).editions.get()
    assert reading.story_listings(edition.public_key, edition.live_from) == [listing("NYSE:BABA").pk]
    assert reading.story_listings(edition.public_key, edition.live_from - timedelta(seconds=1)) == []
    assert reading.story_listings("zzzzzzzz", edition.live_from) == []
    assert other.pk


def test_a_withdrawn_story_has_no_prices() -> None:
    article = withdrawn(companies=[company("Alibaba", "NYSE:BABA")])
    key = article.editions.latest("live_from").public_key
    assert reading.story_listings(key, NOON + timedelta(days=9)) == []


def test_listings_are_public_with_their_companies() -> None:
    company("Alibaba", "NYSE:BABA")
    company("Apple", "NASDAQ:AAPL", from_reference=True)
    secret, known = listing("NYSE:BABA"), listing("NASDAQ:AAPL")
    keys = {secret.pk, known.pk}
    assert reading.public_listings(keys, NOON + MINUTE) == [known.pk]
    live(companies=[secret.company])
    assert sorted(reading.public_listings(keys, NOON + MINUTE)) == sorted(keys)
    listing("NASDAQ:AAPL", delisted_on=date(2020, 1, 1))
    assert reading.public_listings(keys, NOON + MINUTE) == [secret.pk]
    assert reading.public_listings([], NOON) == []
