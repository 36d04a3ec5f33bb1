"""Which listing a symbol of a file means on a day, for files of millions of rows: all listings are read once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from articles.markets.exchanges import markets
from articles.markets.sessions import Calendar
from articles.markets.symbols import symbol_key
from articles.markets.units import currency_of
from articles.models import Exchange, Listing


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing from a day until the day before another. `unit` is what its prices are in where a file does not say."""

    key: int
    from_on: date
    until_on: date
    unit: str
    currency: str

    @property
    def is_for_ever(self) -> bool:
        """Whether it is listed on every day."""
        return self.from_on == date.min and self.until_on == date.max


class ListedSymbols:
    """All listings, by exchange and symbol. Symbols are compared as `symbol_key` does: BRK.B and BRK-B are one."""

    def __init__(self) -> None:
        exchanges = list(Exchange.objects.prefetch_related("days"))
        self._mics = _codes(exchanges)
        self._calendars = {exchange.mic: exchange.calendar() for exchange in exchanges}
        self._spans: dict[tuple[str, str], list[Listed]] = {}
        rows = Listing.objects.order_by("pk").values_list(
            "pk", "exchange__mic", "symbol", "listed_on", "delisted_on", "currency", "price_unit", "exchange__currency"
        )
        for key, mic, symbol, from_on, until_on, currency, price_unit, exchange_unit in rows.iterator(chunk_size=5000):
            unit = price_unit or _unit(currency, exchange_unit)
            listed = Listed(key, from_on or date.min, until_on or date.max, unit, currency_of(currency or price_unit))
            self._spans.setdefault((mic, symbol_key(symbol)), []).append(listed)

    def mic(self, printed: str) -> str:
        """Return the code of an exchange by its code or by a name that is printed before symbols; "" for none."""
        return self._mics.get(printed.strip().upper(), "")

    def spans(self, printed_mic: str, symbol: str) -> list[Listed]:
        """Return what a symbol has ever meant on an exchange."""
        return self._spans.get((self.mic(printed_mic), symbol_key(symbol)), [])

    def calendar(self, printed_mic: str) -> Calendar | None:
        """Return when an exchange trades; None where that is not known."""
        return self._calendars.get(self.mic(printed_mic))


def on(spans: Iterable[Listed], day: date) -> Listed | None:
    """Return which of several listings a symbol means on a day; the newest if several do."""
    return max(
        (listed for listed in spans if listed.from_on <= day < listed.until_on),
        key=lambda listed: (listed.from_on, listed.key),
        default=None,
    )


def _unit(currency: str, exchange_unit: str) -> str:
    """Return what a listing is quoted in: as its exchange quotes that currency, GBX for GBP in London."""
    return exchange_unit if not currency or currency_of(exchange_unit) == currency else currency


def _codes(exchanges: Iterable[Exchange]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for exchange in exchanges:
        shipped = markets().get(exchange.mic)
        for printed in (exchange.short_name, *((shipped.acronym, *shipped.also) if shipped else ())):
            codes.setdefault(printed.upper(), exchange.mic)
    return codes | {exchange.mic: exchange.mic for exchange in exchanges}
