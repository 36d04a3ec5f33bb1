"""The stamp under transactions that overlap: each is told, in the order of their commits, and nothing deadlocks."""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from articles import reading
from articles.models import Author, Company, Edition, EditionAuthor, Listing, Redirect, Section
from articles.models.stamp import PublicMark, PublicStamp
from tests.factories import author, company, exchange, live, section, topic
from tests.models.stamps import AT, PATIENCE, Seen, aside, seen

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = range(5)


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def _commits(before: Seen, after: Seen) -> int:
    return after.counter - before.counter


def test_transaction_that_is_rolled_back_leaves_the_stamp_alone() -> None:
    row = author()
    before = seen()
    with transaction.atomic():
        Author.objects.filter(pk=row.pk).update(name="Other")
        Redirect.objects.create(path="/davos/", author=row)
        transaction.set_rollback(True)
    assert seen() == before


def test_savepoint_that_is_rolled_back_is_not_told() -> None:
    row, other = author(), author()
    before = seen()
    with transaction.atomic():
        Author.objects.filter(pk=row.pk).update(name="Other")
        with transaction.atomic():
            Author.objects.filter(pk=other.pk).update(name="Another")
            transaction.set_rollback(True)
    after = seen()
    assert before.is_before(after)
    assert before.noted_until(after) == {f"author-{row.pk}"}


def test_stamp_survives_a_flush_and_no_value_comes_back() -> None:
    live()
    tokens = {seen().token}
    for _time in range(2):
        call_command("flush", interactive=False, verbosity=0)
        empty = seen()
        live()
        assert empty.is_before(seen())
        tokens.add(seen().token)
    assert len(tokens) == 3


@pytest.mark.needs_postgres
def test_a_transaction_is_told_once() -> None:
    rows = [author() for _ in range(20)]
    before = seen()
    with transaction.atomic():
        Author.objects.update(bio="Other.")
        live(bylines=rows)
        Redirect.objects.create(path="/davos/", author=rows[0])
    after = seen()
    assert _commits(before, after) == 1
    assert before.noted_until(after) == {f"author-{row.pk}" for row in rows}
    assert list(PublicMark.objects.all()) == []


@pytest.mark.needs_postgres
def test_constraints_set_to_immediate_are_told_at_once_and_again() -> None:
    row = author()
    before = seen()
    with transaction.atomic(), connection.cursor() as cursor:
        for name in ("One", "Two"):
            Author.objects.filter(pk=row.pk).update(name=name)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        Author.objects.filter(pk=row.pk).update(name="Three")
        assert PublicStamp.objects.get().counter == before.counter + 2
    assert _commits(before, seen()) == 3
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        Author.objects.filter(pk=row.pk).update(name="Four")
        assert PublicStamp.objects.get().counter == before.counter + 4
    assert seen().changes == {f"author-{row.pk}": before.counter + 4}


@pytest.mark.needs_postgres
def test_transaction_that_began_early_and_commits_late_is_told_when_it_commits() -> None:
    target = topic()
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            Redirect.objects.create(path="/slow/", topic=target)
            begun.set()
            assert go_on.wait(PATIENCE)

    before = seen()
    with aside(slow):
        assert begun.wait(PATIENCE)
        # The first one holds the smaller key and not the stamp: this one waits for nobody.
        Redirect.objects.create(path="/quick/", topic=target)
        quick = seen()
        assert list(Redirect.objects.values_list("path", flat=True)) == ["/quick/"]
        go_on.set()
    after = seen()
    assert before.is_before(quick)
    assert quick.is_before(after)
    assert list(Redirect.objects.order_by("pk").values_list("path", flat=True)) == ["/slow/", "/quick/"]


@pytest.mark.needs_postgres
@pytest.mark.parametrize("_round", ROUNDS)
def test_nouns_in_opposite_order_do_not_deadlock(_round: int) -> None:
    first, second, market = company(), company(), exchange()
    together = threading.Barrier(2)

    def list_on(symbol: str, *firms: Company) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic():
                for firm in firms:
                    Listing.objects.create(company=firm, exchange=market, symbol=f"{symbol}{firm.pk}")
                    together.wait(PATIENCE)

        return act

    before = seen()
    with aside(list_on("A", first, second), list_on("B", second, first)):
        pass
    after = seen()
    assert _commits(before, after) == 2
    assert before.noted_until(after) == {f"company-{first.pk}", f"company-{second.pk}"}
    assert set(after.changes.values()) == {after.counter}


@pytest.mark.needs_postgres
@pytest.mark.parametrize("_round", ROUNDS)
def test_different_nouns_in_opposite_order_do_not_deadlock(_round: int) -> None:
    one, other, asia, europe = author(), author(), section("Asia"), section("Europe")
    together = threading.Barrier(2)

    def change(*rows: Author | Section) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic():
                for row in rows:
                    type(row)._default_manager.filter(pk=row.pk).update(name=f"Other {row.pk}")
                    together.wait(PATIENCE)

        return act

    before = seen()
    with aside(change(one, asia), change(europe, other)):
        pass
    assert _commits(before, seen()) == 2


@pytest.mark.needs_postgres
def test_locked_author_and_a_byline_of_that_author_do_not_deadlock() -> None:
    """The byline's foreign key is checked at the commit and waits for the author, so the stamp must not be held yet."""
    live()
    writer, edition, asia = author(), Edition.objects.get(), section("Asia")

    def name_author() -> None:
        with transaction.atomic():
            Redirect.objects.create(path="/davos/", section=asia)
            EditionAuthor.objects.create(
                article=edition.article,
                first_published_at=edition.first_published_at,
                edition=edition,
                author=writer,
                role="reporter",
            )

    before = seen()
    with ExitStack() as stack, transaction.atomic():
        Author.objects.select_for_update().get(pk=writer.pk)
        stack.enter_context(aside(name_author))
        _wait(_somebody_waits)
        # Behind this commit, whose turn it is now, the other one goes on.
        Section.objects.filter(pk=asia.pk).update(name="Asia and Pacific")
    after = seen()
    assert _commits(before, after) == 2
    assert EditionAuthor.objects.filter(author=writer).count() == 1
    assert before.noted_until(after) == {f"section-{asia.pk}"}


@pytest.mark.needs_postgres
def test_every_commit_of_many_writers_is_told_once() -> None:
    rows = [author() for _ in range(4)]
    firms = [company() for _ in range(4)]
    market, target = exchange(), topic()
    each = 10

    def write(number: int) -> Callable[[], None]:
        def act() -> None:
            for time_ in range(each):
                with transaction.atomic():
                    Author.objects.filter(pk=rows[number].pk).update(name=f"{number} {time_}")
                    firm = firms[(number + time_) % 4]
                    Listing.objects.create(company=firm, exchange=market, symbol=f"{number}.{time_}")
                    Redirect.objects.create(path=f"/{number}/{time_}/", topic=target)

        return act

    before = seen()
    with aside(*[write(number) for number in range(4)]):
        pass
    after = seen()
    assert _commits(before, after) == 4 * each
    assert before.noted_until(after) == {
        *(f"author-{row.pk}" for row in rows),
        *(f"company-{firm.pk}" for firm in firms),
    }


@pytest.mark.needs_postgres
def test_what_a_page_shows_is_never_older_than_its_stamp() -> None:
    """A reader who finds the same stamp before and after has read one state of the site: that of the stamp."""
    row, asia = author(name="0"), section("0")
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with transaction.atomic():
                Section.objects.filter(pk=asia.pk).update(name=str(number))
                Author.objects.filter(pk=row.pk).update(name=str(number))
            time.sleep(0.005)

    states: dict[str, tuple[str, str]] = {}
    with aside(write):
        while len(states) < 30:
            before = reading.stamp(AT).token
            shown = Section.objects.get(pk=asia.pk).name, Author.objects.get(pk=row.pk).name
            if reading.stamp(AT).token == before:
                assert states.setdefault(before, shown) == shown
                assert shown[0] == shown[1]
        stop.set()
