"""Every statement behind a public address is served by an index, on both databases, at a hundred thousand stories."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.urls import resolve
from pytest_django import DjangoDbBlocker

from articles import paths, reading
from articles.models import Edition
from articles.printing import fragments
from articles.public import urls
from articles.reading.cursors import write_cursor
from tests.reading import bulk
from tests.reading.bulk import POPULAR, RARE
from tests.reading.explain import Plan, Statement, overheard, plans

#: A moment after all stories, and one at which readers had half of them.
NOW = bulk.FIRST + timedelta(seconds=bulk.STEP * (bulk.STORIES + 20))
HALFWAY = bulk.FIRST + timedelta(seconds=bulk.STEP * bulk.STORIES // 2)
DEEP = write_cursor(bulk.FIRST + timedelta(seconds=bulk.STEP * 20_000), 20_000)

#: What may be read from end to end though it is big, and why.
SCANNED = {
    r"FROM articles_nounchange": "a process that starts reads what has ever changed of nouns, and later what is new",
    r"covered AS MATERIALIZED": "PostgreSQL would rather read some thousand listings than look up a hundred",
    r"FROM articles_personrole r": "PostgreSQL would rather read some thousand companies than look up those of a page",
    r'"articles_editioncompany".*_id" IN \(': "PostgreSQL would rather read some thousand companies than look up sixty",
}
#: What may be sorted, and why.
SORTED = {
    r'FROM "articles_section"': "a newsroom has some dozens of sections",
    r'"articles_edition(author|company|person|topic)".*_id" IN \(': "the nouns of the stories on one page",
    r"FROM articles_listing": "the listings of one company, or those of a symbol",
    r"LEFT JOIN articles_listing l ON l\.company_id = x\.id": "the listings of one company",
    r"WITH recent AS MATERIALIZED": "the topics, peers and corrections of twenty stories, the companies of two hundred",
    r"FROM articles_referencerate": "the rates of eight currencies in two weeks",
    r"FROM articles_personrole": "the roles of the people on one page",
    r"k\.public_key = %s": "the editions of one story that had this key",
    r"SELECT s\.slug, e\.slug": "the stories of a month, all of which its map lists (PostgreSQL)",
}
#: PostgreSQL would rather sort so few rows than walk along an index: those of a noun that few stories name.
FEW = 1000
#: What one statement may cost: blocks that PostgreSQL touches, hundreds of instructions of SQLite's machine.
MOST_WORK = {"postgresql": 1000, "sqlite": 100}
#: Maps cost what they print, all stories of a month and all nouns, and look for late changes in a thousand releases. A
#: chart of five years is drawn from all closes of those years.
MAPS = {"the popular company, five years", "sitemap", "sitemap of pages", "sitemap of no pages", "sitemap of a month"}


@pytest.fixture(scope="module")
def big_tables(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[set[str]]:
    """Have many stories as long as this module needs them, and return the tables that are big then.

    Tests only read, so they need no transaction, whose end would look at every key of every row again.
    """
    with django_db_blocker.unblock():
        put_back = bulk.elsewhere(str(tmp_path_factory.mktemp("plans") / "plans.sqlite3"))
        try:
            bulk.fill()
            yield bulk.big_tables()
        finally:
            put_back()


def story(number: int) -> str:
    """Return the address of a story."""
    edition = Edition.objects.filter(article_id=number).select_related("section").first()
    assert edition is not None
    return str(edition.path)


def key_of(number: int) -> str:
    """Return the public key of a story."""
    edition = Edition.objects.filter(article_id=number).first()
    assert edition is not None
    return str(edition.public_key)


NOUNS = {
    "section": paths.section,
    "company": paths.company,
    "topic": paths.topic,
    "author": paths.author,
    "person": paths.person,
}


def noun_pages(noun: str, page: Callable[[str], str]) -> dict[str, Callable[[], str]]:
    """Return the pages of nouns that many stories name, that few old ones name, and that some name."""
    found: dict[str, Callable[[], str]] = {}
    for which, key in {"the popular": POPULAR, "the rare": RARE, "some": 5}.items():
        path = page(f"{noun}-{key}")
        found[f"{which} {noun}"] = lambda path=path: path  # type: ignore[misc]
        found[f"{which} {noun}, deep"] = lambda path=path: paths.older(path, DEEP)  # type: ignore[misc]
        found[f"{which} {noun}, feed"] = lambda path=path: paths.feed(path)  # type: ignore[misc]
    return found


def company_pages() -> dict[str, Callable[[], str]]:
    """Return the ways of asking for the page of a company."""
    found: dict[str, Callable[[], str]] = {}
    for which, key in {"the popular": POPULAR, "the rare": RARE, "some": 5}.items():
        path = paths.company(f"company-{key}")
        found[f"{which} company, subject"] = lambda path=path: paths.only_subject(path)  # type: ignore[misc]
        found[f"{which} company, subject, deep"] = lambda path=path: paths.only_subject(path, DEEP)  # type: ignore[misc]
        found[f"{which} company, five years"] = lambda path=path: paths.chart(path, "five")  # type: ignore[misc]
    return found


ADDRESSES: dict[str, Callable[[], str]] = {
    "front": lambda: paths.FRONT,
    "latest": lambda: paths.LATEST,
    "latest, deep": lambda: paths.older(paths.LATEST, DEEP),
    "corrections": lambda: paths.CORRECTIONS,
    "corrections, deep": lambda: paths.older(paths.CORRECTIONS, DEEP),
    "feeds": lambda: paths.FEEDS,
    "feed": lambda: paths.SITE_FEED,
    "sitemap": lambda: paths.SITEMAP,
    "sitemap of pages": paths.sitemap_pages,
    "sitemap of no pages": lambda: paths.sitemap_pages(2),
    "sitemap of news": lambda: paths.SITEMAP_NEWS,
    "sitemap of a month": lambda: paths.sitemap_month(2018, 5),
    "part of a month": lambda: paths.sitemap_month(1999, 5, 2),
    "robots": lambda: paths.ROBOTS,
    "icon": lambda: "/favicon.ico",
    "the popular picture": lambda: paths.media(f"pictures/{POPULAR}.jpg"),
    "picture": lambda: paths.media("pictures/5.jpg"),
    "no picture": lambda: paths.media("pictures/none.jpg"),
    "no portrait": lambda: paths.media("portraits/none.jpg"),
    "story": lambda: story(40_001),
    "updated story": lambda: story(40_015),
    "story without a section": lambda: story(97 * 100),
    "withdrawn story": lambda: story(40_010),
    "expired story": lambda: story(40_009),
    "no story": lambda: paths.article("section-1", "words", "zzzzzzzz"),
    "nothing": lambda: "/there/is/nothing/here/",
    "moved company": lambda: paths.company("old-5"),
    "companies": lambda: paths.COMPANIES,
    "companies, deep": lambda: paths.index_part(paths.COMPANIES, "", "company 4000~4000"),
    "companies of a letter": lambda: paths.letter(paths.COMPANIES, "c"),
    "companies of a letter, deep": lambda: paths.index_part(paths.COMPANIES, "c", "company 4000~4000"),
    "companies of no letter": lambda: paths.letter(paths.COMPANIES, "#"),
    "people": lambda: paths.PEOPLE,
    "people of a letter": lambda: paths.letter(paths.PEOPLE, "p"),
    "people of a letter, deep": lambda: paths.index_part(paths.PEOPLE, "p", "person 2000~2000"),
    "ticker": lambda: paths.quote_page("NYSE:S5"),
    "symbol": lambda: paths.quote_page("S1"),
    "no ticker": lambda: paths.quote_page("NYSE:NONE"),
    **{
        f"moved {noun}, {which}": partial(paths.section, f"old-{noun}-{key}")
        for noun in ("section", "author", "topic")
        for which, key in {"popular": POPULAR, "rare": RARE}.items()
    },
    "nobody's company": lambda: paths.company(f"company-{bulk.COMPANIES}"),
    "markets": lambda: paths.MARKETS,
    "prices of a story": lambda: f"{paths.PRICES}?story={key_of(40_001)}",
    "prices of tickers": lambda: f"{paths.PRICES}?listings=NYSE:S1,NYSE:S2,NYSE:S3",
    "prices of listings": lambda: f"{paths.PRICES}?listings=1,2,3,4,5,6,7,8,9,10",
    **company_pages(),
    **{name: page for noun, path in NOUNS.items() for name, page in noun_pages(noun, path).items()},
}


def said_for(path: str, at: datetime) -> list[Statement]:
    """Return what the database is asked for a page by a process that has read nothing before and keeps no answers."""
    reading.forget()
    with time_machine.travel(at, tick=False), override_settings(RESPONSE_CACHE=False), overheard() as said:
        Client().get(path)
    return said


def flaws(plan: Plan, statement: Statement, big: set[str]) -> list[str]:
    """Return what is wrong with a plan."""
    scans = [] if expected(SCANNED, statement) else [f"scan of {table}" for table in plan.scans if table in big]
    sorts = [] if expected(SORTED, statement) else [how for how, rows in plan.sorts if rows is None or rows > FEW]
    return scans + sorts


def expected(reasons: dict[str, str], statement: Statement) -> bool:
    """Say whether there is a reason for what a statement does."""
    return any(re.search(pattern, statement.sql, re.DOTALL) for pattern in reasons)


@pytest.mark.parametrize("name", ADDRESSES)
def test_address_is_served_by_indexes(name: str, big_tables: set[str]) -> None:
    path, limit = ADDRESSES[name](), MOST_WORK[connection.vendor]
    said = [statement for at in (NOW, HALFWAY) for statement in said_for(path, at)]
    found = [(plan, statement) for statement in dict.fromkeys(said) for plan in plans(statement)]

    wrong = {statement.sql: flaws(plan, statement, big_tables) for plan, statement in found}
    assert {sql: why for sql, why in wrong.items() if why} == {}

    bounded = [pair for pair in found if name not in MAPS and not expected(SCANNED, pair[1])]
    assert {statement.sql: plan.work for plan, statement in bounded if plan.work > limit} == {}
    assert found


def test_fragments_are_found_with_their_stories(big_tables: set[str]) -> None:
    with time_machine.travel(NOW, tick=False):
        fragments.store(list(Edition.objects.live(NOW).order_by("-first_published_at")[:140]))
    said = said_for(paths.FRONT, NOW)

    found = [(plan, statement) for statement in said for plan in plans(statement)]
    assert [statement.sql for statement in said if '"articles_edition"."id" IN (' in statement.sql] == []
    assert [why for plan, statement in found for why in flaws(plan, statement, big_tables)] == []


@pytest.mark.django_db  # one test has to say so, or pytest-django makes no database
def test_every_address_is_looked_at(big_tables: set[str]) -> None:
    named = {resolve(address().partition("?")[0]).url_name for address in ADDRESSES.values()}

    assert named == {pattern.name for pattern in urls.urlpatterns}


def test_scan_and_sort_would_be_seen(big_tables: set[str]) -> None:
    """The judge can fail: without an index, and with a table that grows."""
    for sql, flaw in {
        "SELECT count(*) FROM articles_edition e WHERE e.dateline = %s": "scan of articles_edition",
        "SELECT e.id FROM articles_edition e WHERE e.id > 0 AND e.dateline = %s ORDER BY e.headline": "headline"
        if connection.vendor == "postgresql"
        else "USE TEMP B-TREE FOR ORDER BY",
    }.items():
        statement = Statement(sql, ("",))
        found = [(why, plan.work) for plan in plans(statement) for why in flaws(plan, statement, big_tables)]
        assert any(flaw in why for why, _work in found)
        assert max(work for _why, work in found) > MOST_WORK[connection.vendor]
