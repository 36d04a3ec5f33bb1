"""A market for the tests: an exchange with hours, a listed company, prices and rates around one Tuesday."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from articles.models import Company, DailyPrice, Exchange, ExchangeDay, Listing, Quote, ReferenceRate
from articles.quality.copy import Copy
from articles.text.mark_forms import Statement
from tests import factories

TUESDAY = date(2026, 11, 24)
#: 15:00 in New York.
NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
#: 12:50 in New York.
AS_OF = datetime(2026, 11, 24, 17, 50, tzinfo=UTC)
_HOURS = {"regular": [["09:30", "16:00"]], "pre": ["04:00", "09:30"], "post": ["16:00", "20:00"]}


def listing(name: str = "Alibaba Group", ticker: str = "NYSE:BABA") -> Listing:
    """Make a company and return its listing on an exchange with hours, closed on Thanksgiving and half a day after."""
    company: Company = factories.company(name, ticker)
    made: Listing = Listing.objects.select_related("exchange", "company").get(company=company)
    exchange: Exchange = made.exchange
    exchange.hours = _HOURS
    exchange.currency = "USD"
    exchange.save()
    for day, closes_at in ((date(2026, 11, 26), None), (date(2026, 11, 27), time(13, 0))):
        ExchangeDay.objects.get_or_create(exchange=exchange, date=day, defaults={"closes_at": closes_at})
    return made


def closed(listing: Listing, day: date, price: str, currency: str = "USD") -> None:
    """Store at what a listing closed on a day."""
    DailyPrice.objects.create(listing=listing, date=day, close=Decimal(price), currency=currency)


def quoted(listing: Listing, at: datetime, price: str, previous: str | None = None, currency: str = "USD") -> None:
    """Store a quote."""
    Quote.objects.create(
        listing=listing,
        price=Decimal(price),
        previous_close=Decimal(previous) if previous else None,
        currency=currency,
        as_of=at,
        received_at=at,
        provider="test",
    )


def rates(**units: str) -> None:
    """Store units for a euro on the Tuesday and the Monday before."""
    for currency, rate in units.items():
        for day in (date(2026, 11, 23), TUESDAY):
            ReferenceRate.objects.create(currency=currency, date=day, rate=Decimal(rate))


def down(listing: Listing, value: str = "1.2", as_of: datetime | None = AS_OF, **changes: str) -> Statement:
    """Return that a listing was down by so many percent."""
    said = {"measure": "change-percent", "direction": "down", "session": "regular", "unit": ""} | changes
    return Statement(listing.pk, value=value, as_of=as_of, **said)


def copy_of(body: str, headline: str = "", at: datetime = NOW) -> Copy:
    """Return the copy of a headline and a body."""
    return Copy.of({"headline": headline, "body": body}, at)
