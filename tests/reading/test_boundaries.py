"""The same instant for every surface: a story is there from `live_from` on, and gone from `expires_at` on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from articles import reading, records, workflow
from articles.states import Scheduled
from articles.workflow.clock import clock_at
from tests.factories import approved, rewrite
from tests.reading.surfaces import Named, nouns
from tests.workflow.desk import DAY, HOUR, NOON, TICK, publisher

pytestmark = pytest.mark.django_db

NEW_YORK = ZoneInfo("America/New_York")


def _everywhere(named: Named, at: datetime) -> bool:
    """Say whether the story is on every surface at an instant; it is on all of them or on none."""
    places = named.places(at)
    assert len(set(places.values())) == 1, places
    return places["story"]


def _scheduled(live_from: datetime, expires_at: datetime | None = None) -> Named:
    story = approved(**nouns())
    workflow.release(story, by=publisher(), at=live_from, expires_at=expires_at)
    return Named(story)


def test_story_appears_exactly_at_its_instant_everywhere() -> None:
    named = _scheduled(NOON + HOUR)
    instants = [NOON, NOON + HOUR - TICK, NOON + HOUR, NOON + HOUR + TICK, NOON + 999 * DAY]
    assert [_everywhere(named, at) for at in instants] == [False, False, True, True, True]


def test_story_goes_exactly_at_its_expiry_everywhere() -> None:
    named = _scheduled(NOON + HOUR, NOON + 2 * HOUR)
    instants = [NOON + HOUR, NOON + 2 * HOUR - TICK, NOON + 2 * HOUR, NOON + 3 * HOUR]
    assert [_everywhere(named, at) for at in instants] == [True, True, False, False]
    assert reading.story(named.story.public_key, NOON + HOUR - TICK) is None
    gone = reading.story(named.story.public_key, NOON + 2 * HOUR)
    assert gone == records.Gone("expired", NOON + HOUR, headline=named.story.headline)


def test_withdrawn_story_goes_everywhere_and_was_there_before() -> None:
    named = _scheduled(NOON)
    with clock_at(NOON + HOUR):
        workflow.withdraw(named.story, by=publisher(), notice="Gone.")
    assert [_everywhere(named, at) for at in (NOON, NOON + HOUR - TICK, NOON + HOUR)] == [True, True, False]


def test_cancelled_story_never_was() -> None:
    named = _scheduled(NOON + HOUR)
    workflow.cancel(named.story, by=publisher())
    assert [_everywhere(named, at) for at in (NOON, NOON + HOUR, NOON + DAY)] == [False, False, False]


def test_story_that_returns_is_back_everywhere() -> None:
    named = _scheduled(NOON, NOON + HOUR)
    with clock_at(NOON + 2 * HOUR):
        workflow.expire(named.story, by=publisher(), expires_at=None)
    instants = [NOON, NOON + HOUR, NOON + 2 * HOUR - TICK, NOON + 2 * HOUR]
    assert [_everywhere(named, at) for at in instants] == [True, False, False, True]


@pytest.mark.parametrize(
    "local",
    [
        pytest.param(datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK), id="first 01:30 of the night that falls back"),
        pytest.param(datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK), id="second 01:30"),
        pytest.param(datetime(2027, 3, 14, 3, 0, tzinfo=NEW_YORK), id="03:00 of the night that springs forward"),
        pytest.param(datetime(2027, 3, 14, 2, 30, tzinfo=NEW_YORK), id="02:30, which does not exist"),
        pytest.param(datetime(2028, 2, 29, 23, 59, 59, 999999, tzinfo=NEW_YORK), id="leap day"),
        pytest.param(datetime(2028, 2, 29, 0, 0, tzinfo=UTC), id="leap day in UTC"),
        pytest.param(datetime(2026, 12, 31, 19, 0, tzinfo=NEW_YORK), id="new year in UTC"),
        pytest.param(datetime(2027, 1, 1, 0, 0, tzinfo=ZoneInfo("Asia/Kathmandu")), id="a zone of odd minutes"),
        pytest.param(datetime(9000, 1, 1, tzinfo=UTC), id="far future"),
    ],
)
def test_local_times_are_instants(local: datetime) -> None:
    instant = local.astimezone(UTC)
    named = _scheduled(local)
    assert not _everywhere(named, instant - TICK)
    assert _everywhere(named, instant)
    # Readers' instants may come in any zone too.
    assert isinstance(reading.story(named.story.public_key, instant.astimezone(NEW_YORK)), records.Story)
    card = reading.latest(instant).items[0]
    assert (card.first_published_at, card.first_published_at.tzinfo) == (instant, UTC)


def test_repeated_hour_is_two_hours_long() -> None:
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    named = _scheduled(first, first.replace(fold=1))
    begin = first.astimezone(UTC)
    assert [_everywhere(named, begin + timedelta(minutes=minutes)) for minutes in (0, 59, 60)] == [True, True, False]


@pytest.mark.parametrize(
    "at", [datetime(1, 1, 2, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)]
)
def test_any_instant_can_be_asked_for(at: datetime) -> None:
    named = _scheduled(NOON)
    assert _everywhere(named, at) == (at > NOON)


def test_scheduled_update_takes_the_place_of_the_text_at_its_instant() -> None:
    named = _scheduled(NOON)
    story = named.story
    rewrite(story, standfirst="Newer.")
    with clock_at(NOON + HOUR):
        workflow.update(story, by=publisher(), at=NOON + 2 * HOUR)
    texts = []
    for at in (NOON + HOUR, NOON + 2 * HOUR - TICK, NOON + 2 * HOUR):
        found = reading.story(story.public_key, at)
        assert isinstance(found, records.Story)
        texts.append(
            (found.standfirst == "Newer.", found.updated_at, reading.latest(at).items[0].standfirst == "Newer.")
        )
    assert texts == [(False, NOON, False), (False, NOON, False), (True, NOON + 2 * HOUR, True)]
    assert len(reading.latest(NOON + 2 * HOUR).items) == 1


def test_replaced_schedule_shows_the_later_text_only() -> None:
    named = _scheduled(NOON)
    story = named.story
    with clock_at(NOON + HOUR):
        rewrite(story, standfirst="Second.")
        workflow.update(story, by=publisher(), at=NOON + 2 * HOUR)
        rewrite(story, standfirst="Third.")
        workflow.update(story, by=publisher(), at=NOON + 3 * HOUR, scheduled=Scheduled.CANCEL)
    seen = [reading.latest(at).items[0].standfirst for at in (NOON + 2 * HOUR, NOON + 3 * HOUR)]
    assert seen == [story.revisions.get(number=1).content["standfirst"], "Third."]


def test_site_as_it_was() -> None:
    with clock_at(NOON - 3 * HOUR):
        story = approved(headline="First", **nouns())
        workflow.release(story, by=publisher())
    with clock_at(NOON - 2 * HOUR):
        rewrite(story, headline="Second", topics=[], companies=[])
        workflow.correct(story, by=publisher(), notice="Wrong.")
    with clock_at(NOON - HOUR):
        workflow.withdraw(story, by=publisher(), notice="All wrong.")
    expected = [
        (NOON - 4 * HOUR, [], 0, False),
        (NOON - 3 * HOUR, ["First"], 0, True),
        (NOON - 2 * HOUR, ["Second"], 1, False),
        (NOON - HOUR, [], 2, False),
    ]
    for at, headlines, corrections, has_topic in expected:
        assert [card.headline for card in reading.latest(at).items] == headlines
        assert len(reading.corrections(at).items) == (1 if corrections == 2 else corrections)
        assert (reading.topic("rare-topic", at) is not None) == has_topic
        assert (reading.company("rare-company", at) is not None) == has_topic
