"""When exchanges trade, as the desk has it: read once for each public stamp and kept with what its pages share."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from articles.markets.hours import Interval, read_hours, read_intervals
from articles.markets.sessions import Calendar
from articles.reading.database import rows
from articles.reading.house import House

#: The days of this year and of those beside it: a session that is asked for is never further away.
_EXCHANGES: Final = """
SELECT x.id, x.time_zone, x.hours, d.date, d.closes_at, d.hours FROM articles_exchange x
LEFT JOIN articles_exchangeday d ON d.exchange_id = x.id AND d.date >= %s AND d.date < %s
WHERE x.id IN ({keys})
"""


def calendars(keys: Collection[int], at: datetime, house: House) -> Mapping[int, Calendar | None]:
    """Return the calendars of exchanges by key, good for some months around `at`; None where no hours are known.

    One query for those that no page of the stamp has asked for.
    """
    kept: dict[int, Calendar | None] = house.kept.setdefault(("calendars", at.year), {})
    missing = sorted({key for key in keys if key not in kept})
    if missing:
        kept.update(_read(missing, at.year))
    return kept


def _read(keys: list[int], year: int) -> dict[int, Calendar | None]:
    sql = _EXCHANGES.format(keys=", ".join(["%s"] * len(keys)))
    exchanges: dict[int, tuple[str, Any]] = {}
    closed: dict[int, set[date]] = defaultdict(set)
    half: dict[int, dict[date, time]] = defaultdict(dict)
    special: dict[int, dict[date, tuple[Interval, ...]]] = defaultdict(dict)
    for key, zone, hours, on, closes_at, own in rows(sql, (date(year - 1, 1, 1), date(year + 2, 1, 1), *keys)):
        exchanges[key] = (zone, hours)
        if on is None:
            continue
        day = date.fromisoformat(on) if isinstance(on, str) else on
        if intervals := read_intervals(_read_json(own)):
            special[key][day] = intervals
        elif closes_at is None:
            closed[key].add(day)
        else:
            half[key][day] = time.fromisoformat(closes_at) if isinstance(closes_at, str) else closes_at
    found: dict[int, Calendar | None] = dict.fromkeys(keys)
    for key, (zone, hours) in exchanges.items():
        if read := read_hours(_read_json(hours)):
            found[key] = Calendar(ZoneInfo(zone), read, closed=closed[key], half=half[key], special=special[key])
    return found


def _read_json(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept
