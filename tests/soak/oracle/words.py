"""Times, addresses and the links of companies as the house prints them."""

import re
from collections.abc import Iterable, Mapping, Sequence
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
_STATEMENT = re.compile(
    r'<data value="(?P<value>[^"]*)" data-listing="(?P<listing>[^"]*)" data-measure="change-percent" '
    r'data-direction="(?P<way>[^"]*)" data-as-of="(?P<at>[^"]*)" data-session="regular">(?P<words>[^<]*) today</data>'
)
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
    """A company or a person as a body mentions them: by one of the names, or by a mark with one of the keys.

    `ticker` is as the story prints it, "" for none.
    """

    names: tuple[str, ...]
    path: str
    ticker: str
    keys: frozenset[int] = frozenset()

    @property
    def kind(self) -> str:
        """What it is, as marks and links call it."""
        return "person" if self.path.startswith("/people/") else "company"


def linked(body: str, nouns: Sequence[Mentioned]) -> str:
    """Return a body with each company and person linked where they are marked or else named first.

    The soak's bodies have no links, no headings, no brackets and no tags in marks, and no name within another's word.
    """
    by_mark = {f'{noun.kind}="{key}"': noun for noun in nouns for key in noun.keys}
    marked = {by_mark.get(mark) for mark in re.findall(r"<span data-([^>]*)>", body)}
    owners: dict[str, Mentioned] = {}
    for noun in nouns:
        for name in () if noun in marked else noun.names:
            owners.setdefault(escape(name, quote=False), noun)
    waiting = set(nouns)

    def link(match: re.Match[str]) -> str:
        noun, words = by_mark.get(match["mark"]) or owners.get(match[0]), match["marked"] or match[0]
        if noun is None or noun not in waiting:
            return words
        waiting.discard(noun)
        ticker = f" ({noun.ticker})" if noun.ticker else ""
        return f'<a class="{noun.kind}" href="{noun.path}">{words}</a>{ticker}'

    names = "|".join(re.escape(name) for name in sorted(owners, key=len, reverse=True)) or "(?!)"
    mark = "<span data-(?P<mark>[^>]*)>(?P<marked>[^<]*)</span>"
    return re.sub(rf"{mark}|<data .*?</data>|<[^>]*>|\b(?:{names})\b", link, body)


def in_form(ticker: str, form: str) -> str:
    """Return a ticker as a section prints it."""
    exchange, _colon, symbol = ticker.partition(":")
    forms = {"colon": ticker, "spaced": f"{exchange}: {symbol}", "symbol": symbol, "none": ""}
    return forms[form] if ticker else ""


def absolute(body: str, listings: Mapping[int, tuple[str, str]], told_at: datetime) -> str:
    """Return a body with its market statements as they stay true: all of the soak's say what was "today".

    `listings` are tickers with the time zones of their exchanges.
    """

    def told(match: re.Match[str]) -> str:
        ticker, zone = listings[int(match["listing"])]
        at = datetime.fromisoformat(match["at"]).astimezone(ZoneInfo(zone))
        year = f" {at.year}" if at.year != told_at.astimezone(ZoneInfo(zone)).year else ""
        short = {"America/New_York": "ET", "Asia/Shanghai": "Beijing time"}.get(zone) or at.tzname()
        moment = f"{at:%H:%M} {short} on {at.day} {MONTHS[at.month - 1]}{year}"
        sign = "-" if match["way"] == "down" else ""
        return (
            f'<data class="market" value="{sign}{match["value"]}" data-listing="{ticker}">{match["words"]} as of '
            f'<time datetime="{match["at"]}">{moment}</time></data>'
        )

    return _STATEMENT.sub(told, body)


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
