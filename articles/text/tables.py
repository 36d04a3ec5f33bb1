"""Tell tables that hold data from tables that only place things on a page."""

from collections.abc import Sequence

from articles.text.markup import End, Event, Start

CELLS = frozenset({"td", "th"})


def data_rows(events: Sequence[Event]) -> frozenset[int]:
    """Return the positions of the `tr` starts whose cells read as one line.

    Those are rows of two cells or more with no table inside; newsletters and old pages lay out whole
    stories in the others.
    """
    rows: set[int] = set()
    open_rows: list[_Row] = []
    for position, event in enumerate(events):
        if isinstance(event, str):
            continue
        if isinstance(event, Start) and event.tag == "tr":
            open_rows.append(_Row(position))
        elif isinstance(event, Start) and open_rows:
            open_rows[-1].meet(event.tag)
        elif isinstance(event, End) and event.tag == "tr":
            row = open_rows.pop()
            if row.holds_data():
                rows.add(row.position)
    return frozenset(rows)


class _Row:
    """A row whose end has not been met."""

    def __init__(self, position: int) -> None:
        self.position = position
        self._cells = 0
        self._has_table = False

    def meet(self, tag: str) -> None:
        """Take note of an element that starts inside the row and inside no deeper row."""
        self._cells += tag in CELLS
        self._has_table = self._has_table or tag == "table"

    def holds_data(self) -> bool:
        return self._cells > 1 and not self._has_table
