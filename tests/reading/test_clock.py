"""With CLOCK=database, what happens at an instant does not depend on the clock of any machine."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from articles import reading, workflow
from articles.models import Edition, Listing
from articles.workflow import clock
from tests.factories import approved, company, live
from tests.workflow.desk import publisher

pytestmark = [pytest.mark.django_db, pytest.mark.needs_postgres]

WRONG = timedelta(days=30)
SOON = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    """Leave the clock as it is: it is what is looked at."""


@pytest.fixture(autouse=True)
def _one_clock(settings: Settings) -> None:
    settings.CLOCK = "database"


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
        return moment


CLOCKS: dict[str, Any] = {
    "verbs": clock.now,
    "readers": reading.now,
    "stamp": lambda: reading.present_stamp().at,
}


@pytest.mark.parametrize("name", CLOCKS)
def test_machine_with_another_clock_is_right(name: str) -> None:
    with time_machine.travel(timezone.now() - WRONG):
        before, read, after = database_now(), CLOCKS[name](), database_now()

        assert timezone.now() < before - WRONG / 2
        assert before <= read <= after
        assert read.tzname() == "UTC"


@pytest.mark.parametrize("name", CLOCKS)
def test_machine_asks_nobody_by_default(name: str, settings: Settings) -> None:
    settings.CLOCK = "machine"
    moment = timezone.now() - WRONG
    with time_machine.travel(moment, tick=False):
        assert CLOCKS[name]() == moment


def test_verbs_believe_what_they_are_told() -> None:
    moment = timezone.now() - WRONG
    with clock.clock_at(moment):
        assert clock.now() == moment


def test_present_stamp_is_the_one_of_its_instant(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """With something behind every kind of instant, the clock read and the stamp told by one question."""
    long_ago, today = timezone.now() - timedelta(days=3), timezone.now().date()
    live(at=long_ago)
    with clock.clock_at(long_ago):
        workflow.release(approved(), by=publisher(), expires_at=long_ago + timedelta(days=1))
    company("Firm", "NYSE:FIRM")
    Listing.objects.update(listed_on=today - timedelta(days=3), delisted_on=today)

    with django_assert_num_queries(1):
        present = reading.present_stamp()

    assert present == reading.stamp(present.at)
    assert present.changed_at is not None
    assert present.token != reading.stamp(long_ago).token


def test_flip_is_seen_at_its_microsecond() -> None:
    workflow.release(approved(), by=publisher(), at=clock.now() + SOON)
    flip = Edition.objects.get().live_from
    stamps = [reading.present_stamp()]
    while stamps[-1].at < flip + SOON / 10:
        stamps.append(reading.present_stamp())

    assert {stamp.token for stamp in stamps if stamp.at < flip} == {stamps[0].token}
    assert {stamp.token for stamp in stamps if stamp.at >= flip} == {reading.stamp(flip).token} != {stamps[0].token}
    assert stamps[-1].changed_at == flip
