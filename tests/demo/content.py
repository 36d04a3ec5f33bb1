"""The demo newsroom's files, read without the loader, so that the loader cannot hide their faults."""

import re
import tomllib
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[2] / "newsroom" / "demo"
_SENTENCE_ENDS = re.compile(r"(?<=[.!?؟])[”’»)]*\s+|(?<=[。！？])”?")
_BLOCK_ENDS = re.compile(r"</(?:p|h2|h3|li)>")
_TAGS = re.compile(r"<[^>]+>")
_SPOKEN = re.compile(r"[^\w{}:]+")


@dataclass(frozen=True)
class Story:
    """One story file: its front matter and the body it starts with."""

    file: str
    front: dict[str, Any]
    body: str

    @property
    def name(self) -> str:
        return str(self.front["name"])

    @property
    def after(self) -> list[dict[str, Any]]:
        return list(self.front.get("after", []))

    @property
    def bodies(self) -> list[str]:
        """The body as released and after each of the changes that followed."""
        bodies = [self.body]
        for change in self.after:
            body = bodies[-1]
            for old, new in change.get("replace", []):
                body = body.replace(old, new)
            bodies.append(body)
        return bodies

    @property
    def sentences(self) -> set[str]:
        """Every sentence a reader of this story may meet, in lower case and without punctuation."""
        blocks = [block for body in self.bodies for block in _BLOCK_ENDS.split(body)]
        for part in (self.front, *self.after):
            blocks += [part.get(field, "") for field in ("headline", "standfirst", "notice", "disclosure")]
        sentences = [sentence for block in blocks for sentence in _SENTENCE_ENDS.split(plain(block))]
        return {_SPOKEN.sub(" ", sentence).strip().casefold() for sentence in sentences} - {""}


def plain(html: str) -> str:
    """Return the text of a piece of HTML."""
    return unescape(_TAGS.sub(" ", html)).strip()


def read_nouns(file: str, noun: str) -> list[dict[str, Any]]:
    """Return the tables of one of the noun files: read_nouns("topics.toml", "topic")."""
    tables: list[dict[str, Any]] = tomllib.loads((DEMO / file).read_text(encoding="utf-8"))[noun]
    return tables


def read_stories() -> list[Story]:
    """Return all stories, in the order of their files."""
    return [_read_story(path) for path in sorted((DEMO / "stories").glob("*.html"))]


def _read_story(path: Path) -> Story:
    before, front, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    if before:
        raise ValueError(f"{path.name} does not begin with its front matter")
    return Story(path.name, tomllib.loads(front), body)
