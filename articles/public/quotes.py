"""From a ticker to its company: /quote/NYSE:BABA, /quote/baba, /quote/BRK.B."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles import paths, reading
from articles.public import responses
from articles.public.instant import at_one_instant
from articles.records import Moved
from articles.rendering.head import NO_INDEX_BUT_FOLLOW, Head


@at_one_instant
def quote(request: HttpRequest, at: datetime, ticker: str) -> HttpResponse:
    """Lead to the company of a ticker, or ask which one is meant.

    The question is a page of its own with status 200, and no "300 Multiple Choices": browsers, caches and crawlers
    all know what to do with it, and it is no address that has moved.
    """
    found = reading.quoted(ticker, at)
    if found is None:
        return responses.not_found(request, at)
    if isinstance(found, Moved):
        return responses.moved(found.path)
    name = ticker.strip().upper()
    head = Head(title=f"Which {name}?", path=paths.quote_page(name), robots=NO_INDEX_BUT_FOLLOW)
    return responses.show(responses.house_of(request, at), "pages/quote.html", head, ticker=name, candidates=found)
