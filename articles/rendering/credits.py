"""Who did what for a story, in the words of a byline."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.records import Byline
from articles.states import BylineRole

_WORDS: Final[tuple[tuple[Promise, frozenset[str]], ...]] = (
    (_("By"), frozenset({BylineRole.REPORTER, BylineRole.COLUMNIST})),
    (_("Additional reporting by"), frozenset({BylineRole.CONTRIBUTOR})),
    (_("Photographs by"), frozenset({BylineRole.PHOTOGRAPHER})),
)


@dataclass(frozen=True, slots=True)
class Credit:
    """People with the words that stand before their names."""

    words: str | Promise
    bylines: tuple[Byline, ...]


def credits_of(bylines: Iterable[Byline]) -> tuple[Credit, ...]:
    """Part a byline by what people did, each part in the order given: who wrote it, who helped, who took pictures."""
    people = tuple(bylines)
    parts = ((words, tuple(one for one in people if one.role in roles)) for words, roles in _WORDS)
    return tuple(Credit(words, found) for words, found in parts if found)


def writers(bylines: Iterable[Byline]) -> tuple[Byline, ...]:
    """Return those whose words a story is; whoever took its pictures did not write it."""
    return tuple(byline for byline in bylines if byline.role != BylineRole.PHOTOGRAPHER)
