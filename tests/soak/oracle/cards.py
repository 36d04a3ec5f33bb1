"""A story in a list, in each of its forms, as the texts and addresses that a reader meets one after the other."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from tests.soak.oracle.ledger import Edition
from tests.soak.oracle.paper import Paper
from tests.soak.oracle.words import KINDS, Item, Site, date_item, datetime_item, day, joined, plain, time_item

NOT_OURS = ("press_release", "partner_content")


def card(paper: Paper, edition: Edition, site: Site, *, small: bool = False, picture: bool = True) -> list[Item]:
    """Return a card; a small one has neither standfirst nor names."""
    words = edition.words
    found = picture_items(paper, edition) if picture else []
    found += [*label(edition), (words["headline"], paper.path(edition))]
    if not small:
        found += plain(words["standfirst"]) + names(paper, edition, site)
    return [*found, datetime_item(edition.first_published_at)]


def row(paper: Paper, edition: Edition, site: Site, *, names_section: bool) -> list[Item]:
    """Return the row of a list."""
    words, section = edition.words, paper.section(edition)
    found = [time_item(edition.first_published_at), *label(edition), (words["headline"], paper.path(edition))]
    found += plain(words["standfirst"])
    if section and names_section:
        found.append((section["name"], paper.page_of("section", section)))
    found += names(paper, edition, site)
    return found + picture_items(paper, edition, says=False)


def brief(paper: Paper, edition: Edition) -> list[Item]:
    """Return the line of the front page's column of news."""
    return [time_item(edition.first_published_at), (edition.words["headline"], paper.path(edition))]


def river(paper: Paper, editions: Iterable[Edition], site: Site, *, names_section: bool = True) -> list[Item]:
    """Return rows under their days."""
    found: list[Item] = []
    for _day, group in groupby(editions, key=lambda edition: day(edition.first_published_at)):
        of_day = list(group)
        found.append(date_item(of_day[0].first_published_at))
        for edition in of_day:
            found += row(paper, edition, site, names_section=names_section)
    return found


def label(edition: Edition) -> list[Item]:
    """Return the kind of a story, where it is no news, and its kicker."""
    kind, kicker = KINDS.get(edition.words["kind"], ""), edition.words["kicker"]
    return plain(kind) + (plain(kicker) if kicker.lower() != kind.lower() else [])


def names(paper: Paper, edition: Edition, site: Site) -> list[Item]:
    """Return who wrote a story, or who it comes from."""
    writers, source = paper.writers(edition), paper.source(edition)["name"]
    if writers:
        return joined(writers)
    return plain(source) if source != site.name else []


def picture_items(paper: Paper, edition: Edition, *, says: bool = True) -> list[Item]:
    """Return a story's picture, with its alternative text or, where it is small, without."""
    image = paper.picture(edition)
    return [(image["alt"] if says else "", f"/media/{image['file']}")] if image else []


def front(paper: Paper, site: Site) -> list[Item]:
    """Return the main part of the front page."""
    heading = plain(site.name)
    if not paper.live:
        return heading + plain("There are no stories yet.")
    newest = paper.live[:31]
    lead = next((edition for edition in paper.live if edition.words["is_lead"]), newest[0])
    rest = [edition for edition in newest if edition.article != lead.article][:30]
    beside = _beside(paper, rest)
    left = [edition for edition in rest if edition not in beside]
    found = heading + card(paper, lead, site)
    for edition in beside:
        found += card(paper, edition, site)
    if left:
        found.append(("Latest", "/latest/"))
    for _day, group in groupby(left[:7], key=lambda edition: day(edition.first_published_at)):
        of_day = list(group)
        found.append(date_item(of_day[0].first_published_at))
        found += [item for edition in of_day for item in brief(paper, edition)]
    return found + _blocks(paper, left, site)


def _beside(paper: Paper, editions: Sequence[Edition]) -> list[Edition]:
    """Return what stands beside the lead: four places, of which a picture takes two."""
    places, found = 4, list[Edition]()
    for edition in editions:
        needed = 2 if paper.picture(edition) else 1
        if edition.words["kind"] not in NOT_OURS and needed <= places:
            places -= needed
            found.append(edition)
    return found


def _blocks(paper: Paper, editions: Sequence[Edition], site: Site) -> list[Item]:
    """Return up to four stories of each section, one with a picture first if there is one of ours."""
    found: list[Item] = []
    for section in (*paper.navigation, None):
        key = section["id"] if section else None
        block = [edition for edition in editions if edition.words["section"] == key][:4]
        if not block:
            continue
        ours = (e for e in block if paper.picture(e) and e.words["kind"] not in NOT_OURS)
        first = next(ours, block[0])
        found += [(section["name"], paper.page_of("section", section))] if section else plain("More stories")
        found += card(paper, first, site)
        for edition in block:
            if edition is not first:
                found += card(paper, edition, site, small=True, picture=False)
    return found
