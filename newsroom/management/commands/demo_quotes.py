"""Let the demo's market go on."""

import csv
import json
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from newsroom.demo.going_on import Row, closes, quotes

_PRICES: Final = "closes.csv"


class Command(BaseCommand):
    """Write made-up quotes where a provider would, and have them polled."""

    help = "Put a file of made-up quotes into the folder that QUOTE_PROVIDERS names, load closes since, and poll."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", type=int, metavar="SECONDS", help="go on for ever, with this pause between")

    def handle(self, **options: Any) -> None:
        folders = [Path(place.removeprefix("drop:")) for place in settings.QUOTE_PROVIDERS if place.startswith("drop:")]
        if not folders:
            raise CommandError("The demo drops its quotes into a folder: set QUOTE_PROVIDERS=drop:/path/of/it.")
        folders[0].mkdir(parents=True, exist_ok=True)
        while True:
            self._go_on(folders[0], timezone.now())
            if options["watch"] is None:
                return
            sleep(max(options["watch"], 1))

    def _go_on(self, folder: Path, now: datetime) -> None:
        ended = list(closes(now))
        if ended:
            file = _written_as_csv(folder / _PRICES, ended)
            call_command("load_prices", file, stdout=self.stdout, stderr=self.stderr)
        name = f"{now:%Y%m%dT%H%M%S}"
        whole = folder / f"{name}.part"
        whole.write_text("".join(f"{json.dumps(row)}\n" for row in quotes(now)), "utf-8")
        whole.replace(folder / f"{name}.jsonl")
        call_command("poll_quotes", stdout=self.stdout, stderr=self.stderr)
        for done in sorted((folder / "done").glob("*.jsonl"))[:-20]:
            done.unlink()


def _written_as_csv(path: Path, rows: list[Row]) -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)
