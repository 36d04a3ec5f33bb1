"""Load companies and their tickers from the SEC's register."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, connection
from django.utils import timezone
from tqdm import tqdm

from articles.management.companies import Loaded, load_companies
from articles.management.history import WrongDay
from articles.management.loading import undone
from articles.management.register import Register, UnreadableRegister, read_register
from articles.management.unhurried import unhurried


class Command(BaseCommand):
    """Load the register; running it again, or after an interruption, adds what is missing."""

    help = (
        "Load companies and their listings from the SEC's company_tickers_exchange.json. Adds what the newsroom lacks "
        "and changes nothing that the desk has entered. What has changed since an earlier file, names and tickers, "
        "keeps its history. Rows that cannot be used are named and passed over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, help="The register, as downloaded from the SEC.")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="The day of the file, such as 2026-11-24: what has changed has done so on it. Today, if not given.",
        )
        parser.add_argument(
            "--complete", action="store_true", help="End the listings that earlier files gave and this one lacks."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and leave all as it is.")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            register = read_register(options["file"])
        except UnreadableRegister as error:
            raise CommandError(str(error)) from error
        with unhurried(connection), undone(options["dry_run"]):
            loaded = self._load(register, options)
        self._report(register, loaded, dry_run=options["dry_run"])

    def _load(self, register: Register, options: dict[str, Any]) -> Loaded:
        registrants = list(register.registrants.values())
        with tqdm(total=len(registrants), desc="Loading companies", unit="company", disable=None) as progress:
            try:
                return load_companies(
                    registrants,
                    progress.update,
                    as_of=options["as_of"] or timezone.localdate(),
                    complete=options["complete"],
                )
            except WrongDay as error:
                raise CommandError(str(error)) from error
            except IntegrityError as error:
                message = "The desk entered one of these companies or tickers meanwhile. Run the command again."
                raise CommandError(message) from error

    def _report(self, register: Register, loaded: Loaded, *, dry_run: bool) -> None:
        bad = sorted([*register.bad, *loaded.bad], key=lambda found: found.place.row)
        for found in bad:
            self.stderr.write(str(found))
        self.stdout.write(
            f"Read {register.rows} rows: {len(register.registrants)} companies; {len(bad)} rows passed over."
        )
        if loaded.changed_nothing:
            self.stdout.write("Nothing changed: the newsroom has all of them already.")
            return
        add, complete = ("Would add", "would complete") if dry_run else ("Added", "completed")
        self.stdout.write(
            f"{add} {loaded.new} companies, {loaded.listings} listings and {loaded.exchanges} exchanges; "
            f"{complete} {loaded.matched} companies of the desk's. {loaded.unchanged} companies stay as they are."
        )
        if loaded.renamed or loaded.ended:
            self.stdout.write(f"{loaded.renamed} companies have a new name, {loaded.ended} listings have ended.")
        if dry_run:
            self.stdout.write("This was a dry run: nothing has been written.")
