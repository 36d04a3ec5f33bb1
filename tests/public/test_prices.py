"""The prices of now as JSON, and the prices that a story was published with."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import paths
from articles.models import Edition, Fragment, Listing
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def baba() -> Listing:
    factories.company("Alibaba", "NYSE:BABA", "HKEX:9988")
    return factories.listing("NYSE:BABA")


def published(listed: Listing, **content: Any) -> Edition:
    found: Edition = factories.live(companies=[listed.company], **content).editions.get()
    return found


def asked(client: Client, query: str) -> Any:
    response = client.get(f"{paths.PRICES}?{query}")
    assert response.status_code == 200
    return response.json()


def test_a_story_says_what_its_companies_trade_at(client: Client, baba: Listing) -> None:
    edition = published(baba)
    as_of = timezone.now().replace(microsecond=0) - timedelta(minutes=2)
    factories.quote(baba, "86.10", as_of=as_of, received_at=timezone.now(), delay_minutes=15)

    document = asked(client, f"story={edition.public_key}")

    assert document["prices"] == [
        {
            "listing": baba.pk,
            "ticker": "NYSE:BABA",
            "price": "86.1",
            "unit": "USD",
            "change": document["prices"][0]["change"],
            "percent": "-1.2048",
            "direction": "down",
            "as_of": as_of.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "on": as_of.astimezone(UTC).date().isoformat(),
            "delay_minutes": 15,
            "stale": False,
            "words": {"price": "$86.10", "change": "down 1.2%", "note": "delayed by 15 minutes"},
        }
    ]
    assert Decimal(document["prices"][0]["change"]) == Decimal("-1.05")
    assert datetime.fromisoformat(document["at"]).second == 0
    assert asked(client, f"story={edition.public_key.upper()}") == document


def test_listings_can_be_named(client: Client, baba: Listing) -> None:
    published(baba)
    factories.quote(baba, "86.10")
    other = factories.listing("HKEX:9988")
    factories.quote(other, "82.5", currency="HKD", previous_close=None)
    found = asked(client, f"listings={other.pk},{baba.pk},{baba.pk},99999999")["prices"]
    assert [(price["listing"], price["words"]["price"]) for price in found] == [
        (baba.pk, "$86.10"),
        (other.pk, "HK$82.50"),
    ]
    assert (found[1]["change"], found[1]["percent"], found[1]["words"]["change"]) == (None, None, "")


def test_listings_can_be_named_by_their_tickers(client: Client, baba: Listing) -> None:
    factories.quote(baba, "86.10")
    assert asked(client, "listings=NYSE:BABA")["prices"] == []
    published(baba)
    both = asked(client, f"listings={baba.pk},NYSE:BABA,HKEX:BABA,NYSE:NONE")["prices"]
    assert [(price["listing"], price["ticker"]) for price in both] == [(baba.pk, "NYSE:BABA")]
    assert asked(client, "listings=HKEX%3A9988")["prices"] == []


def test_a_company_that_readers_cannot_see_has_no_prices(client: Client, baba: Listing) -> None:
    factories.quote(baba, "86.10")
    assert asked(client, f"listings={baba.pk}")["prices"] == []
    published(baba)
    assert len(asked(client, f"listings={baba.pk}")["prices"]) == 1


def test_a_price_that_is_not_current_says_so(client: Client, baba: Listing) -> None:
    published(baba)
    factories.quote(baba, "86.10", as_of=timezone.now() - timedelta(days=30))
    (price,) = asked(client, f"listings={baba.pk}")["prices"]
    assert price["stale"]
    assert price["words"]["note"] == "not current: nothing newer has come in"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("listings=", 400),
        ("listings=x", 400),
        ("listings=NYSE:", 400),
        ("listings=A:B:C", 400),
        ("listings=NYSE:%00", 400),
        ("listings=0", 400),
        ("listings=-1", 400),
        ("listings=1,", 400),
        ("listings=1;2", 400),
        ("listings=١", 400),
        ("listings=9999999999", 400),
        (f"listings={','.join(map(str, range(1, 22)))}", 400),
        ("story=zzzzzzzz", 404),
        ("story=x", 404),
        ("story=%00", 404),
        ("story=a-zzzzzzzz", 404),
    ],
)
def test_what_is_not_asked_properly_is_refused(client: Client, query: str, status: int) -> None:
    response = client.get(f"{paths.PRICES}?{query}")
    assert response.status_code == status
    assert set(response.json()) == {"error"}
    assert response.headers["Content-Type"] == "application/json"


def test_prices_are_kept_until_they_change(client: Client, baba: Listing) -> None:
    edition = published(baba)
    factories.quote(baba, "86.10")
    address = f"{paths.PRICES}?story={edition.public_key}"
    first = client.get(address)
    assert first.headers["ETag"]
    assert not first.cookies
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code in (200, 304)
    factories.quote(baba, "90", provider="another")
    assert client.get(address).json()["prices"][0]["words"]["price"] == "$90.00"


def test_a_story_prints_what_was_known_when_it_came_out(client: Client, baba: Listing) -> None:
    now = timezone.now()
    factories.quote(baba, "86.10", as_of=now - 2 * HOUR)
    edition = published(baba, at=now - HOUR)
    factories.quote(baba, "50", as_of=now - timedelta(minutes=5))

    page = client.get(edition.path).content.decode()

    assert ">$86.10</data>" in page
    assert "down 1.2%" in page
    assert 'aria-hidden="true">▼' in page
    assert f'data-now="{baba.pk}"></p>' in page
    assert "$50" not in page
    assert "js/prices" in page


def test_a_fragment_holds_no_price(client: Client, baba: Listing) -> None:
    now = timezone.now()
    factories.quote(baba, "86.10", as_of=now - 2 * HOUR)
    edition = published(baba, at=now - HOUR)
    assert "$86.10" not in Fragment.objects.get(pk=edition.pk).main
    assert "$86.10" in client.get(edition.path).content.decode()


def test_a_scheduled_story_prints_what_is_known_when_it_comes_out(client: Client, baba: Listing) -> None:
    flip = timezone.now() - timedelta(minutes=10)
    article = factories.live(at=flip, companies=[baba.company])
    edition = article.editions.get()
    factories.quote(baba, "81", as_of=flip - timedelta(minutes=5))
    assert ">$81.00</data>" in client.get(edition.path).content.decode()


def test_a_correction_leaves_the_price_at_publication_alone(client: Client, baba: Listing) -> None:
    from articles import workflow
    from newsroom.roles import Role

    now = timezone.now()
    factories.quote(baba, "86.10", as_of=now - 2 * HOUR)
    article = factories.live(at=now - HOUR, companies=[baba.company])
    factories.quote(baba, "50", as_of=now - timedelta(minutes=5))
    article = factories.rewrite(article, standfirst="Corrected.")
    workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="It was wrong.")
    page = client.get(article.editions.latest("live_from").path).content.decode()
    assert ">$86.10</data>" in page
    assert "$50" not in page


def test_only_a_story_with_a_listed_company_asks_for_prices(client: Client, baba: Listing) -> None:
    def questions(edition: Edition) -> list[str]:
        client.get("/feeds/")
        with CaptureQueriesContext(connection) as captured:
            client.get(edition.path)
        return [query["sql"] for query in captured if "articles_quote" in query["sql"]]

    private = factories.live(companies=[factories.company("DeepSeek")]).editions.get()
    assert questions(private) == []
    assert len(questions(published(baba))) == 1


def test_a_story_without_companies_has_no_script(client: Client) -> None:
    page = client.get(factories.live().editions.get().path).content.decode()
    assert "js/prices" not in page
    assert json.dumps("data-now") not in page


def test_a_poll_leaves_the_page_of_a_story_alone(client: Client, baba: Listing) -> None:
    edition = published(baba)
    tag = client.get(edition.path).headers["ETag"]
    factories.quote(baba, "86.10")
    assert client.get(edition.path, headers={"If-None-Match": tag}).status_code == 304
