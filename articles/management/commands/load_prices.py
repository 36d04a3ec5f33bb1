"""Load end-of-day prices."""

from typing import Any, Final

from django.utils import timezone

from articles.management.listed_symbols import ListedSymbols
from articles.management.loading import LoadingCommand, Refuse, Totals, progress_of
from articles.management.price_file import PriceFile
from articles.management.price_rows import ahead, price_writer

#: Rows in one transaction: an interrupted run keeps what it has done.
BATCH: Final = 50_000


class Command(LoadingCommand):
    """Load a file of prices; running it again changes nothing, a later file with other figures is right."""

    help = (
        "Load end-of-day prices from a CSV file with the columns date, symbol, MIC, open, high, low, close, volume and "
        "currency, in any order. Each symbol is looked up as it was on its day. Prices keep the unit that they are "
        "given in: GBX is pence."
    )
    noun = "prices"

    def load(self, options: dict[str, Any], totals: Totals, refuse: Refuse) -> None:
        symbols, writer = ListedSymbols(), price_writer()
        path = options["file"]
        with path.open("rb") as file, progress_of(file, path.stat().st_size, "Loading prices") as report:
            prices = PriceFile(file, symbols, timezone.now().date(), refuse, self.warn)
            for batch in ahead(prices.batches(BATCH)):
                writer.write(batch, totals, refuse)
                report()
        writer.finish(totals)

    def warn(self, line: int, message: str) -> None:
        """Say what looks wrong but is loaded."""
        self.say_beside(f"line {line}: {message}")
