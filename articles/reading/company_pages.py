"""What the page of a company prints around its stories, in two questions however much there is of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from articles import paths, records
from articles.markets.changes import StockSplit, adjusted
from articles.reading.database import instant, rows
from articles.reading.house import House
from articles.reading.nouns import LISTED
from articles.reading.prices import COLUMNS, SOURCES, Row, bounds, day, number, priced
from articles.reading.redirects import redirect
from articles.reading.selection import LIVE, has_stories
from articles.reading.stamp import price_minute
from articles.states import CompanyKind, ReleaseKind
from articles.text.languages import direction

#: The chart of five years has a point a week, a shorter one a point a day.
WEEKLY_FROM: Final = 400
#: How many of its newest stories say with which topics and peers a company is named, and what was corrected.
RECENT: Final = 20

_PROFILE: Final = f"""
SELECT x.id, x.name, x.slug, x.legal_name, x.description, x.website, x.country, x.lei, x.kind,
    m.name, l.symbol, m.mic, l.currency, l.isin, l.is_primary, l.share_class, {COLUMNS}
FROM articles_company x LEFT JOIN articles_listing l ON l.company_id = x.id AND {LISTED} {SOURCES}
WHERE x.slug = %s AND x.merged_into_id IS NULL AND (x.from_reference OR {has_stories("company")})
ORDER BY l.is_primary DESC, l.id
"""  # noqa: S608 - texts of this house
#: The columns of the second question are texts: what it is, and up to eight words. SQLite keeps to the order of a CROSS
#: JOIN. Of how few stories are recent it knows nothing: it would read through all rows of an index, or through a whole
#: table to make a Bloom filter where a condition concerns that table alone. So conditions name what is recent, too.
_BESIDE: Final = f"""
WITH recent AS MATERIALIZED (
    SELECT i.edition_id, i.article_id, i.company_id, e.headline, e.slug, e.public_key, e.section_id, e.live_from,
        '{ReleaseKind.CORRECTION.value}' AS wrong, '{ReleaseKind.CLARIFICATION.value}' AS misleading
    FROM articles_editioncompany i JOIN articles_edition e ON e.id = i.edition_id
    WHERE i.company_id = %s AND i.first_published_at <= %s AND {LIVE}
    ORDER BY i.first_published_at DESC, i.article_id DESC LIMIT {RECENT}
)
SELECT 'close', CAST(k.date AS text), CAST(k.close AS text), k.currency, NULL, NULL, NULL, NULL, NULL
FROM articles_dailyprice k WHERE k.listing_id = %s AND k.date > %s AND k.date <= %s
UNION ALL
SELECT 'split', CAST(k.date AS text), CAST(k.new AS text), CAST(k.old AS text), NULL, NULL, NULL, NULL, NULL
FROM articles_split k WHERE k.listing_id = %s AND k.date > %s AND k.date <= %s
UNION ALL
SELECT 'name', n.name, CAST(n.from_on AS text), CAST(n.until_on AS text), NULL, NULL, NULL, NULL, NULL
FROM articles_companyname n WHERE n.company_id = %s AND (n.from_on IS NULL OR n.from_on <= %s)
UNION ALL
SELECT 'person', x.name, x.slug, r.title, CAST(r.since_on AS text), CAST(r.until_on AS text), NULL, NULL, NULL
FROM articles_personrole r JOIN articles_person x ON x.id = r.person_id
WHERE r.company_id = %s AND (r.since_on IS NULL OR r.since_on <= %s) AND x.merged_into_id IS NULL
AND {has_stories("person")}
UNION ALL
SELECT * FROM (
    SELECT 'topic', t.name, t.slug, CAST(count(*) AS text), NULL, NULL, NULL, NULL, NULL
    FROM recent CROSS JOIN articles_editiontopic n CROSS JOIN articles_topic t
    WHERE n.content_object_id = recent.edition_id AND t.id = n.tag_id
    GROUP BY t.name, t.slug ORDER BY count(*) DESC, t.name LIMIT 12
) topics
UNION ALL
SELECT * FROM (
    SELECT 'peer', c.name, c.slug, CAST(c.id AS text), NULL, NULL, NULL, NULL, NULL
    FROM recent CROSS JOIN articles_editioncompany n CROSS JOIN articles_company c
    WHERE n.edition_id = recent.edition_id AND c.id = n.company_id AND c.id <> recent.company_id
    GROUP BY c.name, c.slug, c.id ORDER BY count(*) DESC, c.name LIMIT 10
) peers
UNION ALL
SELECT * FROM (
    SELECT 'told', t.release_kind, t.notice, CAST(t.live_from AS text), t.language,
        recent.headline, s.slug, recent.slug, recent.public_key
    FROM recent CROSS JOIN articles_edition t LEFT JOIN articles_section s ON s.id = recent.section_id
    WHERE t.article_id = recent.article_id AND t.live_from <= recent.live_from
    AND t.release_kind IN (recent.wrong, recent.misleading)
    ORDER BY t.live_from DESC, t.id DESC LIMIT 5
) told
"""  # noqa: S608


def company_page(slug: str, at: datetime, house: House, days: int) -> records.CompanyPage | records.Moved | None:
    """Return what the page of a company prints around its stories, with the closes of the last `days` days.

    Or where its page is now, or None while no live story names it. Two queries, and one for exchanges that are new to
    the house. The page must say that it prints prices.
    """
    found = rows(_PROFILE, (at.date(), at.date(), *bounds(at), slug, *[at] * 5))
    if not found:
        return redirect(paths.company(slug), at)
    kind = found[0][8]
    stored = [Row.of(row[16:]) for row in found if row[16] is not None]
    profile = _profile(found)
    charted = profile.listings[0] if profile.listings else None
    beside = _beside(profile.id, charted.id if charted else 0, at, days)
    return records.CompanyPage(
        company=profile,
        kind=kind,
        prices=priced(stored, at, house),
        chart=_closes(charted, kind, days, beside, at) if charted else None,
        former_names=tuple(
            records.FormerName(name, _day(since), _day(until))
            for name, since, until, *_rest in sorted(beside["name"], key=lambda row: row[2] or "", reverse=True)
            if name != profile.name
        ),
        people=_people(beside["person"], at),
        topics=tuple(records.Topic(name, paths.topic(slug)) for name, slug, *_rest in beside["topic"]),
        peers=tuple(records.Company(int(key), name, paths.company(slug)) for name, slug, key, *_rest in beside["peer"]),
        corrections=tuple(_correction(row) for row in beside["told"]),
    )


def _profile(found: Sequence[Sequence[Any]]) -> records.CompanyProfile:
    key, name, slug, legal_name, description, website, country, lei, *_rest = found[0]
    return records.CompanyProfile(
        id=key,
        name=name,
        path=paths.company(slug),
        legal_name=legal_name,
        description=description,
        website=website,
        country=country,
        lei=lei,
        listings=tuple(_listing(row[9:18]) for row in found if row[16] is not None),
    )


def _listing(row: Sequence[Any]) -> records.Listing:
    exchange, symbol, mic, currency, isin, is_primary, share_class, key, ticker = row
    # SQLite has no booleans.
    return records.Listing(ticker, exchange, symbol, mic, currency, isin, bool(is_primary), key, share_class)


def _beside(company: int, listing: int, at: datetime, days: int) -> dict[str, list[Sequence[Any]]]:
    """Return the rows of the second question by what they are."""
    today = at.date()
    span = (today - timedelta(days=days), today)
    values: list[Any] = [company, at, *[at] * 4, listing, *span, listing, *span, company, today]
    values += [company, today, *[at] * 5]
    found: dict[str, list[Sequence[Any]]] = defaultdict(list)
    for what, *row in rows(_BESIDE, values):
        found[what].append(row)
    return found


def _closes(
    listing: records.Listing, kind: str, days: int, beside: dict[str, list[Sequence[Any]]], at: datetime
) -> records.Closes | None:
    """Return what the chart shows; None where there is nothing to show."""
    stored = sorted((on, close, currency) for on, close, currency, *_rest in beside["close"])
    if not stored:
        return None
    unit = stored[-1][2]
    if days > WEEKLY_FROM:
        stored = list({_week(on): (on, close, currency) for on, close, currency in stored}.values())
    # Where an exchange has changed its unit, what came before cannot be drawn on the same scale.
    closes = [(day(on), number(close)) for on, close, currency in stored if currency == unit]
    splits = [StockSplit(day(on), int(new), int(old)) for on, new, old, *_rest in beside["split"]]
    return records.Closes(
        ticker=listing.ticker,
        unit="" if kind == CompanyKind.INDEX else unit,
        days=days,
        closes=tuple(adjusted(closes, splits, price_minute(at).date())),
        is_adjusted=any(closes[0][0] < split.on for split in splits),
    )


def _week(on: str) -> int:
    """Return the week of a day, Monday first, as a number that grows."""
    return (date.fromisoformat(on).toordinal() - 1) // 7


def _people(found: Sequence[Sequence[Any]], at: datetime) -> tuple[records.CompanyPerson, ...]:
    """Return those who have a role first, then those who had one, the last first."""
    people = [
        records.CompanyPerson(name, paths.person(slug), title, _day(since), _day(until))
        for name, slug, title, since, until, *_rest in found
    ]
    today = at.date()
    current = [person for person in people if person.until is None or person.until > today]
    former = [person for person in people if person.until is not None and person.until <= today]
    current.sort(key=lambda person: (person.title, person.name))
    former.sort(key=lambda person: (person.until, person.name, person.title), reverse=True)
    return (*current, *former)


def _correction(row: Sequence[Any]) -> records.Correction:
    kind, notice, told_at, language, headline, section, slug, key = row
    moment = instant(told_at)
    assert moment is not None  # noqa: S101  never null in the table
    return records.Correction(
        records.Notice(kind=kind, text=notice, at=moment.astimezone(UTC)),
        headline=headline,
        path=paths.article(section or "", slug, key),
        language=language,
        direction=direction(language),
    )


def _day(kept: Any) -> Any:
    return None if kept is None else day(kept)
