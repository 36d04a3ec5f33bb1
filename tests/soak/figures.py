"""What a scenario of the soak reports."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Figures:
    """Lines of a table, and everything that should not have happened."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def add(self, what: str, figure: object) -> None:
        """Add a line of the table."""
        self.lines.append((what, str(figure)))
