"""Load the exchanges that ship with Newsroom: codes, hours, holidays."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from articles.management.exchanges import LoadedExchanges, load_exchanges
from articles.management.loading import undone
from articles.management.unhurried import unhurried
from articles.markets.exchanges import FIRST_YEAR, LAST_YEAR, markets
from articles.markets.special_days import NoLibrary


class Command(BaseCommand):
    """Load the exchanges; running it again, or after an upgrade, adds and mends what the desk has not touched."""

    help = (
        f"Load the world's largest exchanges with hours, holidays and half days from {FIRST_YEAR} to {LAST_YEAR}. What "
        " the desk has typed, entered or deleted stays as it is."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which exchanges, and whether to write."""
        parser.add_argument("--mic", action="append", metavar="MIC", help="Only this exchange; may be repeated.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and leave all as it is.")

    def handle(self, *_args: Any, **options: Any) -> None:
        mics = options["mic"] or list(markets())
        unknown = [mic for mic in mics if mic not in markets()]
        if unknown:
            raise CommandError(f"“{unknown[0]}” does not ship. These do: {', '.join(sorted(markets()))}.")
        try:
            with unhurried(connection), undone(options["dry_run"]):
                loaded = self._load(mics)
        except NoLibrary as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"exchanges: {loaded.exchanges}.")
        self.stdout.write(f"holidays and half days: {loaded.days}.")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")

    def _load(self, mics: list[str]) -> LoadedExchanges:
        with tqdm(total=len(mics), desc="Loading exchanges", unit="exchange", disable=None) as progress:
            return load_exchanges(mics, lambda _mic: progress.update())
