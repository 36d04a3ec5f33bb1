"""The next flip is exactly where the public stamp changes with nobody writing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from articles import reading, workflow
from articles.models import Listing, PersonRole
from articles.models.stamp import INSTANTS, NEWS_AGE
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
MIDNIGHT = datetime(2026, 6, 2, tzinfo=UTC)


def _scheduled() -> datetime:
    factories.scheduled(at=NOON - HOUR, live_from=NOON + HOUR)
    return NOON + HOUR


def _expiring() -> datetime:
    story = factories.live(at=NOON - 2 * HOUR)
    with clock_at(NOON - HOUR):
        workflow.expire(story, by=factories.person(Role.PUBLISHER), expires_at=NOON + HOUR)
    return NOON + HOUR


def _no_longer_news() -> datetime:
    factories.live(at=NOON + HOUR - NEWS_AGE)
    return NOON + HOUR + TICK


def _listed() -> datetime:
    factories.company("Alibaba Group", "NYSE:BABA")
    Listing.objects.update(listed_on=MIDNIGHT.date())
    return MIDNIGHT


def _delisted() -> datetime:
    factories.company("Alibaba Group", "NYSE:BABA")
    Listing.objects.update(listed_on=NOON.date(), delisted_on=MIDNIGHT.date())
    return MIDNIGHT


def _appointed() -> datetime:
    _role(since_on=MIDNIGHT.date())
    return MIDNIGHT


def _resigned() -> datetime:
    _role(since_on=NOON.date(), until_on=MIDNIGHT.date())
    return MIDNIGHT


def _role(**days: date) -> None:
    PersonRole.objects.create(person=factories.somebody(), body="Treasury", title="minister", **days)


#: What makes each kind of instant the next one after noon, by the noun and the field that have it.
COMING: dict[tuple[str, str], Any] = {
    ("edition", "live_from"): _scheduled,
    ("edition", "expires_at"): _expiring,
    ("edition", "first_published_at"): _no_longer_news,
    ("listing", "listed_on"): _listed,
    ("listing", "delisted_on"): _delisted,
    ("personrole", "since_on"): _appointed,
    ("personrole", "until_on"): _resigned,
}


def test_every_kind_of_instant_is_tried() -> None:
    assert {(instant.noun, instant.field) for instant in INSTANTS} == set(COMING)


@pytest.mark.parametrize("kind", COMING, ids="-".join)
def test_the_stamp_stands_still_until_the_next_flip_and_not_beyond(kind: tuple[str, str]) -> None:
    flip = COMING[kind]()

    found = reading.next_flip(NOON)

    assert found == flip
    assert reading.stamp(flip - TICK) == reading.stamp(NOON)
    assert reading.stamp(flip) != reading.stamp(NOON)
    assert reading.next_flip(flip - TICK) == flip
    assert reading.next_flip(flip) != flip


def test_the_first_of_several_counts() -> None:
    for hours in (3, 1, 2):
        factories.scheduled(at=NOON - HOUR, live_from=NOON + hours * HOUR)

    assert [reading.next_flip(NOON + hours * HOUR) for hours in range(3)] == [
        NOON + HOUR,
        NOON + 2 * HOUR,
        NOON + 3 * HOUR,
    ]


def test_with_nothing_to_come_there_is_none() -> None:
    assert reading.next_flip(NOON) is None

    factories.live(at=NOON - NEWS_AGE - HOUR)
    assert reading.next_flip(NOON) is None


def test_one_query_by_indexes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1) as asked:
        reading.next_flip(NOON)

    sql = asked.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    assert plan.lower().count("index") >= len(INSTANTS), plan
    assert "SCAN articles_edition" not in plan.replace("USING", "\nUSING"), plan
    assert "Seq Scan" not in plan, plan
