"""The desk's processor time for lists, forms and saves beside that of a stock admin of the same stories.

Everything is asked in one process through the site's WSGI application, with all its middleware and for somebody who is
logged in, and counts from the request to the last byte. It works on a copy of the database, because saves are
committed. Rounds are interleaved, and who is asked first changes. A save is what a browser would post from the form
that it has just opened, with another headline and a paragraph more. On PostgreSQL the processor time of the database
server is apart and not counted.

`tests.bench.stock` says what the stock admin is. Its lists count all stories beside those that they found, as stock
does; the desk's are also compared with those of one that does not (`show_full_result_count = False`).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

from tests.bench.stories import copied
from tests.serving import ROOT, Site

#: How many times a stock admin's processor time a list and a save should take at most.
GOAL = {"list": 1.5, "save": 3.0}


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of processor time that a kind of request takes.

    `uncounted` is that of a stock list that does not count everything.
    """

    page: str
    desk: float
    stock: float
    uncounted: float | None = None

    @property
    def ratio(self) -> float:
        """How many times a stock admin's processor time the desk takes."""
        return self.desk / self.stock

    @property
    def goal(self) -> float | None:
        """How many times it should take at most; None where nothing is said about it."""
        return GOAL.get(self.page.partition(",")[0])

    def misses(self) -> Iterator[str]:
        """Yield what was not reached."""
        if self.goal is not None and self.ratio > self.goal:
            yield f"{self.page}: {self.ratio:.2f} times the processor time of a stock admin, not {self.goal:.1f}"

    def cells(self) -> list[str]:
        """Return the line of the table."""
        uncounted = ["–", "–"]
        if self.uncounted is not None:
            uncounted = [f"{self.uncounted:.1f}", f"{self.desk / self.uncounted:.2f}"]
        goal = "–" if self.goal is None else f"{self.goal:.1f}"
        return [self.page, f"{self.desk:.1f}", f"{self.stock:.1f}", f"{self.ratio:.2f}", goal, *uncounted]


@dataclass(frozen=True, slots=True)
class Compared:
    """What requests cost, and what is left of the saves at the desk.

    `is_apart` says that the database has a server, whose processor time is not counted.
    """

    costs: list[Cost]
    saves: int
    revisions: int
    is_apart: bool = False


def compare(site: Site, rounds: int) -> Compared:
    """Return the medians of so many rounds, taken in a process of its own on a copy of the site's database."""
    with copied(site.database) as url:
        apart = replace(site, database=url, settings="tests.bench.desk_settings")
        command = [sys.executable, "-m", "tests.bench.desk_pages", str(rounds)]
        answer = subprocess.run(
            command, env=apart.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
        ).stdout
    found = json.loads(answer)
    costs = [Cost(**cost) for cost in found["costs"]]
    return Compared(costs, found["saves"], found["revisions"], is_apart=not site.database.startswith("sqlite"))
