"""Watched rows stay watched whatever a later migration does to their tables."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

from articles.models import Edition
from articles.models.stamp import PUBLIC
from articles.models.watched import Watched
from tests.factories import author, company, image, live, section, somebody, source, topic
from tests.models.stamps import ROWS, model_of, seen
from tests.models.test_migrations import _Database, _triggers

pytestmark = pytest.mark.django_db(transaction=True)

#: What later migrations do to the tables of public nouns, and to those that they point to.
OPERATIONS: dict[str, list[Operation]] = {
    "alter section": [migrations.AlterField("section", "order", models.IntegerField(default=0, db_index=True))],
    "alter author": [migrations.AlterField("author", "bio", models.CharField(max_length=9999, blank=True))],
    "alter company": [migrations.AlterField("company", "country", models.CharField(max_length=3, blank=True))],
    "alter listing": [migrations.AlterField("listing", "symbol", models.CharField(max_length=99))],
    "alter exchange": [migrations.AlterField("exchange", "name", models.TextField())],
    "alter topic": [migrations.AlterField("topic", "description", models.TextField(null=True))],
    "alter source": [migrations.AlterField("source", "prefix", models.CharField(max_length=99, default="-"))],
    "alter image": [migrations.AlterField("image", "credit", models.TextField(blank=True))],
    "alter redirect": [migrations.AlterField("redirect", "path", models.CharField(max_length=1400, unique=True))],
    "alter edition": [
        migrations.AlterField("edition", "headline", models.CharField(max_length=400, blank=True)),
        migrations.AlterField("edition", "live_from", models.DateTimeField("from", db_index=False)),
    ],
    "alter person": [migrations.AlterField("person", "biography", models.CharField(max_length=9999, blank=True))],
    "alter role": [migrations.AlterField("personrole", "title", models.TextField())],
    "alter former name": [migrations.AlterField("companyname", "name", models.TextField())],
    "alter exchange day": [migrations.AlterField("exchangeday", "name", models.TextField(blank=True))],
    "alter index": [
        migrations.AlterField("editionauthor", "role", models.CharField(max_length=30)),
        migrations.AlterField("editioncompany", "position", models.IntegerField(default=0)),
        migrations.AlterField("editionperson", "position", models.IntegerField(default=0)),
        migrations.AlterField("editiontopic", "position", models.IntegerField(default=0)),
    ],
    "alter a key": [migrations.AlterField("editionauthor", "edition", models.ForeignKey("edition", models.PROTECT))],
    "alter article": [migrations.AlterField("article", "headline", models.CharField(max_length=400, blank=True))],
    "add field": [migrations.AddField("author", "motto", models.TextField(default="x"))],
    "add and remove field": [
        migrations.AddField("company", "motto", models.TextField(null=True)),
        migrations.RemoveField("company", "motto"),
    ],
    "remove field that is not printed": [migrations.RemoveField("author", "active")],
    "rename field that is not printed": [migrations.RenameField("company", "cik", "central_key")],
    "rename field that is printed": [
        migrations.RemoveConstraint("author", "author_watched"),
        migrations.RenameField("author", "bio", "life"),
        migrations.AddConstraint("author", Watched(name="author_watched", printed=["life"], noted=[("author", "id")])),
    ],
    "add index": [migrations.AddIndex("listing", models.Index(fields=["isin"], name="by_isin"))],
    "remove index": [migrations.RemoveIndex("listing", "listing_begins")],
    "add check": [
        migrations.AddConstraint("author", models.CheckConstraint(condition=~models.Q(name="?"), name="author_named"))
    ],
    "remove check": [migrations.RemoveConstraint("listing", "listing_until_after_from")],
    "rename table": [migrations.AlterModelTable("topic", "articles_theme")],
    "rename model": [migrations.RenameModel("Section", "Part")],
}


@pytest.fixture
def database() -> Iterator[_Database]:
    """Hand out the database to change, and put it right again for the tests that follow."""
    changed = _Database()
    yield changed
    while changed.done:
        changed.backwards()


def _row_of_each() -> None:
    live(
        companies=[company("", "NYSE:BABA")],
        persons=[somebody()],
        topics=[topic()],
        section=section(),
        bylines=[author()],
    )
    source()
    image()
    for noun in ("redirect", "companyname", "exchangeday", "personrole"):
        ROWS[noun]()


def _is_told(table: str, column: str) -> bool:
    """Say whether a change of one column in every row of a table, by raw SQL, advances the stamp."""
    before = seen()
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT id, "{column}" FROM "{table}"')
        rows = cursor.fetchall()
        assert rows, table
        for key, value in rows:
            other = value + 1 if isinstance(value, int) else f"{value}z"
            cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE id = %s', [other, key])
    return before.is_before(seen())


#: A printed column of every noun whose rows may change; an edition is frozen.
COLUMNS = {
    "section": "order",
    "author": "name",
    "topic": "name",
    "company": "name",
    "listing": "symbol",
    "companyname": "name",
    "exchange": "short_name",
    "exchangeday": "name",
    "person": "name",
    "personrole": "title",
    "source": "name",
    "image": "alt",
    "redirect": "path",
    "editionauthor": "position",
    "editioncompany": "position",
    "editionperson": "position",
    "editiontopic": "position",
}


def test_every_noun_is_tried() -> None:
    assert {*COLUMNS, "edition"} == set(PUBLIC)


@pytest.mark.parametrize("name", OPERATIONS)
def test_rows_stay_watched_through_later_migrations(name: str, database: _Database) -> None:
    _row_of_each()
    before = _triggers()
    renamed = {"articles_topic": "articles_theme"} if name == "rename table" else {}
    renamed |= {"articles_section": "articles_part"} if name == "rename model" else {}
    printed = {"author": "life"} if name == "rename field that is printed" else {}
    for operation in OPERATIONS[name]:
        database.forwards(operation)
    assert _triggers() == before
    for noun, column in COLUMNS.items():
        table = model_of(noun)._meta.db_table
        assert _is_told(renamed.get(table, table), printed.get(noun, column)), noun
    told = seen()
    for _operation in OPERATIONS[name]:
        database.backwards()
    assert _triggers() == before
    assert seen() == told
    assert [noun for noun, column in COLUMNS.items() if not _is_told(model_of(noun)._meta.db_table, column)] == []
    live()
    assert told.is_before(seen())


def test_a_field_can_be_printed_later(database: _Database) -> None:
    company(cik=7)
    later = Watched(name="company_watched", printed=["cik"], noted=[("company", "id")])
    assert not _is_told("articles_company", "cik")
    database.forwards(migrations.RemoveConstraint("company", "company_watched"))
    assert not _is_told("articles_company", "name")
    database.forwards(migrations.AddConstraint("company", later))
    assert _is_told("articles_company", "cik")
    assert not _is_told("articles_company", "name")
    database.backwards()
    database.backwards()
    assert _is_told("articles_company", "name")
    assert not _is_told("articles_company", "cik")


def test_sql_of_the_migration_can_be_printed() -> None:
    printed = StringIO()
    for name in sorted(name for app, name in MigrationLoader(connection).disk_migrations if app == "articles"):
        call_command("sqlmigrate", "articles", name, stdout=printed, skip_checks=True)
    made = re.findall(r'CREATE (?:CONSTRAINT )?TRIGGER "(\w+)"', printed.getvalue())
    watching = {name for name in _triggers() if "_watched" in name or name == "publicmark_collected"}
    others = {name for name in made if not re.search("_watched|publicmark_collected", name)}
    assert set(made) - others == watching


def test_migration_tells_nothing(database: _Database) -> None:
    live()
    before = seen()
    database.forwards(migrations.AlterField("edition", "headline", models.CharField(max_length=400, blank=True)))
    database.forwards(migrations.AddField("author", "motto", models.TextField(default="x")))
    assert seen() == before
    assert Edition.objects.count() == 1
