"""Under what a name stands in an index A–Z: one order of names, the same on every database."""

from typing import Final

#: How much of a name decides about its place.
FILED_LENGTH: Final = 80
#: Where names stand that begin with no letter of the Latin alphabet, and digits.
OTHER: Final = "#"
#: The parts of an index, in order.
LETTERS: Final = (*"abcdefghijklmnopqrstuvwxyz", OTHER)

#: The first character behind "z": what no Latin letter begins is filed behind it.
_BEHIND: Final = "{"
#: Letters of the Latin script that are no letter with a mark, as an English index files them.
_PLAIN: Final = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th"}
)


def filed_as(name: str) -> str:
    """Return what a name is sorted by: "Électricité de France" is "electricite de france".

    Case, accents and width do not count, nor do quotation marks and their like at the beginning. Whatever begins with
    no Latin letter comes last, digits first.
    """
    # What folds text parses markup, too: who reads needs neither.
    from articles.text.plain import search_text

    folded = search_text(name).translate(_PLAIN)
    start = next((place for place, character in enumerate(folded) if character.isalnum()), 0)
    folded = folded[start:]
    return (folded if "a" <= folded[:1] <= "z" else _BEHIND + folded)[:FILED_LENGTH]


def bounds(letter: str) -> tuple[str, str]:
    """Return from where until before where the names of a letter are filed. Raises `ValueError` for no letter."""
    if letter == OTHER:
        return _BEHIND, chr(ord(_BEHIND) + 1)
    if len(letter) != 1 or letter not in LETTERS:
        raise ValueError(letter)
    return letter, chr(ord(letter) + 1)
