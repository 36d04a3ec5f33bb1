"""The door hands out frozen records and nothing that leads back to a model."""

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import models

from articles import reading, records, workflow
from articles.models import Article, Company, Image, Quote, Redirect
from articles.states import ReleaseKind
from articles.workflow.editions import compose
from tests.factories import approved, image, live, quote, rewrite, source
from tests.reading.surfaces import nouns
from tests.workflow.desk import DAY, HOUR, NOON, publisher

pytestmark = pytest.mark.django_db

#: Plain values a record may hold. Booleans are numbers.
PLAIN = (str, int, Decimal, datetime, date, UUID, type(None))


def _parts(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    """Yield everything a value holds, itself first, with the way to it."""
    yield where, value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _parts(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _parts(item, f"{where}[{number}]")


def _story() -> Article:
    """Make a story with something in every field, its correction, and a picture with renditions."""
    picture = image(caption="Caption")
    Image.objects.filter(pk=picture.pk).update(rendition_widths=[400])
    beside = live(at=NOON - DAY, **nouns())
    same = _nouns_of(beside)
    story = live(at=NOON - HOUR, lead_image=picture, source=source(prefix="Wire --"), related=[beside], **same)
    rewrite(story, headline="Right")
    workflow.correct(story, by=publisher(), notice="It was wrong.")
    return story


def _nouns_of(story: Article) -> dict[str, Any]:
    return {
        "section": story.section,
        "bylines": [row.author for row in story.bylines.all()],
        "companies": [row.company for row in story.companies.all()],
        "persons": [row.person for row in story.persons.all()],
        "topics": [row.tag for row in story.topic_items.all()],
    }


def _preview(story: Article) -> records.Story:
    assert story.revision is not None
    drafted = compose(story, story.revision, kind=ReleaseKind.UPDATE, live_from=NOON, released_at=NOON)
    return reading.preview(drafted.edition, NOON)


def _answers(story: Article) -> dict[str, Callable[[], Any]]:
    """Return a call of every function of the door that has something to say."""
    firm = story.companies.get().company
    writer = story.bylines.get().author
    theme, one = story.topic_items.get().tag, story.persons.get().person
    assert story.section is not None
    slug, key = story.section.slug, story.public_key
    assert story.lead_image is not None
    name = str(story.lead_image.file.name)
    listed = firm.listings.get()
    if not Quote.objects.exists():
        quote(listed, as_of=NOON - HOUR)
    house = reading.house(NOON, reading.stamp(NOON))
    return {
        "author": lambda: reading.author(writer.slug, NOON),
        "author_stories": lambda: reading.author_stories(writer.pk, NOON),
        "changed_at": lambda: reading.changed_at(NOON),
        "company": lambda: reading.company(firm.slug, NOON),
        "companies_index": lambda: reading.companies_index(NOON),
        "at_publication": lambda: reading.at_publication([listed.pk], NOON),
        "company_page": lambda: reading.company_page(firm.slug, NOON, house, 31),
        "market_page": lambda: reading.market_page(NOON, house),
        "price_minute": lambda: reading.price_minute(NOON),
        "prices": lambda: reading.prices([listed.pk], NOON, house),
        "public_listings": lambda: tuple(reading.public_listings([listed.pk], NOON)),
        "public_tickers": lambda: tuple(reading.public_tickers(["NYSE:RARE"], NOON)),
        "story_listings": lambda: tuple(reading.story_listings(key, NOON)),
        "company_stories": lambda: reading.company_stories(firm.pk, NOON),
        "corrections": lambda: reading.corrections(NOON),
        "feed": lambda: reading.feed(NOON),
        "front": lambda: reading.front(NOON),
        "latest": lambda: reading.latest(NOON),
        "media": lambda: reading.media(name, NOON),
        "navigation": lambda: reading.navigation(NOON),
        "next_flip": lambda: reading.next_flip(NOON),
        "people_index": lambda: reading.people_index(NOON),
        "person": lambda: reading.person(one.slug, NOON),
        "person_stories": lambda: reading.person_stories(one.pk, NOON),
        "preview": lambda: _preview(story),
        "printed_feed": lambda: reading.printed_feed(NOON, house),
        "printed_front": lambda: reading.printed_front(NOON, house),
        "printed_list": lambda: reading.printed_list(("row", "card"), NOON, house, "", ("author", writer.pk)),
        "printed_story": lambda: reading.printed_story(key, NOON, house),
        "quoted": lambda: reading.quoted("NYSE:RARE", NOON),
        "redirect": lambda: reading.redirect("/davos/", NOON),
        "section": lambda: reading.section(slug, NOON),
        "section_stories": lambda: reading.section_stories(slug, NOON),
        "stamp": lambda: reading.stamp(NOON),
        "present_stamp": reading.present_stamp,
        "sitemap": lambda: reading.sitemap(2026, 6, NOON),
        "sitemap_months": lambda: reading.sitemap_months(NOON),
        "sitemap_news": lambda: reading.sitemap_news(NOON - DAY, NOON),
        "sitemap_page_parts": lambda: reading.sitemap_page_parts(NOON),
        "sitemap_pages": lambda: reading.sitemap_pages(NOON),
        "story": lambda: reading.story(key, NOON),
        "topic": lambda: reading.topic(theme.slug, NOON),
        "topic_stories": lambda: reading.topic_stories(theme.pk, NOON),
    }


def test_every_answer_is_frozen_and_plain_all_the_way_down() -> None:
    story = _story()
    Redirect.objects.create(path="/davos/", article=story)
    answers = _answers(story)
    # The house is what the pages of one stamp share in this process, shells and all; no page is handed one.
    assert set(reading.__all__) - set(answers) == {
        *("BadCursor", "House", "SitemapMonth", "Stamp"),
        *("forget", "from_any", "house", "now", "trustworthy"),
    }
    for name, ask in answers.items():
        answer = ask()
        assert answer, name
        for where, part in _parts(answer, name):
            if dataclasses.is_dataclass(part):
                assert vars(type(part))["__dataclass_params__"].frozen, where
                assert not hasattr(part, "__dict__"), where
            else:
                assert isinstance(part, (*PLAIN, tuple)), (where, type(part))
            assert not isinstance(part, models.Model | models.QuerySet | models.Manager), where
            if isinstance(part, datetime):
                assert part.tzinfo is UTC, where


def test_answers_are_compared_and_hashed_by_what_they_say() -> None:
    story = _story()
    for name, ask in _answers(story).items():
        first, second = ask(), ask()
        assert first == second, name
        assert hash(first) == hash(second), name


def test_records_cannot_be_changed() -> None:
    story = reading.story(_story().public_key, NOON)
    assert isinstance(story, records.Story)
    with pytest.raises(dataclasses.FrozenInstanceError):
        story.headline = "Changed"  # type: ignore[misc]
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError, TypeError)):
        story.secret = "Added"  # type: ignore[attr-defined]


def test_gone_and_moved_are_plain_too() -> None:
    story = _story()
    firm = Company.objects.get(name="Rare Company")
    firm.slug = "elsewhere"
    firm.save()
    moved = reading.company("rare-company", NOON)
    workflow.withdraw(story, by=publisher(), notice="Gone.")
    gone = reading.story(story.public_key, NOON + HOUR)
    for answer in (moved, gone):
        assert isinstance(answer, records.Moved | records.Gone)
        for where, part in _parts(answer, type(answer).__name__):
            assert isinstance(part, (*PLAIN, records.Moved, records.Gone)), where


def test_every_record_is_frozen() -> None:
    kinds = [
        kind
        for kind in vars(records).values()
        if isinstance(kind, type) and kind.__module__.startswith(records.__name__)
    ]
    assert len(kinds) > 15
    for kind in kinds:
        assert dataclasses.is_dataclass(kind), kind
        assert vars(kind)["__dataclass_params__"].frozen, kind


def test_approved_words_are_nowhere_at_the_door() -> None:
    """The working copy of a story differs in every word from what readers have."""
    story = _story()
    before = {name: ask() for name, ask in _answers(story).items() if name != "preview"}
    rewrite(story, headline="Canary", standfirst="Canary", body="<p>Canary</p>", slug="canary", kicker="Canary")
    approved(headline="Canary")
    assert {name: ask() for name, ask in _answers(story).items() if name != "preview"} == before
