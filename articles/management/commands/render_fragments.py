"""Render what makes pages fast again, after an upgrade or the change of a noun that many stories print."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from tqdm import tqdm

from articles.printing.refreshing import refresh_stale, wanted


class Command(BaseCommand):
    """Render fragments that are missing or stale; it may be interrupted and run again."""

    help = (
        "Render the stored parts of pages that are missing, or that an upgrade or the change of a noun has made stale. "
        "Pages are right without it, but slower."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to render."""
        parser.add_argument("--all", action="store_true", help="Render everything again, stale or not.")

    def handle(self, *_args: Any, **options: Any) -> None:
        at = timezone.now()
        stories = wanted(at).count()
        with tqdm(total=stories, desc="Rendering stories", unit="story", disable=None) as progress:
            rendered = refresh_stale(at, progress.update, everything=options["all"])
        self.stdout.write(f"Looked at {stories} stories and rendered {rendered}.")
