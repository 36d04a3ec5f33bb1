"""Render what pages and feeds print of an edition, once, and store it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final

from django.utils import timezone

from articles import records
from articles.models import Edition, EditionAuthor, EditionCompany, EditionPerson, EditionTopic, Fragment, Listing
from articles.models.stamp import PublicStamp
from articles.printing.marked_rows import stated_keys
from articles.printing.rows import CARD_JOINS, stories_of
from articles.printing.version import version
from articles.rendering.cards import render_brief, render_card, render_row
from articles.rendering.rss import render_item
from articles.rendering.site import this_site
from articles.rendering.story import article_head, article_main
from articles.states import ReleaseKind


def store(editions: Sequence[Edition]) -> None:
    """Render editions and store their fragments in place of older ones; some ten queries however many they are."""
    fragments = build(editions)
    columns = [field.name for field in Fragment._meta.concrete_fields if not field.primary_key]
    Fragment.objects.bulk_create(
        fragments, update_conflicts=True, unique_fields=["edition"], update_fields=columns, batch_size=200
    )


def build(editions: Iterable[Edition]) -> list[Fragment]:
    """Return the fragments of editions; a withdrawal has none. Nothing is written."""
    # Before any noun is read: one that changes meanwhile has a later counter, and the fragment is known to be stale.
    counter = _counter()
    keys = [edition.pk for edition in editions if edition.release_kind != ReleaseKind.WITHDRAWAL]
    rows = list(Edition.objects.filter(pk__in=keys).select_related(*CARD_JOINS).order_by("pk"))
    nouns = nouns_of(rows)
    found: list[Fragment] = []
    for day, group in _by_day(rows).items():
        _add_stated(group, nouns)
        spans = _spans(group, nouns, day)
        for row, story in zip(
            group, stories_of(group, datetime(day.year, day.month, day.day, tzinfo=UTC)), strict=True
        ):
            good_from, good_until = spans[row.pk]
            marks = {"counter": counter, "version": version(), "good_from": good_from, "good_until": good_until}
            names = {"nouns": " ".join(nouns[row.pk]), "picked": " ".join(map(str, picked(row)))}
            found.append(Fragment(edition=row, **marks, **names, **render(story)))
    # Two that store some of the same must lock them in the same order.
    return sorted(found, key=lambda fragment: fragment.edition_id)


def _counter() -> int:
    return PublicStamp.objects.values_list("counter", flat=True).first() or 0


def render(story: records.Story) -> dict[str, str]:
    """Return the parts of a story."""
    return {part: renderer(story) for part, renderer in RENDERERS.items()}


def feed_item(story: records.Story) -> records.FeedItem:
    """Return a story as feeds carry it."""
    return records.FeedItem(
        card=story,
        body=story.body,
        dateline=story.dateline,
        topics=story.topics,
        companies=story.companies,
        persons=story.persons,
        stated=story.stated,
        disclosure=story.disclosure,
        notices=story.notices,
    )


def picked(edition: Edition) -> list[int]:
    """Return the keys of the stories picked by hand to stand beside one, the one it follows first."""
    return [key for key in (edition.follows_id, *edition.printed.get("related", ())) if key is not None]


#: What a fragment is made of: the columns and what renders them.
RENDERERS: Final[dict[str, Callable[[records.Story], str]]] = {
    "head": article_head,
    "main": article_main,
    "card": render_card,
    "row": render_row,
    "brief": render_brief,
    "item": lambda story: render_item(feed_item(story), this_site()),
}


def _by_day(rows: Iterable[Edition]) -> dict[date, list[Edition]]:
    """Part editions by the day that their tickers are printed as of: that of their instant, or today."""
    today = timezone.now().date()
    groups: dict[date, list[Edition]] = defaultdict(list)
    for row in rows:
        groups[max(row.live_from.date(), today)].append(row)
    return groups


def nouns_of(rows: Sequence[Edition]) -> dict[int, list[str]]:
    """Return the keys of the nouns that editions print, by edition."""
    keys = [row.pk for row in rows]
    # A merge moves rows of the index, which belong to the edition.
    found = {row.pk: [f"edition-{row.pk}"] for row in rows}
    for row in rows:
        single = (("section", row.section_id), ("source", row.source_id), ("image", row.lead_image_id))
        found[row.pk] += [f"{name}-{key}" for name, key in single if key is not None]
    named: tuple[tuple[Any, str, str, str], ...] = (
        (EditionAuthor, "author", "edition_id", "author_id"),
        (EditionCompany, "company", "edition_id", "company_id"),
        (EditionPerson, "person", "edition_id", "person_id"),
        (EditionTopic, "topic", "content_object_id", "tag_id"),
    )
    for model, name, edition, noun in named:
        pairs = model._default_manager.filter(**{f"{edition.removesuffix('_id')}__in": keys})
        for pk, key in pairs.order_by("position", "pk").values_list(edition, noun):
            found[pk].append(f"{name}-{key}")
    return found


def _add_stated(rows: Sequence[Edition], nouns: dict[int, list[str]]) -> None:
    """Add to `nouns` the companies and exchanges of the listings that market statements speak of."""
    keys = {row.pk: stated_keys(row.body) for row in rows}
    wanted = {key for of_row in keys.values() for key in of_row}
    listings = {
        key: (f"company-{company}", f"exchange-{exchange}")
        for key, company, exchange in Listing.objects.filter(pk__in=wanted).values_list(
            "pk", "company_id", "exchange_id"
        )
    }
    for pk, of_row in keys.items():
        found = dict.fromkeys(noun for key in of_row for noun in listings.get(key, ()))
        nouns[pk] += [noun for noun in found if noun not in nouns[pk]]


def _spans(
    rows: Sequence[Edition], nouns: dict[int, list[str]], day: date
) -> dict[int, tuple[date | None, date | None]]:
    """Add the exchanges of the printed tickers to `nouns`, and return from when until when the tickers hold."""
    companies = {
        int(key.removeprefix("company-")) for row in rows for key in nouns[row.pk] if key.startswith("company-")
    }
    listings = Listing.objects.filter(company__in=companies, is_primary=True)
    dates: dict[str, set[date]] = defaultdict(set)
    exchanges: dict[str, set[str]] = defaultdict(set)
    for company, exchange, begun, ended in listings.values_list(
        "company_id", "exchange_id", "listed_on", "delisted_on"
    ):
        dates[f"company-{company}"] |= {change for change in (begun, ended) if change is not None}
        exchanges[f"company-{company}"].add(f"exchange-{exchange}")
    spans = {}
    for row in rows:
        changes = {change for noun in nouns[row.pk] for change in dates.get(noun, ())}
        printed_at = {key for noun in nouns[row.pk] for key in exchanges.get(noun, ())}
        nouns[row.pk] += sorted(printed_at - set(nouns[row.pk]))
        before, after = [day_ for day_ in changes if day_ <= day], [day_ for day_ in changes if day_ > day]
        spans[row.pk] = max(before, default=None), min(after, default=None)
    return spans


def good_at(at: datetime, good_from: date | str | None, good_until: date | str | None) -> bool:
    """Say whether tickers printed for a span of days hold at an instant; SQLite has days as text."""
    if good_from is None and good_until is None:
        return True
    day = at.date().isoformat()
    return (good_from is None or str(good_from) <= day) and (good_until is None or day < str(good_until))
