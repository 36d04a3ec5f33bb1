"""Where a name begins and ends in running text, whatever the script."""

import unicodedata
from collections.abc import Iterable
from html import escape

#: Scripts written without blanks between words: a name may stand directly beside their letters.
_RUNS_ON = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # 々 and its neighbors
    (0x3040, 0x309F),  # Hiragana; Katakana words do end where another script begins
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
_HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7FF))
_KATAKANA = ((0x30A0, 0x30FF), (0x31F0, 0x31FF))

#: Signs that tie what follows to what stands before: "Alibaba-backed", "alibaba.com", "T&D".
_TIES = frozenset("-\u2010\u2011.&_@")
#: Signs before a name that make it part of an address, a tag or an HTML entity.
_LEADS = frozenset("@#&")
#: How clean HTML writes the one tie that it cannot write as it is: "AT&amp;T".
_AMPERSAND = "&amp;"
#: How much of what stands before and behind a name says whether it is a word.
NEAR = len(_AMPERSAND) + 1

#: One character for one, so that a place in the straight text is the same place in the copy.
_STRAIGHT = str.maketrans({"’": "'", "\u00a0": " ", "（": "(", "）": ")", "：": ":", "，": ",", "；": ";"})


def straight(text: str) -> str:
    """Return text with the signs of print as a keyboard writes them, each in its place."""
    return text.translate(_STRAIGHT)


def forms(name: str) -> Iterable[str]:
    """Return how a name may be written in straight HTML text: an accent is one character or two; none for no name."""
    written = straight(escape(name.strip(), quote=False))
    return dict.fromkeys(unicodedata.normalize(form, written) for form in ("NFC", "NFD")) if written else ()


def has_name(line: str, names: Iterable[str]) -> bool:
    """Say whether a line of plain text has one of the names as whole words, upper and lower case as in the name."""
    html = straight(escape(unicodedata.normalize("NFC", line), quote=False))
    return any(_stands_in(html, next(iter(forms(name)))) for name in names if name.strip())


def is_subject(headline: str, names: Iterable[str], *, opens: bool) -> bool:
    """Say whether a story is about a company that its text names: in the first paragraph (`opens`) or the headline."""
    return opens or has_name(headline, names)


def _stands_in(html: str, name: str) -> bool:
    start = html.find(name)
    while start >= 0:
        end = start + len(name)
        if starts_word(html[max(0, start - NEAR) : start], name[0]) and ends_word(name[-1], html[end : end + NEAR]):
            return True
        start = html.find(name, start + 1)
    return False


def starts_word(before: str, first: str) -> bool:
    """Say whether a name may begin with `first` after the HTML text `before`, of which the last `NEAR` count."""
    if before.endswith(_AMPERSAND):
        before = before[: -len(_AMPERSAND)]
        return not _joined(before[-1:], first)
    last = before[-1:]
    if last in _LEADS and last:
        return False
    if last in _TIES and last:
        return not _joined(before[-2:-1], first)
    return not _joined(last, first)


def ends_word(last: str, after: str) -> bool:
    """Say whether a name may end with `last` before the HTML text `after`, of which the first `NEAR` count."""
    if after.startswith(_AMPERSAND):
        return not _joined(last, after[len(_AMPERSAND) :][:1])
    following = after[:1]
    if following in _TIES and following:
        return not _is_letter(after[1:2])
    # Korean particles are written on to the name: 삼성전자는.
    return _in(following, _HANGUL) or not _joined(last, following)


def _joined(left: str, right: str) -> bool:
    if not (_is_letter(left) and _is_letter(right)):
        return False
    if _in(left, _RUNS_ON) or _in(right, _RUNS_ON):
        return False
    return _in(left, _KATAKANA) == _in(right, _KATAKANA)


def _is_letter(character: str) -> bool:
    """Say whether the character is part of a word: a letter, a digit or a mark on one."""
    return bool(character) and unicodedata.category(character)[0] in "LNM"


def _in(character: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return bool(character) and any(low <= ord(character) <= high for low, high in ranges)
