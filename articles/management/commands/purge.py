"""Make the CDN forget what has changed."""

import logging
from argparse import ArgumentParser
from time import monotonic, sleep
from typing import Any, Final, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, close_old_connections

from articles.models import Purge
from articles.purging import outbox
from articles.purging.sending import send_due
from articles.purging.site import cdn

logger = logging.getLogger(__name__)

_PAUSE: Final = 1.0
_HOUR: Final = 3600.0


class Command(BaseCommand):
    """Send the purges that are left: once, or for ever."""

    help = "Make the CDN that CDN_URL names forget what has changed, and what could not be purged before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="purge the whole site: after an update or a restore")
        parser.add_argument("--watch", action="store_true", help="go on for ever, as a service")

    def handle(self, **options: Any) -> None:
        if cdn() is None:
            raise CommandError("There is no CDN to purge: CDN_URL is not set.")
        if options["all"]:
            outbox.purge_site()
        if options["watch"]:
            self._watch()
        outbox.cover()
        result = send_due()
        if result is not None and result.error:
            raise CommandError(f"The CDN has not purged: {result.error}. It will be tried again.")
        self.stdout.write("Purged." if result else "Nothing to purge now.")
        left = Purge.objects.filter(due_at__isnull=False).count()
        if left:
            self.stdout.write(f"To be sent once more in some seconds, by manage.py purge --watch: {left}.")

    def _watch(self) -> NoReturn:
        """Look every second whether there is something to do; a database that is away is waited for."""
        self.stdout.write("Watching.")
        tidied = -_HOUR
        while True:
            try:
                outbox.cover()
                result = send_due()
                if result is not None and result.error:
                    logger.warning("The CDN has not purged: %s. It will be tried again.", result.error)
                if monotonic() - tidied >= _HOUR:
                    outbox.forget_old()
                    tidied = monotonic()
            except Error:
                logger.exception("The database cannot be asked. It will be tried again.")
            close_old_connections()
            sleep(_PAUSE)
