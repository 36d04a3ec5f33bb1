"""Market statements as a page prints them: absolutely, from the first second on, so that none is wrong the next day.

"down 1.2% today, as of 12:50 ET" is printed as "down 1.2% as of 12:50 ET on 24 November". The figures stay.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Final
from zoneinfo import ZoneInfo

from articles.records import StatedListing
from articles.text.mark_forms import Statement, form_of
from articles.text.times import house_date, house_datetime, house_day, house_time

_STATEMENT = re.compile(r"(<data [^<>]*>)(.*?)</data>", re.DOTALL)
_TAG = re.compile(r"(<[^<>]*>)")
_EMPTY = re.compile(r"<(strong|em)></\1>")
_CHANGES: Final = frozenset({"change", "change-percent"})

type Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class When:
    """The moment of a statement in house form: "12:50 ET", "" for a close, and "24 November".

    `whole` is both in the words of a language that `absolute` does not speak, "" for English.
    """

    moment: str
    day: str
    whole: str
    machine: str


def when(statement: Statement, zone: ZoneInfo, language: str, told_at: datetime) -> When | None:
    """Return the moment of a statement in the zone of its exchange, None for one that has none.

    The day has its year where that is not the year of `told_at`, when readers were given the words.
    """
    if statement.as_of is None:
        return None
    at, is_close = statement.as_of, "close" in (statement.session, statement.measure)
    local = at.astimezone(zone)
    is_this_year = local.year == told_at.astimezone(zone).year
    whole = ""
    if language.partition("-")[0] != "en":
        whole = house_date(at, zone, language) if is_close else house_datetime(at, zone, language)
    return When(
        moment="" if is_close else house_time(at, zone),
        day=house_day(at, zone) if is_this_year else house_date(at, zone),
        whole=whole,
        machine=f"{local:%Y-%m-%d}" if is_close else f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
    )


def absolute_words(words: str, statement: Statement, zone: ZoneInfo, language: str, told_at: datetime) -> str:
    """Return the plain words of a statement as a page prints them, in a story of this language."""
    printed = when(statement, zone, language, told_at)
    if printed is None:
        return words
    if printed.whole:
        return words if printed.whole in words else f"{words} ({printed.whole})"
    from articles.markets.statements import absolute  # see `_absolute_html`

    return absolute(words, printed.moment, printed.day)


@dataclass(frozen=True, slots=True)
class Printer:
    """Prints the market statements of a story.

    `zone` is the newsroom's, for a listing that is gone. A page gets `data` and `time` elements, a feed words alone.
    """

    listings: Iterable[StatedListing]
    language: str
    told_at: datetime
    zone: str
    is_page: bool = True

    def print(self, body: str) -> str:
        """Return clean HTML with its market statements printed absolutely."""
        if "<data " not in body:
            return body
        listings = {listing.id: listing for listing in self.listings}
        return _STATEMENT.sub(lambda found: self._printed(found, listings), body)

    def _printed(self, found: re.Match[str], listings: dict[int, StatedListing]) -> str:
        statement = form_of(found[1])
        if not isinstance(statement, Statement):
            return found[2]
        listing = listings.get(statement.listing)
        printed = when(statement, ZoneInfo(listing.zone if listing else self.zone), self.language, self.told_at)
        inner = _absolute_html(found[2], printed, is_page=self.is_page) if printed else found[2]
        if not self.is_page:
            return inner
        ticker = f' data-listing="{escape(listing.ticker)}"' if listing else ""
        return f'<data class="market" value="{_signed(statement)}"{ticker}>{inner}</data>'


def _signed(statement: Statement) -> str:
    """Return the value of a statement for machines: a fall is negative."""
    is_fall = statement.measure in _CHANGES and statement.direction == "down"
    return f"-{statement.value}" if is_fall and not statement.value.startswith("-") else statement.value


def _absolute_html(html: str, printed: When, *, is_page: bool) -> str:
    """Return the inside of a statement with its moment printed, as a `time` element on a page."""
    if printed.whole:
        whole = escape(printed.whole, quote=False)
        return html if whole in html else f"{html} ({_time(whole, printed) if is_page else whole})"
    # What knows the words of a market takes a while to load, and few stories have a statement.
    from articles.markets.statements import absolute_edits

    pieces = [piece for piece in _TAG.split(html) if piece]
    words = "".join(map(_words, pieces))
    edited = _EMPTY.sub("", "".join(_edited(pieces, absolute_edits(words, printed.moment, printed.day))))
    if not is_page:
        return edited
    told = escape(f"{printed.moment} on {printed.day}" if printed.moment else printed.day, quote=False)
    before, found, after = edited.rpartition(told)
    return f"{before}{_time(told, printed)}{after}" if found else _time(edited, printed)


def _edited(pieces: Iterable[str], edits: Iterable[Edit]) -> Iterator[str]:
    """Yield pieces of HTML with edits of their text: places are characters of all the text, in order and apart."""
    waiting = deque(edits)
    start = 0
    for piece in pieces:
        words = _words(piece)
        if not words:
            yield piece
            continue
        place, end = start, start + len(words)
        while waiting and waiting[0][0] < end:
            first, last, replacement = waiting.popleft()
            yield _html(words[place - start : first - start] + replacement)
            place = min(last, end)
            if last > end:  # the rest of what goes is in the next piece
                waiting.appendleft((end, last, ""))
        yield _html(words[place - start :])
        start = end
    yield from (_html(replacement) for _first, _last, replacement in waiting)


def _time(html: str, printed: When) -> str:
    return f'<time datetime="{printed.machine}">{html}</time>'


def _words(piece: str) -> str:
    """Return the text of a piece of clean HTML: a line break of its own kind, nothing for other tags."""
    if piece == "<br>":
        return "\n"
    return "" if piece.startswith("<") else unescape(piece)


def _html(words: str) -> str:
    return escape(words, quote=False).replace("\n", "<br>")
