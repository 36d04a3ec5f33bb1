"""Ask the providers of quotes."""

import logging
from argparse import ArgumentParser
from time import sleep
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections
from django.utils import timezone

from articles.quotes.polling import Polled, poll
from articles.quotes.providers import find

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Ask all providers that are due, once or for ever."""

    help = "Ask the providers that QUOTE_PROVIDERS names what listings trade at, and keep what they say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", type=int, metavar="SECONDS", help="go on for ever, with this pause between")

    def handle(self, **options: Any) -> None:
        providers = [find(address, settings.QUOTE_KEYS) for address in settings.QUOTE_PROVIDERS]
        if not providers:
            raise CommandError("There is nobody to ask: QUOTE_PROVIDERS is not set.")
        if options["watch"] is not None:
            self._watch(providers, max(options["watch"], 1))
        polled = poll(providers, timezone.now())
        for one in polled:
            self.stdout.write(_in_words(one))
        failed = [one.provider for one in polled if one.error]
        if failed:
            raise CommandError(f"No quotes from {', '.join(failed)}. They will be asked again when they have rested.")

    def _watch(self, providers: Any, pause: int) -> NoReturn:
        """Ask again and again; a database that is away is waited for."""
        self.stdout.write("Watching.")
        while True:
            try:
                for one in poll(providers, timezone.now()):
                    if one.error and not one.rests:
                        logger.warning("%s", _in_words(one))
            except Error:
                logger.exception("The database cannot be asked. It will be tried again.")
            close_old_connections()
            sleep(pause)


def _in_words(polled: Polled) -> str:
    if polled.rests:
        return f"{polled.provider}: rests, for {polled.error}."
    if polled.error:
        return f"{polled.provider}: {polled.error}."
    kept = polled.kept
    return f"{polled.provider}: {kept.added} added, {kept.known} known already, {kept.refused} refused."
