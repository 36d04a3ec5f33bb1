"""Django's `migrate`, by one process at a time and without the limits of requests."""

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate
from django.db import connections

from articles.management.unhurried import unhurried
from newsroom.migrating import alone


class Command(migrate.Command):
    """Run migrations as Django does; several nodes may start it at once, and the first one does the work."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout",
            type=int,
            default=600,
            metavar="SECONDS",
            help="How long to wait for another process that migrates the same database (600).",
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Wait for the turn before anything else: on SQLite even the checks would fail beside a migration."""
        patience = options.pop("lock_timeout")
        if options["plan"] or options["check_unapplied"]:
            return super().execute(*args, **options)
        with alone(connections[options["database"]], patience, self.stderr.write):
            return super().execute(*args, **options)

    def handle(self, *args: Any, **options: Any) -> str | None:
        with unhurried(connections[options["database"]]):
            return super().handle(*args, **options)
