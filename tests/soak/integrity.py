"""What must hold of all rows at any time, however the work on them ended."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.models import Article, Edition, Transition
from articles.states import ReleaseKind, Verb
from articles.workflow.content import read_content
from articles.workflow.editions import content_of

WRITES = (Verb.START, Verb.DUPLICATE, Verb.SAVE)


def broken(articles: Iterable[Article] | None = None) -> list[str]:
    """Return what does not fit together, of some stories or of all."""
    stories = Article.objects.all() if articles is None else articles
    found = [f"story {story.pk}: {flaw}" for story in stories for flaw in _flaws(Article.objects.get(pk=story.pk))]
    return found + (_broken_file() if articles is None else [])


def _flaws(article: Article) -> Iterator[str]:
    ledger = list(article.transitions.order_by("pk"))
    editions = list(article.editions.order_by("number"))
    yield from _ledger_flaws(article, ledger)
    yield from _edition_flaws(article, editions, ledger)
    for edition in editions:
        yield from _index_flaws(edition)
    for row in ledger:
        yield from _bundle_flaws(row)
    revision = article.revision
    if revision is None or read_content(article) != content_of(revision):
        yield "the working copy is not what its revision says"


def _ledger_flaws(article: Article, ledger: list[Transition]) -> Iterator[str]:
    if not ledger:
        yield "has no ledger"
        return
    for before, row in zip([None, *ledger], ledger, strict=False):
        if row.from_state != (before.to_state if before else ""):
            yield f"ledger row {row.pk} ({row.verb}) does not begin where the one before ended"
    if ledger[-1].to_state != article.state:
        yield f"is {article.state}, the ledger says {ledger[-1].to_state}"
    written = [row.revision_id for row in ledger if row.verb in WRITES]
    if not written or written[-1] != article.revision_id:
        yield "its revision is not the one that the ledger saw saved last"


def _edition_flaws(article: Article, editions: list[Edition], ledger: list[Transition]) -> Iterator[str]:
    made = Counter(row.edition_number for row in ledger if row.edition_number and row.verb != Verb.CANCEL)
    made.update(row.details["carried_into"] for row in ledger if "carried_into" in row.details)
    taken_back = {row.edition_number for row in ledger if row.verb == Verb.CANCEL}
    there = {edition.number: edition.pk for edition in editions}
    yield from (f"edition {number} has {made[number]} ledger rows" for number in there if made[number] != 1)
    yield from (f"edition {number} was cancelled and is there" for number in there.keys() & taken_back)
    yield from (f"edition {number} is in the ledger only" for number in made.keys() - there.keys() - taken_back)
    for row in ledger:
        if row.edition_number in there and row.edition_id != there[row.edition_number]:
            yield f"ledger row {row.pk} names another row than edition {row.edition_number}"
    if max([*made, 0]) > article.last_edition_number:
        yield f"has more editions than it counted ({article.last_edition_number})"
    waiting = [edition for edition in editions if edition.live_from > timezone.now()]
    if sum(edition.release_kind != ReleaseKind.WITHDRAWAL for edition in waiting) > 1:
        yield "has more than one edition waiting"


def _index_flaws(edition: Edition) -> Iterator[str]:
    if edition.release_kind == ReleaseKind.WITHDRAWAL:
        return
    indexed = {
        "bylines": edition.author_items.values_list("author_id", flat=True),
        "companies": edition.company_items.values_list("company_id", flat=True),
        "topics": edition.topic_items.values_list("tag_id", flat=True),
    }
    for name, keys in indexed.items():
        if set(keys) != {item["id"] for item in edition.printed[name]}:
            yield f"edition {edition.number} is not in the index by its {name}"


def _bundle_flaws(row: Transition) -> Iterator[str]:
    bundle: list[Any] = row.details.get("bundle", [])
    if bundle:
        flips = Transition.objects.filter(article__in=bundle, details__bundle=bundle)
        together = {other.article_id for other in flips if other.details["live_from"] == row.details["live_from"]}
        if together != set(bundle):
            yield f"half a bundle: {sorted(together)} of {bundle}"


def _broken_file() -> list[str]:
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        return [line for line in said if line != "ok"] + [f"dangling key: {row}" for row in cursor.fetchall()]
