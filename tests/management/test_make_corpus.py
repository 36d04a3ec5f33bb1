"""The corpus: the same rows as the verbs write, the same stories every time, and none of them twice."""

import hashlib
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import reading, workflow
from articles.management.corpus import plans, shelves, words
from articles.management.corpus.cast import Cast
from articles.management.corpus.crew import fill
from articles.management.corpus.plans import END, Plan, guid, html
from articles.management.corpus.rows import Desk, Rows
from articles.management.corpus.shelves import count_stories, gaps
from articles.models import (
    Article,
    Author,
    Company,
    Edition,
    EditionAuthor,
    Exchange,
    Listing,
    RelatedStory,
    Revision,
    SavedText,
    Section,
    Source,
    Topic,
    Transition,
)  # fmt: skip
from articles.models.word import Word
from articles.states import ReleaseKind, Verb
from articles.workflow.clock import clock_at
from articles.workflow.content import clean_content, empty_content, read_content
from articles.workflow.editions import content_of
from articles.workflow.merging import merge
from newsroom.roles import Role
from tests import factories
from tests.soak.integrity import broken

pytestmark = pytest.mark.django_db

NOUNS = (Section, Author, Company, Exchange, Listing, Source, Topic)
SEED = 7
#: Rows of these differ where the same story is told twice: their own keys, and what the two must not share.
OWN = {"id", "guid", "public_key", "article_id", "revision_id", "edition_id", "content_object_id"}
FATES = (None, Verb.CORRECT, Verb.CLARIFY, Verb.UPDATE, Verb.REFILE, Verb.WITHDRAW, Verb.EXPIRE)


def make(articles: int, seed: int = SEED) -> str:
    said = StringIO()
    call_command("make_corpus", articles=articles, seed=seed, stdout=said)
    return said.getvalue().strip()


def columns(row: Model) -> dict[str, Any]:
    """Return the stored values of a row, but for the keys of this one telling."""
    fresh = type(row)._default_manager.get(pk=row.pk)
    values = {field.attname: getattr(fresh, field.attname) for field in row._meta.concrete_fields}
    content = {"content": {**values["content"], "public_key": ""}} if "content" in values else {}
    return {name: value for name, value in values.items() if name not in OWN} | content


def everything(article: Article) -> dict[str, list[Any]]:
    """Return all rows of a story, in order, with the links between them as numbers."""
    editions = list(article.editions.order_by("number"))
    assert article.revision is not None
    return {
        "article": [columns(article), article.revision.number, read_content(article) | {"public_key": ""}],
        "revisions": [(columns(row), row.text.html) for row in article.revisions.order_by("number")],
        "lists": [
            columns(row)
            for manager in ("bylines", "companies", "topic_items", "related_stories")
            for row in getattr(article, manager).order_by("position")
        ],
        "words": [word for word in words_to(article) if word != article.public_key],
        "editions": [(columns(row), row.revision.number, row.guid == article.guid) for row in editions],
        "index": [
            (edition.number, row.article_id == article.pk, columns(row))
            for edition in editions
            for manager in ("author_items", "company_items", "topic_items")
            for row in getattr(edition, manager).order_by("position")
        ],
        "ledger": [
            (columns(row), row.revision.number, row.edition.number if row.edition else None)
            for row in article.transitions.order_by("pk")
        ],
    }


def words_to(article: Article) -> list[str]:
    """Return the words by which the desk finds a story."""
    return list(Word.objects.filter(noun="article", key=article.pk).order_by("word").values_list("word", flat=True))


def tell(plan: Plan, cast: Cast, content: dict[str, Any]) -> Article:
    """Tell a story of the corpus with the verbs."""
    with clock_at(plan.started_at):
        article = workflow.start(content, by=cast.reporter)
    with clock_at(plan.submitted_at):
        workflow.submit(article, by=cast.reporter)
    with clock_at(plan.approved_at):
        workflow.approve(article, by=cast.editor)
    with clock_at(plan.released_at):
        workflow.release(article, by=cast.publisher, expires_at=plan.expires_at)
    change = plan.change
    if change is None:
        return article
    if change.verb is Verb.WITHDRAW:
        with clock_at(change.at):
            workflow.withdraw(article, by=cast.publisher, notice=change.notice)
        return article
    with clock_at(_before(change.at, 30)):
        workflow.save(article, change.content, by=cast.copy_editor)
    with clock_at(_before(change.at, 20)):
        workflow.submit(article, by=cast.copy_editor)
    with clock_at(_before(change.at, 10)):
        workflow.approve(article, by=cast.editor)
    with clock_at(change.at):
        workflow.change(article, change.verb, by=cast.publisher, notice=change.notice)
    return article


def _before(at: datetime, minutes: int) -> datetime:
    return at - minutes * factories.HOUR / 60


def plan_of(wanted: Verb | None) -> Plan:
    """Return the first story of the corpus with this fate that has related stories, too."""
    plans = (Plan(number, SEED) for number in range(10, 3000))
    return next(plan for plan in plans if plan.fate is wanted and plan.content["related"])


def with_related(plan: Plan) -> list[Plan]:
    """Return a story behind all that it relates to, directly or not."""
    found = {plan.number: plan}
    for number in plan.content["related"]:
        found |= {other.number: other for other in with_related(Plan(number, SEED))}
    return [found[number] for number in sorted(found)]


@pytest.mark.parametrize("wanted", FATES)
def test_story_has_the_rows_that_the_verbs_write(wanted: Verb | None) -> None:
    cast, plan = Cast(), plan_of(wanted)
    desk = Desk(cast)
    desk.store(desk.tell(with_related(plan), {}))
    keys = {number: Article.objects.get(guid=guid(number, SEED)).pk for number in plan.content["related"]}
    made = Article.objects.get(guid=plan.guid)

    told = tell(plan, cast, cast.content(plan, keys) | {"public_key": "22222222"})

    assert made.related_stories.count() == len(keys) > 0
    assert everything(made) == everything(told)
    assert made.public_key == plan.public_key
    assert plan.public_key in words_to(made)
    assert made.revision is not None
    assert made.revision.content["public_key"] == plan.public_key


def test_both_databases_and_every_run_have_the_same_stories() -> None:
    def tell_all() -> list[Any]:
        with transaction.atomic():
            make(40)
            stories = Article.objects.order_by("guid").values_list(
                "guid", "public_key", "headline", "body", "search_text"
            )
            found = [*stories, *Edition.objects.order_by("guid", "number").values_list("guid", "live_from", "slug")]
            transaction.set_rollback(True)
        return found

    first = tell_all()

    assert len(first) >= 80
    assert first == tell_all()


def test_stories_do_not_depend_on_python_or_platform() -> None:
    plan = Plan(1, 1)

    assert (str(plan.guid), plan.public_key) == ("43368a91-e03a-5a3a-9f0e-879b3a4786bf", "xy7jnkbd")
    assert plan.released_at.isoformat() == "2021-03-07T16:16:33+00:00"
    assert plan.content["headline"] == "Stellgrove Motors free cash flow advanced 12.0% on demand in western Europe"
    assert plan.headline.slug == "stellgrove-motors-free-cash-flow-advanced-12-0-on-demand-in-western-europe"
    assert hashlib.sha256(plan.content["body"].encode()).hexdigest().startswith("ac9a0892")


def test_words_are_stored_as_they_are() -> None:
    """The corpus leaves out the cleaning, because there is nothing to clean."""
    cast = Cast()
    for number in range(1, 30):
        plan = Plan(number, SEED)
        content = empty_content() | cast.content(plan, dict.fromkeys(range(30), 0)) | {"related": []}
        assert clean_content(content) == content
        if plan.change:
            assert clean_content(plan.change.content, content["body"]) == plan.change.content


def test_no_two_blocks_of_a_body_share_an_id() -> None:
    blocks = [words.block(1, number) for number in range(words.PARAGRAPHS)]

    assert len({block.html.partition(">")[0] for block in blocks}) == len({block.plain for block in blocks}) == 600


def test_no_two_stories_share_a_key_an_instant_or_a_body() -> None:
    plans = [Plan(number, SEED) for number in range(1, 400)]

    for values in (
        {plan.public_key for plan in plans}, {plan.released_at for plan in plans}, {plan.guid for plan in plans},
        {plan.content["body"] for plan in plans}, {Plan(number, SEED + 1).guid for number in range(1, 400)},
    ):  # fmt: skip
        assert len(values) == len(plans)
    assert max(plan.change.at for plan in plans if plan.change) < END + 30 * factories.DAY


def test_second_run_makes_nothing() -> None:
    assert make(12) == "Made 12 stories; the corpus has 12."
    before = [model._default_manager.count() for model in (*NOUNS, Article, Edition, Revision, SavedText, Transition)]

    assert make(12) == "Nothing to do: all 12 stories of the corpus are there."
    assert before == [
        model._default_manager.count() for model in (*NOUNS, Article, Edition, Revision, SavedText, Transition)
    ]


def small_shelves(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Let shelves hold fewer stories; those of all shelves then have other stories beside them."""
    monkeypatch.setattr(plans, "SHELF", size)
    monkeypatch.setattr(shelves, "SHELF", size)


def test_corpus_grows_into_the_bigger_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small_shelves(monkeypatch, 10)
    with transaction.atomic():
        make(25)
        grown_at_once = related()
        transaction.set_rollback(True)
    make(7)

    assert make(25) == "Made 18 stories; the corpus has 25."
    assert make(20) == "Nothing to do: all 20 stories of the corpus are there."

    assert related() == grown_at_once
    assert Article.objects.count() == 25


def related() -> list[tuple[Any, ...]]:
    """Return who stands beside whom, in an order of its own."""
    pairs = RelatedStory.objects.order_by("article__guid", "position")
    return list(pairs.values_list("article__guid", "story__guid", "position"))


def test_interrupted_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    small_shelves(monkeypatch, 5)
    real = Desk.store

    def stumble(desk: Desk, rows: Rows) -> None:
        real(desk, rows)
        if Article.objects.count() > 5:
            raise KeyboardInterrupt

    with monkeypatch.context() as stumbling:
        stumbling.setattr(Desk, "store", stumble)
        with pytest.raises(KeyboardInterrupt):
            make(15)
    assert Article.objects.count() == Article.objects.exclude(revision=None).count() == 5
    assert gaps(15, SEED) == {1: 5, 2: 5}

    assert make(15) == "Made 10 stories; the corpus has 15."
    assert Article.objects.count() == count_stories(15, SEED) == 15


def test_gap_in_a_shelf_is_filled() -> None:
    with transaction.atomic():
        make(30)
        whole = related()
        transaction.set_rollback(True)
    cast = Cast()
    desk = Desk(cast)
    make(10)
    number = next(number for number in range(11, 30) if not Plan(number, SEED).content["related"])
    desk.store(desk.tell([Plan(number, SEED)], {}))
    assert gaps(30, SEED) == {0: 19}

    make(30)

    assert related() == whole
    assert Article.objects.count() == 30


@pytest.mark.django_db(transaction=True)
def test_processes_side_by_side_make_the_corpus_of_one() -> None:
    made = list(fill(gaps(1200, SEED), 1200, SEED, processes=2))

    assert sorted(made) == [200, 500, 500]
    assert count_stories(1200, SEED) == Article.objects.count() == 1200
    every = Article.objects.order_by("?")[:40]
    assert broken(every) == []
    for number in (1, 700, 1200):
        plan, article = Plan(number, SEED), Article.objects.get(guid=guid(number, SEED))
        assert (article.headline, html(plan.blocks)) == (
            plan.headline.text,
            content_of(first_revision(article))["body"],
        )


def first_revision(article: Article) -> Revision:
    """Return what the story was saved with first."""
    return article.revisions.get(number=1)


@pytest.mark.django_db(transaction=True)
def test_processes_that_cannot_begin_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    connection.ensure_connection()
    monkeypatch.setitem(connection.settings_dict, "NAME", "/nowhere/at/all")

    with pytest.raises(BrokenProcessPool):
        list(fill({0: 500, 1: 100}, 600, SEED, processes=2))


def test_sound_rows_are_what_is_made() -> None:
    make(120)

    assert broken(Article.objects.all()) == []


def test_merged_nouns_are_named_as_what_they_are_now() -> None:
    make(1)
    first, second = Author.objects.order_by("pk")[:2]
    merge(first, into=second, by=factories.person(Role.COPY_EDITOR))

    make(40)

    assert Article.objects.count() == 40
    assert not EditionAuthor.objects.filter(author=first).exists()
    assert EditionAuthor.objects.filter(author=second).exists()


def test_stories_of_the_desk_are_left_alone() -> None:
    factories.section("Markets", description="Ours.")
    ours = factories.live(headline="Ours")
    before = everything(ours)

    make(30)

    assert everything(ours) == before
    assert Section.objects.get(slug="markets").description == "Ours."
    # The keys of rows made in bulk and one by one come from the same sequence.
    assert factories.live().pk == Article.objects.aggregate(last=Max("pk"))["last"]


def test_every_edition_has_its_line_of_the_ledger_and_the_reverse() -> None:
    make(150)

    named = Transition.objects.exclude(edition=None)
    assert set(named.values_list("edition_id", "edition_number")) == set(Edition.objects.values_list("pk", "number"))
    assert named.count() == Edition.objects.count() > 150
    counted = Article.objects.annotate(last=Max("editions__number"), count=Count("editions"))
    assert not counted.exclude(last_edition_number=F("last"), count=F("last")).exists()
    assert set(Edition.objects.values_list("release_kind", flat=True)) == set(ReleaseKind.values)


def test_stories_are_on_their_pages() -> None:
    make(60)
    live = Edition.objects.live(END).select_related("section")
    client = Client()

    for edition in live[:5]:
        assert client.get(edition.path).status_code == 200
    assert client.get("/latest/").status_code == 200
    assert client.get(Company.objects.get(pk=live[0].company_items.first().company_id).path).status_code == 200
    assert reading.latest(END).items[0].headline == live.order_by("-first_published_at")[0].headline


def test_queries_do_not_grow_with_stories() -> None:
    def queries(articles: int, seed: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            make(articles, seed)
        return len(captured)

    make(1)

    assert queries(60, 8) - queries(5, 9) <= 4


@pytest.mark.parametrize("articles", ["0", "-3", "many"])
def test_impossible_size_is_refused(articles: str) -> None:
    with pytest.raises(CommandError, match="--articles"):
        call_command("make_corpus", "--articles", articles)
