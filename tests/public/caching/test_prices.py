"""Pages with prices: exact to the minute and to the poll, and nothing to any other page."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from articles.models import Listing, Quote, ReferenceRate
from articles.public.caching.memory import Memory
from articles.reading import Stamp
from tests import factories
from tests.cache_server import CacheServer
from tests.public.caching.answers import NOON, answer
from tests.public.caching.conftest import Count
from tests.public.caching.pages import numbers, watch

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.public.caching.pages")]


def poll() -> None:
    """Store what a poll brings, by SQL that no model sees."""
    listing = Listing.objects.filter(symbol="BABA").first() or Listing.objects.get(
        company=factories.company("Alibaba", "NYSE:BABA")
    )
    now = datetime.now(UTC)
    columns = [str(field.column) for field in Quote._meta.concrete_fields if field.name != "id"]
    values: dict[str, Any] = {
        "listing_id": listing.pk,
        "price": 80,
        "previous_close": 79,
        "currency": "USD",
        "as_of": now,
    }
    values |= {"received_at": now, "delay_minutes": 15, "provider": "a file"}
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO articles_quote ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})",
            [values[column] for column in columns],
        )


@pytest.fixture
def moment() -> datetime:
    """Return the beginning of a minute that comes soon: by the clock of the database no quote is told late then."""
    return (datetime.now(UTC) + timedelta(minutes=2)).replace(second=0, microsecond=0)


@pytest.fixture
def standing() -> None:
    """Have a listing before a test looks at any page."""
    factories.company("Alibaba", "NYSE:BABA")


def test_a_poll_leaves_every_page_without_prices_alone(standing: None, client: Client, counted: Count) -> None:
    first = client.get("/watched/")
    for _time in range(3):
        poll()
        again = client.get("/watched/", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304
        assert client.get("/watched/").content == first.content
    assert len(watch.rendered) == 1


def test_a_poll_ends_pages_with_prices_and_no_others(
    moment: datetime, standing: None, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with time_machine.travel(moment, tick=False):
        assert numbers(client, "/watched/", "/priced/", "/priced/", "/watched/") == ["1", "2", "2", "1"]
        poll()
        assert numbers(client, "/watched/", "/priced/", "/priced/", "/watched/") == ["1", "3", "3", "1"]
        with django_assert_num_queries(1):
            client.get("/priced/")
        factories.live()
        assert numbers(client, "/priced/", "/watched/") == ["4", "5"]


def test_a_page_with_prices_is_kept_for_its_minute(moment: datetime, client: Client) -> None:
    told = []
    for seconds in (0, 30, 59.999, 60, 61, 119, 120):
        with time_machine.travel(moment + timedelta(seconds=seconds), tick=False):
            told += numbers(client, "/priced/")
    assert told == ["1", "1", "1", "2", "2", "2", "3"]


def test_a_page_with_prices_is_rendered_again_where_a_poll_overtakes_it(
    moment: datetime, client: Client, counted: Count
) -> None:
    def poll_once() -> None:
        watch.during = lambda: None
        ReferenceRate.objects.create(currency="USD", date=moment.date(), rate=Decimal("1.05"))

    watch.during = poll_once
    assert numbers(client, "/priced/") == ["2"]
    assert counted("newsroom_public_repeats_total") == 1


def test_a_poll_does_not_overtake_a_page_without_prices(moment: datetime, client: Client, counted: Count) -> None:
    def poll_once() -> None:
        watch.during = lambda: None
        ReferenceRate.objects.create(currency="USD", date=moment.date(), rate=Decimal("1.05"))

    watch.during = poll_once
    assert numbers(client, "/watched/") == ["1"]
    assert counted("newsroom_public_repeats_total") == 0


def test_only_the_tag_says_whether_a_page_with_prices_changed(moment: datetime, client: Client) -> None:
    with time_machine.travel(moment, tick=False):
        factories.live()
    with time_machine.travel(moment + timedelta(hours=1), tick=False):
        plain, with_prices = client.get("/watched/"), client.get("/priced/")
        assert "Last-Modified" in plain.headers
        assert "Last-Modified" not in with_prices.headers
        asked = {"If-Modified-Since": plain.headers["Last-Modified"]}
        assert client.get("/watched/", headers=asked).status_code == 304
        assert client.get("/priced/", headers=asked).status_code == 200
        asked = {"If-None-Match": with_prices.headers["ETag"]}
        assert client.get("/priced/", headers=asked).status_code == 304


def test_a_cdn_keeps_no_page_with_prices(client: Client, settings: Settings) -> None:
    settings.CDN_URL, settings.CDN_TOKEN, settings.CDN_MAX_AGE = "fastly://Svc", "token", 300
    told = [client.get(path).headers for path in ("/watched/", "/priced/")]
    assert [headers["Surrogate-Control"] for headers in told] == ["max-age=300", "max-age=0"]
    assert told[1]["Cache-Control"] == "private, no-cache"


def stamp(number: int, prices: str = "") -> Stamp:
    return Stamp(NOON, f"{number}-token", number, NOON - timedelta(hours=1), prices)


def test_prices_that_change_push_nothing_out_of_memory() -> None:
    memory, plain = Memory(10**6), answer()
    memory.put(stamp(1), ("plain",), plain)
    memory.put(stamp(1, "a"), ("priced",), answer())
    size = memory.bytes
    for prices in "bcdefg":
        page = answer()
        memory.put(stamp(1, prices), ("priced",), page)
        assert memory.get(stamp(1, prices), ("priced",)) is page
    assert memory.get(stamp(1, "a"), ("priced",)) is None
    assert memory.get(stamp(1), ("priced",)) is None
    assert memory.get(stamp(1), ("plain",)) is plain
    assert (len(memory), memory.bytes) == (2, size)


def test_a_server_keeps_pages_with_prices_apart(
    moment: datetime, standing: None, client: Client, cache_server: CacheServer, settings: Settings
) -> None:
    settings.CACHE_URL = cache_server.url
    settings.CACHE_MEMORY = 0
    with time_machine.travel(moment, tick=False):
        assert numbers(Client(), "/priced/", "/priced/") == ["1", "1"]
        poll()
        assert numbers(Client(), "/priced/", "/priced/") == ["2", "2"]
