"""Measure the loader of daily prices beside raw COPY (PostgreSQL) or `executemany` (SQLite), in the same run.

    .venv/bin/python -m tests.bench.prices [--rows 1000000] [--listings 2000] [--rounds 3]
    TEST_DATABASE_URL=postgres://… .venv/bin/python -m tests.bench.prices

The database is made for the bench and removed. Raw is the same rows, ready in memory, into the same table with its keys
and triggers. Rounds are interleaved and the best of each counts, for a machine is never as fast now as it was a minute
ago. SQLite does all its work in this process, so there processor time is compared, and the clock on PostgreSQL.
"""

import argparse
import io
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

_HEAD = "date,symbol,MIC,open,high,low,close,volume,currency\n"
_COLUMNS = "listing_id, date, open, high, low, close, volume, currency"


@dataclass(frozen=True, slots=True)
class Rates:
    """Rows a second."""

    raw: float
    loader: float

    @property
    def ratio(self) -> float:
        """How much of the raw rate the loader reaches."""
        return self.loader / self.raw


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a database, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--listings", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    with _own_database():
        from django.db import connection

        rates = measure(options.rows, options.listings, options.rounds)
        print(  # noqa: T201
            f"{connection.vendor}, {options.rows:,} rows of {options.listings:,} listings: "
            f"raw {rates.raw:,.0f} a second, loader {rates.loader:,.0f}, ratio {rates.ratio:.2f}"
        )


def measure(rows: int, listings: int, rounds: int) -> Rates:
    """Return the best rates of some rounds. Leaves no prices behind."""
    from django.core.management import call_command
    from django.db import connection

    made = list(_made_up(_listings(listings), rows))
    with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
        file.write(_HEAD)
        file.writelines(f"{row[1]},{symbol},XNYS,{','.join(row[2:])}\n" for symbol, row in made)
    ready = _ready([row for _symbol, row in made])
    raw, loader = [], []
    try:
        for _round in range(rounds):
            raw.append(_timed(lambda: _write_raw(ready)))
            _clear()
            loader.append(_timed(lambda: call_command("load_prices", file.name, stdout=io.StringIO())))
            assert _clear() == rows
    finally:
        Path(file.name).unlink()
        connection.close()
    return Rates(rows / min(raw), rows / min(loader))


def _timed(work: Callable[[], object]) -> float:
    from django.db import connection

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    begin = clock()
    work()
    return clock() - begin


def _listings(count: int) -> list[Any]:
    from articles.models import Company, Exchange, Listing

    hours = {"regular": [["09:30", "16:00"]]}
    exchange, _ = Exchange.objects.get_or_create(
        mic="XNYS", defaults={"name": "New York", "short_name": "NYSE", "time_zone": "America/New_York", "hours": hours}
    )
    companies = Company.objects.bulk_create(Company(name=f"Company {n}", slug=f"company-{n}") for n in range(count))
    return Listing.objects.bulk_create(
        [
            Listing(company=company, exchange=exchange, symbol=f"T{n}", currency="USD")
            for n, company in enumerate(companies)
        ]
    )


def _made_up(listings: list[Any], rows: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield symbols and rows, day after day, with prices that nobody has paid."""
    chance = random.Random(1)
    day = date(2020, 1, 2)
    for number in range(rows):
        listing = listings[number % len(listings)]
        if number % len(listings) == 0:
            day += timedelta(days=3 if day.weekday() == 4 else 1)
        close = chance.randrange(1_000, 90_000)
        opened = close + chance.randrange(-50, 50)
        high, low = max(opened, close) + chance.randrange(99), min(opened, close) - chance.randrange(99)
        figures = (f"{cents / 100:.2f}" for cents in (opened, high, low, close))
        volume = str(chance.randrange(10**4, 10**8))
        yield listing.symbol, (str(listing.pk), day.isoformat(), *figures, volume, "USD")


def _ready(rows: list[tuple[str, ...]]) -> Any:
    from django.db import connection

    return "".join("\t".join(row) + "\n" for row in rows) if connection.vendor == "postgresql" else rows


def _write_raw(ready: Any) -> None:
    from django.db import connection, transaction

    from articles.management.unhurried import unhurried

    with connection.cursor() as cursor, unhurried(connection), transaction.atomic():
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY articles_dailyprice ({_COLUMNS}) FROM STDIN") as copy:
                copy.write(ready)
        else:
            marks = ", ".join("?" * 8)
            cursor.connection.executemany(f"INSERT INTO articles_dailyprice ({_COLUMNS}) VALUES ({marks})", ready)


def _clear() -> int:
    """Empty the table, and return how many rows it had."""
    from django.db import connection

    from articles.models import DailyPrice

    count = DailyPrice.objects.count()
    with connection.cursor() as cursor:
        is_postgresql = connection.vendor == "postgresql"
        cursor.execute("TRUNCATE articles_dailyprice" if is_postgresql else "DELETE FROM articles_dailyprice")
    return count


@contextmanager
def _own_database() -> Iterator[None]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.db import connection
    from django.test.runner import DiscoverRunner

    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/prices.sqlite3"
        runner = DiscoverRunner(verbosity=0, interactive=False)
        made = runner.setup_databases()
        try:
            yield
        finally:
            runner.teardown_databases(made)


if __name__ == "__main__":
    main()
