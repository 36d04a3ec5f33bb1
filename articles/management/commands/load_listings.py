"""Load the securities that an exchange lists."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from articles.management.listing_file import ListedSecurity, read_listings
from articles.management.listings import ListingLoader, is_loaded
from articles.management.loading import LoadingCommand, Refuse, Totals
from articles.markets.exchanges import markets
from articles.models import Exchange


class Command(LoadingCommand):
    """Load a file of listings; running it again changes nothing, a later file keeps the history of what it changes."""

    help = (
        "Load listings from the files of Nasdaq and the New York Stock Exchange: nasdaqlisted.txt, otherlisted.txt, "
        "and CSV files with the columns Symbol and Security Name or Company Name. Shares become listings of companies; "
        "funds, warrants, units, rights, notes, preferred shares and test issues are passed over."
    )
    noun = "listings"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, whose it is, and of which day."""
        super().add_arguments(parser)
        parser.add_argument("--mic", default="", help="The exchange of a file that names none, such as XNAS.")
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="DATE",
            help="The day of the file, such as 2026-11-24: what has changed has done so on it. Today, if not given.",
        )
        parser.add_argument(
            "--complete", action="store_true", help="End the listings that earlier files gave and this one lacks."
        )
        parser.add_argument("--funds", action="store_true", help="Load exchange-traded funds, too.")

    def load(self, options: dict[str, Any], totals: Totals, refuse: Refuse) -> None:
        """Write what is new and what has changed, exchange by exchange."""
        mic_of = _codes()
        mic = mic_of.get(options["mic"].upper(), "")
        if options["mic"] and not mic:
            raise CommandError(f"“{options['mic']}” is no exchange that the newsroom knows.")
        with options["file"].open(encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = list(read_listings(file, lambda name: mic_of.get(name.upper(), ""), mic, refuse))
        by_exchange: dict[str, list[ListedSecurity]] = {}
        passed_over: Counter[str] = Counter()
        for row in rows:
            if is_loaded(row, with_funds=options["funds"]):
                by_exchange.setdefault(row.mic, []).append(row)
            else:
                passed_over[row.kind.value] += 1
        for code, own in tqdm(sorted(by_exchange.items()), desc="Loading listings", unit="exchange", disable=None):
            loader = ListingLoader(code, own, options["as_of"] or timezone.localdate(), totals, refuse)
            loader.load(complete=options["complete"])
        totals.passed_over += passed_over.total()
        for kind, count in sorted(passed_over.items()):
            self.say_beside(f"passed over: {count} of kind {kind}")


def _codes() -> dict[str, str]:
    """Return the codes of exchanges, of those that ship and those of the newsroom, by code and printed name."""
    shipped = {form.upper(): mic for mic, market in markets().items() for form in (mic, market.acronym, *market.also)}
    own = Exchange.objects.values_list("mic", "short_name")
    return shipped | {form.upper(): mic for mic, short_name in own for form in (short_name, mic)}
