"""Reading and writing in rounds, each judged before the next one begins."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tests.soak.exactness.desk import Desk
from tests.soak.exactness.gate import Gate
from tests.soak.exactness.history import History
from tests.soak.exactness.judge import Judge
from tests.soak.exactness.readers import TICK, Catalogue, Fetch, Reader, ask, read
from tests.soak.oracle import Oracle, Site, World

ROUND = 4_000


class Soak:
    """Readers of a site whose rows have been watched since they began (`History.begin()`)."""

    def __init__(self, fetches: Sequence[Fetch], site: Site, files: Mapping[str, bytes], gate: Gate, seed: int) -> None:
        self.catalogue = Catalogue()
        self.readers = [Reader(fetch, self.catalogue, seed + place) for place, fetch in enumerate(fetches)]
        self.judge = Judge(Oracle(World(), site, files))
        self.flaws: list[str] = []
        self._history = History()
        self._gate = gate

    @property
    def counts(self) -> Counter[str]:
        """What was judged."""
        return self.judge.counts

    def run(self, responses: int, desk: Desk, until: Callable[[], bool] = lambda: False) -> list[str]:
        """Read so many answers while the desk writes, or until somebody has seen enough; return the flaws."""
        left = responses
        while left > 0 and not desk.failures and not until():
            answers = read(self.readers, self.catalogue, self._gate, min(left, ROUND))
            left -= len(answers)
            with self._gate.closed():
                self.flaws += self.judge.judge(self._history.news(), answers)
        return self.flaws

    def sweep(self, instants: Sequence[datetime] = (), *, popular: bool = False) -> list[str]:
        """Ask for everything, or for what everybody reads, now and just before and at some instants; return the flaws.

        Nobody writes meanwhile.
        """
        with self._gate.closed():
            self.catalogue.refresh()
            moments = [None, *(instant - tick for instant in instants for tick in (TICK, TICK * 0))]
            paths = dict.fromkeys(self.catalogue.popular if popular else self.catalogue.paths)
            fetch, floor = self.readers[0].fetch, self.catalogue.counter
            answers = [ask(fetch, path, {}, told, floor) for told in moments for path in paths]
            self.flaws += self.judge.judge(self._history.news(), answers)
        return self.flaws

    def finish(self) -> list[str]:
        """Return all flaws, those of the rows themselves too; nobody writes any more."""
        self.flaws += self.judge.judge(self._history.news(), [])
        return self.flaws + self.judge.finish()
