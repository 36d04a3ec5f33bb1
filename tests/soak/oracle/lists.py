"""The pages that list stories, in parts of twenty."""

import re
from collections.abc import Sequence
from typing import Any

from tests.soak.oracle import companies, people
from tests.soak.oracle.answers import Page, html, moved
from tests.soak.oracle.cards import card, river
from tests.soak.oracle.ledger import Edition, Row
from tests.soak.oracle.paper import Paper, after, cursor
from tests.soak.oracle.words import NOTICES, Item, Site, datetime_item, lines, plain

PAGE = 20
#: What `html()` is told of the head of a page.
type Head = dict[str, Any]

_CURSOR = re.compile(r"(?=.{1,40}$)[0-9]+-[0-9]+")
#: Where a noun says what it is.
_ABOUT = {"author": "bio", "person": "biography"}
#: What may be too far away for a clock: no page of ours has such a cursor.
_LATEST_CURSOR = 10**17


def latest(paper: Paper, site: Site, match: re.Match[str], before: str) -> Page | None:
    """Return a part of the list of all stories."""
    if match[0] != "/latest/":
        return moved(_older("/latest/", before))
    part = _part(paper.live, before)
    if part is None:
        return None
    stories, ways = part[0], _ways("/latest/", before, part[1])
    body = river(paper, stories, site) or _empty(before)
    main = plain("Latest") + _is_part(before) + body + ways
    head: Head = {"title": "Latest", "path": "/latest/", "description": "All stories, the newest first."}
    return html(paper, site, main, **_part_of(head, before))


def noun(paper: Paper, site: Site, kind: str, match: re.Match[str], before: str) -> Page | None:
    """Return a part of the list of a noun, or the way to it; None where nothing is."""
    row, moved_to = find(paper, kind, match["slug"])
    path = paper.page_of(kind, row) if row else moved_to
    if not path:
        return None
    if row is None or match[0] != path:
        return moved(_older(path, before))
    part = _part(paper.listed(kind, row["id"]), before)
    if part is None:
        return None
    stories, ways = part[0], _ways(path, before, part[1])
    lead = stories[:1] if kind == "section" and not before and stories and paper.picture(stories[0]) else []
    body = [item for edition in lead for item in card(paper, edition, site)]
    body += river(paper, stories[len(lead) :], site, names_section=kind != "section")
    main = _header(paper, kind, row, before)
    main += companies.choice(row, path) if kind == "company" else []
    main += people.roles(paper, row) if kind == "person" else []
    main += (body or _empty(before)) + ways
    main += companies.facts(paper, row, path) if kind == "company" else []
    head: Head = {
        "title": row["name"],
        "path": path,
        "description": row[_ABOUT.get(kind, "description")],
        "feed": (row["name"], f"{path}rss.xml"),
    }
    if kind == "person":
        head["data"] = [people.described(paper, row, site)]
    if kind == "company":
        head["data"] = [companies.data(paper, site, row, path)]
    if kind == "section":
        head |= {"language": row["language"], "section_path": path}
    return html(paper, site, main, **_part_of(head, before))


def find(paper: Paper, kind: str, slug: str) -> tuple[Row | None, str]:
    """Return the noun of a slug, or where it has gone."""
    for form in dict.fromkeys((slug, slug.lower())):
        row = paper.noun(kind, form)
        moved_to = "" if row else paper.redirect(paper.page_of(kind, {"slug": form}))
        if row or moved_to:
            return row, moved_to
    return None, ""


def corrections(paper: Paper, site: Site, match: re.Match[str], before: str) -> Page | None:
    """Return a part of the list of what readers were told about mistakes."""
    if match[0] != "/corrections/":
        return moved(_older("/corrections/", before))
    if before and not _is_cursor(before):
        return None
    told = [(e.live_from, paper.world.editions[e.article, e.number]["id"], e) for e in _told(paper)]
    told.sort(key=lambda one: one[:2], reverse=True)
    left = [one for one in told if not before or after(before, one[:2])]
    part, more = left[:PAGE], left[PAGE:]
    main = plain("Corrections and clarifications")
    main += plain("When a story was wrong or misleading, we say so here and on the story itself.") + _is_part(before)
    for _at, _key, edition in part:
        main += _correction(paper, edition)
    main += [] if part else plain("There are none.")
    main += _ways("/corrections/", before, cursor(*part[-1][:2]) if more else "", "Older corrections")
    description = "What we put right, and what we withdrew."
    head: Head = {"title": "Corrections and clarifications", "path": "/corrections/", "description": description}
    return html(paper, site, main, **_part_of(head, before))


def _told(paper: Paper) -> list[Edition]:
    """Return the editions that told readers of a mistake in a story they have, or that a story is withdrawn."""
    found: list[Edition] = []
    for article, story in paper.world.ledger.stories.items():
        for edition in story.values():
            if edition.live_from > paper.at or not edition.notice:
                continue
            shown = paper.live_story(article) is not None
            told = edition.release_kind in ("correction", "clarification") and shown
            if told or (edition.is_withdrawal and paper.current[article] is edition):
                found.append(edition)
    return found


def _correction(paper: Paper, edition: Edition) -> list[Item]:
    live = None if edition.is_withdrawal else paper.live_story(edition.article)
    what = (live.words["headline"], paper.path(live)) if live else ("A story was withdrawn", "")
    return [*plain(NOTICES[edition.release_kind]), what, *lines(edition.notice), datetime_item(edition.live_from)]


def _header(paper: Paper, kind: str, row: Row, before: str) -> list[Item]:
    if kind == "person":
        return people.header(paper, row, _is_part(before))
    overline = {"company": "Company", "topic": "Topic"}.get(kind, "")
    role = paper.ticker(row["id"]) if kind == "company" else row.get("role_title", "")
    description = row[_ABOUT.get(kind, "description")]
    found = plain(overline) + plain(row["name"]) + plain(role) + lines(description) + _is_part(before)
    if kind == "author":
        found += [(row["email"], f"mailto:{row['email']}")] if row["email"] else []
        found += [(_address(link), link) for link in row["links"]]
    return found


def _address(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _part(editions: Sequence[Edition], before: str) -> tuple[Sequence[Edition], str] | None:
    """Return a part of a list and the cursor of the next, "" behind the last; None for what is no cursor."""
    if before and not _is_cursor(before):
        return None
    left = [e for e in editions if not before or after(before, (e.first_published_at, e.article))]
    part = left[:PAGE]
    return part, cursor(part[-1].first_published_at, part[-1].article) if len(left) > PAGE else ""


def _is_cursor(before: str) -> bool:
    return bool(_CURSOR.fullmatch(before)) and int(before.partition("-")[0]) < _LATEST_CURSOR


def _ways(path: str, before: str, older: str, label: str = "Older stories") -> list[Item]:
    newest: list[Item] = [("Newest", path)] if before else []
    return newest + ([(label, _older(path, older))] if older else [])


def _older(path: str, before: str) -> str:
    return f"{path}?before={before}" if before else path


def _is_part(before: str) -> list[Item]:
    return plain("Older stories") if before else []


def _empty(before: str) -> list[Item]:
    return plain(f"There are no {'older stories' if before else 'stories here yet'}.")


def _part_of(head: Head, before: str) -> Head:
    if not before:
        return head
    return head | {
        "title": f"{head['title']}: older stories",
        "path": _older(head["path"], before),
        "robots": "noindex, follow",
    }
