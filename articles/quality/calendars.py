"""When the exchanges of a story trade, around the days that it speaks of."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from articles.markets.sessions import Calendar
from articles.models import Exchange, ExchangeDay


def calendars(exchanges: Collection[Exchange], first: date, last: date) -> dict[int, Calendar]:
    """Return the calendars of exchanges by key, right for the days from `first` to `last`; one query.

    An exchange whose hours nobody knows has none.
    """
    days = ExchangeDay.objects.filter(date__range=(first, last))
    # One instance for each exchange: two listings bring two of the same.
    apart = list({exchange.pk: exchange for exchange in exchanges}.values())
    prefetch_related_objects(apart, Prefetch("days", queryset=days))
    return {exchange.pk: calendar for exchange in apart if (calendar := exchange.calendar())}
