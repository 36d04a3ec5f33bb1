"""Rows of public nouns that come and go, and what the stamp notes of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Company,
    Edition,
    EditionAuthor,
    EditionTopic,
    Fragment,
    Listing,
    Redirect,
    Topic,
)
from articles.models.stamp import PUBLIC, NounChange, PublicMark, PublicStamp, PublicWait
from articles.reading import database
from articles.workflow.clock import clock_at
from tests.factories import HOUR, author, company, draft, exchange, image, live, scheduled, section, source, topic
from tests.models.stamps import AT, ROWS, noted_for, seen, thaw

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    "make",
    [section, author, topic, source, image, exchange, company, draft],
    ids=["section", "author", "topic", "source", "image", "exchange", "company", "draft"],
)
def test_what_nobody_can_see_yet_advances_nothing(make: Any) -> None:
    before = seen()
    make()
    assert seen() == before


def test_company_of_a_public_register_is_seen_at_once() -> None:
    before = seen()
    company(from_reference=True)
    after = seen()
    assert before.is_before(after)
    assert before.noted_until(after) == set()


def test_listing_changes_its_company() -> None:
    firm, other = company(), company()
    before = seen()
    listing = Listing.objects.create(company=firm, exchange=exchange(), symbol="BABA")
    listed = seen()
    assert before.is_before(listed)
    assert before.noted_until(listed) == {f"company-{firm.pk}"}
    listing.company = other
    listing.save()
    moved = seen()
    assert listed.is_before(moved)
    assert listed.noted_until(moved) == {f"company-{firm.pk}", f"company-{other.pk}"}
    listing.delete()
    gone = seen()
    assert moved.is_before(gone)
    assert moved.noted_until(gone) == {f"company-{other.pk}"}


@pytest.mark.parametrize("noun", ["section", "author", "topic", "company", "exchange", "source", "image", "redirect"])
def test_deletion_advances_the_stamp(noun: str) -> None:
    row = ROWS[noun]()
    keys, before = noted_for(noun, row), seen()
    row.delete()
    after = seen()
    assert before.is_before(after)
    assert before.noted_until(after) == keys


def test_redirect_advances_the_stamp() -> None:
    target, before = topic(), seen()
    Redirect.objects.create(path="/davos/", topic=target)
    after = seen()
    assert before.is_before(after)
    assert before.noted_until(after) == set()


def test_release_notes_no_noun() -> None:
    before = seen()
    live(companies=[company()], topics=[topic()])
    after = seen()
    assert before.is_before(after)
    assert after.changes == {}


def test_row_of_the_index_is_its_editions() -> None:
    live(topics=[topic()])
    edition, before = Edition.objects.get(), seen()
    row = EditionAuthor.objects.create(
        article=edition.article,
        first_published_at=edition.first_published_at,
        edition=edition,
        author=author(),
        role="reporter",
    )
    added = seen()
    assert before.is_before(added)
    assert before.noted_until(added) == set()
    EditionAuthor.objects.filter(pk=row.pk).update(author=author())
    moved = seen()
    assert added.is_before(moved)
    assert added.noted_until(moved) == {f"edition-{edition.pk}"}
    EditionTopic.objects.all().delete()
    gone = seen()
    assert moved.is_before(gone)
    assert moved.noted_until(gone) == {f"edition-{edition.pk}"}


def test_public_edition_that_is_deleted_by_raw_sql_advances_the_stamp() -> None:
    live()
    edition = Edition.objects.get()
    EditionAuthor.objects.all().delete()
    Fragment.objects.all().delete()
    before = seen()
    Edition.objects.filter(pk=edition.pk)._raw_delete("default")
    after = seen()
    assert before.is_before(after)
    assert before.noted_until(after) == {f"edition-{edition.pk}"}


def test_edition_that_waits_advances_nothing_until_ten_minutes_before() -> None:
    now = timezone.now()
    before = seen()
    story = scheduled(live_from=now + HOUR, companies=[company()], topics=[topic()])
    waiting = Edition.objects.get()
    EditionAuthor.objects.filter(edition=waiting).update(position=7)
    Edition.objects.get().cancel_future(now)
    assert seen() == before
    with clock_at(now):
        live_soon = scheduled(live_from=now + 9 * MINUTE)
    soon = seen()
    assert before.is_before(soon)
    Edition.objects.get(article=live_soon).cancel_future(now)
    assert soon.is_before(seen())
    assert not Edition.objects.filter(article=story).exists()
    assert list(PublicWait.objects.all()) == []


def test_waiting_edition_that_is_moved_near_advances_the_stamp() -> None:
    now = timezone.now()
    scheduled(live_from=now + HOUR)
    thaw(Edition)
    before = seen()
    Edition.objects.update(embargo_at=now)
    assert seen() == before
    Edition.objects.update(first_published_at=now, live_from=now)
    near = seen()
    assert before.is_before(near)
    EditionAuthor.objects.update(position=7)
    assert near.is_before(seen())


def test_wait_is_forgotten_when_its_instant_has_passed() -> None:
    scheduled(live_from=timezone.now() + HOUR)
    kept = PublicWait.objects.count()
    assert kept == (connection.vendor == "sqlite")
    PublicWait.objects.update(until=timezone.now() - MINUTE)
    scheduled(live_from=timezone.now() + 2 * HOUR)
    assert PublicWait.objects.count() == kept


def test_wait_of_another_edition_is_none_of_ours() -> None:
    scheduled(live_from=timezone.now() + HOUR)
    live()
    before = seen()
    EditionAuthor.objects.filter(edition__live_from__lte=timezone.now()).update(position=7)
    assert before.is_before(seen())


def test_working_copies_and_the_ledger_advance_nothing() -> None:
    story = live(companies=[company()], topics=[topic()])
    before = seen()
    Article.objects.filter(pk=story.pk).update(headline="Other", confidential=True)
    story.bylines.update(position=9)
    story.companies.all().delete()
    story.topic_items.all().delete()
    story.people.add(story.created_by)
    assert seen() == before


def test_rolled_back_savepoint_advances_nothing() -> None:
    row = author()
    before = seen()
    with transaction.atomic():
        Author.objects.filter(pk=row.pk).update(name="Other")
        transaction.set_rollback(True)
    assert seen() == before
    with transaction.atomic():
        Author.objects.filter(pk=row.pk).update(name="Other")
    assert before.is_before(seen())


def test_insertion_that_is_ignored_because_the_row_is_there_advances_nothing() -> None:
    row = company(from_reference=True)
    before = seen()
    Company.objects.bulk_create([row], ignore_conflicts=True)
    assert seen() == before
    Topic.objects.bulk_create([Topic(name="AI", slug="ai")], ignore_conflicts=True)
    assert seen() == before
    Company.objects.bulk_create([Company(name="B", slug="b", from_reference=True)], ignore_conflicts=True)
    assert before.is_before(seen())


@pytest.mark.needs_sqlite
@pytest.mark.parametrize("noun", ["section", "author", "topic", "company", "exchange", "source", "image"])
def test_row_that_is_replaced_advances_the_stamp(noun: str) -> None:
    row = ROWS[noun]()
    if noun == "company":
        Company.objects.update(from_reference=False)
    table, columns = row._meta.db_table, [field.column for field in row._meta.local_concrete_fields]
    printed = row._meta.get_field(PUBLIC[noun].printed[0]).column
    same = ", ".join(f'"{column}"' for column in columns)
    other = ", ".join("'Other'" if column == printed else f'"{column}"' for column in columns)
    before = seen()
    with connection.cursor() as cursor:
        cursor.execute(f'REPLACE INTO "{table}" ({same}) SELECT {same} FROM "{table}" WHERE id = {row.pk}')
        assert seen() == before
        cursor.execute(f'REPLACE INTO "{table}" ({same}) SELECT {other} FROM "{table}" WHERE id = {row.pk}')
    after = seen()
    assert before.is_before(after)
    assert before.noted_until(after) == {f"{noun}-{row.pk}"}


@pytest.mark.needs_postgres
def test_truncated_table_advances_the_stamp() -> None:
    ROWS["redirect"]()
    before = seen()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE articles_redirect")
    assert before.is_before(seen())


def test_restored_stamp_never_leads_to_a_value_seen_before() -> None:
    row = author()
    tokens, nonces = [seen().token], [seen().nonce]

    def write(name: str) -> None:
        Author.objects.filter(pk=row.pk).update(name=name)
        tokens.append(seen().token)
        nonces.append(seen().nonce)

    for number in range(3):
        write(f"Before {number}")
    backup = PublicStamp.objects.values().get()
    write("After the backup")
    for _restoring in range(2):
        PublicStamp.objects.update(**backup)
        assert seen().token == tokens[3]
        write("After it was restored")
        write("And again")
    PublicStamp.objects.all().delete()
    write("Without the row")
    assert len(set(tokens)) == len(set(nonces)) == len(tokens) == 10


def test_stamp_is_one_row_and_marks_do_not_stay() -> None:
    live()
    author_of_it = Author.objects.get()
    for name in ("A", "B"):
        Author.objects.filter(pk=author_of_it.pk).update(name=name)
    counter = seen().counter
    assert PublicStamp.objects.get().pk == 1
    assert NounChange.objects.get().counter == counter
    assert list(PublicMark.objects.all()) == []


def test_time_of_the_change_is_that_of_the_database() -> None:
    row = author()
    with clock_at(AT):
        Author.objects.filter(pk=row.pk).update(name="Other")
    seen()
    assert abs(PublicStamp.objects.get().changed_at - timezone.now()) < MINUTE
    with connection.cursor() as cursor:
        cursor.execute("SELECT changed_at FROM articles_publicstamp")
        raw = cursor.fetchone()[0]
    assert database.instant(raw) == PublicStamp.objects.get().changed_at


def test_rows_of_the_stamp_say_what_they_are() -> None:
    instant = timezone.now()
    rows = [
        PublicStamp(counter=7, nonce="abc"),
        NounChange(noun="author-12", counter=7),
        PublicMark(xact=99, noun="author-12"),
        PublicWait(noun="edition-3", until=instant),
    ]
    assert [str(row) for row in rows] == ["7 abc", "author-12 7", "99 author-12", f"edition-3 {instant}"]
