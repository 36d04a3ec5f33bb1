"""Fill a newsroom with invented stories, for measuring and trying things out."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from articles.management.corpus import count_stories, make_corpus


class Command(BaseCommand):
    """Make what is missing of a corpus; an interrupted run is gone on with by running it again."""

    help = (
        "Fill the newsroom with invented stories, released over ten years, some of them corrected, updated or "
        "withdrawn. The same seed makes the same stories; what is there already is not made again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the size."""
        parser.add_argument("--articles", type=_count, required=True, help="How many stories the corpus has.")
        parser.add_argument("--seed", type=int, default=1, help="Another number makes another corpus (1).")

    def handle(self, *_args: Any, **options: Any) -> None:
        articles, seed = options["articles"], options["seed"]
        there = count_stories(articles, seed)
        with tqdm(total=articles, initial=there, desc="Making stories", unit="story", disable=None) as progress:
            made = make_corpus(articles, seed, progress.update) if there < articles else 0
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
