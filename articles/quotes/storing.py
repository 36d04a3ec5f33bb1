"""Keeping the quotes that came: each once, and none that nobody should believe."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from articles.models import DailyPrice, Listing, Quote
from articles.models.reference import DoubtfulQuote
from articles.quotes.judging import NoQuote, Sent, confirms, fit_unit, is_jump, read_quote
from articles.quotes.provider import Delivery

_BATCH: Final = 200

type Refuse = Callable[[int, str], object]


@dataclass(slots=True)
class Kept:
    """What became of the quotes of a delivery."""

    added: int = 0
    known: int = 0
    refused: int = 0

    @property
    def used(self) -> int:
        """How many could be used."""
        return self.added + self.known


def keep(delivery: Delivery, provider: str, refuse: Refuse) -> Kept:
    """Store what came in one piece, and put it away; `refuse` is told of every line that cannot be used, and why."""
    kept = Kept()
    for line, why in delivery.refused:
        kept.refused += 1
        refuse(line, why)
    market = _Market(provider)
    for start in range(0, len(delivery.rows), _BATCH):
        # A quote that is stored long after it was received is told late, and empties caches.
        market.now = timezone.now()
        with transaction.atomic():
            _keep_batch(delivery.rows[start : start + _BATCH], market, kept, refuse)
    delivery.done(kept.used > 0 or not kept.refused)
    return kept


def _keep_batch(rows: Iterable[tuple[int, dict[str, Any]]], market: "_Market", kept: Kept, refuse: Refuse) -> None:
    sound: dict[tuple[int, datetime], Quote] = {}
    for line, row in rows:
        try:
            quote = market.judged(read_quote(row, market.now))
        except NoQuote as error:
            kept.refused += 1
            refuse(line, str(error))
            continue
        if (quote.listing_id, quote.as_of) in sound:
            kept.known += 1
        sound[quote.listing_id, quote.as_of] = quote
    listings = {listing for listing, _as_of in sound}
    known = set(
        Quote.objects.filter(
            provider=market.provider, listing__in=listings, as_of__in={as_of for _listing, as_of in sound}
        ).values_list("listing_id", "as_of")
    )
    new = [quote for place, quote in sound.items() if place not in known]
    if new:
        # A statement that inserts nothing would still tell pages that prices have changed.
        Quote.objects.bulk_create(new, ignore_conflicts=True)
    kept.added += len(new)
    kept.known += len(sound) - len(new)


class _Market:
    """What is known of listings while quotes of one provider are judged."""

    def __init__(self, provider: str) -> None:
        self.provider = provider
        self.now = timezone.now()
        self._listings: dict[tuple[str, str, date], Listing | None] = {}
        self._before: dict[int, Decimal | None] = {}

    def judged(self, sent: Sent) -> Quote:
        """Return a quote to store. Raises `NoQuote`."""
        listing = self._listing(sent)
        unit = fit_unit(sent, listing.price_unit or listing.currency)
        if not unit:
            raise NoQuote("Nobody knows what the price is in: give its “currency”, or the listing one.")
        self._refuse_jump(sent, listing, unit)
        self._before[listing.pk] = sent.price
        return Quote(
            listing_id=listing.pk,
            price=sent.price,
            previous_close=sent.previous_close,
            currency=unit,
            as_of=sent.as_of,
            received_at=self.now,
            delay_minutes=listing.exchange.delay_minutes if sent.delay_minutes is None else sent.delay_minutes,
            provider=self.provider,
        )

    def _listing(self, sent: Sent) -> Listing:
        day = sent.as_of.date()
        place = sent.mic, sent.symbol, day
        if place not in self._listings:
            called = Listing.objects.called(sent.mic, sent.symbol, day).select_related("exchange")
            self._listings[place] = called.first()
        listing = self._listings[place]
        if listing is None:
            raise NoQuote(f"Nothing is listed as {sent.symbol} at {sent.mic} on {day}.")
        return listing

    def _refuse_jump(self, sent: Sent, listing: Listing, unit: str) -> None:
        """Doubt a price that is far from the last one, until another one says the same. Raises `NoQuote`."""
        before = self._last(listing.pk)
        doubted = DoubtfulQuote.objects.filter(listing=listing, provider=self.provider)
        if not is_jump(sent.price, before):
            return
        first = doubted.first()
        if first and first.as_of < sent.as_of and first.currency == unit and confirms(sent.price, first.price):
            first.delete()
            return
        values = {"price": sent.price, "currency": unit, "as_of": sent.as_of, "received_at": self.now}
        DoubtfulQuote.objects.update_or_create(listing=listing, provider=self.provider, defaults=values)
        raise NoQuote(f"{sent.price} is far from the last price, {before}. A second quote like it confirms it.")

    def _last(self, listing: int) -> Decimal | None:
        """Return the newest price of a listing."""
        if listing not in self._before:
            quote = (
                Quote.objects.filter(listing=listing).order_by("-as_of", "-pk").values_list("price", "as_of").first()
            )
            close = DailyPrice.objects.filter(listing=listing).order_by("-date").values_list("close", "date").first()
            newest = (
                quote[0] if quote and (close is None or quote[1].date() >= close[1]) else close[0] if close else None
            )
            self._before[listing] = newest
        return self._before[listing]
