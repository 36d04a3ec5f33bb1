"""Frozen rows stay frozen whatever a later migration does to their tables: SQLite remakes a table for most changes."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from articles.models import Edition, Quote, Revision, SavedText, Transition
from articles.models.constraints import Frozen
from tests.factories import company, live, quote

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = [model._meta.db_table for model in (Edition, Quote, Revision, SavedText, Transition)]

#: What later migrations do, to the frozen tables and to those that they point to.
OPERATIONS: dict[str, list[Operation]] = {
    "alter field": [migrations.AlterField("edition", "headline", models.CharField(max_length=400, blank=True))],
    "alter type": [migrations.AlterField("edition", "word_count", models.BigIntegerField(default=0))],
    "make null": [migrations.AlterField("edition", "notice", models.TextField(null=True))],
    "alter saved text": [migrations.AlterField("savedtext", "html", models.TextField(default="", db_index=True))],
    "alter revision": [migrations.AlterField("revision", "number", models.BigIntegerField())],
    "alter ledger": [migrations.AlterField("transition", "reason", models.TextField(null=True))],
    "add field": [migrations.AddField("edition", "byline_text", models.TextField(default="x"))],
    "add indexed field": [migrations.AddField("transition", "number", models.IntegerField(default=7, db_index=True))],
    "add key": [
        migrations.AddField("revision", "before", models.ForeignKey("articles.Revision", models.PROTECT, null=True))
    ],
    "add and remove field": [
        migrations.AddField("edition", "byline_text", models.TextField(null=True)),
        migrations.RemoveField("edition", "byline_text"),
    ],
    "rename field": [migrations.RenameField("edition", "standfirst", "deck")],
    "rename key": [migrations.RenameField("transition", "revision", "text")],
    "rename and alter": [
        migrations.RenameField("edition", "standfirst", "deck"),
        migrations.AlterField("edition", "deck", models.CharField(max_length=9999)),
    ],
    "add check": [
        migrations.AddConstraint("edition", models.CheckConstraint(condition=~models.Q(number=0), name="counted"))
    ],
    "add unique": [
        migrations.AddConstraint("revision", models.UniqueConstraint(fields=["article", "number"], name="again"))
    ],
    "add partial unique": [
        migrations.AddConstraint(
            "transition",
            models.UniqueConstraint(fields=["at"], condition=models.Q(verb="nothing"), name="at_once"),
        )
    ],
    "remove check": [migrations.RemoveConstraint("edition", "edition_kind_known")],
    "remove unique": [migrations.RemoveConstraint("revision", "revision_number_unique")],
    "unique together": [migrations.AlterUniqueTogether("edition", {("article", "number", "live_from")})],
    "add index": [migrations.AddIndex("edition", models.Index(fields=["slug"], name="by_slug"))],
    "remove index": [migrations.RemoveIndex("edition", "edition_key")],
    "rename table": [migrations.AlterModelTable("savedtext", "saved_words")],
    "rename model": [migrations.RenameModel("Revision", "Version")],
    "rename a model it points to": [migrations.RenameModel("Section", "Part")],
    "alter a table it points to": [
        migrations.AlterField("article", "headline", models.CharField(max_length=400, blank=True)),
        migrations.AlterField("section", "name", models.CharField(max_length=400)),
    ],
    "alter a key it points to": [
        migrations.AlterField("savedtext", "digest", models.CharField(max_length=99, primary_key=True))
    ],
    "another freeze": [migrations.AddConstraint("section", Frozen(name="section_frozen"))],
}


def _row_of_each() -> None:
    live()
    quote(company("Quoted", "NYSE:QTD").listings.get())


def _tables(state: ProjectState) -> list[str]:
    """Return the tables that have a frozen constraint in this state, as they are called there."""
    return [
        model._meta.db_table
        for model in state.apps.get_models()
        if any(isinstance(constraint, Frozen) for constraint in model._meta.constraints)
    ]


def _is_frozen(table: str) -> bool:
    """Try to change every row of a table, which has some."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        assert cursor.fetchone() is not None
        assert cursor.description is not None
        column = cursor.description[0][0]
        try:
            with transaction.atomic():
                cursor.execute(f'UPDATE "{table}" SET "{column}" = "{column}"')
        except IntegrityError as refusal:
            assert "these rows are never changed" in str(refusal)  # noqa: PT017
            return True
    return False


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


class _Database:
    """The test database, changed by operations and changed back."""

    def __init__(self) -> None:
        self.states = [MigrationLoader(connection).project_state()]
        self.done: list[Operation] = []

    def forwards(self, operation: Operation) -> ProjectState:
        before = self.states[-1]
        after = before.clone()
        operation.state_forwards("articles", after)
        with connection.schema_editor() as editor:
            operation.database_forwards("articles", editor, before, after)
        self.states.append(after)
        self.done.append(operation)
        return after

    def backwards(self) -> ProjectState:
        after, before = self.states.pop(), self.states[-1]
        operation = self.done.pop()
        with connection.schema_editor() as editor:
            operation.database_backwards("articles", editor, after, before)
        return before


@pytest.fixture
def database() -> Iterator[_Database]:
    """Hand out the database to change, and put it right again for the tests that follow."""
    changed = _Database()
    yield changed
    while changed.done:
        changed.backwards()


@pytest.mark.parametrize("name", OPERATIONS)
def test_rows_stay_frozen_through_later_migrations(name: str, database: _Database) -> None:
    _row_of_each()
    for operation in OPERATIONS[name]:
        state = database.forwards(operation)
        assert len(_tables(state)) >= len(TABLES)
        assert [table for table in _tables(state) if not _is_frozen(table)] == []
    for _operation in OPERATIONS[name]:
        state = database.backwards()
        assert _tables(state) == _tables(database.states[0])
        assert [table for table in TABLES if not _is_frozen(table)] == []
    assert Edition.objects.get().headline.startswith("Headline")


def test_constraint_can_be_taken_away_and_put_back(database: _Database) -> None:
    live()
    before = _triggers()
    database.forwards(migrations.RemoveConstraint("edition", "edition_frozen"))
    assert _triggers() == before - {"edition_frozen"}
    assert not _is_frozen("articles_edition")
    assert _is_frozen("articles_revision")
    database.backwards()
    assert _triggers() == before
    assert _is_frozen("articles_edition")


def test_a_table_can_be_frozen_later(database: _Database) -> None:
    live()
    assert not _is_frozen("articles_section")
    database.forwards(migrations.AddConstraint("section", Frozen(name="section_frozen")))
    assert _is_frozen("articles_section")
    database.backwards()
    assert not _is_frozen("articles_section")


def test_all_migrations_go_back_and_forth_again() -> None:
    before = _triggers()
    try:
        call_command("migrate", "articles", "zero", verbosity=0, skip_checks=True)
        assert not set(TABLES) & set(connection.introspection.table_names())
        assert _triggers() == set()
    finally:
        call_command("migrate", verbosity=0, skip_checks=True)
    assert _triggers() == before
    _row_of_each()
    assert [table for table in TABLES if not _is_frozen(table)] == []


def test_no_model_has_changed_without_a_migration() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0, skip_checks=True)
