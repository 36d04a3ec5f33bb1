"""Answers of the site kept in files, for the bare views to return."""

import json
from pathlib import Path

from tests.serving import Answer

BARE = "/__bare__/"
#: Headers that the site's views set themselves; middleware and server add the others to bare views too.
_OWN = ("Content-Type", "Cache-Control", "ETag", "Last-Modified")


def keep_answer(folder: Path, name: str, answer: Answer) -> None:
    """Store an answer under a name."""
    by_name = {key.title(): value for key, value in answer.headers.items()}
    headers = {name: by_name[name.title()] for name in _OWN if name.title() in by_name}
    (folder / f"bare-{name}.json").write_text(json.dumps(headers))
    (folder / f"bare-{name}.body").write_bytes(answer.body)


def read_answer(folder: Path, name: str) -> tuple[dict[str, str], bytes]:
    """Return the headers and the body that were stored under a name."""
    headers: dict[str, str] = json.loads((folder / f"bare-{name}.json").read_text())
    return headers, (folder / f"bare-{name}.body").read_bytes()
