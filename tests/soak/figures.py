"""What a scenario of the soak reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.measurements import table, write_section


@dataclass(slots=True)
class Figures:
    """Lines of a table, and everything that should not have happened."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, what: str, figure: object) -> None:
        """Add a line of the table."""
        self.lines.append((what, str(figure)))


def write_figures(section: str, title: str, how: str, found: Mapping[str, Figures]) -> list[str]:
    """Print a table with a column for each set-up, write it into docs/measurements.md, and return all failures."""
    failures = [f"{name}: {failure}" for name, figures in found.items() for failure in figures.failures]
    text = table(["", *found], list(_rows(found)))
    text += "\n\n" + ("\n".join(f"- {failure}" for failure in failures) or "Nothing happened that must not.")
    print(f"\n{text}")  # noqa: T201
    write_section(section, title, f"{how}\n\n{text}")
    return failures


def _rows(found: Mapping[str, Figures]) -> Iterator[list[str]]:
    """Yield a line for each figure, with what each set-up showed."""
    by_name = {name: dict(figures.lines) for name, figures in found.items()}
    for what in dict.fromkeys(what for figures in found.values() for what, _figure in figures.lines):
        yield [what, *(lines.get(what, "") for lines in by_name.values())]
