"""Stories as pages and feeds print them: fragments where they are still true, rendered anew where they are not."""

from collections.abc import Sequence
from datetime import datetime

from articles import paths, records
from articles.models import Edition, Section
from articles.printing import fragments
from articles.printing.rows import CARD_JOINS, section_record, stories_of
from articles.reading.feeds import FEED_SIZE
from articles.reading.house import House
from articles.reading.lists import PAGE_SIZE, parted, select_front
from articles.reading.prices import at_publication
from articles.reading.selection import Current, Marks, Noun, Selected, find, select
from articles.reading.stories import gone_record, select_related
from articles.rendering.cards import has_picture
from articles.rendering.prices import listings_in, with_prices
from articles.states import ReleaseKind
from articles.text.languages import direction


def printed_story(key: str, at: datetime, house: House) -> records.PrintedStory | records.Gone | None:
    """Return the story with a public key, present or former, as its page prints it; two queries.

    A third one asks what listed companies that it names traded at when it was first published.
    None when readers have never had it: it cannot be told from a key that does not exist.
    """
    current = find(key, at, ("head", "main"))
    if current is None:
        return None
    if current.release_kind == ReleaseKind.WITHDRAWAL or (current.expires_at and current.expires_at <= at):
        return gone_record(Edition.objects.get(pk=current.edition))
    section = _section(current.section, house)
    picked, nouns, (head, main) = _parts_of(current, at, house)
    related = select_related(current.article, current.section, picked, at, ("card",))
    return records.PrintedStory(
        path=paths.article(section.slug if section else "", current.slug, current.public_key),
        language=current.language,
        direction=direction(current.language),
        section_path=section.path if section else "",
        head=head,
        main=_priced(main, current),
        related=tuple(_printed(related, ("card",), at, house)),
        key=current.public_key,
        nouns=nouns,
        section=current.section,
        is_picked=bool(picked),
    )


def printed_list(
    parts: tuple[str, ...], at: datetime, house: House, before: str = "", noun: Noun | None = None
) -> records.Page[records.PrintedCard]:
    """Return a page of a list with these parts of each story ("row", "card"); one query. Raises `BadCursor`.

    A list is that of all stories, or of a noun.
    """
    page, older = parted(select(at, parts, limit=PAGE_SIZE + 1, noun=noun, before=before))
    return records.Page(tuple(_printed(page, parts, at, house)), older)


def printed_front(at: datetime, house: House) -> records.Front[records.PrintedCard]:
    """Return the stories of the front page, each as a card and as a line in brief; two queries."""
    parts = ("card", "brief")
    chosen = _printed(select_front(at, parts), parts, at, house)
    return records.Front(chosen[0], tuple(chosen[1:])) if chosen else records.Front(None)


def printed_feed(at: datetime, house: House, noun: Noun | None = None) -> records.PrintedFeed:
    """Return the newest stories of a list as items of RSS; one query."""
    chosen = select(at, ("item",), limit=FEED_SIZE, noun=noun)
    texts = _texts(chosen, ("item",), at, house)
    return records.PrintedFeed(
        items=tuple(item for _nouns, (item,) in texts),
        # Not the last release anywhere: a feed that has nothing new shall be the same bytes.
        changed_at=max((item.live_from for item in chosen), default=None),
    )


def _priced(main: str, current: Current) -> str:
    """Return the main part with the prices that were known when the story was first published."""
    listings = listings_in(main)
    known = at_publication(listings, current.first_published_at) if listings else ()
    return with_prices(main, {price.listing: price for price in known}, current.language)


def _parts_of(current: Current, at: datetime, house: House) -> tuple[list[int], tuple[str, ...], Sequence[str]]:
    """Return what the page of a story is made of: the related stories picked by hand, the nouns, head and main part."""
    if current.marks and _is_true(current.marks, at, house):
        picked = [int(key) for key in (current.picked or "").split()]
        return picked, tuple(current.marks.nouns.split()), current.parts
    ((edition, nouns, texts),) = _rendered([current.edition], ("head", "main"), at)
    return fragments.picked(edition), nouns, texts


def _printed(
    selected: Sequence[Selected], parts: tuple[str, ...], at: datetime, house: House
) -> list[records.PrintedCard]:
    found = []
    for item, (nouns, texts) in zip(selected, _texts(selected, parts, at, house), strict=True):
        html = dict(zip(parts, texts, strict=True))
        found.append(
            records.PrintedCard(
                key=item.public_key,
                kind=item.kind,
                section=_section(item.section, house),
                first_published_at=item.first_published_at,
                picture="card" in html and has_picture(html["card"]),
                nouns=nouns,
                **html,
            )
        )
    return found


def _texts(
    selected: Sequence[Selected], parts: tuple[str, ...], at: datetime, house: House
) -> list[tuple[tuple[str, ...], Sequence[str]]]:
    """Return the nouns and the parts of each edition, from its fragment or rendered now."""
    stale = [item.edition for item in selected if not (item.marks and _is_true(item.marks, at, house))]
    anew = {edition.pk: (nouns, texts) for edition, nouns, texts in _rendered(stale, parts, at)} if stale else {}
    return [anew[item.edition] if item.edition in anew else (_nouns(item.marks), item.parts) for item in selected]


def _nouns(marks: Marks | None) -> tuple[str, ...]:
    return tuple(marks.nouns.split()) if marks else ()


def _is_true(marks: Marks, at: datetime, house: House) -> bool:
    return house.is_fresh(marks.counter, marks.version, marks.nouns) and fragments.good_at(
        at, marks.good_from, marks.good_until
    )


def _rendered(
    keys: Sequence[int], parts: tuple[str, ...], at: datetime
) -> list[tuple[Edition, tuple[str, ...], tuple[str, ...]]]:
    """Render parts of editions anew, as at their release; seven queries."""
    rows = list(Edition.objects.filter(pk__in=keys).select_related(*CARD_JOINS).order_by())
    nouns = fragments.nouns_of(rows)
    return [
        (row, tuple(nouns[row.pk]), tuple(fragments.RENDERERS[part](story) for part in parts))
        for row, story in zip(rows, stories_of(rows, at), strict=True)
    ]


def _section(key: int | None, house: House) -> records.Section | None:
    """Return a section by its key; one that is younger than what is known of the house is asked for."""
    if key is None:
        return None
    return house.sections.get(key) or section_record(Section.objects.get(pk=key))
