"""The CDNs that Newsroom works with, one file each: the scheme of CDN_URL is the name of the file.

A file has a class `ADAPTER`, a `articles.purging.cdn.Cdn`. Nothing here needs settings or models.
"""

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from urllib.parse import parse_qsl, urlsplit

from articles.purging.cdn import Cdn


@lru_cache(maxsize=1)
def adapters() -> Mapping[str, type[Cdn]]:
    """Return the class for each scheme."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").ADAPTER for name in names}


@lru_cache(maxsize=8)
def find(url: str, token: str) -> Cdn:
    """Return the CDN that CDN_URL and CDN_TOKEN name.

    Raises ValueError, its message beginning with the name of the variable that is wrong.
    """
    scheme = url.partition(":")[0].lower()
    if "://" not in url or scheme not in adapters():
        known = ", ".join(adapter.example for adapter in adapters().values())
        raise ValueError(f"CDN_URL is {url!r}, which is none that is known; write it as one of: {known}.")
    address = urlsplit(url)
    if address.path.strip("/") or address.fragment or "@" in address.netloc:
        raise ValueError(f"CDN_URL is {url!r}; write it as {adapters()[scheme].example}, the token goes to CDN_TOKEN.")
    if not token.isascii() or not token.isprintable():
        raise ValueError("CDN_TOKEN has characters that no header can carry.")
    return adapters()[scheme].at(address, dict(parse_qsl(address.query)), token)
