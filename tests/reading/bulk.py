"""A hundred thousand stories for readers, made by the database itself: public tables only, and short texts.

What the desk has beside them is as little as the keys between the tables allow. How many stories there are and how they
are spread over nouns and years is what a plan depends on; a corpus as the verbs would write it is `make_corpus`.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

from articles.models import (
    Article,
    Author,
    Company,
    DailyPrice,
    Edition,
    EditionAuthor,
    EditionCompany,
    EditionPerson,
    EditionTopic,
    Exchange,
    Fragment,
    Image,
    Listing,
    Person,
    PersonRole,
    Quote,
    Redirect,
    ReferenceRate,
    Revision,
    SavedText,
    Section,
    Source,
    Topic,
)  # fmt: skip

STORIES = 100_000
#: One story an hour and a bit: ten years to the day.
FIRST, STEP = datetime(2016, 1, 1, tzinfo=UTC), 3156
#: Closes, and as many quotes.
PRICES = 60_000
SECTIONS, AUTHORS, COMPANIES, TOPICS, IMAGES = 8, 300, 6000, 400, 5000
#: Half of the people are named by no story.
PEOPLE = 6000
#: A table with fewer rows may be read from end to end: there are no more of them for more stories.
SMALL = 1000
#: The nouns with key 1 stand in every third story, those with key 2 in three old ones, the others in their turn.
POPULAR, RARE = 1, 2

_TEXT = "<p>" + "Prices of what is dug, grown and made rose while those of what is lent fell. " * 6 + "</p>"


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a database writes what the two of them write in different ways; `%s` stands for an expression."""

    series: str
    instant: str
    day: str
    uuid: str
    key: str
    yes: str


_DIALECTS = {
    "sqlite": _Dialect(
        "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n) n",
        "strftime('%%Y-%%m-%%d %%H:%%M:%%S', {}, 'unixepoch')",
        "date({}, 'unixepoch')",
        "printf('%%032x', {})",
        "replace(replace(printf('%%08d', {}), '0', 'a'), '1', 'b')",
        "1",
    ),
    "postgresql": _Dialect(
        "generate_series(1, {count}) n(i)",
        "to_timestamp({})",
        "(to_timestamp({}) AT TIME ZONE 'UTC')::date",
        "lpad(to_hex({}), 32, '0')::uuid",
        "replace(replace(lpad(({})::text, 8, '0'), '0', 'a'), '1', 'b')",
        "true",
    ),
}


def fill(stories: int = STORIES) -> None:
    """Insert the rows, and let the database count them for its plans, as PostgreSQL does by itself within minutes."""
    with unhurried(), without_triggers():
        make = _Maker(_DIALECTS[connection.vendor])
        _nouns(make)
        _desk(make, stories)
        _editions(make, stories)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")


def elsewhere(file: str) -> Callable[[], object]:
    """Leave the test database as it is, and return what puts it back: SQLite takes a copy, PostgreSQL is flushed."""
    if connection.vendor == "postgresql":
        return _flush
    name = connection.settings_dict["NAME"]
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)

    def use(database: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = database

    use(file)
    return lambda: use(name)


def big_tables() -> set[str]:
    """Return the tables with many rows."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {SMALL}) counted")
            (counts[table],) = cursor.fetchone()
    return {table for table, count in counts.items() if count >= SMALL}


def _flush() -> None:
    with unhurried(), without_triggers():
        call_command("flush", verbosity=0, interactive=False)


@contextmanager
def unhurried() -> Iterator[None]:
    """Let statements take their time, which a site's must not."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        connection.connection.patience = None
        yield
        del connection.connection.patience
        cursor.execute("RESET statement_timeout")


@contextmanager
def without_triggers() -> Iterator[None]:
    """Let the triggers of stories and nouns rest, which are for a few rows at a time."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("articles_")]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


class _Maker:
    """Inserts rows that are made from a number `n.i`."""

    def __init__(self, dialect: _Dialect) -> None:
        self.dialect = dialect

    def instant(self, story: str, later: str = "0") -> str:
        """Return the SQL for the first publication of a story, or some seconds later."""
        return self.dialect.instant.format(f"{int(FIRST.timestamp())} + ({story}) * {STEP} + ({later})")

    def day(self, days: str) -> str:
        """Return the SQL for a day so many days before the last story."""
        return self.dialect.day.format(f"{int(FIRST.timestamp()) + STORIES * STEP} - ({days}) * 86400")

    def rows(self, model: type[Model], count: int, where: str = "true", /, **columns: object) -> None:
        """Insert a row for each of the numbers from 1 on for which a condition holds.

        A column is what a string says in SQL, or else a value; the others are what the model says.
        """
        fields = [field for field in model._meta.concrete_fields if field.attname in columns or not field.primary_key]
        sql, values = [], []
        for field in fields:
            given = columns.get(field.attname)
            if isinstance(given, str):
                sql.append(given)
            else:
                sql.append("%s")
                value = given if field.attname in columns else field.get_default()
                values.append(field.get_db_prep_save(value, connection=connection))
        names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
        source = self.dialect.series.format(count=count)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(sql)} FROM {source} WHERE {where}",
                values,
            )


def _nouns(make: _Maker) -> None:
    named: Mapping[type[Model], tuple[str, int]] = {
        Section: ("section", SECTIONS),
        Author: ("author", AUTHORS),
        Company: ("company", COMPANIES),
        Topic: ("topic", TOPICS),
        Person: ("person", PEOPLE),
    }
    face = {"portrait": "CASE WHEN n.i %% 10 = 0 THEN 'portraits/' || n.i || '.jpg' ELSE '' END"}
    for model, (name, count) in named.items():
        more = {"filed_as": f"'{name} ' || n.i"} if model in (Company, Person) else {}
        more |= face if model in (Author, Person) else {}
        make.rows(model, count, id="n.i", name=f"'{name} ' || n.i", slug=f"'{name}-' || n.i", **more)
    roles = {"person_id": "n.i", "company_id": f"1 + n.i %% {COMPANIES}", "title": "'director'"}
    make.rows(PersonRole, PEOPLE, body="''", **roles)
    make.rows(PersonRole, PEOPLE, body="'Treasury'", person_id="n.i", title="'minister'", company_id=None)
    make.rows(Source, 1, id="n.i", name="'Wire'", slug="'wire'")
    make.rows(Exchange, 1, id="n.i", mic="'XNYS'", name="'New York'", short_name="'NYSE'", time_zone="'UTC'")
    yes = make.dialect.yes
    make.rows(Listing, COMPANIES, id="n.i", company_id="n.i", exchange_id="1", symbol="'S' || n.i", is_primary=yes)
    _prices(make)
    file = "'pictures/' || n.i || '.jpg'"
    make.rows(
        Image, IMAGES, id="n.i", file=file, width="1600", height="900", title="'Picture'", uploaded_at=make.instant("0")
    )
    make.rows(Redirect, 2000, path="'/companies/old-' || n.i || '/'", company_id="n.i")
    make.rows(Redirect, SECTIONS, path="'/old-section-' || n.i || '/'", section_id="n.i")
    make.rows(Redirect, AUTHORS, path="'/old-author-' || n.i || '/'", author_id="n.i")
    make.rows(Redirect, TOPICS, path="'/old-topic-' || n.i || '/'", topic_id="n.i")


def _prices(make: _Maker) -> None:
    """Insert closes and quotes of every listing, those of some weeks, and more closes of the popular one."""
    listing, on = f"1 + n.i %% {COMPANIES}", make.day(f"n.i / {COMPANIES}")
    money = {"currency": "'USD'", "open": None, "high": None, "low": None, "volume": None}
    make.rows(DailyPrice, PRICES, listing_id=listing, date=on, close="100 + n.i %% 7", **money)
    more = {"listing_id": str(POPULAR), "date": make.day("20 + n.i"), "close": "100 + n.i %% 7"}
    make.rows(DailyPrice, 1500, **more, **money)
    told = make.instant(f"{STORIES} - n.i %% 40")
    quote = {"as_of": told, "received_at": told, "price": "100", "currency": "'USD'", "provider": "'p' || n.i"}
    make.rows(Quote, PRICES, listing_id=listing, **quote)
    currencies = ("USD", "GBP", "JPY", "CHF", "CNY", "HKD", "INR", "CAD")
    for code in currencies:
        make.rows(ReferenceRate, 3000, currency=f"'{code}'", date=make.day("n.i"), rate="1.5")


def _desk(make: _Maker, stories: int) -> None:
    """Insert what editions need of the desk: a working copy and a revision each, without words."""
    people: Any = get_user_model()
    reporter = people._default_manager.create_journalist("bulk", role="Reporter").pk
    SavedText.objects.create(digest="bulk", html="")
    make.rows(
        Article, stories, id="n.i", guid=make.dialect.uuid.format("n.i"), public_key=make.dialect.key.format("n.i"),
        created_by_id=str(reporter), created_at=make.instant("n.i"), changed_at=make.instant("n.i"), state="'released'",
    )  # fmt: skip
    make.rows(
        Revision, stories, id="n.i", article_id="n.i", number="1", content={}, text_id="'bulk'",
        saved_by_id=str(reporter), saved_at=make.instant("n.i"),
    )  # fmt: skip


def _editions(make: _Maker, stories: int) -> None:
    """Insert an edition of each story, and for every fifth of them a second one that comes half a day later.

    Of those some are corrections and clarifications with a notice, and some withdrawals. A few stories expire.
    """
    words: dict[str, object] = {
        "article_id": "n.i",
        "revision_id": "n.i",
        "guid": make.dialect.uuid.format("n.i"),
        "public_key": make.dialect.key.format("n.i"),
        "section_id": f"CASE WHEN n.i IN (3, 5, 7) THEN {RARE} WHEN n.i %% 3 = 0 THEN {POPULAR} "
        f"WHEN n.i %% 97 = 0 THEN NULL ELSE 3 + n.i %% {SECTIONS - 2} END",
        "source_id": "CASE WHEN n.i %% 7 = 0 THEN 1 END",
        "lead_image_id": f"CASE WHEN n.i %% 4 = 1 THEN {POPULAR} WHEN n.i %% 20 = 0 THEN 1 + n.i / 20 %% {IMAGES} END",
        "headline": "'Story ' || n.i",
        "slug": "'story-' || n.i",
        "standfirst": "'What happened, in a sentence.'",
        "body": f"'{_TEXT}'",
        "plain_text": f"'{_TEXT}'",
        "first_published_at": make.instant("n.i"),
        "printed": {"related": []},
    }
    at, later = make.instant("n.i"), make.instant("n.i", "43200")
    expires = f"CASE WHEN n.i %% 100 = 9 THEN {make.instant('n.i', '86400')} END"
    lead = "n.i %% 100 = 4" if connection.vendor == "postgresql" else "CASE WHEN n.i %% 100 = 4 THEN 1 ELSE 0 END"
    make.rows(
        Edition, stories, id="n.i", number="1", release_kind="'publication'", notice="''", updated_at=at, live_from=at,
        released_at=at, expires_at=expires, is_lead=lead, **words,
    )  # fmt: skip
    kind = (
        "CASE n.i / 5 %% 20 WHEN 0 THEN 'correction' WHEN 1 THEN 'clarification' WHEN 2 THEN 'withdrawal' "
        "ELSE 'update' END"
    )
    notice = "CASE WHEN n.i / 5 %% 20 < 3 THEN 'It was wrong.' ELSE '' END"
    make.rows(
        Edition, stories, "n.i %% 5 = 0", id=f"{stories} + n.i / 5", number="2", release_kind=kind, notice=notice,
        updated_at=later, live_from=later, released_at=later, expires_at=None, **words,
    )  # fmt: skip
    for edition, where in (("n.i", "true"), (f"{stories} + n.i / 5", "n.i %% 5 = 0")):
        _index(make, stories, edition, where)
        stale: dict[str, object] = {"edition_id": edition, "counter": "0", "version": "'older'"}
        stale |= dict.fromkeys(("head", "main", "card", "row", "brief", "item", "nouns"), "''")
        make.rows(Fragment, stories, where, **stale)


def _index(make: _Maker, stories: int, edition: str, where: str) -> None:
    """Insert the rows from nouns to editions: one of the popular or the rare noun, and one of another in its turn."""
    for model, noun, owner, count in (
        (EditionAuthor, "author_id", "edition_id", AUTHORS),
        (EditionCompany, "company_id", "edition_id", COMPANIES),
        (EditionPerson, "person_id", "edition_id", PEOPLE // 2),
        (EditionTopic, "tag_id", "content_object_id", TOPICS),
    ):
        role = (
            {"role": "'reporter'" if noun == "author_id" else "'subject'"}
            if noun in ("author_id", "company_id")
            else {}
        )
        values = {owner: edition, "article_id": "n.i", "first_published_at": make.instant("n.i"), **role}
        # The last company of all is named by nobody.
        make.rows(model, stories, where, position="0", **{noun: f"3 + n.i %% {count - 3}"}, **values)
        first = f"CASE WHEN n.i IN (3, 5, 7) THEN {RARE} ELSE {POPULAR} END"
        make.rows(
            model, stories, f"({where}) AND (n.i %% 3 = 0 OR n.i IN (5, 7))", position="1", **{noun: first}, **values
        )
