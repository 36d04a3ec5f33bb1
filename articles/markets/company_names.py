"""Names of companies as registers and exchanges print them: which of them are one."""

from articles.markets.folding import fold_words
from articles.markets.legal_endings import core_of, without_security


def name_key(name: str) -> str:
    """Return what one name has in common with its other spellings: "APPLE INC /CA/" and "Apple Inc." are "apple"."""
    return "".join(core_of(fold_words(without_security(name))))


def company_name(security: str) -> str:
    """Return the name of a company from that of its security: "Imperial Oil Limited" for its "… Common Stock"."""
    name = without_security(security)
    # "Limited" may belong to either: to the company, unless it is its partners that are limited.
    rest = security[len(name) :].strip(" ,").lower()
    return f"{name} Limited" if rest.startswith("limited ") and not rest.startswith("limited partner") else name
