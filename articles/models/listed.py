"""Which security a symbol means on a day. Every look-up of one is here, for symbols are given to others again."""

from datetime import date
from typing import Self

from django.db.models import Case, IntegerField, Q, Value, When

from articles.markets.symbols import spellings
from articles.models.word import FindableQuerySet


class ListingQuerySet(FindableQuerySet):
    """Listings, by the day on which they are listed: from `listed_on` until the day before `delisted_on`."""

    def on(self, day: date) -> Self:
        """Keep those that are listed on a day."""
        begun = Q(listed_on__isnull=True) | Q(listed_on__lte=day)
        return self.filter(begun, Q(delisted_on__isnull=True) | Q(delisted_on__gt=day))

    def spelled(self, symbol: str) -> Self:
        """Keep those with a symbol, however its share class is written; the very spelling first."""
        exact = Case(When(symbol=symbol.strip(), then=Value(0)), default=Value(1), output_field=IntegerField())
        return self.filter(symbol__in=spellings(symbol)).order_by(exact, "pk")

    def called(self, mic: str, symbol: str, on: date) -> Self:
        """Keep what a symbol means on an exchange and a day: BRK.B, BRK-B and BRK/B are one. Seldom more than one."""
        return self.filter(exchange__mic=mic).spelled(symbol).on(on)
