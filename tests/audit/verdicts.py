"""What a judge says."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Verdict:
    """A judge's findings: how much was looked at, and each thing that is wrong, as "where: what".

    `notes` are figures that are no findings, such as scores. `absent` says why a judge could not be asked.
    """

    judge: str
    looked_at: str = ""
    findings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    absent: str = ""

    @property
    def summary(self) -> tuple[str, str, str]:
        """The line of the table."""
        if self.absent:
            return self.judge, f"not asked: {self.absent}", "–"
        return self.judge, self.looked_at, str(len(self.findings))


def grouped(findings: list[str], limit: int = 40) -> list[str]:
    """Return findings with equal ones counted, where there are more than fit on a screen cut off."""
    counted = [f"{finding} ({count} times)" if count > 1 else finding for finding, count in Counter(findings).items()]
    return counted[:limit] + ([f"and {len(counted) - limit} more"] if len(counted) > limit else [])
