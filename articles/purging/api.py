"""What the APIs of CDNs have in common: an address over https, and answers in JSON."""

import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from articles.asking import Answer


def api_address(options: Mapping[str, str], default: str) -> str:
    """Return where the API is: the option `api` of CDN_URL, or the CDN's own address.

    Raises ValueError for one to which a token would travel in the open.
    """
    address = options.get("api", default).rstrip("/")
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))
    except ValueError:
        host, is_safe = "", False
    if unknown := sorted(set(options) - {"api"}):
        raise ValueError(f"CDN_URL has an option {unknown[0]!r}; there is only api=https://….")
    if not host or not is_safe:
        raise ValueError(f"CDN_URL has the option api={address!r}, which is no https address.")
    return address


def said_json(answer: Answer) -> dict[str, Any]:
    """Return the JSON object in an answer; {} when there is none."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
