"""What a CDN is told of an answer: never longer than until the next flip, and never to give out what is stale."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from pytest_django import Settings

from articles import reading, workflow
from articles.models import Listing
from articles.public import cdn
from newsroom.roles import Role
from tests import factories
from tests.canaries import at_instant

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _fastly(settings: Settings) -> None:
    settings.CDN_URL, settings.CDN_TOKEN, settings.CDN_MAX_AGE = "fastly://Svc", "token", 300


def told(response: HttpResponse | None = None, *, made_at: datetime = NOON, sent_at: datetime = NOON) -> HttpResponse:
    """Return an answer that was made for an instant and is sent at another, with its headers."""
    response = response or HttpResponse("page")
    with at_instant(made_at):
        stamp = reading.stamp(made_at)
    with at_instant(sent_at):
        cdn.headers(response, stamp)
    return response


def kept_for(response: HttpResponse) -> int:
    """Return for how many seconds Fastly would keep an answer."""
    kept = response.headers["Surrogate-Control"].removeprefix("max-age=")
    assert response.headers["Cache-Control"] == ("private, no-cache" if kept == "0" else "no-cache")
    return int(kept)


def test_without_a_cdn_nothing_is_said(settings: Settings) -> None:
    settings.CDN_URL = ""
    response = HttpResponse("page", headers={"Cache-Control": "no-cache"})

    assert dict(told(response).headers) == {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-cache"}


def test_with_nothing_to_come_an_answer_is_kept_for_the_longest_time(settings: Settings) -> None:
    assert kept_for(told()) == 300

    settings.CDN_MAX_AGE = 60
    assert kept_for(told()) == 60


@pytest.mark.parametrize(
    ("ahead", "seconds"),
    [
        (305 * SECOND, 300),
        (304 * SECOND, 299),
        (304 * SECOND - timedelta(microseconds=1), 298),
        (6 * SECOND, 1),
        (6 * SECOND - timedelta(microseconds=1), 0),
        (5 * SECOND, 0),
        (1 * SECOND, 0),
    ],
)
def test_nothing_is_kept_beyond_the_next_flip_and_the_time_under_way(ahead: timedelta, seconds: int) -> None:
    factories.scheduled(at=NOON - timedelta(hours=1), live_from=NOON + ahead)

    assert kept_for(told()) == seconds


def test_how_long_counts_from_when_it_is_sent() -> None:
    factories.scheduled(at=NOON - timedelta(hours=1), live_from=NOON + 100 * SECOND)

    assert kept_for(told(sent_at=NOON)) == 95
    assert kept_for(told(sent_at=NOON + 3 * SECOND)) == 92


def test_what_took_long_to_make_is_not_kept() -> None:
    assert kept_for(told(sent_at=NOON + 5 * SECOND)) == 300
    assert kept_for(told(sent_at=NOON + 5 * SECOND + timedelta(microseconds=1))) == 0


def test_an_answer_that_is_used_again_is_told_anew() -> None:
    factories.scheduled(at=NOON - timedelta(hours=1), live_from=NOON + 100 * SECOND)
    response = told()

    assert kept_for(response) == 95
    assert kept_for(told(response, made_at=NOON + 50 * SECOND, sent_at=NOON + 50 * SECOND)) == 45


def test_inside_a_transaction_nothing_is_kept() -> None:
    with transaction.atomic():
        assert kept_for(told()) == 0


@pytest.mark.parametrize("status", [200, 301, 302, 304, 404, 410])
def test_answers_that_cdns_keep_are_tagged(status: int) -> None:
    response = told(HttpResponse(status=status))

    assert kept_for(response) == 300
    assert response.headers["Surrogate-Key"] == "lists site"


@pytest.mark.parametrize("status", [206, 400, 405, 500, 503])
def test_other_answers_are_left_alone(status: int) -> None:
    response = HttpResponse(status=status, headers={"Cache-Control": "no-store"})

    assert told(response).headers["Cache-Control"] == "no-store"
    assert "Surrogate-Control" not in response.headers


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "no-store"},
        {"Cache-Control": "max-age=0, Private"},
        {"X-Accel-Redirect": "/protected-media/pictures/x.jpg"},
    ],
)
def test_what_no_cache_may_keep_is_not_kept(headers: dict[str, str]) -> None:
    response = told(HttpResponse("page", headers=headers))

    assert kept_for(response) == 0
    assert "Surrogate-Key" not in response.headers


def test_an_answer_has_the_tags_that_its_view_gave_it() -> None:
    response = cdn.tag(HttpResponse("page"), *cdn.story("abcd2345", 3, is_picked=False))

    assert told(response).headers["Surrogate-Key"] == "section-3 site story-abcd2345"
    assert cdn.tags_of(response) == ("story-abcd2345", "section-3")
    assert cdn.tags_of(HttpResponse("page")) == ("lists",)


def test_tags_say_what_stands_beside_a_story() -> None:
    own = "story-abcd2345"

    assert cdn.story("abcd2345", 3, is_picked=True) == (own, "picks")
    assert cdn.story("abcd2345", 3, is_picked=False) == (own, "section-3")
    assert cdn.story("abcd2345", None, is_picked=False) == (own, "lists")


def test_tags_of_lists_and_files() -> None:
    assert cdn.noun("section", 3) == ("section-3",)
    assert cdn.noun("company", 45) == ("company-45",)
    assert cdn.file("pictures/abcdefghjkmn/tower.640.jpg") == ("file-abcdefghjkmn",)


def test_every_kind_of_flip_bounds_the_time() -> None:
    """Each of these alone lets an answer live for 95 seconds, and all together too."""
    flip = datetime(2026, 6, 2, tzinfo=UTC)
    before = flip - 100 * SECOND

    def seconds() -> int:
        return kept_for(told(made_at=before, sent_at=before))

    story = factories.live(at=before - timedelta(days=9))
    assert seconds() == 300
    with at_instant(before - timedelta(hours=1)):
        workflow.expire(story, by=factories.person(Role.PUBLISHER), expires_at=flip)
    assert seconds() == 95
    with at_instant(before - timedelta(minutes=30)):
        workflow.expire(story, by=factories.person(Role.PUBLISHER), expires_at=flip + timedelta(days=3))
    assert seconds() == 95, "what was superseded counts, too: it costs a request and no mistake"
    assert reading.next_flip(before) == flip


def test_a_listing_bounds_the_time() -> None:
    midnight = datetime(2026, 6, 2, tzinfo=UTC)
    before = midnight - 100 * SECOND
    company = factories.company("Alibaba Group", "NYSE:BABA")

    assert kept_for(told(made_at=before, sent_at=before)) == 300
    Listing.objects.filter(company=company).update(delisted_on=midnight.date())
    assert kept_for(told(made_at=before, sent_at=before)) == 95
