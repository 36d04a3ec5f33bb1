"""What the database refuses of itself: each constraint is violated once, by a row that is right in all else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from articles.models import (
    AliasRule,
    Article,
    ArticleCompany,
    ArticlePerson,
    ArticleTopic,
    Author,
    Byline,
    CompanyName,
    DismissedMention,
    DoubtfulQuote,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionPerson,
    EditionTopic,
    Exchange,
    ExchangeDay,
    FileRecord,
    Listing,
    PersonRole,
    PurgeWatch,
    Redirect,
    ReferenceRate,
    RelatedStory,
    Revision,
    Section,
    Source,
    Split,
    Topic,
    Transition,
)
from articles.models.constraints import Frozen
from articles.models.forever import KeptForever
from articles.models.price_stamp import PriceStamp
from articles.models.reference import QuoteSource
from articles.models.stamp import PublicStamp
from articles.models.triggers import Triggers
from newsroom.roles import Role
from tests.factories import (
    author,
    company,
    draft,
    exchange,
    journalist,
    live,
    person,
    quote,
    section,
    somebody,
    source,
    topic,
)

pytestmark = pytest.mark.django_db


def _again(row: models.Model, **changes: Any) -> None:
    """Insert a row once more under a key of its own, with changes."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    type(row)._default_manager.bulk_create([type(row)(**(values | {"id": None} | changes))])


def _edition() -> Edition:
    live(companies=[company()], persons=[somebody()], topics=[topic()])
    return Edition.objects.get()


def _other_edition(**changes: Any) -> None:
    """Insert a second edition that differs from the first in all that must differ, but for changes."""
    edition = _edition()
    _again(edition, **({"number": 2, "live_from": edition.live_from + timedelta(1)} | changes))


def _listing(**changes: Any) -> None:
    """List a second company beside one that is listed as NYSE:BABA."""
    first, second = company("First", "NYSE:BABA"), company()
    values = {"company": second, "exchange": exchange("HKEX"), "symbol": "9988", "is_primary": True} | changes
    if values["company"] == "the first":
        values["company"] = first
    Listing.objects.create(**values)


VIOLATIONS: dict[str, Callable[[], Any]] = {
    "article_public_key_unique": lambda: Article.objects.filter(pk=draft().pk).update(public_key=draft().public_key),
    "article_state_known": lambda: Article.objects.filter(pk=draft().pk).update(state="lost"),
    "byline_author_once": lambda: _again(draft().bylines.get()),
    "article_company_once": lambda: _again(draft(companies=[company()]).companies.get()),
    "article_topic_once": lambda: _again(draft(topics=[topic()]).topic_items.get()),
    "related_story_once": lambda: _again(draft(related=[draft()]).related_stories.get()),
    "related_story_is_another": lambda: RelatedStory.objects.create(article=(story := draft()), story=story),
    "company_lei_unique": lambda: [company(lei="5493001NTNQJDH60PM02") for _ in range(2)],
    "listing_symbol_unique": lambda: _listing(exchange=exchange("NYSE"), symbol="BABA"),
    "listing_one_primary": lambda: _listing(company="the first"),
    "listing_until_after_from": lambda: _listing(listed_on=date(2026, 1, 2), delisted_on=date(2026, 1, 1)),
    "edition_instant_unique": lambda: _again(edition := _edition(), number=edition.number + 1),
    "edition_number_unique": lambda: _other_edition(number=1),
    "edition_kind_known": lambda: _other_edition(release_kind="rumor"),
    "edition_first_published_first": lambda: _again(
        edition := _edition(), number=2, live_from=edition.live_from - timedelta(1)
    ),
    "edition_expires_later": lambda: _again(
        edition := _edition(), number=2, live_from=edition.live_from + timedelta(1), expires_at=edition.live_from
    ),
    "edition_notice_given": lambda: _other_edition(release_kind="correction", notice=""),
    "edition_author_once": lambda: _again(_edition().author_items.get()),
    "edition_company_once": lambda: _again(_edition().company_items.get()),
    "article_person_once": lambda: _again(draft(persons=[somebody()]).persons.get()),
    "edition_person_once": lambda: _again(_edition().person_items.get()),
    "companyname_once": lambda: [
        CompanyName.objects.create(company=firm, name="Former", until_on=date(2026, 1, 1)) for firm in [company()] * 2
    ],
    "companyname_open_once": lambda: [
        CompanyName.objects.create(company=firm, name="Former") for firm in [company()] * 2
    ],
    "companyname_until_after_from": lambda: CompanyName.objects.create(
        company=company(), name="Former", from_on=date(2026, 1, 2), until_on=date(2026, 1, 1)
    ),
    "exchangeday_once": lambda: [
        ExchangeDay.objects.create(exchange=exchange(), date=date(2026, 12, 25)) for _ in range(2)
    ],
    "personrole_somewhere": lambda: PersonRole.objects.create(person=somebody(), title="chair"),
    "personrole_until_after_since": lambda: PersonRole.objects.create(
        person=somebody(), body="A bank", title="chair", since_on=date(2026, 1, 2), until_on=date(2026, 1, 1)
    ),
    "aliasrule_once": lambda: [AliasRule.objects.create(words="Apple", verdict="never") for _ in range(2)],
    "aliasrule_one_noun": lambda: AliasRule.objects.create(
        words="Ford", company=company(), person=somebody(), verdict="never"
    ),
    "aliasrule_always_names": lambda: AliasRule.objects.create(words="Ford", verdict="always"),
    "aliasrule_one_always": lambda: [
        AliasRule.objects.create(words="Ford", company=company(), verdict="always") for _ in range(2)
    ],
    "dismissedmention_once": lambda: [
        DismissedMention.objects.create(
            article=story, words="Apple", dismissed_by=story.created_by, dismissed_at=timezone.now()
        )
        for story in [draft()] * 2
    ],
    "quote_once": lambda: _again(quote(company("Quoted", "NYSE:QTD").listings.get())),
    "doubtfulquote_once": lambda: [
        DoubtfulQuote.objects.create(
            listing=listing, provider="made", price=1, currency="USD", as_of=timezone.now(), received_at=timezone.now()
        )
        for listing in [company("Quoted", "NYSE:QTD").listings.get()] * 2
    ],
    "filerecord_once": lambda: [FileRecord.objects.create(noun="company", row=1) for _ in range(2)],
    "pricestamp_one_row": lambda: PriceStamp.objects.create(id=2, counter=1),
    "referencerate_positive": lambda: ReferenceRate.objects.create(currency="USD", date=date(2026, 1, 2), rate=0),
    "split_once": lambda: [
        Split.objects.create(listing=listing, date=date(2026, 1, 2), new=10)
        for listing in [company("Quoted", "NYSE:QTD").listings.get()] * 2
    ],
    "split_changes_something": lambda: Split.objects.create(
        listing=company("Quoted", "NYSE:QTD").listings.get(), date=date(2026, 1, 2), new=1
    ),
    "edition_topic_once": lambda: _again(_edition().topic_items.get()),
    "revision_number_unique": lambda: _again(draft().revisions.get()),
    "section_slug_not_reserved": lambda: Section.objects.create(name="Latest", slug="latest"),
    "topic_name_unique": lambda: [Topic.objects.create(name="AI", slug=slug) for slug in ("ai", "ai-2")],
    "publicstamp_one_row": lambda: PublicStamp.objects.create(id=2, counter=1, changed_at=timezone.now()),
    "purgewatch_one_row": lambda: PurgeWatch.objects.create(id=2, until=timezone.now()),
    "transition_verb_known": lambda: _again(draft().transitions.get(), verb="dance"),
}
#: Unique columns: two rows that share only this.
UNIQUE: dict[str, Callable[[], Any]] = {
    "Article.guid": lambda: Article.objects.filter(pk=draft().pk).update(guid=draft().guid),
    "Author.journalist": lambda: [author(journalist=person(Role.REPORTER)) for _ in range(2)],
    "Author.slug": lambda: [author(slug="same") for _ in range(2)],
    "Company.cik": lambda: [company(cik=7) for _ in range(2)],
    "Company.slug": lambda: [company(slug="same") for _ in range(2)],
    "Exchange.mic": lambda: [Exchange.objects.create(mic="XNYS", name=name, short_name=name) for name in "ab"],
    "Person.slug": lambda: [somebody(slug="same") for _ in range(2)],
    "QuoteSource.name": lambda: [QuoteSource.objects.create(name="feed") for _ in range(2)],
    "Redirect.path": lambda: [Redirect.objects.create(path="/davos/", topic=topic()) for _ in range(2)],
    "Section.slug": lambda: [Section.objects.create(name=name, slug="same") for name in "ab"],
    "Source.name": lambda: [source("Wire", slug=slug) for slug in "ab"],
    "Source.slug": lambda: [source(slug="same") for _ in range(2)],
    "Topic.slug": lambda: [topic(slug="same") for _ in range(2)],
}


def _models() -> list[type[models.Model]]:
    return list(apps.get_app_config("articles").get_models())


def test_every_constraint_is_violated_below() -> None:
    names = {
        constraint.name
        for model in _models()
        for constraint in model._meta.constraints
        if not isinstance(constraint, Frozen | Triggers)
    }
    assert names == set(VIOLATIONS)
    columns = {
        f"{model.__name__}.{field.name}"
        for model in _models()
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    }
    assert columns == set(UNIQUE)


@pytest.mark.parametrize("name", VIOLATIONS)
def test_database_refuses(name: str) -> None:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        VIOLATIONS[name]()
    said = str(refusal.value)
    # SQLite names the columns of a unique constraint and not the constraint.
    assert name in said or (connection.vendor == "sqlite" and said.startswith("UNIQUE constraint failed: "))


@pytest.mark.parametrize("column", UNIQUE)
def test_database_refuses_a_second(column: str) -> None:
    name = column.split(".")[1]
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        UNIQUE[column]()


def test_what_is_almost_refused_is_taken() -> None:
    _listing(exchange=exchange("NYSE"), symbol="BABA", delisted_on=date(2026, 1, 1))
    Listing.objects.update(delisted_on=date(2026, 1, 1))
    Listing.objects.create(company=company(), exchange=exchange("NYSE"), symbol="BABA", is_primary=True)
    company(lei="")
    _other_edition(release_kind="update", notice="")
    edition = Edition.objects.get(number=1)
    _again(edition, number=3, live_from=edition.live_from + timedelta(2), expires_at=edition.live_from + timedelta(2))
    assert Edition.objects.count() == 3


#: Rows that name another row, and what they name: it cannot be deleted while a story has it.
PROTECTED: dict[str, Callable[[], models.Model | None]] = {
    "author in a byline": lambda: draft().bylines.get().author,
    "company of a story": lambda: draft(companies=[company()]).companies.get().company,
    "topic of a story": lambda: draft(topics=[topic()]).topic_items.get().tag,
    "section of a story": lambda: draft().section,
    "source of a story": lambda: draft(source=source()).source,
    "story beside another": lambda: draft(related=[draft()]).related_stories.get().story,
    "story that another follows": lambda: draft(follows=draft()).follows,
    "journalist who began a story": lambda: draft(by=journalist()).created_by,
    "exchange with listings": lambda: company("Firm", "NYSE:F").listings.get().exchange,
    "author of an edition": lambda: _dropped(Byline, EditionAuthor.objects, "author"),
    "company of an edition": lambda: _dropped(ArticleCompany, EditionCompany.objects, "company"),
    "person of a story": lambda: draft(persons=[somebody()]).persons.get().person,
    "person of an edition": lambda: _dropped(ArticlePerson, EditionPerson.objects, "person"),
    "company where somebody has a role": lambda: (
        PersonRole.objects.create(person=somebody(), company=company(), title="chair").company
    ),
    "topic of an edition": lambda: _dropped(ArticleTopic, EditionTopic.objects, "tag"),
    "revision in the ledger": lambda: Revision.objects.get(article=draft()),
    "story in the ledger": lambda: Transition.objects.get(article=draft()).article,
}


def _dropped(items: type[models.Model], index: Any, name: str) -> models.Model:
    """Return a noun that an edition names and no working copy."""
    _edition()
    items._default_manager.all().delete()
    noun: models.Model = getattr(index.get(), name)
    return noun


@pytest.mark.parametrize("name", PROTECTED)
def test_what_a_story_names_is_not_deleted(name: str) -> None:
    row = PROTECTED[name]()
    assert row is not None
    with pytest.raises((models.ProtectedError, KeptForever)):
        row.delete()
    assert type(row)._default_manager.filter(pk=row.pk).exists()


def test_merged_noun_keeps_what_it_went_into() -> None:
    into = author()
    Author.objects.filter(pk=author().pk).update(merged_into=into)
    with pytest.raises(models.ProtectedError):
        into.delete()


def test_unused_nouns_can_be_deleted_with_their_redirects() -> None:
    for row in (section("Unused"), author(), company("Firm", "NYSE:F"), topic(), source()):
        if not isinstance(row, Source):
            Redirect.keep("/old/", row)
        row.delete()
    assert Redirect.objects.count() == Listing.objects.count() == 0
