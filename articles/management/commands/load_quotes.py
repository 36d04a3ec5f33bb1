"""Load quotes from a file."""

from typing import Any

from articles.management.loading import LoadingCommand, Refuse, Totals, UnreadableFile
from articles.quotes.lines import read_lines
from articles.quotes.storing import keep


class Command(LoadingCommand):
    """Load a file with one object of JSON on each line, as a folder of QUOTE_PROVIDERS takes it."""

    help = (
        "Load quotes: one object of JSON on each line, with symbol, mic, price and as_of, and perhaps previous_close, "
        "currency and delay_minutes."
    )
    noun = "quotes"

    def load(self, options: dict[str, Any], totals: Totals, refuse: Refuse) -> None:
        try:
            text = options["file"].read_text("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{options['file']} is not written in UTF-8.") from error
        kept = keep(read_lines(options["file"].name, text), "file", refuse)
        totals.added += kept.added
        totals.unchanged += kept.known
