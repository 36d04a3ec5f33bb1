"""The site as it is served, with the clock that readers of the soak may set."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from newsroom.wsgi import application as site
from tests.soak.exactness import clock

clock.install()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer at the instant that the reader asks for, or at the present one."""
    asked = environ.get(f"HTTP_{clock.HEADER.upper().replace('-', '_')}")
    clock.told.set(datetime.fromisoformat(asked) if asked else None)
    answer: Iterable[bytes] = site(environ, start_response)
    return answer
