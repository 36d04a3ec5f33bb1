"""One rendering for all who wait for the same page at once."""

from collections.abc import Callable
from threading import Event, Lock


class Flight[Result]:
    """A rendering under way, and what came of it for those who wait."""

    __slots__ = ("landed", "results")

    def __init__(self) -> None:
        self.landed = Event()
        self.results: tuple[Result, ...] = ()


class Flights[Key, Result]:
    """The renderings under way in this process."""

    def __init__(self, patience: float, is_for_all: Callable[[Result], bool]) -> None:
        self.patience = patience
        self._is_for_all = is_for_all
        self._flights: dict[Key, Flight[Result]] = {}
        self._lock = Lock()

    def share(self, key: Key, render: Callable[[], Result]) -> Result:
        """Return the result for a key.

        The first to ask renders, the others wait for it. Whoever has waited for `patience` seconds, or for something
        that was not for all or ended in an exception, renders for itself: one failure is nobody else's.
        """
        with self._lock:
            flight = self._flights.get(key)
            if is_first := flight is None:
                flight = self._flights[key] = Flight()
        if is_first:
            return self._lead(key, flight, render)
        flight.landed.wait(self.patience)
        return flight.results[0] if flight.results else render()

    def _lead(self, key: Key, flight: Flight[Result], render: Callable[[], Result]) -> Result:
        try:
            result = render()
            if self._is_for_all(result):
                flight.results = (result,)
            return result
        finally:
            with self._lock:
                del self._flights[key]
            flight.landed.set()
