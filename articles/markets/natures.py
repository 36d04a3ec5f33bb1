"""What a name looks like, before its neighbors are asked: like nothing else, or like a word, a person or a place."""

from articles.markets.name_hits import Hit, is_acronym
from articles.markets.ordinary_words import is_given_name, is_ordinary, is_personal, is_place
from articles.markets.printed_exchanges import markets_named
from articles.markets.wording import Wording

#: What a name looks like.
DISTINCT, ACRONYM, PHRASE, PERSON_LIKE, ORDINARY, PERSONAL, PLACE, MARKETPLACE = (
    "distinct",
    "acronym",
    "phrase",
    "person-like",
    "ordinary",
    "personal",
    "place",
    "marketplace",
)


def nature(wording: Wording, hit: Hit) -> str:
    """Say what a name looks like; see the constants."""
    if hit.unspaced:
        return DISTINCT
    if is_place(hit.key):
        return PLACE
    words = [word for word in _words(wording, hit) if word not in {"the", "of", "and"}]
    if len(words) <= 1:
        return _nature_of_word(wording, hit, words[0] if words else hit.key)
    is_spaced = len(words) == 2 and wording.gap(hit.first + 1) in {" ", "\u00a0"}
    if all(is_ordinary(word) or is_personal(word) or is_place(word) or word.isdigit() for word in words):
        return PERSON_LIKE if is_spaced and is_given_name(words[0]) and is_personal(words[1]) else PHRASE
    return PERSON_LIKE if is_spaced and is_given_name(words[0]) else DISTINCT


def _words(wording: Wording, hit: Hit) -> list[str]:
    words = [
        word
        for start, word in zip(
            wording.starts[hit.first : hit.behind], wording.folded[hit.first : hit.behind], strict=True
        )
        if start < hit.core_end
    ]
    return [hit.key] if len(words) == 1 else words


def _nature_of_word(wording: Wording, hit: Hit, word: str) -> str:
    if markets_named(word):
        return MARKETPLACE
    if wording.possessive_end(hit.first) and hit.core_end == wording.ends[hit.first]:
        return PHRASE if is_personal(word[:-1]) or is_ordinary(word[:-1]) else DISTINCT
    if wording.words[hit.first].isupper() and any(is_acronym(alias.name) for alias, _how in hit.entries):
        return ACRONYM
    if is_personal(word):
        return PERSONAL
    if is_place(word):
        return PLACE
    return ORDINARY if is_ordinary(word) else DISTINCT
