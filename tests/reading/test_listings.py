"""A listing is printed from its first day to its last."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles import reading
from articles.models import Edition, Listing
from articles.records import CompanyProfile, Story
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("listed_on", "delisted_on", "ticker"),
    [
        (None, None, "NYSE:BABA"),
        (DAY, None, "NYSE:BABA"),
        (DAY + timedelta(days=1), None, ""),
        (None, DAY + timedelta(days=1), "NYSE:BABA"),
        (None, DAY, ""),
    ],
)
def test_a_ticker_is_printed_while_it_trades(listed_on: date | None, delisted_on: date | None, ticker: str) -> None:
    company = factories.company("Alibaba", "NYSE:BABA")
    Listing.objects.filter(company=company).update(listed_on=listed_on, delisted_on=delisted_on)
    article = factories.live(companies=[company], at=AT - timedelta(hours=1))

    story = reading.story(Edition.objects.get(article=article).public_key, AT)
    profile = reading.company("alibaba", AT)
    feed = reading.feed(AT)

    assert isinstance(story, Story)
    assert isinstance(profile, CompanyProfile)
    assert [one.ticker for one in story.companies] == [ticker]
    assert [one.ticker for one in feed.items[0].companies] == [ticker]
    assert [one.ticker for one in profile.listings] == [ticker] * bool(ticker)


def test_a_company_that_moves_has_the_ticker_of_the_day() -> None:
    company = factories.company("Alibaba", "NYSE:BABA")
    Listing.objects.filter(company=company).update(delisted_on=DAY)
    Listing.objects.create(
        company=company, exchange=factories.exchange("NASDAQ"), symbol="BABA", is_primary=True, listed_on=DAY
    )
    article = factories.live(companies=[company], at=AT - timedelta(days=2))
    key = Edition.objects.get(article=article).public_key

    days = [reading.story(key, at) for at in (AT - timedelta(days=1), AT)]

    assert [day.companies[0].ticker for day in days if isinstance(day, Story)] == ["NYSE:BABA", "NASDAQ:BABA"]
