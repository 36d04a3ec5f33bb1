"""Releasing: what it needs, what it writes, and when readers get it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from articles import reading, records, workflow
from articles.models import SCHEMA, Article, Edition, EditionAuthor, EditionCompany, EditionTopic
from articles.states import ReleaseKind, State
from articles.workflow.clock import clock_at
from articles.workflow.content import read_content
from newsroom.roles import Role
from tests.factories import (
    approved,
    author,
    company,
    draft,
    image,
    live,
    person,
    rewrite,
    scheduled,
    section,
    source,
    topic,
)
from tests.workflow.desk import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    SECOND,
    TICK,
    again,
    fields,
    last_row,
    ledger,
    publisher,
    stored,
)

pytestmark = pytest.mark.django_db


NEW_YORK = ZoneInfo("America/New_York")


def test_release_inserts_an_edition_of_the_approved_revision() -> None:
    story = approved()
    edition = workflow.release(story, by=publisher(), reason="Go.")
    row = Edition.objects.get()
    assert row == edition
    assert (row.article, row.revision, row.guid, row.number) == (story, story.revision, story.guid, 1)
    assert (row.release_kind, row.notice, row.notices, row.schema) == (ReleaseKind.PUBLICATION, "", [], SCHEMA)
    assert row.first_published_at == row.updated_at == row.live_from == row.released_at == NOON
    assert row.expires_at is None
    assert (row.headline, row.body) == (story.headline, story.body)
    assert again(story).state == State.RELEASED
    assert again(story).last_edition_number == 1
    assert last_row(story) == {
        "verb": "release",
        "from_state": "approved",
        "to_state": "released",
        "revision_id": story.revision_id,
        "edition_id": row.pk,
        "edition_number": 1,
        "by": publisher(),
        "at": NOON,
        "reason": "Go.",
        "details": {"kind": "publication", "live_from": NOON.isoformat()},
    }


def test_edition_has_everything_a_page_prints() -> None:
    writer, theme = author("Mei Lin", role_title="Editor"), topic("AI")
    firm = company("Alibaba Group", "NYSE:BABA", "HKEX:9988")
    place, agency, picture = section("Technology"), source("Wire", prefix="Wire --"), image()
    story = approved(
        headline="Profit up",
        body="<p>Profit rose.</p><p>Again.</p>",
        section=place,
        source=agency,
        lead_image=picture,
        bylines=[writer],
        companies=[firm],
        topics=[theme],
        related=[draft()],
    )
    edition = workflow.release(story, by=publisher())
    content = read_content(story)
    for name in ("kind", "language", "standfirst", "body", "public_key", "dateline", "access", "search_engines"):
        assert getattr(edition, name) == content[name]
    assert (edition.section, edition.source, edition.lead_image) == (place, agency, picture)
    assert (edition.slug, edition.plain_text, edition.word_count) == ("profit-up", "Profit rose.\nAgain.", 3)
    assert edition.printed == {
        "bylines": [{"id": writer.pk, "name": "Mei Lin", "role": "reporter", "role_title": "Editor"}],
        "companies": [
            {"id": firm.pk, "name": "Alibaba Group", "role": "subject", "tickers": ["NYSE:BABA", "HKEX:9988"]}
        ],
        "persons": [],
        "topics": [{"id": theme.pk, "name": "AI"}],
        "related": content["related"],
        "section": {"id": place.pk, "name": "Technology", "slug": "technology"},
        "source": {"id": agency.pk, "name": "Wire", "prefix": "Wire --"},
        "picture": {"id": picture.pk, "alt": picture.alt, "caption": "", "credit": picture.credit},
    }
    named = [(row.edition_id, row.article_id, row.first_published_at) for row in EditionAuthor.objects.all()]
    assert named == [(edition.pk, story.pk, NOON)]
    assert EditionCompany.objects.get().company == firm
    assert EditionTopic.objects.get().tag == theme


def test_working_copy_rows_changed_behind_the_desk_are_not_published() -> None:
    story = approved(headline="Approved", companies=[company("Approved")])
    Article.objects.filter(pk=story.pk).update(headline="Smuggled", body="<p>Smuggled</p>", is_lead=True)
    story.companies.all().delete()
    workflow.release(again(story), by=publisher())
    edition = Edition.objects.get()
    assert (edition.headline, edition.is_lead) == ("Approved", False)
    assert "Smuggled" not in edition.body
    assert [row.company.name for row in edition.company_items.all()] == ["Approved"]


def test_slug_of_the_desk_is_kept_and_an_empty_one_made_from_the_headline() -> None:
    chosen = workflow.release(approved(headline="Profit up", slug="our-slug"), by=publisher())
    made = workflow.release(approved(headline="Alibaba’s profit, up 5%"), by=publisher())
    nothing = workflow.release(approved(headline="???"), by=publisher())
    assert (chosen.slug, made.slug, nothing.slug) == ("our-slug", "alibabas-profit-up-5", "")
    assert nothing.path == f"/markets/story-{nothing.public_key}/"


def test_release_at_a_time_waits_for_it() -> None:
    story = approved()
    edition = workflow.release(story, by=publisher(), at=NOON + DAY, expires_at=NOON + 2 * DAY)
    assert (edition.live_from, edition.first_published_at, edition.released_at) == (NOON + DAY, NOON + DAY, NOON)
    assert edition.expires_at == NOON + 2 * DAY
    assert last_row(story)["details"] == {
        "kind": "publication",
        "live_from": (NOON + DAY).isoformat(),
        "expires_at": (NOON + 2 * DAY).isoformat(),
    }
    assert reading.story(story.public_key, NOON + DAY - TICK) is None
    assert isinstance(reading.story(story.public_key, NOON + DAY), records.Story)


@pytest.mark.parametrize("past", [timedelta(0), SECOND, MINUTE])
def test_a_time_within_the_last_minute_means_now(past: timedelta) -> None:
    assert workflow.release(approved(), by=publisher(), at=NOON - past).live_from == NOON


@pytest.mark.parametrize("past", [MINUTE + TICK, HOUR, 3650 * DAY])
def test_a_time_more_than_a_minute_ago_is_refused(past: timedelta) -> None:
    story = approved()
    before = stored()
    with pytest.raises(workflow.Refused, match="has passed") as refused:
        workflow.release(story, by=publisher(), at=NOON - past)
    assert fields(refused) == ["at"]
    assert stored() == before


@pytest.mark.parametrize("option", ["at", "expires_at"])
def test_a_time_without_a_zone_is_refused(option: str) -> None:
    options: dict[str, Any] = {option: datetime(2026, 6, 2, 12, 0)}  # noqa: DTZ001
    with pytest.raises(workflow.Refused, match=r"^Give the time with its zone\.$") as refused:
        workflow.release(approved(), by=publisher(), **options)
    assert fields(refused) == [option]


def test_embargo_holds_until_its_instant() -> None:
    story = approved(embargo_at=NOON + HOUR)
    for at in (None, NOON + HOUR - TICK):
        with pytest.raises(workflow.Refused, match="under embargo until 1 June 2026, 09:00 ET") as refused:
            workflow.release(story, by=publisher(), at=at)
        assert fields(refused) == ["at"]
    assert workflow.release(story, by=publisher(), at=NOON + HOUR).embargo_at == NOON + HOUR


def test_embargo_that_has_passed_is_none() -> None:
    story = approved(embargo_at=NOON)
    assert workflow.release(story, by=publisher()).live_from == NOON


def test_embargo_of_the_approved_revision_counts() -> None:
    story = approved(embargo_at=NOON + HOUR)
    Article.objects.filter(pk=story.pk).update(embargo_at=None)
    with pytest.raises(workflow.Refused, match="under embargo"):
        workflow.release(again(story), by=publisher())


@pytest.mark.parametrize("expires_at", [NOON, NOON - SECOND, NOON - DAY])
def test_expiry_not_after_the_appearance_is_refused(expires_at: datetime) -> None:
    with pytest.raises(workflow.Refused, match="would expire before it appears") as refused:
        workflow.release(approved(), by=publisher(), expires_at=expires_at)
    assert fields(refused) == ["expires_at"]


def test_every_problem_is_named_at_once_and_nothing_written() -> None:
    story = approved(standfirst="", body="", bylines=[], embargo_at=NOON + DAY)
    before = stored()
    with pytest.raises(workflow.Refused) as refused:
        workflow.release(story, by=publisher(), at=NOON - HOUR, expires_at=NOON - DAY)
    assert fields(refused) == ["at", "at", "expires_at", "standfirst", "bylines", "body"]
    assert stored() == before


def test_times_of_a_night_with_a_repeated_hour_are_compared_as_instants() -> None:
    # In New York 01:30 comes twice: first summer time, 05:30 UTC, then winter time, 06:30 UTC.
    first = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK)
    second = first.replace(minute=10, fold=1)
    edition = workflow.release(approved(), by=publisher(), at=first, expires_at=second)
    assert edition.expires_at is not None
    assert edition.expires_at - edition.live_from == 40 * MINUTE
    with pytest.raises(workflow.Refused, match="would expire before it appears"):
        workflow.release(approved(), by=publisher(), at=first.replace(fold=1), expires_at=first.replace(minute=45))
    with clock_at(datetime(2026, 11, 1, 1, 50, tzinfo=NEW_YORK)):
        edition = workflow.release(approved(), by=publisher(), at=second)
    assert edition.live_from == datetime(2026, 11, 1, 6, 10, tzinfo=UTC)
    winter = datetime(2026, 11, 1, 1, 10, fold=1, tzinfo=NEW_YORK)
    with clock_at(winter), pytest.raises(workflow.Refused, match="has passed"):
        workflow.release(approved(), by=publisher(), at=first)


def test_release_of_what_readers_have_is_refused() -> None:
    story = live()
    with pytest.raises(workflow.Refused, match="Readers already have this story"):
        workflow.release(story, by=publisher())


def test_release_while_one_is_scheduled_is_refused() -> None:
    story = scheduled(live_from=NOON + HOUR)
    before = stored()
    with pytest.raises(workflow.Refused, match=r"Another release of this story is scheduled for 1 June 2026, 09:00 ET"):
        workflow.release(story, by=publisher())
    assert stored() == before


def test_second_release_from_the_same_page_is_stale() -> None:
    story = approved()
    on_screen = again(story)
    workflow.release(story, by=publisher())
    before = stored()
    with pytest.raises(workflow.StaleArticle):
        workflow.release(on_screen, by=publisher())
    assert stored() == before


def test_released_text_can_be_released_again_after_expiry_cancellation_and_withdrawal() -> None:
    story = approved()
    workflow.release(story, by=publisher(), at=NOON + HOUR)
    workflow.cancel(story, by=publisher())
    assert workflow.release(story, by=publisher(), expires_at=NOON + HOUR).number == 3
    with clock_at(NOON + HOUR):
        edition = workflow.release(story, by=publisher())
        assert (edition.number, edition.first_published_at, edition.updated_at) == (4, NOON, NOON + HOUR)
    with clock_at(NOON + 2 * HOUR):
        workflow.withdraw(story, by=publisher(), notice="Gone.")
    with clock_at(NOON + 3 * HOUR):
        edition = workflow.release(story, by=publisher())
        assert (edition.number, edition.revision_id) == (6, story.revision_id)
    assert [row.verb for row in ledger(story)[3:]] == ["release", "cancel", "release", "release", "withdraw", "release"]


def test_editions_in_one_instant_get_instants_of_their_own() -> None:
    story = live(at=NOON)
    rewrite(story, headline="Second")
    edition = workflow.update(story, by=publisher())
    assert edition.live_from == NOON + TICK


def test_merged_nouns_are_printed_as_what_they_are_now() -> None:
    old, new = company("Old name"), company("New name", "NYSE:NEW")
    story = approved(companies=[old, new])
    workflow.merge(old, new, by=person(Role.COPY_EDITOR))
    edition = workflow.release(story, by=publisher())
    assert [item["name"] for item in edition.printed["companies"]] == ["New name"]
    assert [row.company for row in edition.company_items.all()] == [new]
