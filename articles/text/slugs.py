"""Readable parts of addresses, in any script."""

import re
import unicodedata

SLUG_LENGTH = 80

# A Turkish capital I with a dot folds to an i with a second one.
_SECOND_DOT = re.compile("i\u0307+")
_HYPHENS = re.compile("-+")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u2018\u02bc\uff07")


def make_slug(text: str, limit: int = SLUG_LENGTH) -> str:
    """Return text as a slug of at most `limit` characters: "Alibaba's profit, up 5%" is "alibabas-profit-up-5".

    Letters with their marks and digits of every script stay, in lower case; everything else parts words
    by one hyphen. A long slug ends with a whole word, if there is one. There is no hyphen at an end,
    so the slug can be told from a key that follows it. It is "" when the text has no letter or digit.
    """
    kept = "".join(_kept(_fold(text.translate(_APOSTROPHES))))
    slug = _HYPHENS.sub("-", unicodedata.normalize("NFC", kept)).strip("-")
    return _cut(_SECOND_DOT.sub("i", slug), limit)


def _fold(text: str) -> str:
    """Return text in the one form that all its spellings share (NFKC, case folded)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _kept(text: str) -> list[str]:
    """Return the characters of a slug, a hyphen for each that parts words."""
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if _is_variation(character) or category == "Cf":
            continue
        follows_letter = bool(kept) and kept[-1] != "-"
        stays = category[0] == "L" or category == "Nd" or (category in {"Mn", "Mc"} and follows_letter)
        kept.append(character if stays else "-")
    return kept


def _is_variation(character: str) -> bool:
    """Say whether a mark only picks a picture for the character before it, as after many emoji."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _cut(slug: str, limit: int) -> str:
    """Return the slug cut to a length: after a word, else at least not inside a letter and its marks."""
    if len(slug) <= limit:
        return slug
    whole_words = slug[: limit + 1].rpartition("-")[0]
    if whole_words:
        return whole_words
    end = limit
    while end and unicodedata.category(slug[end])[0] == "M":
        end -= 1
    return slug[:end]
