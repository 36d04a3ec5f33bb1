"""The providers that Newsroom works with, one file each: the scheme of an address in QUOTE_PROVIDERS finds it.

A file has a class `PROVIDER`, an `articles.quotes.provider.Provider`. Nothing here needs settings or models.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import urlsplit

from articles.quotes.provider import Provider


@lru_cache(maxsize=1)
def providers() -> Mapping[str, type[Provider]]:
    """Return the class for each scheme."""
    found: dict[str, type[Provider]] = {}
    for module in sorted(module.name for module in iter_modules(__path__)):
        provider: type[Provider] = import_module(f"{__name__}.{module}").PROVIDER
        found |= dict.fromkeys(provider.schemes, provider)
    return found


def find(address: str, keys: Mapping[str, str]) -> Provider:
    """Return the provider at an address; `keys` are by host name. Raises ValueError with what is wrong."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        raise ValueError(f"has {address!r}, which is no address.") from None
    known = providers()
    if parts.scheme not in known:
        examples = ", ".join(dict.fromkeys(provider.example for provider in known.values()))
        raise ValueError(f"has {address!r}, which is none that is known; write it as one of: {examples}.")
    if parts.username or parts.password:
        raise ValueError("has a password in an address; put keys into QUOTE_KEYS, as quotes.example.com=KEY.")
    return known[parts.scheme].at(parts, keys.get(host, ""))
