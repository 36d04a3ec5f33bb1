"""Every question of the desk's lists, searches and suggestions walks an index, at a hundred thousand of everything."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from newsroom.models import Journalist
from tests.admin import crowd
from tests.admin.pages import LIST
from tests.reading import bulk
from tests.reading.explain import Plan, Statement, overheard, plan_as_sent

# Of all tests, not of one: tests with the mark run before all others, and the crowd would come twice.
pytestmark = pytest.mark.django_db

DESK = "/desk/articles"
ON_SQLITE = connection.vendor == "sqlite"
#: Some time after the newest story.
NOW = datetime(2026, 2, 1, tzinfo=UTC)
#: Rows that may be sorted: of a list that is walked, those that belong to a page; of one that is looked up, all of it.
FEW_ROWS, MOST_SORTED = 400, 6000
LISTS: dict[str, str] = {
    "stories": LIST,
    "stories, last page": f"{LIST}?p=20",
    "stories, further on": f"{LIST}?after={quote('["2020-01-01T00:00:00+00:00", "5000"]')}",
    "stories, oldest first": f"{LIST}?o=6",
    **{
        f"stories by {query}": f"{LIST}?{query}"
        for query in (
            *("state__exact=submitted", "state__exact=released", "section__id__exact=3", "kind__exact=analysis"),
            *("language=de", "section__id__exact=3&kind__exact=analysis", "changed_at__year=2019"),
            *("changed_at__year=2019&changed_at__month=5", "public=live"),
        )
    },
    **{
        room: f"{DESK}/{room}/" for room in ("company", "author", "topic", "image", "redirect", "edition", "transition")
    },
    "companies, backwards": f"{DESK}/company/?o=-1",
    "companies, further on": f"{DESK}/company/?after={quote('["m", "5000"]')}",
    "companies by country": f"{DESK}/company/?country=CN",
    "companies by register": f"{DESK}/company/?from_reference__exact=1",
    "companies by listing": f"{DESK}/company/?listed=yes",
    "private companies": f"{DESK}/company/?listed=no",
    "authors who are gone": f"{DESK}/author/?active__exact=0",
    "pictures without alternative text": f"{DESK}/image/?lacks=alt",
    "pictures of a month": f"{DESK}/image/?uploaded_at__year=2019&uploaded_at__month=5",
    "editions by section": f"{DESK}/edition/?section__id__exact=3",
    "corrections": f"{DESK}/edition/?release_kind__exact=correction",
    "updates": f"{DESK}/edition/?release_kind__exact=update",
    "ledger by verb": f"{DESK}/transition/?verb__exact=spike",
    "ledger of a month": f"{DESK}/transition/?at__year=2019&at__month=5",
}
#: Of these the rows are looked up first and then put in order: few by their nature, or by a bound.
LOOKED_UP: dict[str, str] = {
    "first page": "/desk/",
    **{
        f"stories by {query}": f"{LIST}?{query}"
        for query in (
            *("public=not_published", "public=scheduled", "public=expired", "public=withdrawn", "public=waiting"),
            *("whose=mine", "changed_at__year=2019&section__id__exact=3"),
        )
    },
    **{
        f"{room}, {typed}": f"{DESK}/{room}/?q={quote(typed)}"
        for room, searches in {
            "article": ("copper", "story 500", "story", "story copper", "nothing", '"story 7"'),
            "company": ("x777", "holding", "holding x", "nothing", "nyse:s6003"),
            "author": ("x777", "holding"),
            "topic": ("x777", "holding"),
            "image": ("777", "picture"),
            "redirect": ("old",),
            "edition": ("copper", "story"),
            "transition": ("copper", "story", "bulk"),
        }.items()
        for typed in searches
    },
    **{
        f"{field} for {typed or 'nothing'}": f"/desk/autocomplete/?app_label=articles&model_name={model}"
        f"&field_name={field}&term={quote(typed)}"
        for model, field in {
            "articlecompany": "company", "byline": "author", "article": "follows", "redirect": "topic",
        }.items()
        for typed in ("", "x", "x777", "holding", "holding x", "copper", "story", "S6003", "nothing")
    },
    **{f"topics for {typed}": f"{LIST}topics/?term={typed}" for typed in ("", "x7", "holding")},
}  # fmt: skip


@pytest.fixture(scope="module")
def big_tables(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[set[str]]:
    """Have a crowd in the database as long as this module needs it, and return the tables that are big then."""
    with django_db_blocker.unblock():
        put_back = bulk.elsewhere(str(tmp_path_factory.mktemp("crowd") / "crowd.sqlite3"))
        try:
            crowd.fill()
            yield bulk.big_tables()
        finally:
            put_back()


@pytest.fixture
def administrator(big_tables: set[str]) -> Client:
    """Log somebody in."""
    client = Client()
    client.force_login(Journalist.objects.get(username=crowd.ADMINISTRATOR))
    return client


def said_for(client: Client, address: str) -> list[Statement]:
    """Return what the database is asked for a page."""
    with time_machine.travel(NOW, tick=False), overheard() as said:
        assert client.get(address).status_code == 200
    return [statement for statement in said if statement.sql.startswith(("SELECT", "WITH", "\nWITH"))]


def flaws(plan: Plan, statement: Statement, big: set[str], *, most_sorted: int) -> list[str]:
    """Return what is wrong with a plan for a list.

    To walk an index to a bound is right, and so it is to put rows in order that were looked up by their keys.
    """
    is_walk = "LIMIT" in statement.sql and (most_sorted or not plan.sorts)
    scans = [f"scan of {table}" for table in plan.scans if table in big and not (is_walk and ON_SQLITE)]
    return scans + [
        how
        for how, rows in plan.sorts
        if not how.startswith("Incremental") and _too_many(rows, statement, big, most_sorted)
    ]


def _too_many(rows: float | None, statement: Statement, big: set[str], most: int) -> bool:
    """Say whether so many rows are too many to sort. SQLite does not say how many it sorts, its work does."""
    if not any(table in statement.sql for table in big):
        return False
    by_keys = re.search(r" IN \((%s(, )?)+\)", statement.sql) is not None
    return not (by_keys or most) if rows is None else rows > max(most, FEW_ROWS)


@pytest.mark.parametrize("name", [*LISTS, *LOOKED_UP])
def test_nothing_is_read_to_its_end(name: str, big_tables: set[str], administrator: Client) -> None:
    with bulk.unhurried():
        said = said_for(administrator, (LISTS | LOOKED_UP)[name])
        # The desk prepares nothing, so these are the only plans.
        found = [(plan_as_sent(statement), statement) for statement in dict.fromkeys(said)]
    most_sorted = MOST_SORTED if name in LOOKED_UP else 0
    wrong = {s.sql: why for plan, s in found if (why := flaws(plan, s, big_tables, most_sorted=most_sorted))}

    assert wrong == {}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM articles_company c WHERE c.website = %s",
        "SELECT c.id FROM articles_company c WHERE c.id > 0 AND c.website = %s ORDER BY c.legal_name LIMIT 9",
        "SELECT c.id FROM articles_company c WHERE c.website = %s ORDER BY c.legal_name LIMIT 9",
    ],
)
def test_judge_can_find_something_wrong(sql: str, big_tables: set[str]) -> None:
    statement = Statement(sql, ("",))

    assert flaws(plan_as_sent(statement), statement, big_tables, most_sorted=0)
