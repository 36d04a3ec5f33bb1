"""The corpus: the same rows as the verbs write, the same stories every time, and none of them twice."""

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
from articles.management import corpus
from articles.management.corpus.cast import Cast
from articles.management.corpus.plans import END, Plan
from articles.management.corpus.rows import Desk
from articles.models import (
    Article,
    Author,
    Company,
    Edition,
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
from articles.states import ReleaseKind, Verb
from articles.workflow.clock import clock_at
from articles.workflow.content import clean_content, empty_content, read_content
from articles.workflow.printed import Nouns
from tests import factories

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


@pytest.mark.parametrize("wanted", FATES)
def test_story_has_the_rows_that_the_verbs_write(wanted: Verb | None) -> None:
    cast = Cast()
    desk = Desk(cast, Nouns.of(cast.everything()))
    plan = plan_of(wanted)
    earlier = [Plan(number, SEED) for number in sorted(plan.content["related"])]
    desk.write(earlier, {})
    keys = {number.number: Article.objects.get(guid=number.guid).pk for number in earlier}
    desk.write([plan], keys)
    made = Article.objects.get(guid=plan.guid)

    content = cast.content(plan) | {"related": [keys[number] for number in plan.content["related"]]}
    told = tell(plan, cast, content | {"public_key": "22222222"})

    assert made.related_stories.count() == len(earlier) > 0
    assert everything(made) == everything(told)
    assert made.public_key == plan.public_key
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
    assert plan.content["headline"] == "Ostrander Insurance sees a confident start in Latin America"


def test_words_are_stored_as_they_are() -> None:
    """The corpus leaves out the cleaning, because there is nothing to clean."""
    cast = Cast()
    for number in range(1, 30):
        plan = Plan(number, SEED)
        content = empty_content() | cast.content(plan)
        assert clean_content(content) == content
        if plan.change:
            assert clean_content(plan.change.content, content["body"]) == plan.change.content


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


def test_corpus_grows_into_the_bigger_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with transaction.atomic():
        make(25)
        grown_at_once = related()
        transaction.set_rollback(True)
    monkeypatch.setattr(corpus, "BATCH", 10)
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
    monkeypatch.setattr(corpus, "BATCH", 5)
    real = Desk.write

    def stumble(desk: Desk, plans: list[Plan], related: dict[int, int]) -> None:
        real(desk, plans, related)
        if plans[0].number == 6:
            raise KeyboardInterrupt

    with monkeypatch.context() as stumbling:
        stumbling.setattr(Desk, "write", stumble)
        with pytest.raises(KeyboardInterrupt):
            make(15)
    assert Article.objects.count() == Article.objects.exclude(revision=None).count() == 5

    assert make(15) == "Made 10 stories; the corpus has 15."
    assert Article.objects.count() == 15


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
