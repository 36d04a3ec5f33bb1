"""Quotes that a server gives as JSON."""

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import batched
from typing import Any, Final, Self
from urllib.parse import SplitResult, parse_qsl, quote

from articles.asking import Answer, Request, Unanswered, ask_all, wait_asked_for
from articles.quotes.lines import read_json
from articles.quotes.provider import Delivery, Provider, Unavailable, Wanted

#: What stands in the address for the listings that are asked for.
SYMBOLS: Final = "{symbols}"
#: How many listings are asked for at once.
_AT_ONCE: Final = 50
#: How many questions are asked side by side.
_SIDE_BY_SIDE: Final = 4
#: Seconds that a question may take.
_WITHIN: Final = 10.0
_LARGEST: Final = 5_000_000
_FIELDS: Final = ("symbol", "mic", "price", "previous_close", "currency", "as_of", "delay_minutes")
_ROWS: Final = "rows"


@dataclass(frozen=True)
class HttpJson(Provider):
    """A server that answers a GET with objects of JSON.

    The address may have `{symbols}` for the listings that are wanted, as XNYS:BABA,XHKG:9988; without it one question
    gets all. Its fragment says what is called otherwise: `#rows=data.quotes&price=last&as_of=time`. Redirects are not
    followed, and a key goes to the host that it was given for and to no other.
    """

    schemes = ("https", "http")
    example = "https://quotes.example.com/v1?symbols={symbols}#rows=data&price=last"

    url: str
    name: str
    names: Mapping[str, str]
    key: str = ""

    @classmethod
    def at(cls, address: SplitResult, key: str) -> Self:
        """Return the server at an address; plain http is for this machine only."""
        host = address.hostname or ""
        if not host or (address.scheme == "http" and not _is_here(host)):
            raise ValueError(f"has {address.geturl()!r}; use https, http is for this machine only.")
        names = dict(parse_qsl(address.fragment))
        unknown = [name for name in names if name not in (*_FIELDS, _ROWS)]
        if unknown:
            raise ValueError(f"renames {unknown[0]!r}; what has a name is: {', '.join((*_FIELDS, _ROWS))}.")
        if key and not (key.isascii() and key.isprintable()):
            raise ValueError(f"has a key for {host} with characters that no header can carry.")
        return cls(address._replace(fragment="").geturl(), host[:40], names, key)

    def fetch(self, wanted: Sequence[Wanted]) -> Sequence[Delivery]:
        """Ask for quotes of these listings, a few questions side by side."""
        if SYMBOLS in self.url:
            asked = [",".join(one.code for one in batch) for batch in batched(wanted, _AT_ONCE, strict=False)]
        else:
            asked = [""]
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {self.key}"} if self.key else {})
        requests = [Request("GET", self.url.replace(SYMBOLS, quote(codes, safe=":,")), headers) for codes in asked]
        deliveries: list[Delivery] = []
        for together in batched(requests, _SIDE_BY_SIDE, strict=False):
            try:
                deliveries += [self._read(answer) for answer in ask_all(together, _WITHIN, longest=_LARGEST)]
            except Unanswered as error:
                return self._so_far(deliveries, Unavailable(str(error)))
            except Unavailable as error:
                return self._so_far(deliveries, error)
        return deliveries

    def _so_far(self, deliveries: list[Delivery], failure: Unavailable) -> list[Delivery]:
        """Return what came before a failure, which counts as the last line refused. Raises it where nothing came."""
        if not deliveries:
            raise failure
        return [*deliveries, Delivery(self.name, (), ((0, f"The rest did not come: {failure}."),))]

    def _read(self, answer: Answer) -> Delivery:
        if answer.status != HTTPStatus.OK:
            raise Unavailable(f"it answered {answer.status}", wait_asked_for(answer))
        try:
            said = read_json(answer.body)
        except ValueError as error:
            raise Unavailable("its answer is no JSON, or too long") from error
        for name in filter(None, self.names.get(_ROWS, "").split(".")):
            said = said.get(name) if isinstance(said, dict) else None
        if not isinstance(said, list):
            raise Unavailable("its answer has no list of quotes where QUOTE_PROVIDERS says")
        rows = [(number, self._renamed(row)) for number, row in enumerate(said, start=1) if isinstance(row, dict)]
        refused = [
            (number, "This is no object.") for number, row in enumerate(said, start=1) if not isinstance(row, dict)
        ]
        return Delivery(self.name, tuple(rows), tuple(refused))

    def _renamed(self, row: dict[str, Any]) -> dict[str, Any]:
        return {name: row[own] for name in _FIELDS if (own := self.names.get(name, name)) in row}


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


PROVIDER = HttpJson
