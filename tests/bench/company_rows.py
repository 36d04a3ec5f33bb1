"""Fill a site with companies, listings and prices: `python -m tests.bench.company_rows COMPANIES PRICES READ`.

It runs in the environment of a site that has stories. The first companies, which the bench reads, have five years of
closes, quotes and sixty stories each, whatever the size; all others share the rest of the prices.
"""

import sys
from datetime import UTC, datetime, timedelta
from typing import Any

#: Trading days of five years.
_FULL = 1260
_STORIES = 60
#: Closes of the listings below a key, or from it on, for so many days.
_CLOSES = """
INSERT INTO articles_dailyprice (listing_id, date, close, currency)
SELECT l.id, d.day, 100 + (l.id + d.n) %% 7, 'USD' FROM articles_listing l CROSS JOIN bench_days d
WHERE l.id {condition} %s AND l.id >= %s AND d.n < %s
"""


def fill(companies: int, prices: int, read: int) -> None:
    """Insert the rows, unless they are there."""
    from django.db import connection

    from articles.models import Company, EditionCompany, Exchange

    if Company.objects.filter(slug=f"bench-{companies}").exists():
        return
    first = (Company.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    exchange = Exchange.objects.get_or_create(
        mic="XBEN",
        defaults={
            "short_name": "BENCH",
            "name": "Bench",
            "time_zone": "America/New_York",
            "hours": {"regular": [["09:30", "16:00"]]},
        },
    )[0]
    keys = range(first, first + companies)
    Company.objects.bulk_create(
        [
            Company(pk=key, name=f"Bench {n}", slug=f"bench-{n}", filed_as=f"bench {n}", from_reference=True)
            for n, key in enumerate(keys, start=1)
        ],
        batch_size=5000,
    )
    listings = _list(list(keys), exchange)
    named = list(keys[:read])
    EditionCompany.objects.bulk_create(_naming(named), batch_size=5000)
    _price(listings, prices, 2 * read)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _list(companies: list[int], exchange: Any) -> list[int]:
    from articles.models import Listing

    made = Listing.objects.bulk_create(
        [
            Listing(company_id=key, exchange=exchange, symbol=f"B{key}{share}", currency="USD", is_primary=not share)
            for key in companies
            for share in ("", "X")
        ],
        batch_size=5000,
    )
    return [listing.pk for listing in made]


def _naming(companies: list[int]) -> list[Any]:
    """Return rows of the index by which each company is in the newest stories, every other time as their subject."""
    from articles.models import Edition, EditionCompany

    editions = list(
        Edition.objects.live(datetime.now(UTC)).order_by("-first_published_at")[: _STORIES + len(companies)]
    )
    return [
        EditionCompany(
            edition=edition,
            article_id=edition.article_id,
            first_published_at=edition.first_published_at,
            company_id=company,
            role="subject" if number % 2 else "mentioned",
            position=90,
        )
        for place, company in enumerate(companies)
        for number, edition in enumerate(editions[place : place + _STORIES])
    ]


def _price(listings: list[int], prices: int, full: int) -> None:
    """Store closes and quotes: five years for the first listings, and the rest of the prices for the others."""
    from django.db import connection

    from articles.models import Quote

    now = datetime.now(UTC)
    days = [
        (now - timedelta(days=n)).date() for n in range(1, int(_FULL * 1.5)) if (now - timedelta(days=n)).weekday() < 5
    ]
    rest = max(1, (prices - full * _FULL) // max(1, len(listings) - full))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_days (n integer, day date)")
        cursor.executemany("INSERT INTO bench_days VALUES (%s, %s)", list(enumerate(days[:_FULL])))
        for condition, many in (("<", _FULL), (">=", rest)):
            cursor.execute(_CLOSES.format(condition=condition), (listings[full], listings[0], many))
    Quote.objects.bulk_create(
        [
            Quote(
                listing_id=listing,
                price=101,
                previous_close=100,
                currency="USD",
                as_of=now - timedelta(hours=n),
                received_at=now - timedelta(hours=n),
                provider="bench",
            )
            for listing in listings
            for n in range(1, 4)
        ],
        batch_size=5000,
    )


if __name__ == "__main__":
    import django

    django.setup()
    fill(*map(int, sys.argv[1:]))
