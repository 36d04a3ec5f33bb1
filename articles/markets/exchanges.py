"""The exchanges of the world's 30 largest operators: what they are called, what they trade in, when they are open.

Everything is in `articles/markets/data/exchanges.toml`, whose head explains it; holidays come from there and from the
package "holidays" (the extra `markets`).
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final
from zoneinfo import ZoneInfo

from articles.markets.day_rules import DayRule
from articles.markets.hours import Hours, read_hours
from articles.markets.sessions import Calendar
from articles.markets.special_days import SpecialDay, find_special_days

#: The years that holidays are known for. Beyond them only the weekdays of an exchange are.
FIRST_YEAR: Final = 2015
LAST_YEAR: Final = 2035
_DELAY: Final = 15


@dataclass(frozen=True, slots=True)
class Market:
    """An exchange. `acronym` stands before a symbol in print, `also` are other forms of it.

    `quoted_in` is the unit of its prices where that is not `currency`: GBX for pence. `reuters` and `bloomberg` are
    what those print behind a symbol: N in BABA.N, LN in VOD LN.
    """

    mic: str
    name: str
    acronym: str
    also: tuple[str, ...]
    city: str
    country: str
    zone: str
    currency: str
    quoted_in: str
    reuters: str
    bloomberg: str
    delay_minutes: int
    hours: tuple[Hours, ...]


@lru_cache(maxsize=1)
def markets() -> Mapping[str, Market]:
    """Return the exchanges by Market Identifier Code (ISO 10383), the largest first."""
    return {mic: _market(mic, values) for mic, values in _data().items()}


@lru_cache(maxsize=64)
def special_days(mic: str, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR) -> tuple[SpecialDay, ...]:
    """Return the days of some years on which an exchange does not trade as on any other, in order.

    Raises KeyError for an exchange that is not in `markets`, and `articles.markets.special_days.NoLibrary`.
    """
    market = markets()[mic]
    source = _data()[_data()[mic].get("days_of", mic)]
    ordinary = Calendar(ZoneInfo(market.zone), market.hours)
    return tuple(find_special_days(source, ordinary, first_year, last_year))


@lru_cache(maxsize=64)
def calendar(mic: str) -> Calendar:
    """Return when an exchange trades, as `special_days` knows it. Raises what that does."""
    market, days = markets()[mic], special_days(mic)
    return make_calendar(market.zone, market.hours, days)


def make_calendar(zone: str, hours: tuple[Hours, ...], days: tuple[SpecialDay, ...] | list[SpecialDay]) -> Calendar:
    """Return the calendar of hours and special days. Raises ValueError without hours."""
    return Calendar(
        ZoneInfo(zone),
        hours,
        closed={special.day for special in days if special.is_closed},
        half={special.day: special.closes_at for special in days if special.closes_at is not None},
        special={special.day: special.sessions for special in days if special.sessions},
    )


@lru_cache(maxsize=1)
def _data() -> Mapping[str, dict[str, Any]]:
    return tomllib.loads(files("articles.markets").joinpath("data/exchanges.toml").read_text("utf-8"))


def _market(mic: str, values: Mapping[str, Any]) -> Market:
    return Market(
        mic=mic,
        name=values["name"],
        acronym=values["acronym"],
        also=tuple(values.get("also", ())),
        city=values["city"],
        country=values["country"],
        zone=values["zone"],
        currency=values["currency"],
        quoted_in=values.get("quoted_in", ""),
        reuters=values.get("reuters", ""),
        bloomberg=values.get("bloomberg", ""),
        delay_minutes=values.get("delay", _DELAY),
        hours=read_hours([item for written in values["hours"] for item in _every_year(written)]),
    )


def _every_year(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield hours as they are stored: those that begin every year once for each year."""
    if "yearly" not in item:
        yield item
        return
    rule = DayRule.read(item["yearly"], item.get("years", ""))
    rest = {name: value for name, value in item.items() if name not in {"yearly", "years"}}
    for day in rule.days(FIRST_YEAR, LAST_YEAR):
        yield rest | {"from": _iso(day)}


def _iso(day: date) -> str:
    return day.isoformat()
