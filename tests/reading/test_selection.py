"""The fixed SQL of the door finds what its ORM queries find."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db.models import F, Subquery

from articles import workflow
from articles.models import Author, Company, Edition, Person, Section, Topic
from articles.reading import nouns as door
from articles.reading import people
from articles.reading.cursors import after, write_cursor
from articles.reading.selection import Noun, find, select, select_articles
from articles.states import ReleaseKind
from articles.workflow.clock import clock_at
from tests.factories import author, company, expired, live, rewrite, scheduled, section, somebody, topic, withdrawn
from tests.workflow.desk import DAY, HOUR, MINUTE, NOON, TICK, publisher

pytestmark = pytest.mark.django_db

#: The instants around everything that `house()` makes.
INSTANTS = [
    NOON - 9 * DAY, NOON - 3 * HOUR, NOON - 2 * HOUR, NOON - HOUR - TICK, NOON - HOUR, NOON - 30 * MINUTE,
    NOON - TICK, NOON, NOON + TICK, NOON + HOUR - TICK, NOON + HOUR, NOON + 2 * HOUR, NOON + 9 * DAY,
]  # fmt: skip
_ITEMS = {
    "company": "company_items__company",
    "author": "author_items__author",
    "topic": "topic_items__tag",
    "person": "person_items__person",
}


@pytest.fixture
def nouns() -> dict[str, Any]:
    """Return a noun of each kind that half of the stories name."""
    made = {"section": section("Rare"), "company": company("Rare"), "author": author("Rare"), "topic": topic("Rare")}
    return made | {"person": somebody("Rare")}


@pytest.fixture
def stories(nouns: dict[str, Any]) -> None:
    """Make stories of every public status, some of which share an instant."""
    named = {
        "section": nouns["section"],
        "companies": [nouns["company"]],
        "bylines": [nouns["author"]],
        "topics": [nouns["topic"]],
        "persons": [nouns["person"]],
    }
    for content in ({}, named):
        live(at=NOON - DAY, **content)
        corrected = live(at=NOON - 2 * HOUR, is_lead=True, **content)
        with clock_at(NOON - HOUR):
            workflow.correct(rewrite(corrected, headline="Right"), by=publisher(), notice="It was wrong.")
        moved = live(at=NOON - HOUR, **content)
        rewrite(
            moved, section=section("Elsewhere"), companies=[], topics=[], persons=[], bylines=[author()], is_lead=True
        )
        workflow.update(moved, by=publisher(), at=NOON + HOUR)
        scheduled(live_from=NOON + HOUR, **content)
        expired(**content)
        withdrawn(**content)
        live(**content)
        live(**content)


def _ids(at: datetime, noun: Noun | None, cursor: str = "", **conditions: Any) -> list[int]:
    """Return what the ORM finds for a list."""
    prefix = ""
    editions = Edition.objects.live(at).filter(**conditions)
    if noun is not None and noun[0] == "section":
        editions = editions.filter(section=noun[1])
    elif noun is not None:
        prefix = _ITEMS[noun[0]].partition("__")[0] + "__"
        # All of it in one filter(): a second one would join the rows of every noun that the edition names.
        named = {_ITEMS[noun[0]]: noun[1], f"{prefix}first_published_at__lte": at}
        editions = editions.filter(after(cursor, f"{prefix}first_published_at", f"{prefix}article_id"), **named)
    if not prefix:
        editions = editions.filter(after(cursor, "first_published_at", "article_id"))
    order = [F(f"{prefix}first_published_at").desc(), F(f"{prefix}article_id").desc()]
    return list(editions.order_by(*order).values_list("pk", flat=True))


def _lists(nouns: dict[str, Any]) -> Iterator[Noun | None]:
    yield None
    for kind, noun in nouns.items():
        yield kind, noun.pk


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("at", INSTANTS)
def test_lists_are_those_of_the_orm(at: datetime, nouns: dict[str, Any]) -> None:
    for noun in _lists(nouns):
        found = select(at, ("card",), limit=100, noun=noun)

        assert [item.edition for item in found] == _ids(at, noun), noun
        rows = Edition.objects.in_bulk([item.edition for item in found])
        for item in found:
            row = rows[item.edition]
            assert (item.article, item.public_key, item.section) == (row.article_id, row.public_key, row.section_id)
            assert (item.first_published_at, item.live_from) == (row.first_published_at, row.live_from)
            assert (item.kind, item.language) == (row.kind, row.language)


@pytest.mark.usefixtures("stories")
def test_the_instants_make_a_difference(nouns: dict[str, Any]) -> None:
    found = {at: tuple(_ids(at, None)) for at in INSTANTS}

    assert len(set(found.values())) == 6
    assert found[NOON - 9 * DAY] == ()


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("at", INSTANTS)
def test_lists_go_on_after_every_story(at: datetime, nouns: dict[str, Any]) -> None:
    for noun in _lists(nouns):
        for item in select(at, (), limit=100, noun=noun):
            cursor = write_cursor(item.first_published_at, item.article)
            older = [other.edition for other in select(at, (), limit=100, noun=noun, before=cursor)]
            assert older == _ids(at, noun, cursor)


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("at", INSTANTS)
def test_leads_others_and_picked_ones_are_those_of_the_orm(at: datetime) -> None:
    assert [item.edition for item in select(at, (), limit=100, lead=True)] == _ids(at, None, is_lead=True)
    everything = _ids(at, None)
    articles = dict(Edition.objects.filter(pk__in=everything).values_list("article_id", "pk"))
    for article, edition in articles.items():
        others = [item.edition for item in select(at, (), limit=100, without=article)]
        assert others == [other for other in everything if other != edition]
    all_articles = list(Edition.objects.values_list("article_id", flat=True).distinct())
    assert {item.edition for item in select_articles(at, all_articles, ())} == set(everything)
    assert select_articles(at, [], ()) == []


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("at", INSTANTS)
def test_a_story_is_found_by_any_key_it_had(at: datetime) -> None:
    for key in {*Edition.objects.values_list("public_key", flat=True), "zzzzzzzz"}:
        article = Edition.objects.filter(public_key=key, live_from__lte=at).order_by("-live_from").values("article_id")
        rows = Edition.objects.filter(article_id=Subquery(article[:1]), live_from__lte=at).order_by("-live_from")
        row, found = rows.first(), find(key, at, ("head",))

        assert (found is None) == (row is None)
        if row is not None and found is not None:
            assert (found.edition, found.article, found.section) == (row.pk, row.article_id, row.section_id)
            assert (found.release_kind, found.expires_at) == (row.release_kind, row.expires_at)
            assert (found.public_key, found.slug, found.language) == (row.public_key, row.slug, row.language)
            assert (found.marks is None) == (row.release_kind == ReleaseKind.WITHDRAWAL)


@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("at", INSTANTS)
def test_nouns_are_public_when_the_orm_says_so(at: datetime) -> None:
    register = company("From a register", from_reference=True)
    merged = company("Merged", from_reference=True, merged_into=register)

    for model, look_up, public in (
        (Company, door.company, door.public_companies),
        (Author, door.author, door.public_authors),
        (Topic, door.topic, door.public_topics),
        (Person, people.person, door.public_people),
    ):
        known = set(public(at).values_list("pk", flat=True))
        for noun in model._default_manager.all():
            found: Any = look_up(noun.slug, at)
            assert (found.id if found else None) == (noun.pk if noun.pk in known else None), (model, noun)
    assert door.company(merged.slug, at) is None
    assert {part.id for part in door.navigation(at)} == {
        part.pk for part in Section.objects.all() if Edition.objects.live(at).filter(section=part).exists()
    }


@pytest.mark.parametrize("key", [1 << 63, 10**30])
def test_a_cursor_that_no_page_has_printed_is_refused(key: int) -> None:
    from articles.reading import BadCursor

    with pytest.raises(BadCursor):
        select(NOON, (), limit=1, before=f"1-{key}")
