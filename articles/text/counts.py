"""How long a story is."""

import math
import re

# Characters of scripts written without spaces, each about a word: Han and Japanese syllables.
IDEOGRAPH = re.compile(
    "[\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)
# Dashes longer than a hyphen part words even where they touch them.
_BETWEEN_WORDS = re.compile("[\\s/|\u2012-\u2015\u2e3a\u2e3b]+")

WORDS_A_MINUTE = 230
IDEOGRAPHS_A_MINUTE = 400


def words(text: str) -> list[str]:
    """Return the words of plain text in order; each Chinese or Japanese character is one.

    What holds no letter or digit ("&", "*") is no word; "Alibaba's", "3,500.5" and "well-known" are one each.
    Thai, Lao, Khmer and Burmese, written without spaces too, count a phrase as a word.
    """
    spaced = IDEOGRAPH.sub(lambda match: f" {match[0]} ", text)
    return [word for word in _BETWEEN_WORDS.split(spaced) if any(map(str.isalnum, word))]


def count_words(text: str) -> int:
    """Return how many words plain text has, as `words` tells them apart."""
    return len(words(text))


def reading_minutes(text: str) -> int:
    """Return the minutes it takes to read plain text, rounded up; 0 when it has no words."""
    ideographs = len(IDEOGRAPH.findall(text))
    others = count_words(text) - ideographs
    return math.ceil(others / WORDS_A_MINUTE + ideographs / IDEOGRAPHS_A_MINUTE)
