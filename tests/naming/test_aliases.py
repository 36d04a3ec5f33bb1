"""Every name by which copy may call somebody reaches the finder, with its days."""

from datetime import date

import pytest

from articles.markets.mentions import Alias
from articles.models import AliasRule, Company, CompanyName, Listing, Person
from articles.naming.aliases import read_aliases
from tests import factories

pytestmark = pytest.mark.django_db


def test_company_is_known_by_all_its_names_and_tickers() -> None:
    company = factories.company("Alibaba Group", "NYSE:BABA", legal_name="Alibaba Group Holding", aliases=["Alibaba"])
    hong_kong = factories.exchange("HKEX")
    Listing.objects.create(
        company=company, exchange=hong_kong, symbol="9988", listed_on=date(2019, 11, 26), delisted_on=date(2030, 1, 1)
    )
    CompanyName.objects.create(company=company, name="Yahoo Stake", from_on=date(2001, 1, 1), until_on=date(2005, 5, 5))
    entity = f"company-{company.pk}"

    assert list(read_aliases()) == [
        Alias("Alibaba Group", entity),
        Alias("Alibaba Group Holding", entity),
        Alias("Alibaba", entity),
        Alias("", entity, symbol="BABA", mic="XNYS"),
        # The day on which a listing ends is the first without it.
        Alias("", entity, symbol="9988", mic="XHKG", from_on=date(2019, 11, 26), until_on=date(2029, 12, 31)),
        Alias("Yahoo Stake", entity, from_on=date(2001, 1, 1), until_on=date(2005, 5, 5)),
    ]


def test_person_is_known_by_all_names() -> None:
    person = factories.somebody("Joe Tsai", aliases=["Joseph Tsai", "Joe Tsai"])

    assert list(read_aliases()) == [
        Alias(name, f"person-{person.pk}", kind="person") for name in ("Joe Tsai", "Joseph Tsai")
    ]


def test_who_was_merged_into_another_is_left_out() -> None:
    company, person = factories.company("Stays"), factories.somebody("Ann Stays")
    Company.objects.create(name="Gone", merged_into=company)
    Person.objects.create(name="Ann Gone", merged_into=person)

    assert [alias.name for alias in read_aliases()] == ["Stays", "Ann Stays"]


def test_rules_come_with_whom_they_are_about() -> None:
    company, person = factories.company("Gap"), factories.somebody("Ann Ford")
    AliasRule.objects.create(words="the Gap", company=company, verdict="always")
    AliasRule.objects.create(words="Ford", person=person, verdict="never")
    AliasRule.objects.create(words="Target", verdict="never")

    rules = [alias for alias in read_aliases() if alias.rule]

    # What names nobody at all is asked for with every search: see `nobodys_words`.
    assert sorted(rules, key=lambda alias: alias.name) == [
        Alias("Ford", f"person-{person.pk}", kind="person", rule="never"),
        Alias("the Gap", f"company-{company.pk}", rule="always"),
    ]


def test_reading_takes_as_many_queries_for_many_as_for_one(django_assert_num_queries: object) -> None:
    for number in range(3):
        factories.company(f"Company {number}", f"NYSE:C{number}")
        factories.somebody(f"Person {number}")

    with django_assert_num_queries(5):  # type: ignore[operator]
        assert len(list(read_aliases())) == 9
