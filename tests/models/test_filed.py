"""What names are filed under follows them, whatever writes them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from articles.models import Company, Person
from tests import factories

pytestmark = pytest.mark.django_db


def by_save(row: Any) -> None:
    row.name = "Émile"
    row.save()


def by_save_of_one_column(row: Any) -> None:
    row.name = "Émile"
    row.save(update_fields=["name"])


def by_update(row: Any) -> None:
    type(row).objects.filter(pk=row.pk).update(name="Émile")


def by_bulk_update(row: Any) -> None:
    row.name = "Émile"
    type(row).objects.bulk_update([row], ["name"])


def by_hand_and_command(row: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET name = 'Émile' WHERE id = %s", [row.pk])
    call_command("index_desk")


@pytest.mark.parametrize("make", [factories.company, factories.somebody])
@pytest.mark.parametrize("rename", [by_save, by_save_of_one_column, by_update, by_bulk_update, by_hand_and_command])
def test_filing_follows_the_name(make: Callable[[str], Any], rename: Callable[[Any], None]) -> None:
    row, other = make("Zola"), make("Ångström")
    assert (row.filed_as, other.filed_as) == ("zola", "angstrom")

    rename(row)

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.name, row.filed_as, other.filed_as) == ("Émile", "emile", "angstrom")


@pytest.mark.parametrize("model", [Company, Person])
def test_many_new_rows_are_filed(model: Any) -> None:
    model.objects.bulk_create([model(name="Zola", slug="z"), model(name="3M", slug="m")])

    assert set(model.objects.values_list("name", "filed_as")) == {("Zola", "zola"), ("3M", "{3m")}
