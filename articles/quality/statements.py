"""Market statements in copy: what was stored when they were true, and what is wrong with them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from articles.markets import statements as markets
from articles.markets.sessions import Calendar
from articles.markets.statements import Flaw, Measure, Proposal, propose, resolve
from articles.models import Listing
from articles.naming.entities import is_listed
from articles.quality.calendars import calendars
from articles.quality.copy import Copy
from articles.quality.prices import Moment, Stored, days_around, stored_prices
from articles.quality.problems import Problem
from articles.states import CompanyKind
from articles.text.mark_forms import Statement

#: Statements of one story that are looked at; beyond them it is a list of prices, and no story.
MOST = 60


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement in copy with its listing and its flaws; a listing that is not there any more is a flaw."""

    words: str
    form: Statement
    listing: Listing | None
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Words that may be bound, to which listing, and the instant that they mean if they say one."""

    proposal: Proposal
    listing: Listing | None
    as_of: datetime | None


def judge(statements: Sequence[tuple[str, Statement]], now: datetime) -> list[Judged]:
    """Return what is wrong with statements, given with their words; six queries at most, however many there are."""
    statements = statements[:MOST]
    listings = _listings({form.listing for _words, form in statements})
    instants = [form.as_of for _words, form in statements if form.as_of]
    days = calendars([listing.exchange for listing in listings.values()], *days_around(instants)) if listings else {}
    moments = {form: _moment(form, listings.get(form.listing), days) for _words, form in statements}
    stored = stored_prices(moment for moment in moments.values() if moment)
    judged = []
    for words, form in statements:
        listing, moment = listings.get(form.listing), moments[form]
        calendar = days.get(listing.exchange_id) if listing else None
        price = stored.get(moment) if moment else None
        flaws = [*_of_listing(listing, moment), *_of_market(words, form, listing, calendar, price, now)]
        judged.append(Judged(words, form, listing, tuple(flaws)))
    return judged


def _of_listing(listing: Listing | None, moment: Moment | None) -> Iterator[Flaw]:
    if listing is None:
        yield Flaw("no-listing", _("The listing does not exist any more. Bind the words again."))
    elif moment and not is_listed(listing, moment.day):
        yield Flaw("not-listed", _("%s was not listed on that day.") % listing.ticker)


def _of_market(
    words: str,
    form: Statement,
    listing: Listing | None,
    calendar: Calendar | None,
    price: Stored | None,
    now: datetime,
) -> list[Flaw]:
    return markets.problems(
        _bound(words, form),
        now=now,
        calendar=calendar,
        price=price.price if price else None,
        # After hours a share moves from the close of the day, which is not the one before it.
        previous_close=price.previous_close if price and form.session != "post" else None,
        price_unit=_unit(listing, price.unit if price else ""),
    )


def proposals(copy: Copy, mentioned: Sequence[tuple[int, int]]) -> list[Proposed]:
    """Return the words of the copy that may be bound, with the listing of the company that is named nearest.

    `mentioned` are places in the text and the company that is named there, in order; 0 where that is not decided.
    """
    found = [one for one in propose(copy.text) if not copy.is_marked(one.start, one.end)][:MOST]
    return _with_moments(found, [_nearest(copy.text, one.start, mentioned) for one in found], copy)


def proposal_for(copy: Copy, start: int, end: int, mentioned: Sequence[tuple[int, int]]) -> Proposed | None:
    """Return what words that somebody has selected seem to state; None where they state nothing we know."""
    inside = [one for one in propose(copy.text) if one.start < end and start < one.end]
    inside = (inside or propose(copy.text[start:end]))[:1]
    return next(iter(_with_moments(inside, [_nearest(copy.text, start, mentioned)][: len(inside)], copy)), None)


def guessed_listing(copy: Copy, start: int, mentioned: Sequence[tuple[int, int]]) -> Listing | None:
    """Return the primary listing of the company that the text names nearest before a place, or behind it."""
    company = _nearest(copy.text, start, mentioned)
    return _primary({company} - {None}, copy.on).get(company) if company else None


def statement_warnings(copy: Copy) -> Iterator[Problem]:
    """Yield the flaws of the statements in copy, each with the words it is about."""
    for judged in judge([(mark.words, form) for mark, form in copy.statements], copy.at):
        for flaw in judged.flaws:
            yield Problem("body", f"“{judged.words}”: {flaw.message}")


def _with_moments(found: list[Proposal], companies: list[int | None], copy: Copy) -> list[Proposed]:
    listings = _primary({company for company in companies if company}, copy.on)
    exchanges = [listing.exchange for listing in listings.values()]
    days = calendars(exchanges, *days_around([copy.at])) if exchanges else {}
    proposed = []
    for one, company in zip(found, companies, strict=True):
        listing = listings.get(company) if company else None
        proposed.append(Proposed(one, listing, _as_of(one, listing, days, copy.at)))
    return proposed


def _as_of(proposal: Proposal, listing: Listing | None, days: dict[int, Calendar], at: datetime) -> datetime | None:
    if listing is None:
        return None
    calendar = days.get(listing.exchange_id)
    closes_at = calendar.closes_at if calendar else None
    return resolve(proposal, at, ZoneInfo(listing.exchange.time_zone), closes_at=closes_at)


def _nearest(text: str, start: int, mentioned: Sequence[tuple[int, int]]) -> int | None:
    """Return the company named last before a place in its paragraph, else first behind it, else last before that.

    None where nobody knows which company it is: a guess at another would be worse.
    """
    begins = text.rfind("\n", 0, start) + 1
    ends = text.find("\n", start)
    paragraph = [
        (place, company) for place, company in mentioned if begins <= place < (ends if ends >= 0 else len(text))
    ]
    before = [company for place, company in paragraph if place < start]
    behind = [company for place, company in paragraph if place >= start]
    earlier = [company for place, company in mentioned if place < begins]
    return next(iter([*before[-1:], *behind[:1], *earlier[-1:]]), None) or None


def _primary(companies: set[int], on: date) -> dict[int, Listing]:
    """Return the listing of each company that is printed with its name."""
    found: dict[int, Listing] = {}
    rows = Listing.objects.filter(company__in=companies).select_related("exchange", "company") if companies else ()
    for listing in sorted(rows, key=lambda one: (not one.is_primary, one.pk)):
        if is_listed(listing, on):
            found.setdefault(listing.company_id, listing)
    return found


def _listings(keys: Iterable[int]) -> dict[int, Listing]:
    keys = set(keys)
    return Listing.objects.select_related("exchange", "company").in_bulk(keys) if keys else {}


def _moment(form: Statement, listing: Listing | None, days: dict[int, Calendar]) -> Moment | None:
    if form.as_of is None or listing is None:
        return None
    calendar = days.get(listing.exchange_id)
    zone = calendar.zone if calendar else ZoneInfo(listing.exchange.time_zone)
    is_close = form.measure == "close" or form.session == "close"
    return Moment(listing.pk, form.as_of, form.as_of.astimezone(zone).date(), is_close)


def _unit(listing: Listing | None, unit: str) -> str:
    return "points" if listing is not None and listing.company.kind == CompanyKind.INDEX else unit


def _bound(words: str, form: Statement) -> markets.Statement:
    """Return a mark as the pure checks know statements."""
    measure = cast("Measure", form.measure)
    values: tuple[Any, ...] = (form.number, form.direction, form.unit, form.as_of, form.session or "regular", words)
    return markets.Statement(form.listing, measure, *values)
