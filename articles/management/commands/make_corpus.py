"""Fill a newsroom with invented stories, for measuring and trying things out."""

import argparse
import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from articles.management.corpus.crew import fill
from articles.management.corpus.shelves import gaps

#: From so many stories on it is worth the time to start other processes.
MANY = 5000


class Command(BaseCommand):
    """Make what is missing of a corpus; an interrupted run is gone on with by running it again."""

    help = (
        "Fill the newsroom with invented stories, released over ten years, some of them corrected, updated or "
        "withdrawn. The same seed makes the same stories; what is there already is not made again. Run "
        "`render_fragments` afterwards: then pages are as fast as after a release."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the size."""
        parser.add_argument("--articles", type=_count, required=True, help="How many stories the corpus has.")
        parser.add_argument("--seed", type=int, default=1, help="Another number makes another corpus (1).")
        parser.add_argument(
            "--processes", type=_count, default=0, help="How many work at it (all cores from 5,000 stories on, else 1)."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        articles, seed = options["articles"], options["seed"]
        missing = gaps(articles, seed)
        made = sum(missing.values())
        processes = options["processes"] or (os.cpu_count() or 1 if made >= MANY else 1)
        with tqdm(total=articles, initial=articles - made, desc="Making stories", unit="story", disable=None) as bar:
            for count in fill(missing, articles, seed, processes) if missing else ():
                bar.update(count)
        if made:
            self.stdout.write(f"Made {made} stories; the corpus has {articles}.")
        else:
            self.stdout.write(f"Nothing to do: all {articles} stories of the corpus are there.")


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        message = "give a number of at least 1"
        raise argparse.ArgumentTypeError(message)
    return count
