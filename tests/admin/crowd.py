"""A hundred thousand of everything at the desk, beside the stories for readers of `tests.reading.bulk`.

The words of stories are "story", the story's number and, of every fiftieth, "copper"; those of nouns are "holding" and
a letter with the noun's number.
"""

from django.db import connection

from newsroom.models import Journalist
from newsroom.roles import Role
from tests.reading import bulk

ADMINISTRATOR = "crowd"
_SERIES = {
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n) n",
    "postgresql": "generate_series(1, {count}) n(i)",
}
_SLUG = "substr('abcdefghijklmnopqrstuvwxyz', CAST(1 + n.i % 26 AS integer), 1) || n.i"
_NAMED = {"id": "n.i", "name": f"{_SLUG} || ' Holding'", "slug": _SLUG}
_STORIES = """
UPDATE articles_article SET headline = 'Story ' || id, section_id = 1 + id % 8, search_text = 'story',
kind = CASE WHEN id % 40 = 0 THEN 'analysis' ELSE 'news' END,
language = CASE WHEN id % 300 = 0 THEN 'de' ELSE 'en' END,
state = CASE WHEN id > 99990 THEN 'submitted' WHEN id > 99500 THEN 'draft' ELSE 'released' END,
last_edition_number = CASE WHEN id > 99900 THEN 0 ELSE 1 END, confidential = (id % 2000 = 7)
"""


def fill() -> None:
    """Insert the rows, and let the database count them for its plans."""
    bulk.fill()
    Journalist.objects.create_journalist(ADMINISTRATOR, role=Role.ADMINISTRATOR)
    reporter = Journalist.objects.get(username="bulk")
    with bulk.unhurried(), bulk.without_triggers(), connection.cursor() as cursor:
        for statement in (_STORIES, *_named_by_stories(), *_nouns(), *_ledger(reporter.pk), *_words(), "ANALYZE"):
            cursor.execute(statement)


def _insert(table: str, where: str = "true", /, **columns: str) -> str:
    names, values = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
    series = _SERIES[connection.vendor].format(count=bulk.STORIES)
    return f"INSERT INTO articles_{table} ({names}) SELECT {values} FROM {series} WHERE {where}"


def _named_by_stories() -> list[str]:
    shared = {"article_id": "n.i", "position": "0"}
    return [
        _insert("byline", author_id="1 + n.i % 300", role="'reporter'", **shared),
        _insert("articlecompany", company_id="1 + n.i % 6000", role="'subject'", **shared),
    ]


def _nouns() -> list[str]:
    countries = "CASE n.i % 5 WHEN 0 THEN 'US' WHEN 1 THEN 'CN' ELSE '' END"
    return [
        _insert(
            *("company", f"n.i > {bulk.COMPANIES}"), **_NAMED, country=countries, from_reference="n.i % 2 = 0",
            **dict.fromkeys(("legal_name", "description", "website", "lei"), "''"), aliases="'[]'", kind="'company'",
            filed_as="'name ' || n.i",
        ),
        _insert(
            *("listing", f"n.i > {bulk.COMPANIES} AND n.i % 3 = 0"), id="n.i", company_id="n.i", exchange_id="1",
            symbol="'S' || n.i", is_primary="n.i > 0", is_watched="n.i < 0",
            **dict.fromkeys(("currency", "isin", "share_class", "price_unit"), "''"),
        ),
        _insert(
            *("author", f"n.i > {bulk.AUTHORS}"), **_NAMED, active="n.i % 9 > 0",
            **dict.fromkeys(("role_title", "bio", "portrait", "email"), "''"), links="'[]'",
        ),
        _insert("topic", f"n.i > {bulk.TOPICS}", **_NAMED, description="''"),
        _insert(
            *("image", f"n.i > {bulk.IMAGES}"), id="n.i", title="'Picture ' || n.i", caption="''", credit="'Credit'",
            file="'pictures/' || n.i || '.jpg'", alt="CASE WHEN n.i % 900 = 0 THEN '' ELSE 'Alt' END",
            width="1600", height="900", rendition_widths="'[]'", uploaded_at=_at(),
        ),
        _insert("redirect", "n.i > 2000", path="'/topics/old-' || n.i || '/'", topic_id="n.i"),
    ]  # fmt: skip


def _ledger(by: int) -> list[str]:
    shared = {"article_id": "n.i", "by_id": str(by), "at": _at(), "reason": "''", "details": "'{}'"}
    return [
        _insert("transition", verb="'start'", from_state="''", to_state="'draft'", **shared),
        _insert("transition", "n.i % 500 = 0", verb="'spike'", from_state="'draft'", to_state="'spiked'", **shared),
    ]


def _words() -> list[str]:
    number = "CAST(n.i AS text)"
    of_nouns = [
        _insert("word", f"n.i > {there}", noun=f"'{noun}'", key="n.i", word=word)
        for noun, there in {"company": bulk.COMPANIES, "author": bulk.AUTHORS, "topic": bulk.TOPICS}.items()
        for word in (_SLUG, "'holding'")
    ]
    return [
        _insert("word", noun="'article'", key="n.i", word="'story'"),
        _insert("word", noun="'article'", key="n.i", word=number),
        _insert("word", "n.i % 50 = 0", noun="'article'", key="n.i", word="'copper'"),
        _insert("word", f"n.i > {bulk.IMAGES}", noun="'image'", key="n.i", word=number),
        _insert("word", "n.i > 2000", noun="'redirect'", key="n.i", word="'old'"),
        *of_nouns,
    ]


def _at() -> str:
    seconds = f"{int(bulk.FIRST.timestamp())} + n.i * {bulk.STEP}"
    if connection.vendor == "postgresql":
        return f"to_timestamp({seconds})"
    return f"strftime('%Y-%m-%d %H:%M:%S', {seconds}, 'unixepoch')"
