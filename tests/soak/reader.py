"""A process that answers for pages as a worker of the site does, and says what each cost.

`python -m tests.soak.reader HOST PID` runs in the environment of a site. A line of JSON on its input names what to do
and paths; a line of JSON answers: `measure` gives milliseconds of processor time for each path, `render` stores the
fragments that the pages print and gives how many, `size` gives the bytes of each page,
`questions` how often the database was asked for it.
"""

import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote

#: The statement by which pages read the stories that they have to render, because no fragment of them is stored.
_RENDERED = re.compile(r'^SELECT "articles_edition"\."id".*WHERE "articles_edition"\."id" IN \(', re.DOTALL)


class Reader:
    """Asks the site's WSGI application, without a server between."""

    def __init__(self, host: str, database: int = 0) -> None:
        """Take the host name of the site, and the first process of its database server where its time counts."""
        from newsroom.wsgi import application

        self._application: Callable[..., Iterable[bytes]] = application
        self._host, self._database = host, database

    def size(self, paths: list[str]) -> list[int]:
        """Return the bytes of each page. Raises `RuntimeError` where there is none."""
        return [len(self._ask(path)) for path in paths]

    def measure(self, paths: list[str]) -> list[float]:
        """Return the milliseconds of processor time of this process and of the database server for each page."""
        found = []
        for path in paths:
            servers, own = _nanoseconds(self._database), time.process_time_ns()
            self._ask(path)
            own = time.process_time_ns() - own
            found.append((own + _nanoseconds(self._database) - servers) / 1e6)
        return found

    def questions(self, paths: list[str]) -> list[int]:
        """Return how many statements the database is sent for each page by a process that has read nothing before."""
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from articles import reading

        found = []
        for path in paths:
            reading.forget()
            with CaptureQueriesContext(connection) as captured:
                self._ask(path)
            found.append(len(captured))
        return found

    def render(self, paths: list[str]) -> int:
        """Store the fragments of all stories that the pages print, and return how many there were none of."""
        from articles.models import Edition
        from articles.printing import fragments

        with _rendered() as keys:
            for path in paths:
                self._ask(path)
        fragments.store(list(Edition.objects.filter(pk__in=keys)))
        return len(keys)

    def _ask(self, path: str) -> bytes:
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(path).encode().decode("latin-1"),  # as PEP 3333 has it
            "QUERY_STRING": query,
            "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self._host,
            "HTTP_X_FORWARDED_PROTO": "https",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br, zstd",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
        statuses: list[str] = []
        response: Any = self._application(environ, lambda status, _headers, _error=None: statuses.append(status))
        body = b"".join(response)
        response.close()
        if not statuses[0].startswith(str(HTTPStatus.OK.value)):
            raise RuntimeError(f"{path} is answered with {statuses[0]}.")
        return body


@contextmanager
def _rendered() -> Iterator[set[int]]:
    """Collect the keys of the editions that are rendered anew."""
    from django.db import connection

    keys: set[int] = set()

    def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if _RENDERED.match(sql):
            keys.update(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield keys


def _nanoseconds(first: int) -> int:
    """Return the processor time that the processes of a server have used, by its first one; 0 for no server."""
    if not first:
        return 0
    processes = [first]
    for children in Path(f"/proc/{first}/task").glob("*/children"):
        processes += map(int, children.read_text().split())
    return sum(_own_nanoseconds(process) for process in processes)


def _own_nanoseconds(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0])
    except OSError:
        return 0


def main() -> None:
    """Do what the lines of the input say until there are no more."""
    reader = Reader(sys.argv[1], int(sys.argv[2]))
    for line in sys.stdin:
        what, paths = json.loads(line)
        print(json.dumps(getattr(reader, what)(paths)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
