"""A text as its words: where each stands, its folded form, and the sentence around it."""

from bisect import bisect_right
from re import compile as pattern

from articles.markets.folding import WORD, fold

#: Folded words whose full stop ends no sentence.
_ABBREVIATED = frozenset(
    "mr mrs ms dr prof st sr jr inc corp co cos ltd bros vs no gen sen rep gov lt col sgt capt rev hon approx est dept "
    "jan feb mar apr jun jul aug sep sept oct nov dec bln mln".split()
)
_STOP = pattern(r"[.!?。！？…]|\n|\s[-–—*•]+\s|[:;]\s|[*•]")
_WIDE_STOPS = frozenset("。！？\n")
_OPENING = pattern(r"""["“„«「『(\[]\s*$|\s['‘]$""")
_POSSESSIVE = pattern(r"['’ʼ＇][sS]$")
_ELISION = pattern(r"^(?:[ldnsjm]|qu|dell|all|un)['’ʼ＇](?=\w)", 2)
#: Styles of a sentence.
PLAIN, TITLE, CAPITALS = "plain", "title", "capitals"
#: Words of German, whose nouns all have capitals.
_GERMAN = frozenset(
    "der die das den dem des ein eine einen einem einer und oder nicht ist sind war wird werden mit von zu zum zur im "
    "am auf aus bei fur uber nach vor seit zwischen sagte hat haben sich auch als wie dass nur noch".split()
)
_SMALL = frozenset("a an the and or but of in on at to for by with from as is its it be vs via into over after".split())


class Wording:
    """The words of a text. Lists run parallel: `starts`, `ends`, `folded`."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = [(match.start(), match.end(), match.group()) for match in WORD.finditer(text)]
        self.starts = [start for start, _end, _word in found]
        self.ends = [end for _start, end, _word in found]
        self.words = [word for _start, _end, word in found]
        self.folded = [fold(word) for word in self.words]
        self._firsts = self._sentence_starts()
        self._styles: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """Return the number of the word that begins at or before an offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def gap(self, number: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.ends[number - 1] if number else 0 : self.starts[number]]

    def sentence(self, number: int) -> tuple[int, int]:
        """Return the numbers of the first word of a word's sentence and of the first word behind the sentence."""
        place = bisect_right(self._firsts, number)
        return self._firsts[place - 1], self._firsts[place] if place < len(self._firsts) else len(self)

    def opens(self, number: int) -> bool:
        """Say whether a word has its capital from where it stands: first in a sentence, or behind a quotation mark."""
        return self.sentence(number)[0] == number or _OPENING.search(self.gap(number)) is not None

    def style(self, number: int) -> str:
        """Say how the sentence of a word is written: `PLAIN`, `TITLE` (capitals first) or `CAPITALS` only."""
        first, behind = self.sentence(number)
        if first not in self._styles:
            german = sum(word in _GERMAN for word in self.folded[first:behind])
            # A German "die" is an English verb, too, but two such words in one sentence are German.
            has_stop = self.text[self.ends[behind - 1] :][:1] == "."
            self._styles[first] = TITLE if german > 1 else _style(self.words[first:behind], 1.0 if has_stop else 0.85)
        return self._styles[first]

    def possessive_end(self, number: int) -> int:
        """Return where a word ends without its possessive ending; 0 if it has none."""
        found = _POSSESSIVE.search(self.words[number])
        return self.starts[number] + found.start() if found and found.start() else 0

    def elided_start(self, number: int) -> int:
        """Return where a word begins behind an elided article, as in "l'Oréal"; 0 if there is none."""
        found = _ELISION.match(self.words[number])
        return self.starts[number] + found.end() if found else 0

    def _sentence_starts(self) -> list[int]:
        starts = [0]
        for number in range(1, len(self.words)):
            gap = self.text[self.ends[number - 1] : self.starts[number]]
            # A single character ends no sentence, so "U.S.-based" is one, but for those that need no blank.
            if (len(gap) > 1 or gap in _WIDE_STOPS) and self._stops(number, gap):
                starts.append(number)
        return starts

    def _stops(self, number: int, gap: str) -> bool:
        found = _STOP.search(gap)
        if not found:
            return False
        if found.group() == "." and self.folded[number - 1] in _ABBREVIATED and "\n" not in gap:
            return False
        return not self.words[number][0].islower() or "\n" in gap


class Taken:
    """Which code points of a text are taken already."""

    def __init__(self, length: int) -> None:
        self._places = bytearray(length)

    def is_free(self, start: int, end: int) -> bool:
        """Say whether nothing between two offsets is taken."""
        return not any(self._places[start:end])

    def take(self, start: int, end: int) -> None:
        """Take what is between two offsets."""
        self._places[start:end] = b"\x01" * (end - start)


def _style(words: list[str], share: float) -> str:
    """Say how words are written; `share` of those that count have capitals in a headline, which has no full stop."""
    cased = [word for word in words if word[0].isalpha() and word.lower() != word.upper()]
    if len(cased) < 3:
        return PLAIN
    capitals = sum(word.isupper() for word in cased)
    if capitals >= 0.8 * len(cased) and any(len(word) > 4 and word.isupper() for word in cased):
        return CAPITALS
    telling = [word for word in cased if word.lower() not in _SMALL]
    raised = sum(not word[0].islower() for word in telling)
    return TITLE if len(telling) >= 4 and raised >= share * len(telling) else PLAIN
