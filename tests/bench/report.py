"""What the bench says: tables, and which of the required figures were not reached."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench import cold_start, memory
from tests.bench.cold_start import Start
from tests.bench.desk import Compared
from tests.bench.load import Measured
from tests.bench.memory import Memory
from tests.measurements import table

#: What each way of asking has to reach of the bare view's rate, and what it should.
REQUIRED = {"warm": 0.80, "conditional": 0.90, "cold": 0.06}
REQUIRED_OF_ARTICLES = {"cold": 0.10}
GOAL = {"cold": 0.12}
GOAL_FOR_ARTICLES = {"cold": 0.20}
#: How many times the bare view's slowest hundredth a warm page's may take.
SLOWEST = {"warm": 2.0}
DESK_HEAD = "desk,CPU ms,stock admin,ratio,goal,stock that does not count,ratio".split(",")
HEAD = "page,asked,req/s,bare,ratio,required,p50 ms,p99 ms,bare p50,bare p99,CPU ms,bare CPU".split(",")


@dataclass(frozen=True, slots=True)
class Line:
    """A kind of page, asked in a way, beside its bare view."""

    page: str
    mode: str
    ours: Measured
    bare: Measured

    @property
    def ratio(self) -> float:
        """The share of the bare view's rate."""
        return self.ours.rate / self.bare.rate

    @property
    def required(self) -> float:
        """The share that has to be reached."""
        special = REQUIRED_OF_ARTICLES if self.page == "article" else {}
        return special.get(self.mode, REQUIRED[self.mode])

    def misses(self) -> Iterator[str]:
        """Yield what was not reached."""
        if self.ratio < self.required:
            yield f"{self.page}, {self.mode}: {self.ratio:.1%} of the bare view's rate, not {self.required:.0%}"
        most = SLOWEST.get(self.mode)
        if most and self.ours.p99 > most * self.bare.p99:
            yield f"{self.page}, {self.mode}: p99 is {self.ours.p99 / self.bare.p99:.1f} times the bare view's"

    def cells(self) -> list[str]:
        """Return the line of the table."""
        goals = GOAL_FOR_ARTICLES if self.page == "article" else GOAL
        goal = f" (goal {goals[self.mode]:.0%})" if self.mode in goals else ""
        latencies = (self.ours.p50, self.ours.p99, self.bare.p50, self.bare.p99)
        cpus = ("–" if cpu is None else f"{cpu:.2f}" for cpu in (self.ours.cpu, self.bare.cpu))
        rates = (f"{self.ours.rate:.0f}", f"{self.bare.rate:.0f}", f"{self.ratio:.1%}", f"{self.required:.0%}{goal}")
        return [self.page, self.mode, *rates, *(f"{latency:.1f}" for latency in latencies), *cpus]


def speed(lines: Sequence[Line]) -> str:
    """Return the table of rates, and what of them was not reached."""
    misses = [miss for line in lines for miss in line.misses()]
    return f"{table(HEAD, [line.cells() for line in lines])}\n\n{_verdict(misses)}"


def size(workers: Mapping[str, Sequence[Memory]]) -> str:
    """Return the table of the memory of workers, by what they did before."""
    rows = [
        [what, number, *(f"{value:.0f}" for value in (one.resident, one.proportional, one.own))]
        for what, found in workers.items()
        for number, one in enumerate(found, start=1)
    ]
    head = ["worker", "", "resident MB", "proportional MB", "its own MB"]
    worst = max((one.proportional for found in workers.values() for one in found), default=0.0)
    missed = [f"a worker takes {worst:.0f} MB, not at most {memory.MOST}"] if worst > memory.MOST else []
    return f"{table(head, rows)}\n\n{_verdict(missed)}" if rows else ""


def starts(found: Mapping[str, Start]) -> str:
    """Return the table of cold starts."""
    bare = found["bare project"]
    rows = [
        [name, f"{one.clock:.2f}", f"{one.clock / bare.clock:.1f}", f"{one.cpu:.2f}", f"{one.cpu / bare.cpu:.1f}"]
        for name, one in found.items()
    ]
    missed = [
        f"{name}: {how} {ratio:.1f} times that of a bare project, not {cold_start.MOST:.0f}"
        for name, one in found.items()
        for how, ratio in (("clock", one.clock / bare.clock), ("processor time", one.cpu / bare.cpu))
        if ratio > cold_start.MOST
    ]
    return f"{table(['first answer', 's', 'ratio', 'CPU s', 'ratio'], rows)}\n\n{_verdict(missed)}"


def desk(found: Compared) -> str:
    """Return the table of what the desk costs beside a stock admin, and what of the goals was not reached."""
    misses = [miss for cost in found.costs for miss in cost.misses()]
    said = f"{found.saves} saves at the desk made {found.revisions} revisions"
    if found.revisions != found.saves:
        misses.append(said)
    apart = " The processor time of the database server is apart." if found.is_apart else ""
    return f"{table(DESK_HEAD, [cost.cells() for cost in found.costs])}\n\n{said}.{apart}\n\n{_verdict(misses)}"


def _verdict(misses: Sequence[str]) -> str:
    return "\n".join(f"- Not reached: {miss}" for miss in misses) or "All that is required was reached."
