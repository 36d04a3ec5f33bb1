"""Decide where a link in a story may lead."""

import re
from urllib.parse import parse_qs, quote, urlsplit

# Browsers ignore these inside an address, which is how "java&#9;script:" hides.
_IGNORED = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]")
_WEB = re.compile(r"(https?)://(?=[^/?#\\@:\s])", re.IGNORECASE)
_MAIL = re.compile(r"mailto:(?=[^\s?])", re.IGNORECASE)
_LOCAL = re.compile(r"/(?![/\\])|#(?=.)")
_GOOGLE_REDIRECT = re.compile(r"https?://(?:www\.)?google\.[a-z.]{2,6}/url\?", re.IGNORECASE)
_REDIRECTS_FOLLOWED = 5
# Everything that is legal in an address (RFC 3986) or in its international form (RFC 3987) is left alone.
_UNSAFE = re.compile(r'[\s"<>\\^`{|}]')


def safe_href(href: str) -> str:
    r"""Return the address to store for a link, or "" when the link must go.

    Allowed are http, https and mailto addresses, paths from the root ("/markets/") and places on
    the page ("#terms"). Refused is everything else, `//host/` and `/\host/` included. Google's redirect
    links are unwrapped.
    """
    address = _IGNORED.sub("", href).strip()
    for _ in range(_REDIRECTS_FOLLOWED):
        if not _GOOGLE_REDIRECT.match(address):
            break
        address = _IGNORED.sub("", _redirect_target(address)).strip()
    return _UNSAFE.sub(lambda match: quote(match[0]), _allowed(address))


def _allowed(address: str) -> str:
    """Return the address with its scheme in lower case, or "" when it may not stand in a story."""
    if _LOCAL.match(address):
        return address
    if _MAIL.match(address):
        return "mailto:" + address[len("mailto:") :]
    web = _WEB.match(address)
    if web is None or not _has_host(address):
        return ""
    return web[1].lower() + address[len(web[1]) :]


def _has_host(address: str) -> bool:
    """Say whether an address splits into parts; a bad port or bracket makes the library raise."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _redirect_target(address: str) -> str:
    """Return where Google's redirect leads, or "" when it does not say."""
    try:
        query = parse_qs(urlsplit(address).query)
    except ValueError:
        return ""
    return next(iter(query.get("q") or query.get("url") or []), "")
