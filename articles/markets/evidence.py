"""How sure it is that a name in a text is a company's, by its looks and by the words around it.

Confidences are sums of small weights, from 0 to 1. A name that could be nothing else starts high; ordinary words,
people's names and places start low and need words of the market, of the company's doings or of its kind beside them.
"""

from re import compile as pattern

from articles.markets.aliases import WHOLE
from articles.markets.context_words import (
    ACTS,
    AUXILIARIES,
    COMPOUNDS,
    DEEDS,
    DOINGS,
    EXAMPLES,
    INDEX,
    KINDS,
    LINKS,
    MARKET,
    NOUNS,
    OPENERS,
    PREFIXES,
    RELATIONS,
    ROLES,
    SPEECH,
    VENUES,
)
from articles.markets.folding import fold
from articles.markets.legal_endings import TRADE
from articles.markets.name_hits import FIRST, Hit
from articles.markets.natures import (
    ACRONYM,
    DISTINCT,
    MARKETPLACE,
    ORDINARY,
    PERSON_LIKE,
    PERSONAL,
    PHRASE,
    PLACE,
    nature,
)
from articles.markets.ordinary_words import (
    ABBREVIATIONS,
    TITLES,
    is_given_name,
    is_place,
)
from articles.markets.wording import CAPITALS, PLAIN, TITLE, Wording

_START = {
    DISTINCT: 0.85,
    ACRONYM: 0.78,
    PHRASE: 0.6,
    PERSON_LIKE: 0.58,
    ORDINARY: 0.3,
    PERSONAL: 0.3,
    PLACE: 0.25,
    MARKETPLACE: 0.1,
}
#: What a capital within a sentence adds: ordinary words would be in small letters there.
_RAISED = {PHRASE: 0.2, ORDINARY: 0.42, PERSONAL: 0.15, PERSON_LIKE: 0.0, PLACE: 0.05}
_AGE = pattern(r", (?:aged )?\d{1,2},| \(\d{1,2}\)|, who\b|,? Jr\b")
#: Between a name and what is said of it in lists: "Caterpillar — Shares fell".
_DASH = pattern(r" ?(?:[-–—]|--|:) ")
_PASSIVE = frozenset("is was are were be been".split())
_VERBS = DEEDS | SPEECH | ACTS | DOINGS
#: What words behind a name weigh: for some kinds of names, and for the rest.
_FOLLOWING: tuple[tuple[frozenset[str], dict[str, float], float], ...] = (
    (INDEX, {}, -0.9),
    (NOUNS, {}, 0.5),
    (DEEDS, {PERSONAL: 0.35, PERSON_LIKE: 0.35}, 0.45),
    (SPEECH, {ORDINARY: 0.45}, 0.15),
    (ACTS, {PLACE: 0.1, ORDINARY: 0.4}, 0.25),
    (DOINGS, {PLACE: 0.1}, 0.25),
    (AUXILIARIES, {ORDINARY: 0.12, PHRASE: 0.12, DISTINCT: 0.05}, 0.0),
    (frozenset({"of"}), {}, -0.2),
)
_THE = pattern(r"\b[Tt]he\b")
_ADVERBS = frozenset("also now still then recently reportedly separately today later on not".split()) | AUXILIARIES


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
        how = hit.how
        weight = -0.17 if how == FIRST else -0.03 if how else 0.0
        if how and kind not in {DISTINCT, ACRONYM}:
            weight -= 0.4 if hit.key in TRADE else {PHRASE: 0.05, PLACE: 0.5}.get(kind, 0.06)
        if kind == PHRASE and hit.behind - hit.first > 2:
            weight += 0.2
        if style == PLAIN:
            if not self.wording.opens(hit.first):
                weight += 0.0 if self._is_shouted(hit) else _RAISED.get(kind, 0.0)
            elif kind == PHRASE:
                weight += 0.15
        elif kind == ACRONYM and style == CAPITALS:
            weight -= 0.25 if len(hit.key) < 4 else 0.1
        if self.wording.words[hit.first].islower() and kind not in {DISTINCT, ACRONYM}:
            weight -= 0.6
        if self.wording.words[hit.first] in ABBREVIATIONS or (hit.key in OPENERS and not hit.has_ending):
            weight -= 0.4
        return weight

    def _is_shouted(self, hit: Hit) -> bool:
        """Say whether a word is in capitals throughout, though neither its sentence nor the company's name is."""
        return len(hit.key) > 1 and self.wording.words[hit.first].isupper()

    def _right(self, hit: Hit, kind: str) -> float:
        """Weigh the words behind a name."""
        number, wording = hit.behind, self.wording
        possessive = hit.core_end == hit.end and hit.end < wording.ends[hit.behind - 1]
        if number >= len(wording):
            return 0.0
        gap = wording.text[hit.end : wording.starts[number]]
        if possessive or wording.text[hit.end : hit.end + 1] in {"'", "’"}:
            ahead = wording.folded[number : number + 4]
            return 0.5 if any(word in NOUNS for word in ahead) else 0.42 if kind == ORDINARY else 0.15
        if gap == "-":
            return self._compound(hit, number, kind)
        if gap not in {" ", "\u00a0"}:
            return self._set_off(hit, kind)
        return self._next_word(hit, number, kind)

    def _compound(self, hit: Hit, number: int, kind: str) -> float:
        if self.wording.folded[number] in COMPOUNDS:
            return 0.25
        return -0.1 if kind == DISTINCT and hit.how < FIRST else -0.5

    def _set_off(self, hit: Hit, kind: str) -> float:
        """Weigh what follows behind a comma or a bracket."""
        wording = self.wording
        if kind in {PERSONAL, PERSON_LIKE} and _AGE.match(wording.text, hit.end):
            return -0.5
        gap = wording.text[hit.end : wording.starts[hit.behind]]
        if (
            gap == ", "
            and kind != DISTINCT
            and (is_place(wording.folded[hit.behind]) or wording.folded[hit.behind] == "new")
        ):
            return -0.4
        return 0.5 if _DASH.fullmatch(gap) and wording.folded[hit.behind] in NOUNS else 0.0

    def _next_word(self, hit: Hit, number: int, kind: str) -> float:
        wording = self.wording
        word = wording.folded[number]
        following = wording.folded[number + 1] if number + 1 < len(wording) else ""
        if word in _ADVERBS and following in _VERBS and not (word in _PASSIVE and following in ACTS):
            word = following
        if word in VENUES and wording.words[number][0].isupper():
            return -0.5
        for words, weights, weight in _FOLLOWING:
            if word in words:
                # Headlines have no articles, so "Shell hits hospital" says nothing of who acts.
                return weight if words is ACTS and wording.style(hit.first) != PLAIN else weights.get(kind, weight)
        if wording.text[hit.end - 1] != "." and self._continues(hit, number):
            return 0.0 if kind in {DISTINCT, ACRONYM} and hit.how < FIRST else -0.4
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
            return -0.1 if hit.has_ending or any(_THE.search(alias.name) for alias, _how in hit.entries) else -0.5
        if wording.style(hit.first) == PLAIN and wording.words[number][0].isupper():
            return self._capital_before(number)
        return 0.0

    def _capital_before(self, number: int) -> float:
        """Weigh a word in capitals before a name that both may be of a longer one: "Trafalgar Square"."""
        wording = self.wording
        if wording.possessive_end(number) or wording.folded[number] in KINDS | NOUNS | ROLES:
            return 0.0
        if wording.opens(number):
            return 0.0 if wording.folded[number] in OPENERS else -0.25
        return -0.45

    def _around(self, hit: Hit, kind: str) -> float:
        """Weigh the words of the market in the sentence of a name, and headlines like "Apple to Open Stores"."""
        if kind in {DISTINCT, ACRONYM} and hit.how == WHOLE:
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
            text = self.wording.text[self.wording.starts[first] : self.wording.ends[behind - 1] + 1]
            self._market[first] = words + text.count("%") + any(sign in text for sign in "$€£¥")
        return self._market[first]

    def _is_headline(self, hit: Hit) -> bool:
        return hit.behind < len(self.wording) and self.wording.folded[hit.behind] == "to"
