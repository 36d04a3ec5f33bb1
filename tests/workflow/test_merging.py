"""Nouns that were entered twice."""

import pytest

from articles import reading, records, workflow
from articles.models import Author, Company, Edition, EditionCompany, Listing, Redirect
from articles.models.nouns import Mergeable
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import author, company, draft, exchange, journalist, live, person, scheduled, topic
from tests.workflow.desk import HOUR, NOON, again, fields, live_this_morning, shown, stored

pytestmark = pytest.mark.django_db


def _merge[Noun: Mergeable](noun: Noun, into: Noun) -> Noun:
    return workflow.merge(noun, into, by=person(Role.COPY_EDITOR))


@pytest.mark.parametrize(
    ("make", "field", "list_of"),
    [(company, "companies", "company"), (author, "bylines", "author"), (topic, "topics", "topic")],
)
def test_merged_noun_gives_its_stories_its_place_and_its_address(make: type, field: str, list_of: str) -> None:
    old, new, other = make("Old name"), make("New name"), make("Other name")
    story = live_this_morning(**{field: [old, other]})
    both = live_this_morning(**{field: [old, new]})
    waiting = scheduled(live_from=NOON + HOUR, **{field: [old]})
    assert _merge(old, new) == new
    old.refresh_from_db()
    assert old.merged_into == new
    door = {"company": reading.company, "author": reading.author, "topic": reading.topic}[list_of]
    listed = {
        "company": reading.company_stories,
        "author": reading.author_stories,
        "topic": reading.topic_stories,
    }[list_of]
    assert door("old-name", NOON) == records.Moved(new.path)
    assert {card.path for card in listed(new.pk, NOON).items} == {shown(item, NOON).path for item in (story, both)}
    assert listed(old.pk, NOON).items == ()
    assert len(listed(new.pk, NOON + HOUR).items) == 3
    expected = [(story, NOON, ["New name", "Other name"]), (both, NOON, ["New name"])]
    for item, at, names in [*expected, (waiting, NOON + HOUR, ["New name"])]:
        assert [noun.name for noun in getattr(shown(item, at), field)] == names


def test_working_copies_follow_and_what_was_printed_stays() -> None:
    old, new = company("Old name"), company("New name")
    story = live_this_morning(companies=[old])
    printed = Edition.objects.get().printed
    _merge(old, new)
    assert [row.company for row in story.companies.all()] == [new]
    assert Edition.objects.get().printed == printed
    before = stored()
    workflow.save(again(story), {"companies": [[new.pk, "subject"]]}, by=person(Role.COPY_EDITOR))
    assert stored() == before


def test_chain_of_merges_is_one_step() -> None:
    first, second, third = company("First"), company("Second"), company("Third")
    story = live_this_morning(companies=[first])
    _merge(first, second)
    _merge(second, third)
    assert set(Company.objects.filter(merged_into=third)) == {first, second}
    for slug in ("first", "second"):
        assert reading.company(slug, NOON) == records.Moved(third.path)
    assert [item.name for item in shown(story, NOON).companies] == ["Third"]


def test_merge_keeps_old_addresses_of_the_merged_noun() -> None:
    old, new = company("Old name"), company("New name")
    live_this_morning(companies=[old])
    old.slug = "older-name"
    old.save()
    _merge(old, new)
    for path in ("/companies/old-name/", "/companies/older-name/"):
        assert reading.redirect(path, NOON) == records.Moved("/companies/new-name/")
    assert Redirect.objects.filter(company=new).count() == 2


def test_companies_bring_their_names_listings_and_numbers() -> None:
    old = company("Alibaba", "NYSE:BABA", aliases=["Ali"], cik=1577552, lei="5493001NTNQJDH60PM02")
    new = company("Alibaba Group", aliases=["Alibaba Group Holding"])
    Company.objects.filter(pk=old.pk).update(from_reference=True)
    _merge(old, new)
    new.refresh_from_db()
    assert new.aliases == ["Alibaba Group Holding", "Alibaba", "Ali"]
    assert [(row.ticker, row.is_primary) for row in new.listings.all()] == [("NYSE:BABA", True)]
    assert (new.cik, new.lei, new.from_reference) == (1577552, "5493001NTNQJDH60PM02", True)


def test_company_keeps_its_own_primary_listing_and_numbers() -> None:
    old = company("Alibaba", "HKEX:9988", cik=1)
    new = company("Alibaba Group", "NYSE:BABA", cik=2)
    Listing.objects.create(company=old, exchange=exchange("NASDAQ"), symbol="OLD", delisted_on=NOON.date())
    _merge(old, new)
    new.refresh_from_db()
    listings = {(row.ticker, row.is_primary) for row in new.listings.all()}
    assert listings == {("NYSE:BABA", True), ("HKEX:9988", False), ("NASDAQ:OLD", False)}
    assert new.cik == 2


def test_author_brings_the_account_at_the_desk() -> None:
    writer = journalist()
    old, new = author(journalist=writer), author()
    merged = _merge(old, new)
    assert merged.journalist == writer
    assert list(Author.objects.filter(journalist=writer)) == [new]


def test_author_keeps_the_account_it_has() -> None:
    writer = journalist()
    old, new = author(), author(journalist=writer)
    assert _merge(old, new).journalist == writer


def test_authors_with_two_accounts_are_not_merged() -> None:
    old, new = author(journalist=journalist()), author(journalist=journalist())
    before = stored()
    with pytest.raises(workflow.Refused, match="Both have an account at the desk") as refused:
        _merge(old, new)
    assert fields(refused) == ["into"]
    assert stored() == before


def test_impossible_merges_are_refused() -> None:
    first, second, third = topic(), topic(), topic()
    with pytest.raises(workflow.Refused, match="nothing merges with itself"):
        _merge(first, first)
    _merge(first, second)
    for noun, into in ((first, third), (third, first)):
        with pytest.raises(workflow.Refused, match="has already been merged"):
            _merge(noun, into)


@pytest.mark.parametrize("make", [company, author, topic])
def test_merging_is_for_those_who_may_change_the_noun(make: type) -> None:
    old, new = make(), make()
    with pytest.raises(workflow.NotAllowed, match="Your role does not allow merging"):
        workflow.merge(old, new, by=person(Role.REPORTER))
    old.refresh_from_db()
    assert old.merged_into is None


def test_story_that_names_both_keeps_the_place_of_the_one_that_stays() -> None:
    old, new = company("Old"), company("New")
    story = draft(companies=[[old.pk, "subject"], [new.pk, "mentioned"]])
    _merge(old, new)
    assert [(row.company, row.role) for row in story.companies.all()] == [(new, "mentioned")]


def test_index_of_an_edition_released_after_the_merge_names_what_stays() -> None:
    old, new = company("Old"), company("New")
    with clock_at(NOON - HOUR):
        story = live(companies=[old])
    workflow.withdraw(story, by=person(Role.PUBLISHER), notice="Gone.")
    _merge(old, new)
    with clock_at(NOON + HOUR):
        workflow.release(story, by=person(Role.PUBLISHER))
    assert {row.company for row in EditionCompany.objects.all()} == {new}


def test_merged_company_of_a_reference_file_has_no_page_of_its_own() -> None:
    old, new = company("Apple Inc"), company("Apple")
    Company.objects.filter(pk=old.pk).update(from_reference=True)
    _merge(old, new)
    assert reading.company("apple-inc", NOON) == records.Moved("/companies/apple/")
    assert [entry.path for entry in reading.sitemap_pages(NOON)][5:] == ["/companies/apple/"]


def test_form_from_before_the_merge_saves_what_the_noun_is_now() -> None:
    old, new, other = company("Old"), company("New"), company("Other")
    story = draft(companies=[old, other])
    _merge(old, new)
    typed = [[old.pk, "mentioned"], [other.pk, "subject"], [new.pk, "subject"]]
    workflow.save(story, {"companies": typed}, by=person(Role.COPY_EDITOR))
    assert [(row.company, row.role) for row in story.companies.all()] == [(new, "mentioned"), (other, "subject")]
    assert story.revisions.latest("number").content["companies"] == [[new.pk, "mentioned"], [other.pk, "subject"]]
