"""The price stamp under transactions that overlap: each is told in the order of the commits, and none deadlocks."""

import threading
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import Company, DailyPrice, Listing, Quote
from tests.factories import company
from tests.models.stamps import PATIENCE, aside, seen
from tests.models.test_price_stamp import DAY, prices

pytestmark = [pytest.mark.django_db(transaction=True)]


def listings(number: int) -> list[Listing]:
    made = company("", *[f"NYSE:S{n}" for n in range(number)])
    return list(Listing.objects.filter(company=made).order_by("pk"))


def quote(listing: Listing, provider: str, seconds: int = 0) -> None:
    now = timezone.now()
    as_of = now + timedelta(seconds=seconds)
    Quote.objects.create(
        listing=listing, price=Decimal(80), currency="USD", as_of=as_of, received_at=now, provider=provider
    )


@pytest.mark.needs_postgres
def test_a_transaction_that_commits_late_is_told_when_it_commits() -> None:
    (listing,) = listings(1)
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            quote(listing, "slow")
            begun.set()
            assert go_on.wait(PATIENCE)

    public, before = seen(), prices()
    with aside(slow):
        assert begun.wait(PATIENCE)
        # The first one holds no row of the stamp: this one waits for nobody.
        quote(listing, "quick")
        quick = prices()
        assert list(Quote.objects.values_list("provider", flat=True)) == ["quick"]
        go_on.set()
    assert len({before, quick, prices()}) == 3
    assert seen() == public


@pytest.mark.needs_postgres
@pytest.mark.parametrize("_round", range(5))
def test_two_pollers_and_a_loader_do_not_deadlock(_round: int) -> None:
    rows = listings(6)
    together = threading.Barrier(3)

    def poll(provider: str, order: list[Listing]) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic():
                for listing in order:
                    quote(listing, provider)
                together.wait(PATIENCE)

        return act

    def load() -> None:
        with transaction.atomic():
            DailyPrice.objects.bulk_create([DailyPrice(listing=row, date=DAY, close=1, currency="USD") for row in rows])
            together.wait(PATIENCE)

    with aside(poll("one", rows), poll("two", rows[::-1]), load):
        pass
    assert (Quote.objects.count(), DailyPrice.objects.count()) == (12, 6)


@pytest.mark.needs_postgres
@pytest.mark.parametrize("_round", range(5))
def test_prices_and_nouns_in_either_order_do_not_deadlock(_round: int) -> None:
    first, second = listings(2)
    together = threading.Barrier(2)

    def prices_first() -> None:
        with transaction.atomic():
            quote(first, "one")
            Company.objects.filter(pk=first.company_id).update(description="One.")
            together.wait(PATIENCE)

    def nouns_first() -> None:
        other = company()
        with transaction.atomic():
            Company.objects.filter(pk=other.pk).update(description="Two.")
            quote(second, "two")
            together.wait(PATIENCE)

    public = seen()
    with aside(prices_first, nouns_first):
        pass
    assert seen().counter == public.counter + 2


@pytest.mark.needs_postgres
def test_a_poll_does_not_deadlock_with_who_deletes_a_listing() -> None:
    first, second = listings(2)
    deleted, go_on = threading.Event(), threading.Event()

    def delete() -> None:
        with transaction.atomic():
            DailyPrice.objects.create(listing=first, date=DAY, close=1, currency="USD")
            second.delete()
            deleted.set()
            assert go_on.wait(PATIENCE)

    def poll() -> None:
        assert deleted.wait(PATIENCE)
        with transaction.atomic():
            quote(first, "one")
            go_on.set()

    with aside(delete, poll):
        pass
    assert Quote.objects.count() == 1


def test_prices_that_are_rolled_back_leave_the_stamp_alone() -> None:
    (listing,) = listings(1)
    before = prices()
    with transaction.atomic():
        quote(listing, "one")
        transaction.set_rollback(True)
    assert prices() == before
