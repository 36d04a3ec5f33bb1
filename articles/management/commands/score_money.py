"""Score the checks of converted sums on a labelled set."""

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.management.labelled_money import MoneyScore, prediction, read_labelled, score
from articles.markets.ecb import UnreadableRates
from articles.markets.rates import Rates


class Command(BaseCommand):
    """Check every text of the set and compare the verdicts with its labels; no database is used."""

    help = (
        "Score the checks of converted sums (“380 billion yuan ($53 billion)”) on a labelled set: JSON lines with id, "
        "text, date and verdict (ok or wrong), and perhaps a kind, by which what was found is told apart."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two files."""
        parser.add_argument("labelled", type=Path, help="The labelled set, a JSON object a line.")
        parser.add_argument("--rates", type=Path, required=True, help="The ECB's eurofxref-hist.csv, or its zip.")
        parser.add_argument("--out", type=Path, help="Where to write the verdict on each line, as JSON lines.")

    def handle(self, *_args: Any, **options: Any) -> None:
        refused: list[str] = []
        rates = self._rates(options["rates"], refused)
        out = options["out"]
        try:
            with (
                options["labelled"].open(encoding="utf-8") as lines,
                out.open("w", encoding="utf-8") if out else nullcontext() as file,
            ):
                texts = read_labelled(lines, lambda line, why: refused.append(f"{options['labelled']}:{line}: {why}."))
                total = score(
                    texts, rates, lambda *said: file.write(prediction(*said) + "\n") if file is not None else None
                )
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{options['labelled']}: {error}.") from error
        for refusal in refused:
            self.stderr.write(refusal)
        self._report(total, len(refused))

    def _rates(self, path: Path, refused: list[str]) -> Rates:
        try:
            return Rates.from_csv(path, lambda line, why: refused.append(f"{path}:{line}: {why}."))
        except UnreadableRates as error:
            raise CommandError(str(error)) from error

    def _report(self, total: MoneyScore, refused: int) -> None:
        wrong, ok = total.wrong.total(), total.ok.total()
        self.stdout.write(
            f"Read {wrong + ok} texts with {total.conversions} conversions: {ok} are ok, {wrong} wrong; "
            f"{refused} lines refused."
        )
        self.stdout.write(f"Found: {_share(total.found.total(), wrong)} of the wrong ones.")
        for kind in sorted(filter(None, total.wrong)):
            self.stdout.write(f"  {kind}: {_share(total.found[kind], total.wrong[kind])}")
        self.stdout.write(f"False alarms: {_share(total.false_alarms.total(), ok)} of the ok ones.")
        for kind in sorted(filter(None, total.ok)):
            self.stdout.write(f"  {kind}: {_share(total.false_alarms[kind], total.ok[kind])}")
        unknown = total.abstained
        self.stdout.write(f"Abstained: {unknown['ok']} of the ok ones, {unknown['wrong']} of the wrong ones.")
        milliseconds = 1e6 * total.seconds / total.words if total.words else 0.0
        self.stdout.write(f"Time: {milliseconds:.1f} ms per 1,000 words.")


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / whole:.1f} %)" if whole else "none"
