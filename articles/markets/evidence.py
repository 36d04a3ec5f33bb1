"""How sure it is that a name in a text is a company's, by its looks and by the words around it.

Confidences are sums of small weights, from 0 to 1. A name that could be nothing else starts high; ordinary words, people's
names and places start low and need words of the market, of the company's doings or of its kind beside them.
"""

from re import compile as pattern

from articles.markets.context_words import (
    COMPOUNDS,
    DEEDS,
    DOINGS,
    EXAMPLES,
    KINDS,
    LINKS,
    MARKET,
    NOUNS,
    PREFIXES,
    RELATIONS,
    ROLES,
    SPEECH,
)
from articles.markets.folding import fold
from articles.markets.name_hits import FIRST, Hit, is_acronym
from articles.markets.ordinary_words import (
    ABBREVIATIONS,
    TITLES,
    is_given_name,
    is_ordinary,
    is_personal,
    is_place,
)
from articles.markets.wording import CAPITALS, PLAIN, TITLE, Wording

#: What a name looks like.
DISTINCT, ACRONYM, PHRASE, PERSON_LIKE, ORDINARY, PERSONAL, PLACE = (
    "distinct",
    "acronym",
    "phrase",
    "person-like",
    "ordinary",
    "personal",
    "place",
)
_START = {DISTINCT: 0.85, ACRONYM: 0.78, PHRASE: 0.6, PERSON_LIKE: 0.45, ORDINARY: 0.3, PERSONAL: 0.3, PLACE: 0.25}
#: What a capital within a sentence adds: ordinary words would be in small letters there.
_RAISED = {PHRASE: 0.2, ORDINARY: 0.42, PERSONAL: 0.15, PERSON_LIKE: 0.0, PLACE: 0.05}
_AGE = pattern(r", (?:aged )?\d{1,2},| \(\d{1,2}\)|, who\b|,? Jr\b")
_ADVERBS = frozenset("also now still then recently reportedly separately has have had was is today later will".split())


def nature(wording: Wording, hit: Hit) -> str:
    """Say what a name looks like; see the constants."""
    if hit.unspaced:
        return DISTINCT
    words = [word for word in _words(wording, hit) if word not in {"the", "of", "and"}]
    if len(words) <= 1:
        return _nature_of_word(wording, hit, words[0] if words else hit.key)
    if all(is_ordinary(word) or is_personal(word) or is_place(word) or word.isdigit() for word in words):
        return PERSON_LIKE if len(words) == 2 and is_given_name(words[0]) and is_personal(words[1]) else PHRASE
    if len(words) == 2 and is_given_name(words[0]) and not is_ordinary(words[1]):
        return PERSON_LIKE
    return DISTINCT


def _words(wording: Wording, hit: Hit) -> list[str]:
    words = [word for number, word in enumerate(wording.folded[hit.first : hit.behind], hit.first)
             if wording.starts[number] < hit.core_end]  # fmt: skip
    if len(words) == 1:
        return [hit.key]
    return words


def _nature_of_word(wording: Wording, hit: Hit, word: str) -> str:
    if wording.words[hit.first].isupper() and any(is_acronym(alias.name) for alias, _how in hit.entries):
        return ACRONYM
    if is_personal(word):
        return PERSONAL
    if is_place(word):
        return PLACE
    return ORDINARY if is_ordinary(word) else DISTINCT


class Evidence:
    """What the words around names in one text say."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self._market: dict[int, int] = {}

    def weigh(self, hit: Hit) -> float:
        """Return how sure it is that a hit is the name of a company, without a look at the rest of the text."""
        kind = nature(self.wording, hit)
        weight = _START[kind] + self._looks(hit, kind)
        if hit.unspaced:
            return weight - (0.1 if len(hit.key) == 2 else 0)
        weight += self._right(hit, kind) + self._left(hit, kind) + self._around(hit, kind)
        if hit.has_ending:
            weight += 0.5
        return max(0.02, min(weight, 0.97))

    def _looks(self, hit: Hit, kind: str) -> float:
        style = self.wording.style(hit.first)
        how = min(how for _alias, how in hit.entries)
        weight = -0.12 if how == FIRST else -0.06 if how else 0.0
        if how and kind not in {DISTINCT, ACRONYM}:
            weight -= 0.25
        if style == PLAIN:
            if not self.wording.opens(hit.first):
                weight += _RAISED.get(kind, 0.0)
            elif kind == PHRASE:
                weight += 0.15
        elif kind == ACRONYM and style == CAPITALS:
            weight -= 0.25 if len(hit.key) < 4 else 0.1
        if kind == ACRONYM and self.wording.words[hit.first] in ABBREVIATIONS:
            weight -= 0.4
        return weight

    def _right(self, hit: Hit, kind: str) -> float:
        """Weigh the words behind a name."""
        number, wording = hit.behind, self.wording
        possessive = hit.core_end == hit.end and hit.end < wording.ends[hit.behind - 1]
        if number >= len(wording):
            return 0.0
        gap = wording.text[hit.end : wording.starts[number]]
        if possessive or wording.text[hit.end : hit.end + 1] in {"'", "’"}:
            ahead = wording.folded[number : number + 4]
            return 0.5 if any(word in NOUNS for word in ahead) else 0.15
        if gap == "-":
            return self._compound(number, kind)
        if gap not in {" ", "\u00a0"}:
            return self._set_off(hit, kind)
        return self._next_word(hit, number, kind)

    def _compound(self, number: int, kind: str) -> float:
        if self.wording.folded[number] in COMPOUNDS:
            return 0.25
        return -0.1 if kind == DISTINCT else -0.5

    def _set_off(self, hit: Hit, kind: str) -> float:
        """Weigh what follows behind a comma or a bracket."""
        if kind in {PERSONAL, PERSON_LIKE} and _AGE.match(self.wording.text, hit.end):
            return -0.5
        return 0.0

    def _next_word(self, hit: Hit, number: int, kind: str) -> float:
        wording = self.wording
        word = wording.folded[number]
        if word in _ADVERBS and number + 1 < len(wording) and wording.folded[number + 1] in DEEDS | SPEECH | DOINGS:
            word = wording.folded[number + 1]
        if word in NOUNS:
            return 0.5
        if word in DEEDS:
            return 0.45 if kind not in {PERSONAL, PERSON_LIKE} else 0.35
        if word in SPEECH:
            return 0.45 if kind == ORDINARY else 0.15
        if word in DOINGS:
            return 0.25 if kind != PLACE else 0.1
        if word == "of":
            return -0.2
        if self._continues(hit, number):
            return 0.0 if kind in {DISTINCT, ACRONYM} else -0.4
        return 0.0

    def _continues(self, hit: Hit, number: int) -> bool:
        """Say whether a word in capitals behind a name may be a part of a longer name."""
        wording = self.wording
        return (
            wording.style(hit.first) == PLAIN
            and wording.words[number][0].isupper()
            and wording.folded[number] not in ROLES
            and wording.folded[number] not in NOUNS
        )

    def _left(self, hit: Hit, kind: str) -> float:
        """Weigh the words before a name."""
        wording, number = self.wording, hit.first - 1
        if number < 0:
            return 0.0
        gap = wording.text[wording.ends[number] : hit.start]
        if gap == "-":
            return 0.0 if fold(wording.words[number]) in PREFIXES or kind == DISTINCT else -0.4
        if gap in {"@", "/", ".", "#"}:
            return -0.5
        word = wording.folded[number]
        if (gap in {" ", "\u00a0"} or (gap == ". " and word in TITLES)) and (person := self._person(hit, kind)):
            return person
        if wording.sentence(hit.first)[0] == hit.first or gap not in {" ", "\u00a0", " “", ' "'}:
            return 0.0
        return self._before(hit, kind)

    def _person(self, hit: Hit, kind: str) -> float:
        """Weigh a title or a given name before a name."""
        wording, number = self.wording, hit.first - 1
        word, written = wording.folded[number], wording.words[number]
        if written[0].islower():
            return 0.0
        if word in TITLES:
            return -0.6 if kind != ACRONYM else 0.0
        if is_given_name(word) and not wording.possessive_end(number):
            return -0.6
        return 0.0

    def _before(self, hit: Hit, kind: str) -> float:
        wording, number = self.wording, hit.first - 1
        word, before = wording.folded[number], wording.folded[number - 1] if number else ""
        if word in KINDS and not wording.words[number][0].isupper():
            return 0.4
        if word in EXAMPLES:
            return 0.15
        if word in LINKS and (before in RELATIONS or (number > 1 and wording.folded[number - 2] in RELATIONS)):
            return 0.35
        if kind in {DISTINCT, ACRONYM}:
            return 0.0
        if word == "the":
            return -0.3
        if wording.style(hit.first) == PLAIN and self._belongs_before(number):
            return -0.45
        return 0.0

    def _belongs_before(self, number: int) -> bool:
        """Say whether a word in capitals before a name may be a part of a longer name: "Trafalgar Square"."""
        wording = self.wording
        written = wording.words[number]
        if not written[0].isupper() or wording.possessive_end(number) or wording.opens(number):
            return False
        return wording.folded[number] not in KINDS | NOUNS | ROLES

    def _around(self, hit: Hit, kind: str) -> float:
        """Weigh the words of the market in the sentence of a name, and headlines like "Apple to Open Stores"."""
        if kind in {DISTINCT, ACRONYM}:
            return 0.0
        weight = min(0.25, 0.1 * self.market_words(hit.first))
        opens = hit.first == self.wording.sentence(hit.first)[0]
        if opens and self.wording.style(hit.first) in {TITLE, CAPITALS} and self._is_headline(hit):
            weight += 0.25
        return weight

    def market_words(self, number: int) -> int:
        """Return how many words of the market, and signs of per cent, the sentence of a word has."""
        first, behind = self.wording.sentence(number)
        if first not in self._market:
            words = sum(word in MARKET for word in self.wording.folded[first:behind])
            signs = self.wording.text.count("%", self.wording.starts[first], self.wording.ends[behind - 1] + 1)
            self._market[first] = words + signs
        return self._market[first]

    def _is_headline(self, hit: Hit) -> bool:
        return hit.behind < len(self.wording) and self.wording.folded[hit.behind] == "to"
