"""The folded form of words: what "Nestlé", "NESTLE" and "nestle" have in common."""

import unicodedata
from functools import lru_cache
from re import compile as pattern

#: Letters that Unicode does not take apart, though newsrooms do.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th"})
_LETTER = r"[^\W\d_]"
#: Marks that Python does not count among the characters of a word, though scripts do.
_INSIDE = r"(?:[^\W_]|[\u0300-\u036f\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0b80-\u0bcd])"
#: A word: an acronym with full stops, "A/S", "&", or letters and digits with apostrophes between them.
WORD = pattern(
    rf"(?<!\w)(?:{_LETTER}\.)+{_LETTER}(?![^\W_])\.?"
    r"|(?<!\w)[AK]/S(?!\w)"
    r"|&"
    rf"|{_INSIDE}+(?:['’ʼ＇]{_INSIDE}+)*"
)
_DROPPED = str.maketrans("", "", "'’ʼ＇./")


def fold(word: str) -> str:
    """Return a word without case, accents, apostrophes and the full stops of an acronym; "&" is "and"."""
    if word.isascii():
        folded = word.lower()
        return folded if folded.isalnum() else "and" if folded == "&" else folded.translate(_DROPPED)
    return _fold_letters(word)


@lru_cache(maxsize=20_000)
def _fold_letters(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold().translate(_LETTERS))
    bare = "".join(part for part in parts if not unicodedata.combining(part))
    # Scripts whose vowels are combining marks keep nothing but consonants here, which tells their names apart well
    # enough; Hangul is put together again, for whoever types it does not take it apart.
    return unicodedata.normalize("NFC", bare).translate(_DROPPED)


def fold_words(text: str) -> list[str]:
    """Return the folded words of a name."""
    return [fold(word) for word in WORD.findall(text)]
