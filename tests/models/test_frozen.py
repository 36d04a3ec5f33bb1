"""Rows the database itself refuses to change, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from articles import workflow
from articles.models import Edition, Quote, Revision, SavedText, Transition
from articles.models.constraints import Frozen
from articles.models.forever import KeptForever
from articles.workflow import clock
from newsroom.roles import Role
from tests.factories import HOUR, company, draft, live, person, quote, scheduled

pytestmark = pytest.mark.django_db

#: A column of each frozen table and another value for it.
FROZEN: dict[type[models.Model], dict[str, Any]] = {
    Edition: {"headline": "Another", "notice": "Another", "expires_at": None, "schema": 2, "printed": {}},
    Quote: {"price": Decimal(1), "as_of": datetime(2026, 1, 2, tzinfo=UTC)},
    Revision: {"content": {}, "number": 99},
    SavedText: {"html": "<p>Another</p>"},
    Transition: {"reason": "Another", "details": {}, "verb": "spike"},
}
CHANGES = [
    pytest.param(model, column, value, id=f"{model.__name__}.{column}")
    for model, columns in FROZEN.items()
    for column, value in columns.items()
]


def _save(row: models.Model, column: str, value: Any) -> None:
    setattr(row, column, value)
    row.save()


def _save_column(row: models.Model, column: str, value: Any) -> None:
    setattr(row, column, value)
    row.save(update_fields=[column])


def _update(row: models.Model, column: str, value: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{column: value})


def _update_unchanged(row: models.Model, column: str, _value: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**{column: models.F(column)})


def _bulk_update(row: models.Model, column: str, value: Any) -> None:
    setattr(row, column, value)
    type(row)._default_manager.bulk_update([row], [column])


def _upsert(row: models.Model, column: str, value: Any) -> None:
    setattr(row, column, value)
    pk = [row._meta.pk.name]
    type(row)._default_manager.bulk_create([row], update_conflicts=True, update_fields=[column], unique_fields=pk)


def _raw(row: models.Model, column: str, _value: Any) -> None:
    table, pk = connection.ops.quote_name(row._meta.db_table), row._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {table} SET "{column}" = "{column}" WHERE "{pk}" = %s', [row.pk])


@pytest.mark.parametrize("write", [_save, _save_column, _update, _update_unchanged, _bulk_update, _upsert, _raw])
@pytest.mark.parametrize(("model", "column", "value"), CHANGES)
def test_change_is_refused_and_the_row_stays(
    model: type[models.Model], column: str, value: Any, write: Callable[[models.Model, str, Any], None]
) -> None:
    live()
    quote(company("Quoted", "NYSE:QTD").listings.get())
    row = model._default_manager.order_by("pk").first()
    assert row is not None
    before = list(model._default_manager.order_by("pk").values())
    with pytest.raises(IntegrityError, match="these rows are never changed"), transaction.atomic():
        write(row, column, value)
    assert list(model._default_manager.order_by("pk").values()) == before


@pytest.mark.parametrize("model", FROZEN)
def test_change_of_every_row_at_once_is_refused(model: type[models.Model]) -> None:
    live()
    quote(company("Quoted", "NYSE:QTD").listings.get())
    column = model._meta.pk.column
    statement = f'UPDATE "{model._meta.db_table}" SET "{column}" = "{column}"'
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute(statement)


def test_every_frozen_table_is_tested() -> None:
    frozen = {
        model
        for model in apps.get_models()
        if any(isinstance(constraint, Frozen) for constraint in model._meta.constraints)
    }
    assert frozen == set(FROZEN)


#: A quote that was wrong is deleted; it is never corrected.
KEPT = [model for model in FROZEN if model is not Quote]


@pytest.mark.parametrize("model", KEPT)
def test_rows_are_not_deleted(model: type[models.Model]) -> None:
    live()
    row = model._default_manager.first()
    assert row is not None
    count = model._default_manager.count()
    for delete in (row.delete, model._default_manager.all().delete, model._default_manager.filter(pk=row.pk).delete):
        with pytest.raises(KeptForever):
            delete()
    assert model._default_manager.count() == count


def test_editions_of_a_story_are_not_deleted_through_it() -> None:
    story = live()
    for rows in (story.editions, story.revisions, story.transitions):
        with pytest.raises(KeptForever):
            rows.all().delete()
    with pytest.raises(models.ProtectedError):
        story.delete()


def test_waiting_edition_can_be_cancelled_until_its_instant() -> None:
    scheduled(live_from=clock.now() + HOUR)
    edition = Edition.objects.get()
    with pytest.raises(KeptForever, match="has been public since"):
        edition.cancel_future(edition.live_from)
    with pytest.raises(KeptForever):
        edition.delete()
    edition.cancel_future(clock.now())
    assert Edition.objects.count() == 0


def test_ledger_keeps_the_key_of_a_cancelled_edition() -> None:
    story = scheduled(live_from=clock.now() + HOUR)
    key = Edition.objects.get().pk
    workflow.cancel(story, by=person(Role.PUBLISHER))
    assert [row.edition_id for row in story.transitions.order_by("pk")][-2:] == [key, key]


def test_text_that_is_there_already_may_be_inserted_again() -> None:
    draft()
    text = SavedText.objects.get()
    SavedText.objects.bulk_create([SavedText(digest=text.digest, html="<p>Other</p>")], ignore_conflicts=True)
    assert SavedText.objects.get().html == text.html


def test_constraint_is_its_name() -> None:
    one = Frozen(name="edition_frozen")
    assert one == Frozen(name="edition_frozen") != Frozen(name="revision_frozen")
    assert hash(one) == hash(one.clone())
    assert one != models.CheckConstraint(condition=models.Q(pk=1), name="edition_frozen")
    assert one.deconstruct() == ("articles.models.constraints.Frozen", (), {"name": "edition_frozen"})


def test_validation_leaves_a_frozen_row_alone() -> None:
    live()
    edition = Edition.objects.get()
    edition.validate_constraints()
