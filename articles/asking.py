"""Ask over HTTP, and have an answer or none within a time."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final

#: More than any server says about what it was told to do.
_LONGEST_BODY: Final = 65_536
_LONGEST_WAIT: Final = 3_600


@dataclass(frozen=True, slots=True)
class Request:
    """A request to a server of somebody else. `headers` may hold a secret: they are left out of what is printed."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unanswered(Exception):
    """There is no answer that can be used. The message says why, in a few words."""


def ask_all(requests: Sequence[Request], within: float, *, longest: int = _LONGEST_BODY) -> list[Answer]:
    """Send requests side by side, and return their answers in order.

    Never takes longer than `within` seconds: a server may send a byte now and then for ever, and somebody waits at
    the desk. Redirects are not followed, nothing is tried twice, certificates are verified. Of a
    body no more than `longest` bytes are read. Raises `Unanswered`.
    """
    deadline = monotonic() + within
    heard: SimpleQueue[tuple[int, Answer | Unanswered]] = SimpleQueue()
    for number, request in enumerate(requests):
        # A daemon, for a server that never ends its answer must not keep the process from ending either.
        threading.Thread(target=_listen, args=(number, request, within, longest, heard), daemon=True).start()
    answers: dict[int, Answer] = {}
    while len(answers) < len(requests):
        try:
            number, answer = heard.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            raise Unanswered(f"no answer within {within:.1f} seconds") from None
        if isinstance(answer, Unanswered):
            raise answer
        answers[number] = answer
    return [answers[number] for number in range(len(requests))]


def wait_asked_for(answer: Answer) -> int:
    """Return for how many seconds the answer asks not to be asked again; 0 when it says nothing of the kind."""
    words = answer.headers.get("retry-after", "")
    return min(int(words), _LONGEST_WAIT) if words.isascii() and words.isdigit() else 0


def _listen(number: int, request: Request, within: float, longest: int, heard: "SimpleQueue[Any]") -> None:
    try:
        heard.put((number, _ask(request, within, longest)))
    except Unanswered as none:
        heard.put((number, none))


def _ask(request: Request, within: float, longest: int) -> Answer:
    import urllib3  # an extra: only a site that has a CDN needs it

    try:
        with urllib3.PoolManager(num_pools=1, cert_reqs="CERT_REQUIRED") as pool:
            answer = pool.request(
                request.method,
                request.url,
                body=request.body,
                headers=dict(request.headers),
                timeout=urllib3.Timeout(total=within),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            body = answer.read(longest)
            answer.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Unanswered(_in_short(error)) from error
    return Answer(answer.status, {name.lower(): value for name, value in answer.headers.items()}, body)


def _in_short(error: BaseException) -> str:
    """Return what happened without the address and the objects that urllib3 names."""
    from urllib3 import exceptions

    kinds: tuple[tuple[type[BaseException], str], ...] = (
        (exceptions.NameResolutionError, "its name is not known"),
        (exceptions.NewConnectionError, "it cannot be reached"),
        (exceptions.TimeoutError, "no answer in time"),
        (exceptions.SSLError, "its certificate cannot be trusted"),
        (exceptions.ProtocolError, "it ended the connection"),
    )
    return next((words for kind, words in kinds if isinstance(error, kind)), type(error).__name__)
