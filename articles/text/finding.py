"""The words by which a name or a headline is found, of which only beginnings may be typed."""

import re
import unicodedata

from articles.text.plain import search_text

#: Longer words are found by their first characters.
LONGEST = 40
# Scripts that put no blanks between words: Thai to Burmese, Khmer, Chinese and Japanese.
_UNSPACED = re.compile(
    "([\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
)


def words_of(text: str) -> list[str]:
    """Return the words under which a text is entered in an index, each once.

    They are folded as `plain.search_text` does. Where a script has no blanks, every character begins a word of two.
    """
    found: dict[str, None] = {}
    for run, is_unspaced in _runs(text):
        found.update(dict.fromkeys(run[n : n + 2] for n in range(len(run))) if is_unspaced else {run[:LONGEST]: None})
    return list(found)


def words_sought(text: str, most: int = 8) -> list[str]:
    """Return the words that something must have, or have the beginnings of, to be found by a typed text."""
    found: dict[str, None] = {}
    for run, is_unspaced in _runs(text):
        pairs = [run[n : n + 2] for n in range(max(1, len(run) - 1))] if is_unspaced else [run[:LONGEST]]
        found.update(dict.fromkeys(pairs))
    return list(found)[:most]


def _runs(text: str) -> list[tuple[str, bool]]:
    """Return the folded runs of letters and digits of a text, and whether each is of a script without blanks."""
    # Who types "alibaba" finds "Alibaba's", and "o'brien" and "obrien" are one name.
    folded = search_text(text).replace("'", "")
    kept = (character if unicodedata.category(character)[0] in "LMN" else " " for character in folded)
    return [
        (run, bool(_UNSPACED.match(run)))
        for word in "".join(kept).split()
        for run in _UNSPACED.split(word)
        if run and unicodedata.category(run[0])[0] != "M"
    ]
