"""Which entity each name and ticker of a text is: names explain tickers, tickers names, and what is sure the rest."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field, replace
from datetime import date
from re import compile as pattern

from articles.markets.aliases import ALWAYS, PERSON, WHOLE, AliasIndex, key_of
from articles.markets.evidence import Evidence
from articles.markets.folding import fold_words
from articles.markets.legal_endings import without_security
from articles.markets.name_hits import Entry, Hit, find_names
from articles.markets.natures import DISTINCT
from articles.markets.ordinary_words import is_personal
from articles.markets.people import person_weight, surnames_in
from articles.markets.ticker_hits import TickerHit, at_home, find_listed
from articles.markets.wording import Taken, Wording
from articles.markets.words_before import follows_a_person

NAME, TICKER, SURNAME = "name", "ticker", "surname"
#: From here on an entity is held to be named, and explains what else the text has.
_SURE = 0.7
#: Between a name and the ticker that explains it: "Alibaba (NYSE:".
_OPENING = pattern(r"[ \u00a0]?[(（<\[][^()（）<>\n]{0,40}\Z|[ \u00a0]?[(（][^()（）\n]{0,60}[,;:] ?\Z")
#: A security that stands for shares held elsewhere: of two companies of one name the other is meant.
_DEPOSITARY = pattern(r"\b(?:ADS|ADR|GDR|[Dd]epositary)")
_AND = pattern(
    r"(?:['’]s?)?,? (?:and|&|or|und|et|y|e) |, |、|和|，|/|(?:['’]s?)? (?:with|versus|vs\.?) "
    r"|(?:['’]s?)? (?:(?:is|are|was|were|(?:has|have|had) been) in |in |held |holds |began |opened )?"
    r"(?:early |advanced |late |exclusive )?(?:talks|deal|contract|partnership|pact) with "
)


@dataclass(slots=True)
class Found:
    """Words of a text and how sure it is that they name each entity."""

    start: int
    end: int
    form: str
    weights: dict[Hashable, float] = field(default_factory=dict)

    @property
    def sure(self) -> Hashable | None:
        """The entity that the words surely name, if there is one."""
        if not self.weights:
            return None
        entity, weight = max(self.weights.items(), key=lambda item: item[1])
        others = [other for key, other in self.weights.items() if key != entity]
        return entity if weight >= _SURE and weight - max(others, default=0.0) >= 0.15 else None


def choose(
    index: AliasIndex,
    text: str,
    on: date,
    *,
    known: frozenset[Hashable],
    dismissed: Collection[tuple[str, Hashable]],
) -> list[Found]:
    """Return what a text names, in order; see `articles.markets.mentions.Finder.find`."""
    wording = Wording(text)
    if not len(wording):
        return []
    return _Chooser(index, wording, on, known, {(key_of(words), entity) for words, entity in dismissed}).found()


class _Chooser:
    """One text on one day."""

    def __init__(
        self,
        index: AliasIndex,
        wording: Wording,
        on: date,
        known: frozenset[Hashable],
        dismissed: set[tuple[str, Hashable]],
    ) -> None:
        self._index, self._wording, self._on = index, wording, on
        self._dismissed = dismissed
        self._evidence = Evidence(wording)
        self._named = set(known)
        self._tickers = find_listed(wording, index, on)
        plain = Taken(len(wording.text))
        for ticker in self._tickers:
            if ticker.is_plain and ticker.weight > 0.5:
                plain.take(ticker.start, ticker.end)
        found = [hit for hit in find_names(wording, index) if plain.is_free(hit.start, hit.end)]
        self._hits = [replace(hit, entries=entries) for hit in found if (entries := self._valid(hit))]
        self._small = {word for word in wording.words if word.islower()}
        # What follows runs parallel to the hits, or holds their places in the list.
        self._surfaces = [self._surface(hit) for hit in self._hits]
        self._behind = _in_brackets_behind(wording.text, self._hits, self._tickers)
        self._leaning: set[int] = set()
        self._giving: set[int] = set()

    def found(self) -> list[Found]:
        """Weigh everything several times: what is sure the first time explains the rest the second time."""
        for _round in range(4):
            names = self._names()
            if self._give_way(names):
                names = self._names()
            tickers = self._listed()
            before = len(self._named)
            self._named |= {one.sure for one in (*names, *tickers) if one.sure is not None}
            if not self._lean_on_neighbors(names) and len(self._named) == before:
                break
        return self._apart([*names, *self._surnames(names), *tickers])

    def _valid(self, hit: Hit) -> list[Entry]:
        """Return the aliases of a hit that hold on the day and that nobody has ruled out."""
        text = self._wording.text
        key = key_of(text[hit.start : hit.end])
        entries = [
            entry for entry in hit.entries if entry[0].holds(self._on) and not self._is_ruled_out(key, entry[0].entity)
        ]
        whole = [entry for entry in entries if entry[1] == WHOLE]
        return _narrowed(text[hit.start : hit.end], hit, whole or entries)

    def _surface(self, hit: Hit) -> float:
        """Return how sure it is that a hit is a company's name, less if it may be another's, shortened."""
        is_short = hit.how != WHOLE
        return self._evidence.weigh(hit) - 0.12 * (is_short and self._index.is_shared_beginning(hit.key))

    def _is_ruled_out(self, key: str, entity: Hashable) -> bool:
        return (key, entity) in self._index.never or not self._dismissed.isdisjoint({(key, entity), (key, None)})

    def _names(self) -> list[Found]:
        return [Found(hit.start, hit.end, NAME, self._weights(place)) for place, hit in enumerate(self._hits)]

    def _weights(self, place: int) -> dict[Hashable, float]:
        hit, surface = self._hits[place], self._surfaces[place]
        entries = hit.entries
        companies = list(dict.fromkeys(alias.entity for alias, _how in entries if alias.kind != PERSON))
        is_person = any(alias.kind == PERSON for alias, _how in entries)
        weights = self._among(companies, surface - 0.2 * is_person, self._explained(place, companies), self._lean(hit))
        for alias, _how in entries:
            if alias.kind == PERSON:
                weights[alias.entity] = person_weight(self._wording, hit, surface if companies else 0.0)
            if alias.rule == ALWAYS:
                weights[alias.entity] = 0.99
        return weights

    def _among(
        self, companies: list[Hashable], surface: float, explained: set[Hashable] | None, lean: float
    ) -> dict[Hashable, float]:
        """Share the weight of a name among the companies that have it, one that is named elsewhere by `lean` more."""
        if explained:
            return {entity: 0.98 if entity in explained else 0.1 for entity in companies}
        if explained is not None:
            surface -= 0.3
        named = [entity for entity in companies if entity in self._named]
        if len(named) == 1:
            raised = surface if surface >= _SURE and len(companies) == 1 else min(0.97, surface + lean)
            return {
                entity: raised if entity == named[0] else min(surface, 0.3) / len(companies) for entity in companies
            }
        return {entity: surface / len(companies) for entity in companies}

    def _lean(self, hit: Hit) -> float:
        """Return how much surer a name is if its company is named elsewhere: "Trump" may be "Trump Media", or not."""
        is_short = hit.how != WHOLE
        if (is_short and is_personal(hit.key)) or follows_a_person(self._wording, hit, DISTINCT):
            return 0.1
        # Where the text has the word in small letters, too, its capital at the start of a sentence says nothing.
        return 0.25 if hit.key in self._small and self._wording.opens(hit.first) else 0.4

    def _explained(self, place: int, companies: list[Hashable]) -> set[Hashable] | None:
        """Return which of the companies the tickers in brackets behind a name are of; None if there are no tickers."""
        met: set[Hashable] | None = None
        for ticker in self._behind[place]:
            same = set(companies).intersection(ticker.entities)
            if same or (ticker.is_plain and ticker.weight > 0.5):
                met = (met or set()) | same
        return met

    def _listed(self) -> list[Found]:
        return [Found(hit.start, hit.end, TICKER, self._ticker_weights(hit)) for hit in self._tickers]

    def _ticker_weights(self, ticker: TickerHit) -> dict[Hashable, float]:
        key = key_of(self._wording.text[ticker.start : ticker.end])
        entities = [entity for entity in ticker.entities if not self._is_ruled_out(key, entity)]
        weight = ticker.weight
        if not ticker.is_plain and weight >= 0.5:
            weight += 0.1 * min(2, self._evidence.market_words(self._wording.at(ticker.start)))
        named = [entity for entity in entities if entity in self._named]
        if len(named) == 1:
            raised = min(0.98, weight + (0.5 if ticker.is_plain or self._follows(ticker, named[0]) else 0.3))
            return {entity: raised if entity == named[0] else weight / 3 for entity in entities}
        if len(entities) > 1 and len(home := at_home(ticker.aliases)) == 1:
            return {entity: weight - 0.12 if entity in home else 0.1 for entity in entities}
        return {entity: weight / len(entities) for entity in entities}

    def _follows(self, ticker: TickerHit, entity: Hashable) -> bool:
        """Say whether a ticker stands in brackets directly behind a name of the entity."""
        last = bisect_right(self._hits, ticker.start, key=lambda hit: hit.end)
        return any(
            ticker in self._behind[place] and any(alias.entity == entity for alias, _how in self._hits[place].entries)
            for place in range(max(0, last - 3), last)
        )

    def _lean_on_neighbors(self, names: list[Found]) -> bool:
        """Make names surer that stand in a row with a sure one, "Visa and Mastercard"; say whether there are any."""
        leaning = False
        for place, one in enumerate(names):
            if place in self._leaning or one.sure is not None or max(one.weights.values(), default=0.0) < 0.25:
                continue
            if any(
                other.sure is not None and self._are_in_a_row(one, other)
                for other in (*names[max(0, place - 1) : place], *names[place + 1 : place + 2])
            ):
                self._leaning.add(place)
                self._surfaces[place] += 0.42
                leaning = True
        return leaning

    def _give_way(self, names: list[Found]) -> bool:
        """Make names less sure that stand behind a longer one: "Mitsubishi Heavy rose. Mitsubishi's order book"."""
        longer: dict[str, Hashable] = {}
        giving = False
        for place, (hit, one) in enumerate(zip(self._hits, names, strict=True)):
            if hit.behind - hit.first == 1:
                other = longer.get(hit.key, one.sure)
                if other != one.sure and one.sure is not None and place not in self._giving:
                    self._giving.add(place)
                    self._surfaces[place] *= 0.6
                    giving = True
                longer.setdefault(hit.key, one.sure)
            elif one.sure is not None:
                longer.setdefault(self._wording.folded[hit.first], one.sure)
        return giving

    def _are_in_a_row(self, one: Found, other: Found) -> bool:
        first, second = sorted((one, other), key=lambda found: found.start)
        return _AND.fullmatch(self._wording.text[first.end : second.start]) is not None

    def _apart(self, found: list[Found]) -> list[Found]:
        """Return what does not overlap something surer or longer, in order."""
        taken, kept = Taken(len(self._wording.text)), []
        for one in sorted((one for one in found if one.weights), key=_preference):
            if taken.is_free(one.start, one.end):
                taken.take(one.start, one.end)
                kept.append(one)
        return sorted(kept, key=lambda one: one.start)

    def _surnames(self, names: list[Found]) -> list[Found]:
        """Return the surnames of people named before, and weigh them against companies of the same name."""
        people = [
            (one.end, alias)
            for hit, one in zip(self._hits, names, strict=True)
            for alias, _how in hit.entries
            if alias.kind == PERSON and one.sure == alias.entity
        ]
        found = []
        for start, end, entity, weight in surnames_in(self._wording, people):
            same = next((one for one in names if one.start <= start < one.end), None)
            if same is None:
                found.append(Found(start, end, SURNAME, {entity: weight}))
            elif same.start == start and same.end == end and entity not in same.weights:
                same.weights[entity] = weight
                same.form = SURNAME if same.sure == entity else same.form
        return found


def _narrowed(written: str, hit: Hit, entries: list[Entry]) -> list[Entry]:
    """Return those of several companies' aliases that have the legal form or the capitals of the text."""
    if len({alias.entity for alias, _how in entries}) < 2:
        return entries
    if hit.has_ending:
        words = fold_words(written)
        same = [entry for entry in entries if fold_words(without_security(entry[0].name))[: len(words)] == words]
        entries = same or entries
    native = [entry for entry in entries if not _DEPOSITARY.search(entry[0].name)]
    entries = native or entries
    exact = [entry for entry in entries if entry[0].name.startswith(written.rstrip("."))]
    return exact if exact and (hit.has_ending or written not in {written.title(), written.upper()}) else entries


def _in_brackets_behind(text: str, hits: list[Hit], tickers: list[TickerHit]) -> list[list[TickerHit]]:
    """Return for each name the tickers in the brackets right behind it."""
    found = []
    for hit in hits:
        first = bisect_left(tickers, hit.end, key=lambda ticker: ticker.start)
        last = bisect_right(tickers, hit.end + 80, key=lambda ticker: ticker.start)
        found.append([ticker for ticker in tickers[first:last] if _OPENING.match(text[hit.end : ticker.start])])
    return found


def _preference(found: Found) -> tuple[bool, int, bool, float]:
    return found.sure is None, found.start - found.end, found.form == TICKER, -max(found.weights.values())
