"""The markets page."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse

from articles import paths, reading
from articles.public import responses
from articles.public.instant import at_one_instant
from articles.rendering.head import Head

_HEAD = Head(
    title="Market data",
    path=paths.MARKETS,
    description="What moved of the companies we cover, indices, exchange rates, and which exchanges are open.",
)


@at_one_instant(prices=True)
def markets(request: HttpRequest, at: datetime) -> HttpResponse:
    """Show what moved of what we cover, indices, currencies, watched listings, and which exchanges are open."""
    if not responses.is_at(request, paths.MARKETS):
        return responses.moved(paths.MARKETS)
    house = responses.house_of(request, at)
    return responses.show(house, "pages/markets.html", _HEAD, page=reading.market_page(at, house))
