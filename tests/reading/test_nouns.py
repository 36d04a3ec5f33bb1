"""Nouns, which exist for readers once a live story names them, and addresses that lead to them."""

from datetime import date
from typing import Any

import pytest

from articles import paths, reading, records, workflow
from articles.models import Article, Author, Company, Edition, Listing, Redirect, Section, Topic
from articles.workflow.clock import clock_at
from newsroom.roles import Role
from tests.factories import (
    author,
    company,
    confidential,
    draft,
    exchange,
    expired,
    journalist,
    live,
    person,
    rewrite,
    scheduled,
    section,
    somebody,
    spiked,
    submitted,
    topic,
    withdrawn,
)
from tests.workflow.desk import DAY, HOUR, NOON, TICK, publisher

pytestmark = pytest.mark.django_db


def _noun_pages() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return content that names new nouns, and how to ask for the page of each."""
    place, writer, firm, theme = section("Rare"), author("Rare Author"), company("Rare Company"), topic("Rare Topic")
    one = somebody("Rare Person")
    content = {"section": place, "bylines": [writer], "companies": [firm], "topics": [theme], "persons": [one]}
    return content, {
        "section": lambda at: reading.section(place.slug, at),
        "author": lambda at: reading.author(writer.slug, at),
        "company": lambda at: reading.company(firm.slug, at),
        "topic": lambda at: reading.topic(theme.slug, at),
        "person": lambda at: reading.person(one.slug, at),
    }


@pytest.mark.parametrize("make", [draft, submitted, spiked, scheduled, confidential, expired, withdrawn])
def test_noun_of_a_story_nobody_reads_is_not_there(make: Any) -> None:
    content, pages = _noun_pages()
    make(**content)
    assert {name: page(NOON) for name, page in pages.items()} == dict.fromkeys(pages)
    assert {entry.path for entry in reading.sitemap_pages(NOON)} == {"/", "/latest/", "/corrections/"} | {
        paths.COMPANIES,
        paths.PEOPLE,
    }


def test_noun_of_an_update_that_waits_is_not_there_yet() -> None:
    content, pages = _noun_pages()
    story = live(at=NOON - HOUR)
    rewrite(story, **content)
    workflow.update(story, by=publisher(), at=NOON + HOUR)
    for at, there in ((NOON, False), (NOON + HOUR - TICK, False), (NOON + HOUR, True)):
        assert {page(at) is not None for page in pages.values()} == {there}


def test_noun_goes_with_the_last_story_that_names_it() -> None:
    content, pages = _noun_pages()
    first, second = live(at=NOON - HOUR, **content), live(at=NOON - HOUR, **content)
    for story, left in ((first, True), (second, False)):
        workflow.withdraw(story, by=publisher(), notice="Gone.")
        assert {page(NOON) is not None for page in pages.values()} == {left}


def test_company_of_a_reference_file_is_there_without_a_story() -> None:
    firm = company("Apple", "NASDAQ:AAPL")
    assert reading.company("apple", NOON) is None
    Company.objects.filter(pk=firm.pk).update(from_reference=True)
    found = reading.company("apple", NOON)
    assert isinstance(found, records.CompanyProfile)
    assert reading.company_stories(found.id, NOON).items == ()
    assert "/companies/apple/" in {entry.path for entry in reading.sitemap_pages(NOON)}


def test_profiles_say_what_is_public() -> None:
    writer = author(
        "Mei Lin", role_title="Editor", bio="Writes.", email="mei@example.com", links=["https://example.com/mei"]
    )
    place = section("Asia", description="News from Asia.", language="zh-Hans", direction="ltr")
    theme = topic("AI", description="Machines.")
    firm = company("Firm", legal_name="Firm Ltd", description="Makes.", website="https://firm.example/", country="CN")
    live(section=place, bylines=[writer], topics=[theme], companies=[firm])
    assert reading.section("asia", NOON) == records.Section(
        "Asia", "asia", "/asia/", "zh-Hans", "ltr", "News from Asia."
    )
    assert reading.author("mei-lin", NOON) == records.AuthorProfile(
        id=writer.pk,
        name="Mei Lin",
        path="/authors/mei-lin/",
        role_title="Editor",
        bio="Writes.",
        email="mei@example.com",
        links=("https://example.com/mei",),
    )
    assert reading.topic("ai", NOON) == records.TopicProfile(theme.pk, "AI", "/topics/ai/", "Machines.")
    assert reading.company("firm", NOON) == records.CompanyProfile(
        id=firm.pk,
        name="Firm",
        path="/companies/firm/",
        legal_name="Firm Ltd",
        description="Makes.",
        website="https://firm.example/",
        country="CN",
        lei="",
    )


def test_inactive_author_and_one_whose_account_is_gone_keep_their_page() -> None:
    writer = author("Gone", active=False, journalist=journalist(is_active=False))
    live(bylines=[writer])
    assert isinstance(reading.author("gone", NOON), records.AuthorProfile)


def test_listings_are_those_of_the_day() -> None:
    firm = company("Firm", "NYSE:NOW", "HKEX:1")
    for symbol, listed_on, delisted_on in (
        ("OVER", None, date(2026, 6, 1)),
        ("SOON", date(2026, 6, 2), None),
        ("LAST", None, date(2026, 6, 2)),
        ("NEW", date(2026, 6, 1), None),
    ):
        Listing.objects.create(
            company=firm, exchange=exchange("X"), symbol=symbol, listed_on=listed_on, delisted_on=delisted_on
        )
    live(companies=[firm])
    found = reading.company("firm", NOON)
    assert isinstance(found, records.CompanyProfile)
    assert [row.ticker for row in found.listings] == ["NYSE:NOW", "HKEX:1", "X:LAST", "X:NEW"]
    assert [row.is_primary for row in found.listings] == [True, False, False, False]
    found = reading.company("firm", NOON + DAY)
    assert isinstance(found, records.CompanyProfile)
    assert [row.symbol for row in found.listings] == ["NOW", "1", "SOON", "NEW"]


# Redirects


@pytest.mark.parametrize("name", ["section", "author", "company", "topic"])
def test_old_slugs_lead_in_one_step_to_the_present_one(name: str) -> None:
    content, pages = _noun_pages()
    story = live(**content)
    model: Any = {"section": Section, "author": Author, "company": Company, "topic": Topic}[name]
    noun = model.objects.get(name__startswith="Rare")
    old = [noun.path]
    for slug in ("second", "third"):
        noun.slug = slug
        noun.save()
        old.append(noun.path)
    assert pages[name](NOON) == records.Moved(noun.path)
    for path in old[:-1]:
        assert reading.redirect(path, NOON) == records.Moved(noun.path)
    assert reading.redirect(noun.path, NOON) is None
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    with clock_at(NOON + HOUR):
        assert [reading.redirect(path, NOON + HOUR) for path in old] == [None, None, None]
    assert pages[name](NOON + HOUR) is None


@pytest.mark.parametrize("make", [author, company, topic])
def test_chain_of_merges_and_slugs_is_one_step(make: Any) -> None:
    first, second, third = make("First"), make("Second"), make("Third")
    field = {author: "bylines", company: "companies", topic: "topics"}[make]
    content: dict[str, Any] = {field: [first]}
    live(**content)
    old = [first.path, second.path]
    first.slug = "first-again"
    first.save()
    old.append(first.path)
    workflow.merge(first, second, by=person(Role.COPY_EDITOR))
    workflow.merge(second, third, by=person(Role.COPY_EDITOR))
    third.refresh_from_db()
    old.append(third.path)
    third.slug = "third-again"
    third.save()
    assert [reading.redirect(path, NOON) for path in old] == [records.Moved(third.path)] * 4
    assert reading.redirect(third.path, NOON) is None


def test_vanity_address_of_a_story_leads_there_while_readers_have_it() -> None:
    story = scheduled(live_from=NOON + HOUR, slug="profits", section=section("Markets"))
    Redirect.objects.create(path="/davos/", article=story)
    assert reading.redirect("/davos/", NOON + HOUR - TICK) is None
    assert reading.redirect("/davos/", NOON + HOUR) == records.Moved(
        paths.article("markets", "profits", story.public_key)
    )
    assert reading.redirect("/elsewhere/", NOON + HOUR) is None


def test_vanity_address_follows_the_story() -> None:
    story = live(at=NOON - HOUR, slug="old", section=section("Markets"))
    Redirect.objects.create(path="/davos/", article=story)
    rewrite(story, slug="new", section=section("World"))
    workflow.refile(story, by=publisher())
    assert reading.redirect("/davos/", NOON - TICK) == records.Moved(f"/markets/old-{story.public_key}/")
    assert reading.redirect("/davos/", NOON) == records.Moved(f"/world/new-{story.public_key}/")


def test_vanity_address_of_a_withdrawn_story_leads_to_its_notice() -> None:
    story = withdrawn(slug="profits", section=section("Markets"))
    Redirect.objects.create(path="/davos/", article=story)
    assert reading.redirect("/davos/", NOON) == records.Moved(f"/markets/profits-{story.public_key}/")


def test_redirect_never_leads_to_itself() -> None:
    place = section("Markets")
    live(section=place)
    Redirect.objects.create(path="/markets/", section=place)
    assert reading.redirect("/markets/", NOON) is None


def test_new_section_at_an_old_address_is_found_before_the_redirect() -> None:
    old = section("Markets")
    live(section=old)
    old.slug = "money"
    old.save()
    new = section("New", slug="markets")
    assert reading.section("markets", NOON) == records.Moved("/money/")
    live(section=new)
    found = reading.section("markets", NOON)
    assert isinstance(found, records.Section)
    assert found.name == "New"


def test_addresses_in_chinese_are_found_as_browsers_ask_for_them() -> None:
    place = section("财经")
    live(section=place)
    old = place.path
    assert old == "/%E8%B4%A2%E7%BB%8F/"
    place.slug = "money"
    place.save()
    assert reading.redirect(old, NOON) == records.Moved("/money/")
    assert reading.section("财经", NOON) == records.Moved("/money/")


def test_nouns_lead_to_no_story() -> None:
    """A public noun has no way to stories that a template or a feed could walk."""
    for model in (Section, Author, Company, Topic):
        names = {field.related_model for field in model._meta.get_fields() if field.auto_created and not field.concrete}
        assert not names & {Article, Edition}
