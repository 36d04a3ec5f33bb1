"""The stamp of names changes with every name by which copy may call somebody, however it is written."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from articles.models import AliasRule, Company, CompanyName, Exchange, Listing, Person
from articles.models.names_stamp import NAMED
from articles.naming.stamp import names_stamp
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def _renames_in_sql(company: Company) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_company SET name = 'Another' WHERE id = %s", [company.pk])


CHANGES: dict[str, Callable[[Company], Any]] = {
    "a company comes": lambda _company: factories.company("New"),
    "a company is renamed": lambda company: Company.objects.filter(pk=company.pk).update(name="Renamed"),
    "a company is renamed in SQL": _renames_in_sql,
    "a company gets another name": lambda company: Company.objects.filter(pk=company.pk).update(aliases=["Old hand"]),
    "a former name is noted": lambda company: CompanyName.objects.create(company=company, name="Before"),
    "a listing comes": lambda company: Listing.objects.create(
        company=company, exchange=factories.exchange("HKEX"), symbol="9"
    ),
    "a listing goes": lambda company: Listing.objects.filter(company=company).delete(),
    "an exchange is called otherwise": lambda _company: Exchange.objects.update(short_name="NY"),
    "a person comes": lambda _company: factories.somebody("Ada"),
    "a rule is made": lambda company: AliasRule.objects.create(words="Acme", company=company, verdict="always"),
}


def test_names_stamp_changes_with_every_name() -> None:
    company = factories.company("Acme", "NYSE:ACM")
    unnoticed = []
    for what, change in CHANGES.items():
        before = names_stamp()
        change(company)
        if names_stamp() == before:
            unnoticed.append(what)

    assert unnoticed == []


def test_names_stamp_stays_when_no_name_changes() -> None:
    company = factories.company("Acme", "NYSE:ACM")
    person = factories.somebody("Ada")
    before = names_stamp()

    Company.objects.filter(pk=company.pk).update(description="A maker of everything.", country="US")
    Person.objects.filter(pk=person.pk).update(biography="Born somewhere.")
    Listing.objects.filter(company=company).update(currency="USD")

    assert names_stamp() == before


def test_every_named_column_is_a_field_of_its_model() -> None:
    models = {model.__name__.lower(): model for model in apps.get_app_config("articles").get_models()}

    strangers = {
        noun: {*columns} - {field.name for field in models[noun]._meta.fields} for noun, columns in NAMED.items()
    }

    assert strangers == {noun: set() for noun in NAMED}
