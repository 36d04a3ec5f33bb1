"""The exchanges that ship, with hours and holidays, into the newsroom. The desk has the last word."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Field

from articles.management.loading import Totals
from articles.markets.exchanges import Market, markets, special_days
from articles.markets.hours import write_hours, write_intervals
from articles.models import Exchange, ExchangeDay, FileRecord

_NOUN: Final = "exchange"
_DAYS: Final = "days"
_BATCH: Final = 500


@dataclass(slots=True)
class LoadedExchanges:
    """What a run has done to exchanges, and to their days."""

    exchanges: Totals
    days: Totals


def load_exchanges(mics: Iterable[str], progress: Callable[[str], object]) -> LoadedExchanges:
    """Bring exchanges into the newsroom, one in a transaction; `progress` is told each MIC when it is done.

    A value that the desk has typed stays, a day that it has entered or deleted too. Running it again changes nothing.
    Raises KeyError for a MIC that does not ship, and `articles.markets.special_days.NoLibrary`.
    """
    loaded = LoadedExchanges(Totals(), Totals())
    for mic in mics:
        with transaction.atomic():
            _load(markets()[mic], loaded)
        progress(mic)
    return loaded


def values_of(market: Market) -> dict[str, Any]:
    """Return the fields of an exchange as the newsroom keeps them."""
    hours = write_hours(market.hours)
    return {
        "name": market.name,
        "short_name": market.acronym,
        "time_zone": market.zone,
        "city": market.city,
        "country": market.country,
        "currency": market.quoted_in or market.currency,
        "hours": hours[0] if len(hours) == 1 else hours,
        "delay_minutes": market.delay_minutes,
    }


def _load(market: Market, loaded: LoadedExchanges) -> None:
    wanted = values_of(market)
    exchange, is_new = Exchange.objects.select_for_update().get_or_create(mic=market.mic, defaults=wanted)
    record, _ = FileRecord.objects.get_or_create(noun=_NOUN, row=exchange.pk)
    changed = {} if is_new else _to_change(exchange, wanted, record.said)
    if changed:
        for name, value in changed.items():
            setattr(exchange, name, value)
        exchange.save()
    loaded.exchanges.added += is_new
    loaded.exchanges.changed += bool(changed)
    loaded.exchanges.unchanged += not (is_new or changed)
    days = _load_days(exchange, record.said.get(_DAYS, []), loaded.days)
    if record.said != {**wanted, _DAYS: days}:
        record.said = {**wanted, _DAYS: days}
        record.save()


def _to_change(exchange: Exchange, wanted: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """Return the values that the exchange lacks, or that it has from an earlier file as they were."""
    changed = {}
    for name, value in wanted.items():
        present = getattr(exchange, name)
        is_files_own = name in said and present == said[name]
        is_empty = present == _default(name)
        if present != value and (is_files_own or is_empty):
            changed[name] = value
    return changed


def _load_days(exchange: Exchange, loaded_before: list[str], totals: Totals) -> list[str]:
    """Write the special days of an exchange, and return those that are the file's own."""
    wanted = {special.day: _day_values(special) for special in special_days(exchange.mic)}
    present = {row.date: row for row in exchange.days.all()}
    before = {date.fromisoformat(day) for day in loaded_before}
    # A day that was loaded once and is gone was deleted at the desk.
    new = [day for day in wanted if day not in present and day not in before]
    ours = {day: row for day, row in present.items() if not row.by_hand}
    changed = [row for day, row in ours.items() if day in wanted and _differs(row, wanted[day])]
    gone = [row.pk for day, row in ours.items() if day not in wanted]
    ExchangeDay.objects.bulk_create(
        (ExchangeDay(exchange=exchange, date=day, by_hand=False, **wanted[day]) for day in new), batch_size=_BATCH
    )
    for row in changed:
        for name, value in wanted[row.date].items():
            setattr(row, name, value)
    ExchangeDay.objects.bulk_update(changed, ["closes_at", "hours", "name"], batch_size=_BATCH)
    ExchangeDay.objects.filter(pk__in=gone).delete()
    totals.added += len(new)
    totals.changed += len(changed)
    totals.ended += len(gone)
    totals.unchanged += len(ours) - len(changed) - len(gone)
    totals.passed_over += sum(day in wanted for day, row in present.items() if row.by_hand)
    return sorted(day.isoformat() for day in {*wanted} if day in ours or day in new or day in before)


def _day_values(special: Any) -> dict[str, Any]:
    return {
        "closes_at": special.closes_at,
        "hours": write_intervals(special.sessions),
        "name": special.name[: ExchangeDay._meta.get_field("name").max_length],
    }


def _differs(row: ExchangeDay, wanted: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in wanted.items())


def _default(name: str) -> Any:
    field = Exchange._meta.get_field(name)
    return field.get_default() if isinstance(field, Field) else None
