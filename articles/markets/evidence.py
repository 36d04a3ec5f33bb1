"""How sure it is that a name in a text is a company's, by its looks and by the words around it.

Confidences are sums of small weights, from 0 to 1. A name that could be nothing else starts high; ordinary words,
people's names and places start low and need words of the market, of the company's doings or of its kind beside them.
"""

from articles.markets.aliases import WHOLE
from articles.markets.context_words import MARKET, OPENERS
from articles.markets.legal_endings import TRADE, has_ending_of
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
from articles.markets.ordinary_words import ABBREVIATIONS
from articles.markets.wording import CAPITALS, PLAIN, Wording
from articles.markets.words_before import weigh_before
from articles.markets.words_behind import VERBS, is_foreign, is_said_by_its_kind, weigh_behind

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
        weight += weigh_before(self.wording, hit, kind) + weigh_behind(self.wording, hit, kind)
        weight += self._around(hit, kind) + self._ending(hit, kind)
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

    def _ending(self, hit: Hit, kind: str) -> float:
        """Weigh a legal form behind a name: "Gap Inc" is the company, "Orange Holdings" another one than Orange SA."""
        if not hit.has_ending:
            return 0.0
        written = self.wording.text[hit.core_end : hit.end]
        if any(has_ending_of(written, alias.name) for alias, _how in hit.entries):
            return 0.5
        return 0.0 if kind in {DISTINCT, ACRONYM} else -0.3

    def _around(self, hit: Hit, kind: str) -> float:
        """Weigh the words of the market in the sentence of a name, and headlines like "Apple to Open Stores"."""
        if kind in {DISTINCT, ACRONYM} and hit.how == WHOLE and not is_foreign(self.wording, hit):
            return 0.0
        # The beginning of a name may be that of much else: "Grand Canyon" is not only an education company's.
        most = 0.1 if kind == PHRASE and hit.how == FIRST else 0.3
        weight = min(most, 0.1 * self.market_words(hit.first))
        opens = hit.first == self.wording.sentence(hit.first)[0]
        if opens:
            weight += self._headline(hit) + 0.2 * is_said_by_its_kind(self.wording, hit)
        return weight

    def _headline(self, hit: Hit) -> float:
        first, second = [*self.wording.folded[hit.behind : hit.behind + 2], "", ""][:2]
        if first != "to":
            return 0.0
        return 0.42 if second in VERBS else 0.25 * (self.wording.style(hit.first) != PLAIN)

    def market_words(self, number: int) -> int:
        """Return how many words of the market, and signs of per cent, the sentence of a word has."""
        first, behind = self.wording.sentence(number)
        if first not in self._market:
            words = sum(word in MARKET for word in self.wording.folded[first:behind])
            text = self.wording.text[self.wording.starts[first] : self.wording.ends[behind - 1] + 1]
            self._market[first] = words + text.count("%") + any(sign in text for sign in "$€£¥")
        return self._market[first]
