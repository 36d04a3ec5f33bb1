"""All that was committed up to a counter of the public stamp."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.soak.oracle.ledger import Edition, Ledger, Row

#: The tables of the index from nouns to editions: the columns with the edition and the noun.
INDEX = {
    "editionauthor": ("edition_id", "author_id"),
    "editioncompany": ("edition_id", "company_id"),
    "editionperson": ("edition_id", "person_id"),
    "editiontopic": ("content_object_id", "tag_id"),
}
NOUNS = (
    *("section", "author", "company", "person", "personrole", "topic"),
    *("listing", "exchange", "source", "image", "redirect"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """A row as a transaction left it, None where it was deleted; `counter` is that of the stamp after the commit."""

    counter: int
    order: int
    table: str
    key: Any
    row: Row | None


class World:
    """The rows that readers can have seen anything of, moved on one committed change at a time."""

    def __init__(self) -> None:
        self.counter = 0
        self.nouns: dict[str, dict[int, Row]] = {name: {} for name in NOUNS}
        self.ledger = Ledger()
        #: The keys of editions by article and number.
        self.editions: dict[tuple[int, int], Row] = {}
        self._index: dict[str, dict[int, dict[int, Row]]] = {name: {} for name in INDEX}
        self._places: dict[tuple[str, int], Any] = {}

    def take(self, event: Event) -> None:
        """Let a change have happened."""
        self.counter = max(self.counter, event.counter)
        if event.table in self.nouns:
            _set(self.nouns[event.table], event.key, event.row)
        elif event.table in INDEX:
            self._take_index_row(event)
        elif event.table == "edition":
            self._take_edition(event)
        elif event.row is not None:
            self._take_record(event.table, event.row)

    def named(self, kind: str, edition: Edition) -> list[Row]:
        """Return the rows of the index that name nouns with an edition, in order."""
        key = self.editions[edition.article, edition.number]["id"]
        rows = self._index[f"edition{kind}"].get(key, {}).values()
        return sorted(rows, key=lambda row: (row["position"], row["id"]))

    def flaws(self) -> list[str]:
        """Return where the rows of editions are not what the ledger says."""
        return sorted(self.ledger.flaws(self.editions))

    def _take_record(self, table: str, row: Row) -> None:
        if table == "savedtext":
            self.ledger.keep_text(row)
        elif table == "revision":
            self.ledger.keep_revision(row)
        elif table == "transition":
            self.ledger.read(row)

    def _take_edition(self, event: Event) -> None:
        if event.row is None:
            del self.editions[self._places.pop(("edition", event.key))]
            return
        place = event.row["article_id"], event.row["number"]
        self._places["edition", event.key] = place
        self.editions[place] = event.row

    def _take_index_row(self, event: Event) -> None:
        index, column = self._index[event.table], INDEX[event.table][0]
        place = event.row[column] if event.row else self._places.pop((event.table, event.key))
        if event.row:
            self._places[event.table, event.key] = place
        _set(index.setdefault(place, {}), event.key, event.row)


def _set(rows: dict[int, Row], key: int, row: Mapping[str, Any] | None) -> None:
    if row is None:
        del rows[key]
    else:
        rows[key] = row
