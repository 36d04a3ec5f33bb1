"""A machine of a site, which is a process with settings of its own that does what a test asks of it."""

import json
import subprocess
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from tests.serving import ROOT, Site


class Node:
    """A process that calls functions of test modules, one after the other; arguments and answers are plain data."""

    def __init__(self, site: Site) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.node"],
            env=site.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def begin(self, function: Callable[..., Any], **arguments: Any) -> None:
        """Let the node call a function, and go on."""
        assert self._process.stdin is not None
        job = {"call": [function.__module__, function.__name__], "with": arguments}
        print(json.dumps(job), file=self._process.stdin, flush=True)

    def end(self) -> Any:
        """Wait for the answer to what was begun first."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the node has failed; its last words are above"
        return json.loads(line)

    def call(self, function: Callable[..., Any], **arguments: Any) -> Any:
        """Let the node call a function, and wait for its answer."""
        self.begin(function, **arguments)
        return self.end()

    def kill(self) -> None:
        """End the node in the middle of whatever it does."""
        self._process.kill()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.kill()
        self._process.wait()


def _work() -> None:
    from importlib import import_module

    import django

    django.setup()
    for line in sys.stdin:
        job = json.loads(line)
        module, name = job["call"]
        answer = getattr(import_module(module), name)(**job["with"])
        sys.stdout.write(f"{json.dumps(answer)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _work()
