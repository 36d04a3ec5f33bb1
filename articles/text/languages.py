"""Language tags and the direction they are read in."""

import re
from typing import Literal

from babel.core import get_global

# Scripts of ISO 15924 that are written from right to left.
_RIGHT_TO_LEFT = frozenset(
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Gara Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero Narb Nbat Nkoo "
    "Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Sidt Syrc Syre Syrj Syrn Thaa Yezi".split()
)
# Well-formed tags as RFC 5646, section 2.1, writes them, without the reserved and grandfathered ones.
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}(?:-[a-z]{3}){0,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE | re.ASCII,
)


def valid_language(tag: str) -> bool:
    """Say whether a language tag is well formed (BCP 47): "en", "zh-Hant-HK", "es-419"."""
    return _TAG.fullmatch(tag) is not None


def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction in which a language is read, by its BCP 47 tag.

    A script in the tag decides ("az-Arab"); without one the script is the one usual for the language in
    that region, by Unicode's likely subtags ("pa-PK"). What is unknown is read from left to right.
    """
    return "rtl" if _script(language) in _RIGHT_TO_LEFT else "ltr"


def _script(tag: str) -> str:
    """Return the script subtag that a language tag has or implies, "" when nobody knows."""
    match = _TAG.fullmatch(tag.strip().replace("_", "-"))
    if match is None:
        return ""
    if match["script"]:
        return match["script"].title()
    language = match["language"].partition("-")[0].lower()
    likely = get_global("likely_subtags")
    full: str = likely.get(f"{language}_{(match['region'] or '').upper()}") or likely.get(language, "")
    return next((part for part in full.split("_")[1:] if len(part) == 4), "")
