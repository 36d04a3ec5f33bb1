"""Which security a symbol means on a day."""

from datetime import date

import pytest

from articles.models import Exchange, Listing
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2022, 6, 9)


def listed(symbol: str, listed_on: date | None, delisted_on: date | None, company: str = "") -> Listing:
    return Listing.objects.create(
        company=factories.company(company),
        exchange=factories.exchange("NASDAQ"),
        symbol=symbol,
        listed_on=listed_on,
        delisted_on=delisted_on,
    )


def test_listing_lasts_until_the_day_before_its_end() -> None:
    old, new = listed("FB", None, DAY), listed("FB", DAY, None)

    found = [list(Listing.objects.called("XNAS", "FB", day)) for day in (date(2022, 6, 8), DAY, date(2030, 1, 1))]

    assert found == [[old], [new], [new]]
    assert list(Listing.objects.on(date(2000, 1, 1))) == [old]


def test_symbol_is_found_in_any_spelling_and_the_very_one_first() -> None:
    dotted, dashed = listed("BRK.B", None, None), listed("BRK-B", None, None)

    assert list(Listing.objects.spelled("BRK-B")) == [dashed, dotted]
    assert list(Listing.objects.spelled("BRK/B")) == [dotted, dashed]
    assert not Listing.objects.spelled("BRK.A").exists()


def test_symbol_is_one_of_its_exchange() -> None:
    listed("ACM", None, None)

    assert not Listing.objects.called("XNYS", "ACM", DAY).exists()
    assert Listing.objects.called("XNAS", "ACM", DAY).exists()


def test_exchange_has_a_calendar_of_its_hours_and_days() -> None:
    exchange = factories.exchange("NYSE")
    Exchange.objects.filter(pk=exchange.pk).update(hours={"regular": [["09:30", "16:00"]]})
    exchange.refresh_from_db()
    exchange.days.create(date=date(2026, 11, 26), name="Thanksgiving")
    exchange.days.create(date=date(2026, 11, 28), name="Saturday session", hours=[["10:00", "12:00"]])

    calendar = exchange.calendar()

    assert calendar is not None
    assert list(calendar.trading_days(date(2026, 11, 25), date(2026, 11, 30))) == [
        date(2026, 11, 25), date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 30),
    ]  # fmt: skip
