"""What all commands that load a file have in common: totals, refused lines, progress, a dry run, an exit status."""

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, connection, transaction
from tqdm import tqdm

from articles.management.unhurried import unhurried

#: Told the line of a file and why it cannot be used.
type Refuse = Callable[[int, str], object]


class UnreadableFile(Exception):
    """The file cannot be read, or is something else. The message is for whoever named it."""


@dataclass(slots=True)
class Totals:
    """What a run has done."""

    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    passed_over: int = 0
    refused: int = 0

    def __str__(self) -> str:
        counts = [(field.name.replace("_", " "), getattr(self, field.name)) for field in fields(self)]
        seldom = {"ended", "passed over"}
        return ", ".join(f"{count} {name}" for name, count in counts if count or name not in seldom)

    @property
    def used(self) -> int:
        """How many rows could be used."""
        return self.added + self.changed + self.ended + self.unchanged + self.passed_over


class LoadingCommand(BaseCommand):
    """A command that loads a file, a batch at a time: an interrupted run keeps what it has done and may be repeated.

    Ends with 0 when the file was read to its end, with 1 when it cannot be read, when none of its rows can be used or,
    with `--strict`, when one of them cannot.
    """

    #: What is counted, as in "prices: 3 added".
    noun = "rows"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and how to treat it."""
        parser.add_argument("file", type=Path, help="The file to load.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and leave all as it is.")
        parser.add_argument("--strict", action="store_true", help="End with 1 if any row was refused.")

    @abstractmethod
    def load(self, options: dict[str, Any], totals: Totals, refuse: Refuse) -> None:
        """Load the file, counting in `totals` all but what is refused. Raises `UnreadableFile`."""

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load the file, name what is refused, and say what was done."""
        totals = Totals()

        def refuse(line: int, reason: str) -> None:
            totals.refused += 1
            self.say_beside(f"line {line}: {reason}")

        try:
            with unhurried(connection), undone(options["dry_run"]):
                self.load(options, totals, refuse)
        except (UnreadableFile, OSError) as error:
            raise CommandError(str(error)) from error
        except IntegrityError as error:
            message = "The desk changed some of the rows meanwhile. Run the command again: it goes on where it was."
            raise CommandError(message) from error
        self.stdout.write(f"{self.noun}: {totals}.")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")
        if totals.refused and not totals.used:
            raise CommandError("None of the rows can be used.")
        if totals.refused and options["strict"]:
            raise CommandError(f"{totals.refused} rows were refused.")

    def say_beside(self, message: str) -> None:
        """Write a line for whoever looks after the newsroom, without tearing the progress bar."""
        with tqdm.external_write_mode():
            self.stderr.write(message)


@contextmanager
def progress_of(file: Any, size: int, what: str) -> Iterator[Callable[[], object]]:
    """Show how much of a file opened for bytes has been read; hand out what is to be called now and then."""
    with tqdm(total=size, desc=what, unit="B", unit_scale=True, disable=None) as bar:
        yield lambda: bar.update(file.tell() - bar.n)


@contextmanager
def undone(is_dry_run: bool) -> Iterator[None]:
    """Take back what is written inside, on a dry run."""
    if not is_dry_run:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
