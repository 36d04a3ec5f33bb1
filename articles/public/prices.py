"""The prices of now for the pages of stories, as one small JSON document."""

import json
import re
from collections.abc import Collection
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from articles import paths, reading
from articles.public import responses
from articles.public.instant import at_one_instant
from articles.records import Price
from articles.rendering.prices import STALE, amount, change_words, delay_words

#: The most listings that one request may name.
MOST: Final = 20
_KEY: Final = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_TICKER: Final = re.compile(r"[^:,\x00]{1,20}:[^:,\x00]{1,20}")
_HEADERS: Final = {"X-Robots-Tag": "noindex"}


@at_one_instant(parameters=("story", "listings"), prices=True)
def prices(request: HttpRequest, at: datetime) -> HttpResponse:
    """Say what listings trade at: those of a story (`?story=KEY`), or those that are named (`?listings=17,NYSE:BABA`).

    `{"at": …, "prices": [{"listing": 17, "price": "82.15", …}]}`; decimals are strings, instants are in UTC. A listing
    without a price, or that readers cannot see, is left out. 400 for a request that names neither, 404 for a story that
    is not there.
    """
    story, named = request.GET["story"], request.GET["listings"]
    if story:
        key = story.lower() if paths.article_key(story.lower()) == story.lower() else ""
        listings = reading.story_listings(key, at) if key else []
        return _answer(listings, request, at) if listings else _refused(HTTPStatus.NOT_FOUND, "There are no prices.")
    words = named.split(",")
    keys = {int(word) for word in words if _KEY.fullmatch(word)}
    tickers = {word for word in words if _TICKER.fullmatch(word)}
    if len(words) > MOST or not all(_KEY.fullmatch(word) or word in tickers for word in words):
        return _refused(HTTPStatus.BAD_REQUEST, f"Give story=KEY, or listings=1,NYSE:BABA, {MOST} of them at most.")
    found = {*reading.public_listings(keys, at), *reading.public_tickers(tickers, at)}
    return _answer(found, request, at)


def _answer(listings: Collection[int], request: HttpRequest, at: datetime) -> HttpResponse:
    found = reading.prices(listings, at, responses.house_of(request, at))
    document = {
        "at": _utc(reading.price_minute(at)),
        "labels": {"now": "Now", "as_of": "as of", "close": "close on"},
        "prices": [_document(price) for price in sorted(found, key=lambda price: price.listing)],
    }
    return _json(document, HTTPStatus.OK)


def _document(price: Price) -> dict[str, Any]:
    return {
        "listing": price.listing,
        "ticker": price.ticker,
        "price": f"{price.price:f}",
        "unit": price.unit,
        "change": None if price.change is None else f"{price.change:f}",
        "percent": None if price.percent is None else f"{price.percent:.4f}",
        "direction": price.direction,
        "as_of": _utc(price.as_of) if price.as_of else None,
        "on": price.on.isoformat(),
        "delay_minutes": price.delay_minutes,
        "stale": price.is_stale,
        "words": {
            "price": amount(price),
            "change": change_words(price),
            "note": STALE if price.is_stale else delay_words(price),
        },
    }


def _refused(status: HTTPStatus, words: str) -> HttpResponse:
    return _json({"error": words}, status)


def _json(document: dict[str, Any], status: HTTPStatus) -> HttpResponse:
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(body, status=status, content_type="application/json", headers=_HEADERS)


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
