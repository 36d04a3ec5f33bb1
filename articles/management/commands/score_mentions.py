"""Say how well companies are found in labeled text."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.scoring.labeled import UnreadableText, read_labeled
from articles.management.scoring.master import UnreadableMaster, read_master
from articles.management.scoring.mentions import Score, Scorer


class Command(BaseCommand):
    """Score; nothing is read from or written to the database."""

    help = (
        "Find the companies of a CSV file (name,alias,symbol,mic,from,until) in labeled text, JSON Lines like "
        '{"id": "1", "text": "Apple said", "date": "2026-11-24", "spans": [[0, 5, "XNAS:AAPL"]]}, and print precision, '
        "recall, F1, abstentions and processor time."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files."""
        parser.add_argument("labeled", type=Path, metavar="LABELED.jsonl", help="The labeled text.")
        parser.add_argument(
            "--aliases", type=Path, required=True, metavar="MASTER.csv", help="The master of companies."
        )
        parser.add_argument("--out", type=Path, metavar="FILE", help="Where to write what was found, as JSON Lines.")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            master = read_master(options["aliases"])
            for line, reason in master.refused:
                self.stderr.write(f"{options['aliases']}, line {line}: {reason}.")
            score = Scorer(master).score(read_labeled(options["labeled"]))
        except (UnreadableMaster, UnreadableText) as error:
            raise CommandError(str(error)) from error
        if options["out"]:
            self._write(options["out"], score)
        self._report(score, len(master.lines), len(master.refused))

    def _write(self, path: Path, score: Score) -> None:
        try:
            with path.open("w", encoding="utf-8") as file:
                file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in score.predictions)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}.") from error

    def _report(self, score: Score, rows: int, refused: int) -> None:
        exact = score.exact / (score.right + score.wrong) if score.right + score.wrong else 1.0
        self.stdout.write(
            f"Master: {rows} rows used, {refused} refused. Texts: {score.texts}, words: {score.words}.\n"
            f"precision    {score.precision:.4f}  ({score.right} right, {score.wrong} wrong)\n"
            f"recall       {score.recall:.4f}  ({score.missed} missed)\n"
            f"F1           {score.f1:.4f}\n"
            f"exact spans  {exact:.4f}  ({score.exact})\n"
            f"abstentions  {score.abstained}\n"
            f"ms per 1,000 words  {score.milliseconds:.2f}"
        )
