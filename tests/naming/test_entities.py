"""Who somebody is, for an editor who has to choose."""

from datetime import date

import pytest

from articles.models import Listing, PersonRole
from articles.naming.entities import Named, describe, parts_of
from tests import factories

ON = date(2026, 11, 24)


@pytest.mark.django_db
def test_companies_are_told_apart_by_their_tickers_of_the_day() -> None:
    company = factories.company("Alibaba Group", "NYSE:BABA", "HKEX:9988")
    Listing.objects.filter(symbol="9988").update(listed_on=date(2026, 11, 25))
    private = factories.company("Quillon")

    assert describe([f"company-{company.pk}", f"company-{private.pk}"], ON) == {
        f"company-{company.pk}": Named(f"company-{company.pk}", "Alibaba Group", "NYSE:BABA"),
        f"company-{private.pk}": Named(f"company-{private.pk}", "Quillon", ""),
    }


@pytest.mark.django_db
def test_people_are_told_apart_by_what_they_do() -> None:
    company, person = factories.company("Alibaba Group"), factories.somebody("Joe Tsai")
    PersonRole.objects.create(person=person, company=company, title="chairman", since_on=date(2023, 9, 1))
    PersonRole.objects.create(person=person, body="Yale", title="trustee", until_on=date(2020, 1, 1))

    found = describe([f"person-{person.pk}"], ON)

    assert found[f"person-{person.pk}"].note == "chairman, Alibaba Group"


@pytest.mark.django_db
def test_who_is_gone_is_left_out() -> None:
    assert describe(["company-1", "person-1", "nonsense"], ON) == {}


@pytest.mark.parametrize(
    "entity", ["", "company", "company-0", "company-", "topic-1", "company-1 ", None, 3, "company-٣"]
)
def test_anything_else_is_nobody(entity: object) -> None:
    assert parts_of(entity) is None
