"""What bodies mark, from rows to pages."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import reading, records, workflow
from articles.models import Company, Edition, Fragment, Person
from articles.printing import fragments
from articles.printing.rows import CARD_JOINS, stories_of
from articles.reading.house import house
from newsroom.roles import Role
from tests.factories import company, exchange, live, person, section, somebody

pytestmark = pytest.mark.django_db
#: The session told of is of another year than that of the release, whenever this runs.
AS_OF = datetime(2024, 11, 22, 17, 50, tzinfo=UTC)


@pytest.fixture
def nouns() -> dict[str, Any]:
    """Return what a body marks, and its section."""
    return {
        "alibaba": company("Alibaba", "NYSE:BABA"),
        "toyota": company("Toyota", "TSE:7203"),
        "joe": somebody("Joe Tsai"),
        "section": section("Technology", ticker_form="spaced"),
    }


@pytest.fixture
def edition(nouns: dict[str, Any]) -> Edition:
    """Return the live edition of a story that marks them."""
    exchange("TSE").save()
    listing = nouns["toyota"].listings.get()
    body = (
        f'<p><span data-company="{nouns["alibaba"].pk}">The group</span> and '
        f'<span data-person="{nouns["joe"].pk}">Tsai</span> sold shares.</p><p>Toyota was '
        f'<data value="1.2" data-listing="{listing.pk}" data-measure="change-percent" data-direction="down" '
        f'data-as-of="{AS_OF:%Y-%m-%dT%H:%M:%SZ}" data-session="regular">down 1.2% today</data>.</p>'
    )
    found: Edition = live(body=body, section=nouns["section"]).editions.get()
    return found


def page(edition: Edition) -> str:
    """Return the main part of the story's page as readers get it, rendered anew where the fragment is stale."""
    at = timezone.now()
    found = reading.printed_story(edition.public_key, at, house(at, reading.stamp(at)))
    assert isinstance(found, records.PrintedStory)
    return found.main


def test_a_page_prints_what_is_marked(edition: Edition) -> None:
    html = page(edition)

    assert '<a class="company" href="/companies/alibaba/">The group</a> (NYSE: BABA) and' in html
    assert '<a class="person" href="/people/joe-tsai/">Tsai</a> sold' in html
    assert (
        'was <data class="market" value="-1.2" data-listing="TSE:7203">down 1.2% as of '
        '<time datetime="2024-11-22T17:50:00Z">12:50 ET on 22 November 2024</time></data>.' in html
    )


def test_a_person_whom_a_live_edition_names_has_a_page(edition: Edition, client: Client) -> None:
    assert client.get("/people/joe-tsai/").status_code == 200


def test_a_fragment_knows_the_nouns_of_its_statements(edition: Edition, nouns: dict[str, Any]) -> None:
    found = Fragment.objects.get(pk=edition.pk).nouns.split()

    expected = {
        f"person-{nouns['joe'].pk}",
        *(f"company-{nouns[name].pk}" for name in ("alibaba", "toyota")),
        *(f"exchange-{exchange(name).pk}" for name in ("NYSE", "TSE")),
    }
    assert expected <= set(found)
    assert len(found) == len(set(found))


def move(noun: Any, **values: Any) -> None:
    """Change values of a noun."""
    for name, value in values.items():
        setattr(noun, name, value)
    noun.save()


@pytest.mark.parametrize(
    ("change", "printed"),
    [
        (lambda _nouns: move(exchange("TSE"), time_zone="Asia/Tokyo"), "02:50 JST on 23 November 2024"),
        (lambda nouns: move(nouns["toyota"].listings.get(), symbol="TM"), 'data-listing="TSE:TM"'),
        (lambda nouns: move(nouns["section"], ticker_form="none"), "The group</a> and"),
        (lambda nouns: move(nouns["joe"], slug="joseph"), 'href="/people/joseph/"'),
        (lambda nouns: nouns["toyota"].listings.all().delete(), 'class="market" value="-1.2">down'),
    ],
    ids=["zone", "symbol", "form", "person", "listing"],
)
def test_a_change_of_what_is_marked_is_printed(
    change: Callable[[dict[str, Any]], object], printed: str, edition: Edition, nouns: dict[str, Any]
) -> None:
    assert printed not in page(edition)

    change(nouns)

    assert printed in page(edition)


def test_marks_of_what_was_merged_after_the_release_lead_to_what_it_is_now(
    edition: Edition, nouns: dict[str, Any]
) -> None:
    by = person(Role.COPY_EDITOR)
    group, joseph = company("Alibaba Group Holding"), somebody("Joseph Tsai")

    workflow.merge(nouns["alibaba"], group, by=by)
    workflow.merge(nouns["joe"], joseph, by=by)

    assert '<a class="company" href="/companies/alibaba-group-holding/">The group</a> (NYSE: BABA)' in page(edition)
    assert '<a class="person" href="/people/joseph-tsai/">Tsai</a>' in page(edition)
    story = reading.story(edition.public_key, timezone.now())
    assert isinstance(story, records.Story)
    assert [one.former for one in story.companies if one.id == group.pk] == [(nouns["alibaba"].pk,)]
    assert [one.former for one in story.persons] == [(nouns["joe"].pk,)]
    assert Company.objects.get(pk=nouns["alibaba"].pk).merged_into_id == group.pk
    assert Person.objects.get(pk=nouns["joe"].pk).merged_into_id == joseph.pk


def test_statements_of_many_stories_cost_one_query(edition: Edition, nouns: dict[str, Any]) -> None:
    def queries(editions: list[Edition]) -> int:
        with CaptureQueriesContext(connection) as captured:
            stories_of(editions, timezone.now())
        return len(captured)

    plain = live(companies=[nouns["alibaba"]], persons=[nouns["joe"]]).editions.get()
    again = live(body=edition.body).editions.get()
    rows = list(Edition.objects.select_related(*CARD_JOINS).filter(pk__in=[edition.pk, again.pk, plain.pk]))

    without = queries([row for row in rows if row.pk == plain.pk])
    assert queries(rows) == without + 1


def test_feeds_and_pages_carry_no_marks(edition: Edition, client: Client) -> None:
    feed = client.get("/rss.xml").content.decode()
    html = client.get(edition.path).content.decode()

    assert "12:50 ET on 22 November 2024" in feed
    assert "data-" not in feed[feed.index("<item>") :]
    for mark in ("data-company", "data-person", "data-measure", "data-as-of", "data-session"):
        assert mark not in html


def test_a_fragment_is_what_rendering_gives_and_goes_stale_with_the_code(edition: Edition) -> None:
    row = Edition.objects.select_related(*CARD_JOINS).get(pk=edition.pk)
    (story,) = stories_of([row], timezone.now() + timedelta(seconds=1))

    assert Fragment.objects.get(pk=edition.pk).main == fragments.render(story)["main"]
