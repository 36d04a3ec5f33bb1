"""Answers of the site kept in files, for the bare views to return."""

import json
from pathlib import Path

from tests.serving import Answer

BARE = "/__bare__/"
#: Headers that belong to an answer; middleware and server add the others to bare views too.
_OWN = ("Content-Type", "Content-Encoding", "Cache-Control", "ETag", "Last-Modified", "Vary")


def keep_answer(folder: Path, name: str, answer: Answer) -> str:
    """Store an answer, in the coding it came in, under a name; return the address of the bare view that gives it."""
    headers = {header: answer.header(header) for header in _OWN if answer.header(header)}
    (folder / f"bare-{name}.json").write_text(json.dumps(headers))
    (folder / f"bare-{name}.body").write_bytes(answer.body)
    return f"{BARE}{name}/"


def read_answer(folder: Path, name: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body that were stored under a name."""
    headers: dict[str, str] = json.loads((folder / f"bare-{name}.json").read_text())
    return headers, (folder / f"bare-{name}.body").read_bytes()
