"""Every printed field of every public noun advances the public stamp, whoever writes it, and nothing else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Author,
    Company,
    Edition,
    EditionAuthor,
    EditionTopic,
    Listing,
    Redirect,
    Topic,
)
from articles.models.stamp import INSTANTS, PUBLIC, NounChange, PublicMark, PublicStamp, PublicWait, watched
from articles.models.watched import Collected, Watched
from articles.reading import database
from articles.workflow.clock import clock_at
from tests.factories import HOUR, author, company, draft, exchange, image, live, scheduled, section, source, topic
from tests.models.stamps import AT, OTHERS, ROWS, WRITES, fields_of, model_of, seen, thaw

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
PARTLY = [noun for noun, rules in PUBLIC.items() if not rules.whole]
WHOLE = [noun for noun, rules in PUBLIC.items() if rules.whole]
CHANGES = [(noun, field.name, way) for noun in PARTLY for field in fields_of(noun) for way in WRITES]
WHOLE_CHANGES = [(noun, way) for noun in WHOLE for way in WRITES if way != "upsert"]
#: Times and days in public nouns at which nothing changes by itself.
QUIET = {
    ("edition", "embargo_at"),
    ("edition", "updated_at"),
    ("edition", "released_at"),
    ("editionauthor", "first_published_at"),
    ("editioncompany", "first_published_at"),
    ("editiontopic", "first_published_at"),
    ("image", "uploaded_at"),
}
#: What readers never see: the desk's own, and what is derived from public nouns.
PRIVATE = {
    *("article", "articlecompany", "articletopic", "byline", "relatedstory", "article_people"),
    *("revision", "savedtext", "transition"),
    *("publicstamp", "nounchange", "publicmark", "publicwait", "fragment"),
}


def _noun_key(noun: str, row: Any) -> set[str]:
    """Return the noun that a change of this row is noted for."""
    return {f"{name}-{row.pk if field == 'id' else getattr(row, f'{field}_id')}" for name, field in PUBLIC[noun].noted}


def test_every_model_is_public_or_private() -> None:
    models_here = apps.get_app_config("articles").get_models(include_auto_created=True)
    assert {model._meta.model_name for model in models_here} | PRIVATE == set(PUBLIC) | PRIVATE


def test_every_field_is_printed_or_not() -> None:
    for noun, rules in PUBLIC.items():
        named = [*rules.printed, *rules.unprinted]
        assert sorted(named) == ([] if rules.whole else sorted(field.name for field in fields_of(noun))), noun
        assert noun in WHOLE or sorted(OTHERS[noun]) == sorted(named)


def test_every_public_noun_is_watched_and_no_other_is() -> None:
    for model in apps.get_app_config("articles").get_models(include_auto_created=True):
        found = [constraint for constraint in model._meta.constraints if isinstance(constraint, Watched)]
        noun = str(model._meta.model_name)
        assert found == ([watched(noun)] if noun in PUBLIC else [])


def test_every_time_of_a_public_noun_is_an_instant_or_quiet() -> None:
    times = {(noun, field.name) for noun in PUBLIC for field in fields_of(noun) if isinstance(field, models.DateField)}
    assert times == {(instant.noun, instant.field) for instant in INSTANTS} | QUIET


def test_nothing_was_ever_public() -> None:
    assert (seen().counter, seen().nonce, seen().changes) == (0, "", {})


@pytest.mark.parametrize(("noun", "field", "way"), CHANGES)
def test_printed_field_advances_the_stamp_and_no_other_field_does(noun: str, field: str, way: str) -> None:
    row, value = ROWS[noun](), OTHERS[noun][field]()
    keys, stored = _noun_key(noun, row), model_of(noun)._default_manager.filter(pk=row.pk).values(field)
    was, before = stored.get(), seen()
    WRITES[way](row, field, value)
    after = seen()
    assert stored.get() != was
    row.refresh_from_db()
    is_printed = field in PUBLIC[noun].printed
    assert before.is_before(after) == is_printed
    assert before.noted_until(after) == (keys | _noun_key(noun, row) if is_printed and keys else set())


@pytest.mark.parametrize("noun", PARTLY)
@pytest.mark.parametrize("way", WRITES)
def test_writing_what_is_there_advances_nothing(noun: str, way: str) -> None:
    row = model_of(noun)._default_manager.get(pk=ROWS[noun]().pk)
    before = seen()
    for field in fields_of(noun):
        WRITES[way](row, field.name, getattr(row, field.name))
    assert seen() == before


@pytest.mark.parametrize(("noun", "way"), WHOLE_CHANGES)
def test_any_change_of_an_edition_and_its_index_advances_the_stamp(noun: str, way: str) -> None:
    row = model_of(noun)._default_manager.get(pk=ROWS[noun]().pk)
    thaw(Edition)
    for field in fields_of(noun):
        before = seen()
        WRITES[way](row, field.name, getattr(row, field.name))
        after = seen()
        assert before.is_before(after), field
        assert before.noted_until(after) == _noun_key(noun, row)


@pytest.mark.parametrize("noun", PARTLY)
def test_another_key_is_another_noun(noun: str) -> None:
    row = ROWS[noun]()
    before, keys = seen(), _noun_key(noun, row)
    model_of(noun)._default_manager.filter(pk=row.pk).update(id=row.pk + 1000)
    after = seen()
    assert before.is_before(after)
    row.pk += 1000
    assert before.noted_until(after) == keys | _noun_key(noun, row)


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
    keys, before = _noun_key(noun, row), seen()
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


def test_constraint_is_what_it_watches() -> None:
    one = Watched(name="a_watched", printed=["name"], noted=[("a", "id")])
    assert one == Watched(name="a_watched", printed=("name",), noted=(("a", "id"),)) == one.clone()
    assert hash(one) == hash(one.clone())
    for other in (
        Watched(name="b_watched", printed=["name"], noted=[("a", "id")]),
        Watched(name="a_watched", printed=["slug"], noted=[("a", "id")]),
        Watched(name="a_watched", printed=["name"], noted=[("b", "id")]),
        Watched(name="a_watched", printed=["name"], noted=[("a", "id")], shows=True),
        Watched(name="a_watched", printed=["name"], noted=[("a", "id")], adds=True),
        Watched(name="a_watched", printed=["name"], noted=[("a", "id")], waits_for="at"),
        Collected(name="a_watched"),
        models.CheckConstraint(condition=models.Q(pk=1), name="a_watched"),
    ):
        assert one != other


def test_validation_leaves_watched_rows_alone() -> None:
    author().validate_constraints()
