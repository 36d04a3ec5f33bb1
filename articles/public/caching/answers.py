"""An answer for readers that can be kept: its status, headers and body, with the coded forms of the body."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from sys import getsizeof
from threading import Lock
from typing import Any, Final

from django.http import HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders

from articles.public.caching import codings

#: What may be kept. Not 404: there are as many addresses of nothing as anybody likes, and they would push out the rest.
KEPT: Final = frozenset({HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.GONE})
#: These are made anew for each form of the body.
_OF_A_FORM: Final = frozenset({"content-length", "etag", "vary"})
_REPEATED: Final[tuple[str, ...]] = ("Cache-Control", "ETag", "Vary")
#: What a lock and the nodes of the containers take beyond what Python says of them.
_UNSEEN: Final = 400


@dataclass(frozen=True, slots=True)
class Form:
    """The body in one coding, with its entity tag, its headers, and those of them that 304 repeats (15.4.5)."""

    body: bytes
    etag: str
    headers: ResponseHeaders
    not_modified: ResponseHeaders


class Answer:
    """What readers of an address get while the stamp is the same. Threads may share it.

    `surrogate_keys` are names of what the page shows, for caches that are told what to drop.
    """

    __slots__ = ("_forms", "_has_forms", "_lock", "body", "headers", "status", "surrogate_keys")

    def __init__(
        self, status: int, headers: Iterable[tuple[str, str]], body: bytes, surrogate_keys: Iterable[str] = ()
    ) -> None:
        self.status = status
        self.headers = {name: value for name, value in headers if name.lower() not in _OF_A_FORM}
        self.headers.setdefault("Cache-Control", "no-cache")
        self.body = body
        self.surrogate_keys = tuple(surrogate_keys)
        coded_already = any(name.lower() == "content-encoding" for name in self.headers)
        kind = next((value for name, value in self.headers.items() if name.lower() == "content-type"), "")
        self._has_forms = not coded_already and codings.is_worth_it(kind, len(body))
        self._forms: dict[str, Form] = {}
        self._lock = Lock()

    def form(self, accepted: str | None) -> Form:
        """Return the form of the body for a client with this Accept-Encoding."""
        coding = codings.choose(accepted) if self._has_forms else ""
        found = self._forms.get(coding)
        if found is not None:
            return found
        with self._lock:
            if coding not in self._forms:
                self._forms[coding] = self._made(coding)
            return self._forms[coding]

    def size(self) -> int:
        """Return how many bytes of memory the answer takes, all forms of its body included."""
        return _UNSEEN + _sizes([self, self.__slots__, *(getattr(self, name) for name in self.__slots__)], set())

    def _made(self, coding: str) -> Form:
        body = codings.coded(self.body, coding) if coding else self.body
        headers = self.headers | {"Content-Length": str(len(body))}
        etag = ""
        if self._has_forms:
            headers["Vary"] = "Accept-Encoding"
        if coding:
            headers["Content-Encoding"] = coding
        if self.status == HTTPStatus.OK:
            # Of the body as it is: a page that comes out the same keeps its tag whatever was released elsewhere.
            etag = f'"{sha256(self.body).hexdigest()[:32]}{f"-{coding}" if coding else ""}"'
            headers["ETag"] = etag
        not_modified = {name: headers[name] for name in _REPEATED if name in headers}
        return Form(body, etag, ResponseHeaders(headers), ResponseHeaders(not_modified))

    @property
    def form_count(self) -> int:
        """How many forms of the body there are by now."""
        return len(self._forms)


def plain(response: HttpResponseBase) -> Answer | None:
    """Return the answer that a response of a view is, or None for one that is only for whom it was made.

    That is a file that is sent piece by piece or by the web server in front, and whatever has an entity tag already,
    sets a cookie or depends on what else was asked.
    """
    if not isinstance(response, HttpResponse) or "ETag" in response.headers or response.cookies or _varies(response):
        return None
    return Answer(response.status_code, response.items(), response.content, getattr(response, "surrogate_keys", ()))


def _varies(response: HttpResponse) -> bool:
    varies_with = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    used_once = "'nonce-" in response.headers.get("Content-Security-Policy", "")
    kept_by_nobody = any(word in response.headers.get("Cache-Control", "") for word in ("no-store", "private"))
    return used_once or kept_by_nobody or not varies_with <= {"", "accept-encoding"}


def _sizes(value: Any, seen: set[int]) -> int:
    """Return the size of an object and of all that it holds, each counted once."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    held: Iterable[Any] = ()
    if isinstance(value, dict):
        held = (*value.keys(), *value.values())
    elif isinstance(value, tuple | list):
        held = value
    elif isinstance(value, Form):
        held = (value.body, value.etag, value.headers, value.not_modified)
    elif isinstance(value, ResponseHeaders):
        held = (vars(value),)
    return getsizeof(value) + sum(_sizes(item, seen) for item in held)
