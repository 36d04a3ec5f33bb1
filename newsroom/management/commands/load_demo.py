"""Load the demo newsroom."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from articles.models import Article
from newsroom.demo.files import StoryFile
from newsroom.demo.loading import load
from newsroom.models import Journalist


class Command(BaseCommand):
    """Load the demo newsroom into an empty database, once."""

    help = "Load the demo newsroom: people, companies, pictures and stories, dated relative to now. Does nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the password for the demo's journalists."""
        parser.add_argument(
            "--password",
            default=os.environ.get("DEMO_PASSWORD", ""),
            help="The password of the demo's journalists; by default the environment variable DEMO_PASSWORD.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if Article.objects.exists():
            self.stdout.write("The newsroom has stories already: nothing loaded.")
            return
        if Journalist.objects.exists():
            message = "The demo needs an empty newsroom, and this one has journalists. Use a database of its own."
            raise CommandError(message)
        if not options["password"]:
            message = "Give the demo's journalists a password: --password, or DEMO_PASSWORD in the environment."
            raise CommandError(message)
        count = load(options["password"], self._progress)
        self.stdout.write(f"Loaded the demo newsroom: {count} stories.")

    def _progress(self, stories: Iterable[StoryFile]) -> Iterable[StoryFile]:
        return tqdm(stories, desc="Loading the demo", unit="story", disable=None)
