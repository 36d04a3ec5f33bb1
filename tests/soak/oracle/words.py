"""Times, addresses and the links of companies as the house prints them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from zoneinfo import ZoneInfo

#: A text with where it leads: the address of a link, the moment of a time, the file of a picture, else "".
type Item = tuple[str, str]

ZONE = ZoneInfo("America/New_York")
MONTHS = "January February March April May June July August September October November December".split()
KINDS = {
    "alert": "Alert",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "explainer": "Explainer",
    "press_release": "Press release",
    "partner_content": "Partner content",
}
NOTICES = {"correction": "Correction", "clarification": "Clarification", "withdrawal": "Withdrawn"}


@dataclass(frozen=True, slots=True)
class Site:
    """The newsroom's name and its origin."""

    name: str
    url: str


def day(at: datetime) -> date:
    """Return the day of a moment in the newsroom."""
    return at.astimezone(ZONE).date()


def time_item(at: datetime) -> Item:
    """Return a moment as the time of day."""
    return f"{at.astimezone(ZONE):%H:%M} ET", at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def date_item(at: datetime) -> Item:
    """Return a moment as its day."""
    return date_words(day(at)), day(at).isoformat()


def datetime_item(at: datetime) -> Item:
    """Return a moment as its day and time."""
    return datetime_words(at), time_item(at)[1]


def datetime_words(at: datetime) -> str:
    """Return a moment in words."""
    return f"{date_words(day(at))}, {time_item(at)[0]}"


def date_words(on: date) -> str:
    """Return a day in words."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def seconds(at: datetime) -> str:
    """Return a moment as machines read it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def plain(text: str) -> list[Item]:
    """Return a text that leads nowhere; nothing for ""."""
    return [(" ".join(text.split()), "")] if text.strip() else []


def lines(text: str) -> list[Item]:
    """Return a text line by line."""
    return [item for line in text.split("\n") for item in plain(line)]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A company as a body mentions it: by one of its names, with its address and its ticker, "" for none."""

    names: tuple[str, ...]
    path: str
    ticker: str


def linked(body: str, companies: Sequence[Mentioned]) -> str:
    """Return a body with each company linked where it is named first, and its ticker behind.

    The soak's bodies have no links, no headings and no brackets, and its companies no name within another's word.
    """
    owners: dict[str, Mentioned] = {}
    for company in companies:
        for name in company.names:
            owners.setdefault(escape(name, quote=False), company)
    if not owners:
        return body
    waiting = set(companies)

    def link(match: re.Match[str]) -> str:
        company = owners.get(match[0])
        if company is None or company not in waiting:
            return match[0]
        waiting.discard(company)
        ticker = f" ({company.ticker})" if company.ticker else ""
        return f'<a class="company" href="{company.path}">{match[0]}</a>{ticker}'

    names = "|".join(re.escape(name) for name in sorted(owners, key=len, reverse=True))
    return re.sub(rf"<[^>]*>|\b(?:{names})\b", link, body)


def opened(body: str, prefix: str, dateline: str) -> str:
    """Return a body with its opening words in the first paragraph, which is the first thing in every body here."""
    if dateline and prefix:
        words = f'<span class="dateline">{dateline},</span> <span class="source-prefix">{prefix}</span>'
    elif dateline:
        words = f'<span class="dateline">{dateline} —</span>'
    elif prefix:
        words = f'<span class="source-prefix">{prefix}</span>'
    else:
        return body
    return re.sub(r"^(<p[^>]*>)", lambda tag: f"{tag[1]}{words} ", body, count=1)


def joined(names: Iterable[str]) -> list[Item]:
    """Return names with commas between."""
    items: list[Item] = []
    for name in names:
        items += [(",", "")] if items else []
        items += plain(name)
    return items
