"""Where in a text the names of a master stand, before anybody asks what they mean there."""

from collections.abc import Iterator
from dataclasses import dataclass
from re import compile as pattern

from articles.markets.aliases import PERSON, Alias, AliasIndex, is_unspaced, is_unspaced_character
from articles.markets.folding import fold
from articles.markets.legal_endings import ending_after
from articles.markets.ordinary_words import is_ordinary
from articles.markets.wording import CAPITALS, Taken, Wording

#: A row of the master that a place in a text may be of, and how its name was met.
Entry = tuple[Alias, int]
#: Only the first word of a name stands there: "Exxon" of "Exxon Mobil".
FIRST = 2

_JOINT = pattern(r"(?:[ \u00a0\u202f\u2009]?[-‐‑–'’./+!]?[ \u00a0\u202f\u2009]?|! )\Z")
_BEFORE_STOP = frozenset("bros st dr mr co jr sr inc".split())
_SMALL = frozenset(
    "a an the and of in on at to for by with de la le les du des y e und et del di da der die das".split()
)
_CAPITAL_FORMS = frozenset("SE AG SA NV AB ASA PLC SPA KGAA LLC LP AS OYJ BHD N V A S KK".split())


@dataclass(slots=True)
class Hit:
    """A place where a name stands: words `first` to before `behind`, code points `start` to before `end`.

    `core_end` is where the name ends without the legal forms that follow it.
    """

    first: int
    behind: int
    start: int
    end: int
    core_end: int
    key: str
    entries: list[Entry]
    unspaced: bool = False

    @property
    def how(self) -> int:
        """How much of a name stands there, at best: `WHOLE`, `SHORT` or `FIRST`."""
        return min(how for _alias, how in self.entries)

    @property
    def has_ending(self) -> bool:
        """Say whether a legal form follows: "Gap Inc"."""
        return self.end > self.core_end


def find_names(wording: Wording, index: AliasIndex) -> list[Hit]:
    """Return the longest names that a text may hold, in order, none overlapping another."""
    hits = list(_spaced(wording, index))
    if is_unspaced(wording.text):
        hits += _unspaced(wording, index, hits)
    return sorted(hits, key=lambda hit: hit.start)


def _spaced(wording: Wording, index: AliasIndex) -> Iterator[Hit]:
    number, count = 0, len(wording)
    while number < count:
        hit = _at(wording, index, number) if _may_begin(wording, index, number) else None
        if hit is None:
            number += 1
            continue
        yield hit
        number = hit.behind


def _may_begin(wording: Wording, index: AliasIndex, number: int) -> bool:
    first = wording.words[number][0]
    if not first.islower() or wording.folded[number] in index.small:
        return True
    return "’" in wording.words[number] or "'" in wording.words[number]


def _at(wording: Wording, index: AliasIndex, number: int) -> Hit | None:
    """Return the longest name that begins at a word."""
    elided = wording.elided_start(number)
    for start in (wording.starts[number], elided) if elided else (wording.starts[number],):
        if start != elided and wording.words[number][0].islower() and wording.folded[number] not in index.small:
            continue
        if hit := _longest(wording, index, number, start):
            return hit
    return _first_word(wording, index, number)


def _longest(wording: Wording, index: AliasIndex, number: int, start: int) -> Hit | None:
    found: tuple[int, int, str] | None = None
    joined = ""
    for last in range(number, min(number + index.most_words, len(wording))):
        if last > number and not _joins(wording, last):
            break
        word = wording.folded[last]
        if last == number and start != wording.starts[number]:
            word = fold(wording.text[start : wording.ends[number]])
        if index.has_name(joined + word) and _is_spelled(wording, number, last):
            found = (last, wording.ends[last], joined + word)
        elif bare := wording.possessive_end(last):
            stem = fold(wording.text[max(start, wording.starts[last]) : bare])
            if index.has_name(joined + stem) and _is_spelled(wording, number, last):
                found = (last, bare, joined + stem)
        joined += word
    if found is None:
        return None
    last, end, key = found
    entries = [entry for entry in index.named(key) if _fits(wording, number, last, entry[0])]
    return _hit(wording, (number, last + 1), (start, end), key, entries) if entries else None


def _hit(wording: Wording, words: tuple[int, int], span: tuple[int, int], key: str, entries: list[Entry]) -> Hit:
    end = span[1]
    whole = end if end < wording.ends[words[1] - 1] else ending_after(wording.text, end)
    return Hit(words[0], max(words[1], wording.at(whole - 1) + 1), span[0], whole, end, key, entries)


def _joins(wording: Wording, number: int) -> bool:
    """Say whether a word and the one before it may be of one name."""
    gap = wording.gap(number)
    if gap in {" ", "-", "\u00a0"}:
        return True
    if gap == ". ":
        before = wording.folded[number - 1]
        return len(before) == 1 or before in _BEFORE_STOP
    return _JOINT.match(gap) is not None


def _is_spelled(wording: Wording, number: int, last: int) -> bool:
    """Say whether no word of a name of several is in small letters but those that always are."""
    if last == number:
        return True
    for place in range(number + 1, last + 1):
        word = wording.words[place]
        if word[0].islower() and word not in _SMALL and wording.gap(place) not in {".", "'", "’"}:
            return False
    return True


def _fits(wording: Wording, number: int, last: int, alias: Alias) -> bool:
    """Say whether a name that is written in capitals, such as ING, is so in the text, too."""
    if last > number or not is_acronym(alias.name) or alias.kind == PERSON:
        return True
    word = wording.words[number]
    is_as_printed = word[:2].isupper() or len(word) > 4 or not word[0].isupper()
    return is_as_printed or wording.style(number) == CAPITALS or is_ordinary(wording.folded[number])


def is_acronym(name: str) -> bool:
    """Say whether a name is a short one in capitals, and not because its whole file is in capitals."""
    words = name.replace(".", " ").replace(",", " ").split()
    if not words or not words[0].isupper() or len(words[0]) > 4:
        return False
    return all(word in _CAPITAL_FORMS or not word.isupper() for word in words[1:])


def _first_word(wording: Wording, index: AliasIndex, number: int) -> Hit | None:
    """Return the hit of one or two words with which one name alone begins."""
    if wording.words[number][0].islower():
        return None
    for last in (number + 1, number):
        if last >= len(wording) or (last > number and not (_joins(wording, last) and wording.words[last][0].isupper())):
            continue
        before = wording.folded[number] if last > number else ""
        for end in (wording.ends[last], wording.possessive_end(last)):
            key = before + fold(wording.text[wording.starts[last] : end]) if end else ""
            if len(key) > 3 and (alias := index.beginning(key)):
                return _hit(wording, (number, last + 1), (wording.starts[number], end), key, [(alias, FIRST)])
    return None


def _unspaced(wording: Wording, index: AliasIndex, taken: list[Hit]) -> Iterator[Hit]:
    text, places = wording.text, Taken(len(wording.text))
    for hit in taken:
        places.take(hit.start, hit.end)
    for start, end, key in index.unspaced(text):
        if not _stands_alone(text, start, end) or not places.is_free(start, end):
            continue
        entries = list(index.unspaced_named(key))
        number = wording.at(start)
        yield Hit(number, number + 1, start, end, end, key, entries, unspaced=True)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether a name is no part of a longer run of kana, or of Latin letters, or the end of a word in Hangul."""
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    if before and (_script(before) == _script(first) != "" or (_is_latin(before) and _is_latin(first))):
        return False
    if after and _script(last) == "kana" == _script(after):
        return False
    return not (after and _is_latin(after) and _is_latin(last))


def _script(character: str) -> str:
    if "\u30a0" <= character <= "\u30ff" and character != "・":
        return "kana"
    return "hangul" if "\uac00" <= character <= "\ud7a3" else ""


def _is_latin(character: str) -> bool:
    return character.isalnum() and not is_unspaced_character(character)
