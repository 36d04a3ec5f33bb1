"""Asking all providers, each when it is due: who fails is asked less and less often."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import uniform
from typing import Final

from django.db import Error

from articles.models import Listing
from articles.models.reference import QuoteSource
from articles.quotes.provider import Provider, Unavailable, Wanted
from articles.quotes.storing import Kept, keep

logger = logging.getLogger(__name__)

_SHORTEST_REST: Final = timedelta(seconds=30)
_LONGEST_REST: Final = timedelta(hours=1)
_MOST_DOUBLINGS: Final = 8


@dataclass(frozen=True, slots=True)
class Polled:
    """What came of asking a provider; `error` says why nothing did, `rests` that it was not asked at all."""

    provider: str
    kept: Kept
    error: str = ""
    rests: bool = False


def poll(providers: Sequence[Provider], now: datetime) -> list[Polled]:
    """Ask providers that are not resting, and keep what they say. One that fails leaves the others alone."""
    wanted = _wanted(now) if providers else []
    return [_poll(provider, wanted, now) for provider in providers]


def rest_after(failures: int, asked_for: int = 0) -> timedelta:
    """Return for how long a provider is left alone that has failed so many times in a row.

    Twice as long each time, up to an hour, and a little more or less, so that not all come back at the same moment.
    """
    rest = min(_SHORTEST_REST * (1 << min(failures - 1, _MOST_DOUBLINGS)), _LONGEST_REST)
    return max(rest * uniform(0.8, 1.2), timedelta(seconds=asked_for))  # noqa: S311 - nothing secret


def _poll(provider: Provider, wanted: Sequence[Wanted], now: datetime) -> Polled:
    source, _made = QuoteSource.objects.get_or_create(name=provider.name)
    kept = Kept()
    if source.resumes_at is not None and source.resumes_at > now:
        return Polled(provider.name, kept, source.error, rests=True)
    try:
        for delivery in provider.fetch(wanted):
            one = keep(delivery, provider.name, _Teller(provider.name, delivery.origin))
            kept.added += one.added
            kept.known += one.known
            kept.refused += one.refused
    except Unavailable as error:
        return _failed(source, kept, str(error), error.rest, now)
    except Error:
        raise
    except Exception as error:
        # Whatever a provider does, the others are asked.
        logger.exception("%s failed in a way that nobody thought of.", provider.name)
        return _failed(source, kept, type(error).__name__, 0, now)
    source.failures, source.error, source.resumes_at, source.heard_at = 0, "", None, now
    source.save()
    return Polled(provider.name, kept)


def _failed(source: QuoteSource, kept: Kept, error: str, rest: int, now: datetime) -> Polled:
    source.failures += 1
    source.error = error[:200]
    source.resumes_at = now + rest_after(source.failures, rest)
    source.save()
    return Polled(source.name, kept, source.error)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Logs what is refused."""

    provider: str
    origin: str

    def __call__(self, line: int, reason: str) -> None:
        logger.warning("Refused a quote of %s (%s, line %d): %s", self.provider, self.origin, line, reason)


def _wanted(now: datetime) -> list[Wanted]:
    listings = Listing.objects.on(now.date()).order_by("pk").values_list("exchange__mic", "symbol")
    return [Wanted(mic, symbol) for mic, symbol in listings]
