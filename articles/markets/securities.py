"""Securities by the names that exchanges' files give them: shares, and what is told from them.

"Apple Inc. - Common Stock", "Alphabet Inc. - Class C Capital Stock", "Acme Corp. Warrants, each exercisable for …".
"""

import re
from enum import StrEnum
from typing import Final


class SecurityKind(StrEnum):
    """What a security is. Only shares, depositary receipts and partners' units stand for a company itself."""

    SHARE = "share"
    FUND = "fund"
    UNIT = "unit"
    WARRANT = "warrant"
    RIGHT = "right"
    NOTE = "note"
    PREFERRED = "preferred share"
    TEST = "test issue"


_PARTNERS: Final = re.compile(
    r"common units?|limited partner|depositary units?|units? of beneficial|units? representing", re.IGNORECASE
)
#: Rights that come with a share, and what stands in brackets behind it.
_ATTACHED: Final = re.compile(r"\([^()]*\)|\b(?:associated|with|including|purchase)\b.*\brights?\b", re.IGNORECASE)
_DEBT: Final = r"(?:notes?|debentures?|bonds?)"
#: In this order: a unit consists of shares and warrants, a warrant buys shares, a note may be converted into them.
_KINDS: Final = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        (SecurityKind.TEST, r"\btest (?:stock|issue|symbol|security)\b"),
        (SecurityKind.FUND, r"\bET[FNP]s?\b|exchange[- ]traded"),
        (SecurityKind.UNIT, r"\bunits?\b"),
        (SecurityKind.WARRANT, r"\bwarrants?\b"),
        (SecurityKind.RIGHT, r"\brights?\b"),
        (SecurityKind.NOTE, rf"\b{_DEBT} due\b|% .*\b{_DEBT}\b|\bnotes$"),
        (SecurityKind.PREFERRED, r"\b(?:preferred|preference)\b"),
    )
)
_CLASS: Final = re.compile(r"\b(?:class|series) ([a-z])\b", re.IGNORECASE)
_RECEIPT: Final = re.compile(r"american depositary|\bAD[RS]s?\b", re.IGNORECASE)
_IN_SYMBOL: Final = re.compile(r"[.\-/ ]([A-Z])$")
#: So many letters in common, but for the last, make symbols of one company: LBRDA and LBRDK.
_IN_COMMON: Final = 3


def kind_of(name: str) -> SecurityKind:
    """Return what a security is by its name. What stands before a dash is the company's name, and is not looked at."""
    company, dash, security = name.partition(" - ")
    described = _ATTACHED.sub(" ", security if dash else company)
    for kind, words in _KINDS:
        if not words.search(described):
            continue
        if kind is SecurityKind.UNIT and _PARTNERS.search(described):
            return SecurityKind.SHARE
        return kind
    return SecurityKind.SHARE


def share_class_of(name: str, symbol: str) -> str:
    """Return the class of a share by its name, or else by its symbol: "A", "B", "ADR"; "" where there is but one."""
    if found := _CLASS.search(name):
        return found[1].upper()
    if _RECEIPT.search(name):
        return "ADR"
    return found[1] if (found := _IN_SYMBOL.search(symbol)) else ""


def are_kin(one: str, other: str) -> bool:
    """Say whether two symbols look like those of one company: GOOG and GOOGL, LBRDA and LBRDK, BRK.A and BRK.B."""
    shorter, longer = sorted((one, other), key=len)
    is_same_length = len(shorter) == len(longer) > _IN_COMMON and shorter[:-1] == longer[:-1]
    return (longer.startswith(shorter) and len(longer) - len(shorter) <= 1) or is_same_length
