"""What the words before a name say of it: "shares of Gap", "the gap", "Gerald Ford", "Trafalgar Square"."""

from re import compile as pattern

from articles.markets.context_words import (
    ACTS,
    AUXILIARIES,
    DEEDS,
    DOINGS,
    EXAMPLES,
    KINDS,
    KINSHIP,
    LINKS,
    NO_OBJECTS,
    NOUNS,
    OPENERS,
    PREFIXES,
    PRODUCTS,
    RELATIONS,
    ROLES,
    SPEECH,
    TAKINGS,
)
from articles.markets.name_hits import Hit
from articles.markets.natures import ACRONYM, DISTINCT, ORDINARY
from articles.markets.ordinary_words import TITLES, is_given_name, is_place
from articles.markets.wording import PLAIN, Wording

_THE = pattern(r"\b[Tt]he\b")
#: What stands behind a name that is not the attribute of it.
_NO_ATTRIBUTED = NOUNS | ROLES | PRODUCTS | AUXILIARIES | NO_OBJECTS | ACTS | DEEDS | DOINGS | SPEECH | TAKINGS
_BLANKS = frozenset({" ", "\u00a0"})


def weigh_before(wording: Wording, hit: Hit, kind: str) -> float:
    """Return what the words before a name of a kind add to its weight, or take from it."""
    number = hit.first - 1
    if number < 0:
        return 0.0
    gap = wording.text[wording.ends[number] : hit.start]
    if gap == "-":
        return 0.0 if wording.folded[number] in PREFIXES or kind == DISTINCT else -0.4
    if gap in {".", "/"} or gap.endswith(("@", "#")):
        return -0.5
    if follows_a_person(wording, hit, kind):
        return -0.6
    if wording.sentence(hit.first)[0] == hit.first or gap not in _BLANKS | {" “", ' "'}:
        return 0.0
    return _word_before(wording, hit, kind)


def follows_a_person(wording: Wording, hit: Hit, kind: str) -> bool:
    """Say whether a title, a given name or a middle initial stands before a name, which is probably a surname then."""
    number = hit.first - 1
    gap = wording.text[wording.ends[number] : hit.start] if number >= 0 else ""
    if gap not in _BLANKS | {". "}:
        return False
    word = wording.folded[number]
    if gap == ". ":
        is_initial = len(word) == 1 and number > 0 and is_given_name(wording.folded[number - 1])
        return is_initial or word in TITLES
    if wording.words[number][0].islower():
        return word in KINSHIP and kind not in {DISTINCT, ACRONYM}
    if word in TITLES:
        return kind != ACRONYM
    return is_given_name(word) and not wording.possessive_end(number)


def _word_before(wording: Wording, hit: Hit, kind: str) -> float:
    number = hit.first - 1
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
        return _capital_before(wording, hit, kind)
    return 0.0


def _is_attribute(wording: Wording, hit: Hit) -> bool:
    """Say whether a name stands before a word in small letters that is none of the market: "NASA's Intel briefing"."""
    if hit.behind >= len(wording) or wording.gap(hit.behind) != " ":
        return False
    word = wording.words[hit.behind]
    return word.islower() and not word.endswith("ed") and wording.folded[hit.behind] not in _NO_ATTRIBUTED


def _capital_before(wording: Wording, hit: Hit, kind: str) -> float:
    """Weigh a word in capitals before a name that both may be of a longer one: "Trafalgar Square"."""
    number = hit.first - 1
    word = wording.folded[number]
    if wording.possessive_end(number) and kind == ORDINARY and _is_attribute(wording, hit):
        return -0.2
    if wording.possessive_end(number) or word in KINDS | NOUNS | ROLES:
        return 0.0
    if wording.opens(number) and not is_place(word):
        return 0.0 if word in OPENERS else -0.25
    if is_place(word):
        return 0.0 if word in OPENERS else -0.7
    return -0.45
