"""The stamp that readers' pages are kept under: what changes it, and what does not."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import reading, workflow
from articles.models import Author, Edition, Listing, PersonRole
from articles.models.stamp import INSTANTS, NEWS_AGE, Instant, PublicStamp
from articles.public import sitemaps
from articles.reading.database import reading_from
from articles.reading.stamp import _in_transaction
from articles.records import CompanyProfile
from tests.factories import approved, company, live, somebody, topic
from tests.workflow.desk import DAY, HOUR, MINUTE, TICK, publisher

pytestmark = pytest.mark.django_db

HALF = 30 * MINUTE


@pytest.fixture(autouse=True)
def _at_noon() -> None:
    """Leave the clock of the verbs as it is: what waits is told by the clock of the database."""


def _edition() -> Any:
    story, live_from = approved(companies=[company()], topics=[topic()]), timezone.now() + HOUR
    workflow.release(story, by=publisher(), at=live_from, expires_at=live_from + 3 * HOUR)
    return Edition.objects.get()


def _listing() -> Any:
    day = timezone.now().date()
    firm = company("Firm", "NYSE:FIRM", from_reference=True)
    Listing.objects.update(listed_on=day + timedelta(3), delisted_on=day + timedelta(5))
    return firm.listings.get()


def _role() -> Any:
    day = timezone.now().date()
    return PersonRole.objects.create(
        person=somebody(), body="Treasury", title="minister", since_on=day + timedelta(3), until_on=day + timedelta(5)
    )


ROWS: dict[str, Callable[[], Any]] = {"edition": _edition, "listing": _listing, "personrole": _role}


def _instant(noun: str, field: str) -> Instant:
    return next(instant for instant in INSTANTS if (instant.noun, instant.field) == (noun, field))


def _moment(instant: Instant, row: Any) -> datetime:
    value = getattr(row, instant.field)
    if not isinstance(value, datetime):
        assert isinstance(value, date)
        value = datetime.combine(value, time(), UTC)
    return value + instant.after


@pytest.mark.parametrize("instant", INSTANTS, ids=lambda instant: f"{instant.noun}.{instant.field}")
def test_instant_changes_the_stamp_with_no_write_and_not_a_tick_before(instant: Instant) -> None:
    moment = _moment(instant, ROWS[instant.noun]())
    early, before, then, later = (reading.stamp(at) for at in (moment - HALF, moment - TICK, moment, moment + HALF))
    assert early == before != then == later
    assert before.token != then.token
    assert before.counter == then.counter == later.counter
    assert before.changed_at is None or before.changed_at < moment
    assert then.changed_at == later.changed_at == moment


def test_story_leaves_the_news_sitemap_at_its_instant() -> None:
    story = live()
    moment = _moment(_instant("edition", "first_published_at"), Edition.objects.get(article=story))
    assert sitemaps.NEWS_AGE == NEWS_AGE

    def listed(at: datetime) -> list[str]:
        return [card.headline for card in reading.sitemap_news(at - NEWS_AGE, at)]

    assert (listed(moment - TICK), listed(moment)) == ([story.headline], [])


def test_listing_begins_and_ends_at_midnight_utc() -> None:
    row = _listing()

    def shown(at: datetime) -> int:
        profile = reading.company("firm", at)
        assert isinstance(profile, CompanyProfile)
        return len(profile.listings)

    begins, ends = (_moment(_instant("listing", name), row) for name in ("listed_on", "delisted_on"))
    assert [shown(at) for at in (begins - TICK, begins, ends - TICK, ends)] == [0, 1, 1, 0]


def test_zone_of_the_instant_does_not_matter() -> None:
    moment = _moment(_instant("listing", "listed_on"), _listing())
    for at in (moment - TICK, moment):
        assert reading.stamp(at.astimezone(ZoneInfo("America/New_York"))) == reading.stamp(at)


def test_instant_of_the_question_is_no_part_of_what_is_compared() -> None:
    live()
    at = timezone.now()
    one, other = reading.stamp(at), reading.stamp(at + HALF)
    assert (one.at, other.at) == (at, at + HALF)
    assert one == other
    assert hash(one) == hash(other)


def test_nothing_has_ever_been_public() -> None:
    stamp = reading.stamp(timezone.now())
    assert (stamp.counter, stamp.changed_at) == (0, None)
    assert stamp == reading.stamp(timezone.now() + DAY)


def test_last_change_is_a_write_or_an_instant_that_came() -> None:
    edition = _edition()
    stored = reading.stamp(edition.live_from - TICK)
    assert stored.changed_at is None
    assert reading.stamp(edition.live_from).changed_at == edition.live_from
    Author.objects.update(name="Other")
    written = reading.stamp(edition.live_from - TICK)
    assert written.changed_at == PublicStamp.objects.get().changed_at
    assert reading.stamp(edition.live_from).changed_at == edition.live_from


def test_token_is_short_and_plain() -> None:
    live()
    token = reading.stamp(timezone.now()).token
    assert token.isascii()
    assert token.replace("-", "").isalnum()
    assert len(token) <= 40


def test_stamp_is_one_query_and_no_transaction() -> None:
    at = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        reading.stamp(at)
    assert len(queries) == 1


def test_stamp_is_always_that_of_the_primary() -> None:
    live()
    at = timezone.now()
    expected = reading.stamp(at)
    with reading_from("a replica that does not exist"):
        assert reading.stamp(at) == expected


def test_stamp_is_read_along_indexes() -> None:
    live(companies=[company("", "NYSE:BABA")])
    with CaptureQueriesContext(connection) as queries:
        reading.stamp(timezone.now())
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("EXPLAIN QUERY PLAN " + queries[0]["sql"])
            steps = [row[3] for row in cursor.fetchall()]
            walks = [step for step in steps if "articles_" in step]
            assert [step for step in walks if not step.startswith("SEARCH")] == []
        else:
            # A table of a few rows is read whole, unless that is made dear.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("EXPLAIN " + queries[0]["sql"])
            steps = [row[0] for row in cursor.fetchall()]
            walks = [step for step in steps if " on articles_" in step]
            assert [step for step in walks if "Index Only Scan" not in step and "publicstamp" not in step] == []
    assert len(walks) == len(INSTANTS) + 1


@pytest.fixture
def _as_on_a_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the transaction around a test count as one."""
    monkeypatch.setattr(import_module("articles.reading.stamp"), "_in_transaction", _in_transaction)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_as_on_a_site")
def test_what_is_read_in_a_transaction_is_not_kept() -> None:
    assert reading.trustworthy()
    with transaction.atomic():
        assert not reading.trustworthy()
        with transaction.atomic():
            assert not reading.trustworthy()
        assert not reading.trustworthy()
    assert reading.trustworthy()


@pytest.mark.usefixtures("_as_on_a_site")
def test_transaction_around_a_test_is_one() -> None:
    assert not reading.trustworthy()


def test_transaction_around_a_test_counts_as_none() -> None:
    assert connection.in_atomic_block
    assert reading.trustworthy()
    with transaction.atomic():
        assert not reading.trustworthy()
    assert reading.trustworthy()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_as_on_a_site")
def test_transaction_of_the_primary_is_what_counts() -> None:
    with reading_from("a replica that does not exist"), transaction.atomic(using=DEFAULT_DB_ALIAS):
        assert not reading.trustworthy()
