"""The page of a company: what it is, what it trades at, and the stories it is in."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from articles import paths, reading
from articles.public import cdn, responses
from articles.public.days import river
from articles.public.instant import at_one_instant
from articles.reading import House
from articles.records import Closes, CompanyPage, Moved
from articles.rendering import structured_data
from articles.rendering.chart import chart, figures, in_words
from articles.rendering.head import NO_INDEX_BUT_FOLLOW, FeedLink, Head
from articles.rendering.site import this_site
from articles.states import CompanyKind

#: The charts by the value of `?chart=`: their name and how many days they go back. The first is shown unasked.
CHARTS: Final = {"month": ("One month", 31), "year": ("One year", 366), "five": ("Five years", 5 * 365 + 2)}
_SUBJECT: Final = "subject"
_KINDS: Final = {CompanyKind.INDEX.value: "Index", CompanyKind.FUND.value: "Fund"}


@at_one_instant(parameters=("before", "stories", "chart"), prices=True)
def company(request: HttpRequest, at: datetime, slug: str) -> HttpResponse:
    """Show a company with what it trades at and the stories it is in.

    `?chart=` is "month", "year" or "five"; `?stories=subject` leaves out those that only name it.
    """
    before, stories, span = (request.GET[name] for name in ("before", "stories", "chart"))
    house = responses.house_of(request, at)
    if stories not in ("", _SUBJECT) or span not in ("", *CHARTS):
        return responses.not_found(request, at)
    span = span or next(iter(CHARTS))
    found = reading.company_page(slug, at, house, CHARTS[span][1])
    if found is None and slug != slug.lower():
        found = reading.company_page(slug.lower(), at, house, CHARTS[span][1])
    if found is None:
        return responses.not_found(request, at)
    path = found.path if isinstance(found, Moved) else found.company.path
    if isinstance(found, Moved) or not responses.is_at(request, path):
        return responses.moved(_address(request, path))
    noun = (_SUBJECT if stories else "company", found.company.id)
    try:
        part = reading.printed_list(("row",), at, house, before, noun)
    except reading.BadCursor:
        return responses.not_found(request, at)
    response = _show(
        house,
        found,
        _head(found, _part_path(path, stories, before), stories, before),
        river=river(part.items, this_site().language),
        older=_part_path(path, stories, part.older) if part.older else "",
        newest=_part_path(path, stories, "") if before else "",
        only_subject=bool(stories),
        **_charts(found.chart, path, span),
    )
    return cdn.tag(response, *cdn.noun("company", found.company.id))


def _show(house: House, page: CompanyPage, head: Head, **context: Any) -> HttpResponse:
    prices = {price.listing: price for price in page.prices}
    return responses.show(
        house,
        "pages/company.html",
        head,
        structured_data=[structured_data.corporation(page.company, this_site())],
        page=page,
        company=page.company,
        kind=_KINDS.get(page.kind, "Company"),
        ticker=next((listing.ticker for listing in page.company.listings if listing.is_primary), ""),
        subject_path=paths.only_subject(page.company.path),
        feed_path=paths.feed(page.company.path),
        listings=[(listing, prices.get(listing.id)) for listing in page.company.listings],
        **context,
    )


def _head(page: CompanyPage, path: str, stories: str, before: str) -> Head:
    company = page.company
    head = Head(
        title=company.name,
        path=company.path,
        description=company.description,
        feeds=(FeedLink(company.name, paths.feed(company.path)),),
    )
    if not (stories or before):
        return head
    title = f"{company.name}: {'older stories' if before else 'stories about it'}"
    return replace(head, title=title, path=path, robots=NO_INDEX_BUT_FOLLOW)


def _part_path(path: str, stories: str, before: str) -> str:
    if stories:
        return paths.only_subject(path, before)
    return paths.older(path, before) if before else path


def _charts(closes: Closes | None, path: str, span: str) -> dict[str, Any]:
    """Return the chart that is shown, with its figures and the ways to the others."""
    if closes is None:
        return {"drawn": "", "chart_words": "", "spans": ()}
    name, language = CHARTS[span][0], this_site().language
    title = f"{closes.ticker}, daily closes, {name.lower()}"
    return {
        "drawn": chart(closes.closes, title=title, unit=closes.unit, language=language),
        "chart_words": in_words(closes.closes, closes.unit, language),
        "figures": figures(closes.closes, closes.unit, language),
        "spans": [(label, paths.chart(path, key), key == span) for key, (label, _days) in CHARTS.items()],
    }


def _address(request: HttpRequest, path: str) -> str:
    """Return where a request should have been made: the path, with what its page varies with."""
    given = {name: request.GET[name] for name in ("before", "stories", "chart") if request.GET[name]}
    if given.get("chart"):
        return paths.chart(path, given["chart"])
    return _part_path(path, given.get("stories", ""), given.get("before", ""))
