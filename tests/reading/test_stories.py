"""One story at an instant: everything its page prints."""

from typing import Any

import pytest

from articles import reading, records, workflow
from articles.models import Image
from articles.models.source import CanonicalRule
from articles.reading.stories import RELATED
from articles.states import ReleaseKind
from articles.workflow.clock import clock_at
from articles.workflow.editions import compose
from tests.factories import (
    approved,
    author,
    company,
    draft,
    exchange,
    image,
    live,
    rewrite,
    scheduled,
    section,
    somebody,
    source,
    topic,
    withdrawn,
)
from tests.workflow.desk import DAY, HOUR, NOON, TICK, publisher, shown

pytestmark = pytest.mark.django_db


def test_story_has_all_that_the_page_prints() -> None:
    place = section("Technology")
    firm = company("Alibaba Group", "NYSE:BABA", "HKEX:9988", aliases=["Ali"], legal_name="Ali Ltd")
    picture = image(caption="The library's.")
    Image.objects.filter(pk=picture.pk).update(rendition_widths=[800, 400])
    story = live(
        kind="analysis",
        headline="Profit up",
        kicker="Earnings",
        standfirst="More.",
        body="<p>Profit rose.</p>",
        dateline="HANGZHOU",
        disclosure="We own none.",
        section=place,
        source=source("Wire", prefix="Wire --"),
        bylines=[[author("Mei Lin", role_title="Editor").pk, "columnist"]],
        companies=[firm],
        topics=[topic("AI")],
        lead_image=picture,
        lead_caption="Ours.",
        access="subscribers",
        search_engines="noarchive",
        original_url="https://wire.example/a",
    )
    stem = str(picture.file.name).rpartition(".")[0]
    assert shown(story, NOON) == records.Story(
        guid=story.guid,
        path=f"/technology/profit-up-{story.public_key}/",
        kind="analysis",
        headline="Profit up",
        short_headline="Profit up",
        kicker="Earnings",
        standfirst="More.",
        language="en",
        direction="ltr",
        section=records.Section("Technology", "technology", "/technology/", "en", "ltr"),
        bylines=(records.Byline("Mei Lin", "/authors/mei-lin/", "columnist", "Editor"),),
        source_name="Wire",
        source_prefix="Wire --",
        first_published_at=NOON,
        updated_at=NOON,
        picture=records.Picture(
            path=f"/media/{stem}.800.jpg",
            width=64,
            height=36,
            alt=picture.alt,
            caption="Ours.",
            credit=picture.credit,
            renditions=((f"/media/{stem}.400.jpg", 400), (f"/media/{stem}.800.jpg", 800)),
        ),
        body=story.body,
        dateline="HANGZHOU",
        disclosure="We own none.",
        companies=(
            records.Company(
                id=firm.pk,
                name="Alibaba Group",
                path="/companies/alibaba-group/",
                ticker="NYSE:BABA",
                role="subject",
                names=("Alibaba Group", "Ali Ltd", "Ali"),
                listing=firm.listings.get(is_primary=True).pk,
            ),
        ),
        topics=(records.Topic("AI", "/topics/ai/"),),
        related=(),
        notices=(),
        search_title="Profit up",
        search_description="More.",
        social_title="Profit up",
        canonical_url="",
        original_url="https://wire.example/a",
        access="subscribers",
        search_engines="noarchive",
        word_count=2,
        live_from=NOON,
    )


def test_pictures_follow_the_library_and_texts_do_not() -> None:
    picture = image(alt="Old", credit="Old", caption="Old")
    story = live(lead_image=picture, headline="Printed")
    Image.objects.filter(pk=picture.pk).update(alt="New", credit="New", caption="New")
    rewrite(story, headline="Not released")
    found = shown(story, NOON)
    assert found.picture is not None
    assert (found.picture.alt, found.picture.credit, found.picture.caption, found.headline) == (
        "New",
        "New",
        "New",
        "Printed",
    )


def test_key_that_was_never_public_says_nothing() -> None:
    story = draft()
    waiting = scheduled(live_from=NOON + HOUR)
    for key in (story.public_key, waiting.public_key, "22222222", "", "' OR 1=1 --", "x" * 999, "\U0001f4f0"):
        assert reading.story(key, NOON) is None


def test_old_keys_find_the_story_as_it_is() -> None:
    story = live(at=NOON - HOUR, slug="old", section=section("Old"))
    old_key = story.public_key
    rewrite(story, slug="new", section=section("New"), public_key="abcdefgh")
    assert reading.story("abcdefgh", NOON) is None
    workflow.refile(story, by=publisher())
    for key in (old_key, "abcdefgh"):
        found = reading.story(key, NOON)
        assert isinstance(found, records.Story)
        assert found.path == "/new/new-abcdefgh/"
    before = reading.story(old_key, NOON - TICK)
    assert isinstance(before, records.Story)
    assert before.path == f"/old/old-{old_key}/"
    assert reading.story("abcdefgh", NOON - TICK) is None


def test_key_of_a_cancelled_release_is_unknown() -> None:
    story = live(at=NOON - HOUR)
    rewrite(story, public_key="abcdefgh")
    workflow.refile(story, by=publisher(), at=NOON + HOUR)
    workflow.cancel(story, by=publisher())
    assert reading.story("abcdefgh", NOON + DAY) is None


def test_gone_stories_say_only_what_they_may() -> None:
    story = withdrawn(headline="Libel", notice="It was wrong.", language="ar")
    assert reading.story(story.public_key, NOON) == records.Gone(
        "withdrawn", NOON - HOUR, notice="It was wrong.", language="ar", direction="rtl"
    )
    over = approved(headline="Over", language="fa")
    workflow.release(over, by=publisher(), expires_at=NOON + HOUR)
    assert reading.story(over.public_key, NOON + HOUR) == records.Gone(
        "expired", NOON, headline="Over", language="fa", direction="rtl"
    )


def test_notices_come_newest_first() -> None:
    with clock_at(NOON - 2 * HOUR):
        story = live()
    for hours, notice in ((1, "First."), (0, "Second.")):
        with clock_at(NOON - hours * HOUR):
            rewrite(story, headline=notice)
            workflow.correct(story, by=publisher(), notice=notice)
    assert shown(story, NOON).notices == (
        records.Notice("correction", "Second.", NOON),
        records.Notice("correction", "First.", NOON - HOUR),
    )


@pytest.mark.parametrize(
    ("rule", "content", "canonical"),
    [
        (CanonicalRule.OWN, {"original_url": "https://wire.example/a"}, ""),
        (CanonicalRule.ORIGINAL, {"original_url": "https://wire.example/a"}, "https://wire.example/a"),
        (CanonicalRule.ORIGINAL, {"canonical_url": "https://c.example/"}, "https://c.example/"),
        (CanonicalRule.OWN, {"canonical_url": "https://c.example/"}, "https://c.example/"),
    ],
)
def test_canonical_address(rule: str, content: dict[str, Any], canonical: str) -> None:
    story = live(source=source(canonical_rule=rule), **content)
    assert shown(story, NOON).canonical_url == canonical


def test_stories_picked_by_hand_stand_beside_while_they_are_live() -> None:
    first, second, hidden, waiting = live(), live(), draft(), scheduled(live_from=NOON + HOUR)
    followed = live()
    story = live(at=NOON, related=[second, hidden, waiting, first], follows=followed)
    for at, expected in (
        (NOON, [followed, second, first]),
        (NOON + HOUR, [followed, second, waiting, first]),
    ):
        assert [card.guid for card in shown(story, at).related] == [item.guid for item in expected]
    workflow.withdraw(second, by=publisher(), notice="Gone.")
    assert [card.guid for card in shown(story, NOON + TICK).related] == [followed.guid, first.guid]


def test_newest_of_the_section_stand_beside_without_a_choice() -> None:
    place = section("Asia")
    beside = [live(at=NOON - number * HOUR, section=place) for number in range(1, RELATED + 3)]
    live(section=section("World"))
    story = live(section=place)
    assert [card.guid for card in shown(story, NOON).related] == [item.guid for item in beside[:RELATED]]


def test_newest_of_all_stand_beside_a_story_without_a_section() -> None:
    other = live(section=section("World"))
    story = live(kind="alert", section=None)
    assert [card.guid for card in shown(story, NOON).related] == [other.guid]


def test_ticker_is_the_primary_one_of_the_day() -> None:
    private, listed = company("Private"), company("Listed", "NYSE:L")
    second = company("Second only")
    second.listings.create(exchange=exchange("HKEX"), symbol="2", is_primary=False)
    story = live(at=NOON - DAY, companies=[private, listed, second])
    assert [(item.name, item.ticker) for item in shown(story, NOON).companies] == [
        ("Private", ""),
        ("Listed", "NYSE:L"),
        ("Second only", ""),
    ]
    listed.listings.update(delisted_on=NOON.date())
    assert [item.ticker for item in shown(story, NOON).companies] == ["", "", ""]
    assert [item.ticker for item in shown(story, NOON - DAY + HOUR).companies] == ["", "NYSE:L", ""]


def test_company_with_two_rows_in_the_ledger_of_listings_is_printed_once() -> None:
    firm = company("Firm", "NYSE:OLD")
    firm.listings.update(delisted_on=(NOON + DAY).date())
    firm.listings.create(exchange=exchange("HKEX"), symbol="NEW", is_primary=True)
    story = live(companies=[firm])
    assert [item.name for item in shown(story, NOON).companies] == ["Firm"]
    assert len(reading.feed(NOON).items[0].companies) == 1


def test_preview_is_the_story_as_it_would_be_and_stores_nothing() -> None:
    firm, joe = company("Firm", "NYSE:F"), somebody("Joe Tsai", aliases=["Joe"])
    said = f'<data value="1.2" data-listing="{firm.listings.get().pk}" data-measure="change-percent">1.2%</data>'
    story = approved(
        companies=[firm],
        persons=[joe],
        topics=[topic("AI")],
        lead_image=image(),
        related=[live(at=NOON - HOUR)],
        body=f'<p><span data-person="{joe.pk}">Joe</span> said {said}.</p>',
    )
    assert story.revision is not None
    drafted = compose(story, story.revision, kind=ReleaseKind.PUBLICATION, live_from=NOON, released_at=NOON, number=1)
    preview = reading.preview(drafted.edition, NOON)
    assert story.editions.count() == 0
    assert preview.is_preview
    workflow.release(story, by=publisher())
    real = shown(story, NOON)
    names = [name for name in records.Story.__dataclass_fields__ if name != "is_preview"]
    assert {name: getattr(preview, name) for name in names} == {name: getattr(real, name) for name in names}
    assert real.persons == (records.Person(joe.pk, "Joe Tsai", "/people/joe-tsai/", ("Joe Tsai", "Joe")),)
    assert real.stated == (records.StatedListing(firm.listings.get().pk, "NYSE:F", "America/New_York"),)


@pytest.mark.parametrize(
    ("language", "headline", "direction", "slug"),
    [
        (
            "zh-Hans",
            "阿里巴巴利润上升5%",
            "ltr",
            "%E9%98%BF%E9%87%8C%E5%B7%B4%E5%B7%B4%E5%88%A9%E6%B6%A6%E4%B8%8A%E5%8D%875",
        ),
        ("ar", "أرباح", "rtl", "%D8%A3%D8%B1%D8%A8%D8%A7%D8%AD"),
        ("en", "📈🚀", "ltr", "story"),
        ("en", "e\u0301te\u0301", "ltr", "%C3%A9t%C3%A9"),
    ],
)
def test_headlines_in_any_script(language: str, headline: str, direction: str, slug: str) -> None:
    story = live(headline=headline, language=language, section=section("World"))
    found = shown(story, NOON)
    assert (found.direction, found.path) == (direction, f"/world/{slug}-{story.public_key}/")
