"""Bylines, companies, related stories and topics in the story form."""

import pytest

from articles import workflow
from articles.models import Article, Topic
from newsroom.roles import Role
from tests import factories
from tests.admin.conftest import Desk
from tests.admin.pages import ADD, change, filled, rows

pytestmark = pytest.mark.django_db


def test_order_of_rows_survives_a_problem(desk: Desk) -> None:
    article = factories.draft()
    client = desk(article.created_by)
    first, second = factories.author("First"), factories.author("Second")
    data = filled(client, change(article), language="!", **rows("bylines", first.pk, second.pk))
    data |= {"bylines-0-role": "reporter", "bylines-1-role": "reporter"}
    data |= {"bylines-0-ORDER": 2, "bylines-1-ORDER": 1}

    answer = client.post(change(article), data)

    shown = [form["item"].value() for form in answer.context["story"].rows["bylines"]]
    assert shown == [str(second.pk), str(first.pk)]


def test_row_can_be_typed_where_no_script_looks_it_up(desk: Desk) -> None:
    article = factories.draft()
    client = desk(article.created_by)
    mei = factories.author("Mei Lindqvist")
    data = filled(client, change(article), topics_typed="Rates, Banks", **rows("bylines", ("", "reporter")))

    client.post(change(article), data | {"bylines-0-typed": "mei lindqvist"})

    assert [item.author for item in article.bylines.all()] == [mei]
    assert [item.tag.name for item in article.topic_items.all()] == ["Rates", "Banks"]


def test_typed_row_that_is_not_found_is_a_problem(desk: Desk) -> None:
    article = factories.draft()
    client = desk(article.created_by)
    data = filled(client, change(article), **rows("bylines", ("", "reporter")))

    answer = client.post(change(article), data | {"bylines-0-typed": "Nobody"})

    assert [problem["anchor"] for problem in answer.context["story"].problems] == ["rows-bylines"]


def test_removed_row_is_gone(desk: Desk) -> None:
    keep, drop = factories.company("Keep"), factories.company("Drop")
    article = factories.draft(companies=[drop, keep])
    client = desk(article.created_by)

    client.post(change(article), filled(client, change(article)) | {"companies-0-DELETE": "on"})

    assert [item.company for item in article.companies.all()] == [keep]


def test_topic_in_another_case_is_the_same_and_a_merged_one_is_what_it_became(desk: Desk) -> None:
    rates, money = factories.topic("Interest rates"), factories.topic("Money")
    workflow.merge(money, rates, by=factories.person(Role.COPY_EDITOR))
    client = desk(Role.REPORTER)

    client.post(ADD, filled(client, ADD, topics=["INTEREST RATES", "Money"]))

    assert [item.tag for item in Article.objects.get().topic_items.all()] == [rates]
    assert Topic.objects.count() == 2


def test_topic_is_not_made_by_somebody_who_may_not(desk: Desk) -> None:
    rita = factories.person(Role.REPORTER)
    rita.groups.get().permissions.filter(codename="add_topic").delete()
    client = desk(rita)

    answer = client.post(ADD, filled(client, ADD, topics=["Unheard of"]))

    assert not Article.objects.exists()
    assert [problem["anchor"] for problem in answer.context["story"].problems] == ["id_topics"]
