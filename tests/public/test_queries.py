"""What a cold page costs: at most six queries beside the stamp, and the same for one story and for thirty."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Edition
from newsroom.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db

#: The public stamp is read before a page is rendered and after it.
STAMPS = 2
CEILING = 6 + STAMPS
LISTS = [
    "/",
    "/latest/",
    "/markets/",
    "/companies/alibaba/",
    "/authors/ada/",
    "/people/joe-tsai/",
    "/people/",
    "/companies/",
    "/companies/?letter=a",
    "/topics/cloud/",
    "/market-data/",
    "/corrections/",
    "/feeds/",
]


@pytest.fixture
def nouns() -> dict[str, Any]:
    return {
        "companies": [factories.company("Alibaba", "NYSE:BABA", "HKEX:9988"), factories.company("DeepSeek")],
        "bylines": [factories.author("Ada"), factories.author("Bo")],
        "persons": [factories.somebody("Joe Tsai"), factories.somebody("Eddie Wu")],
        "topics": [factories.topic("Cloud"), factories.topic("Chips")],
        "lead_image": factories.image(),
    }


def publish(number: int, nouns: dict[str, Any]) -> None:
    for n in range(number):
        article = factories.live(at=timezone.now() - timedelta(hours=1, minutes=n), **nouns)
        article = factories.rewrite(article, standfirst=f"Corrected {n}.")
        workflow.correct(article, by=factories.person(Role.PUBLISHER), notice="It was wrong.")


def queries(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_costs_the_same_whatever_its_length(client: Client, path: str, nouns: dict[str, Any]) -> None:
    publish(1, nouns)
    one = queries(client, path)
    publish(3, nouns)
    four = queries(client, path)

    assert len(one) <= CEILING, one
    assert len(four) == len(one), four


def test_a_story_costs_six_queries_at_most(client: Client, nouns: dict[str, Any]) -> None:
    publish(4, nouns)
    path = Edition.objects.latest("live_from").path

    asked = queries(client, path)

    assert len(asked) <= CEILING, asked


def test_thirty_stories_cost_what_one_does(client: Client, nouns: dict[str, Any]) -> None:
    publish(1, nouns)
    one = {path: len(queries(client, path)) for path in LISTS}
    publish(30, nouns)

    assert {path: len(queries(client, path)) for path in LISTS} == one
