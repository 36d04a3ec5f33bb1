"""Finding the companies and people that a text names.

    finder = Finder(aliases)                       # once in a process; 300,000 aliases take seconds
    for mention in finder.find(text, on=story_date):
        mention.chosen                             # the entity, or None: somebody has to choose

Where it is unsure whether words name a company, or which, it abstains: better no mention than a wrong one.
"""

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from articles.markets.aliases import Alias, AliasIndex
from articles.markets.choosing import NAME, SURNAME, TICKER, Found, choose

__all__ = ["NAME", "SURNAME", "TICKER", "Alias", "Candidate", "Finder", "Mention"]

#: How sure a candidate must be to be chosen, and by how much surer than the next one.
SURE, AHEAD = 0.7, 0.15
#: Candidates less sure than this are nothing that anybody would want to see.
_FAINT = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that a mention may be of, and how sure that is, from 0 to 1."""

    entity: Hashable
    confidence: float


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a text that name an entity: `text[start:end]`, in code points.

    `form` is "name", "ticker" or "surname". A ticker's span has its exchange but no brackets, a name's its legal form
    but no possessive ending. `candidates` are the best first; there is one at least.
    """

    start: int
    end: int
    text: str
    form: str
    candidates: tuple[Candidate, ...]

    @property
    def chosen(self) -> Hashable | None:
        """The entity, or None where it is unsure."""
        best = self.candidates[0]
        rest = self.candidates[1].confidence if len(self.candidates) > 1 else 0.0
        return best.entity if best.confidence >= SURE and best.confidence - rest >= AHEAD else None


class Finder:
    """Finds in texts what a set of aliases names."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self._index = AliasIndex(aliases)

    def find(
        self,
        text: str,
        on: date,
        *,
        known: Collection[Hashable] = (),
        dismissed: Collection[tuple[str, Hashable]] = (),
    ) -> list[Mention]:
        """Return the mentions in a plain text in order, none overlapping another; those it is unsure of, too.

        `on` is the story's date: names and tickers are those of that day. `known` are entities that the story is known
        to be about, which tips the scales. `dismissed` are pairs of words as they stood in the text and the entity that
        they were not; None for any.
        """
        found = choose(self._index, text, on, known=frozenset(known), dismissed=dismissed)
        return [mention for one in found if (mention := _mention(text, one))]


def _mention(text: str, found: Found) -> Mention | None:
    ranked = sorted(found.weights.items(), key=lambda item: -item[1])
    candidates = tuple(Candidate(entity, round(weight, 3)) for entity, weight in ranked if weight >= _FAINT)
    if not candidates:
        return None
    return Mention(found.start, found.end, text[found.start : found.end], found.form, candidates)
