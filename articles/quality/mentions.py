"""Companies and people named in copy: what is found, what is marked, and what a release should ask about."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.markets.mentions import Finder, Mention
from articles.naming.decisions import Dismissal, nobodys_words
from articles.naming.entities import COMPANY, describe, entity_of
from articles.quality.copy import Copy
from articles.quality.problems import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: in the copy's text, or in its headline, which cannot be marked."""

    start: int
    end: int
    words: str
    in_headline: bool
    in_opening: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody that copy names: places with the same answer.

    `entity` is who is meant, None where somebody has to choose among the candidates, best first, each with how sure
    that is from 0 to 1.
    """

    entity: str | None
    candidates: tuple[tuple[str, float], ...]
    places: tuple[Place, ...]

    @property
    def is_subject(self) -> bool:
        """Whether the story is about them: named in the headline or in the first paragraph."""
        return any(place.in_headline or place.in_opening for place in self.places)


def find_mentions(
    copy: Copy, finder: Finder, *, known: Collection[str] = (), dismissed: Collection[Dismissal] = ()
) -> list[Found]:
    """Return whom the copy names, in the order of the text; marked places are among them.

    `known` are companies and people that the story lists.
    """
    text = f"{copy.headline}\n{copy.text}"
    offset = len(copy.headline) + 1
    ruled_out = {*dismissed, *((words, None) for words in nobodys_words())}
    mentions = finder.find(text, copy.on, known={*known, *copy.named}, dismissed=ruled_out)
    found: dict[Any, list[Mention]] = {}
    for mention in mentions:
        # Of what is unsure the same words have the same answer.
        found.setdefault(mention.chosen or (mention.text, mention.candidates), []).append(mention)
    return [_found(same, copy, offset) for same in found.values()]


def _found(same: list[Mention], copy: Copy, offset: int) -> Found:
    chosen = same[0].chosen
    best: dict[str, float] = {}
    for mention in same:
        for candidate in mention.candidates:
            entity = str(candidate.entity)
            best[entity] = max(best.get(entity, 0.0), candidate.confidence)
    ranked = sorted(best.items(), key=lambda item: (item[0] != chosen, -item[1]))
    places = tuple(_place(mention, copy, offset) for mention in same)
    return Found(None if chosen is None else str(chosen), tuple(ranked), places)


def _place(mention: Mention, copy: Copy, offset: int) -> Place:
    in_headline = mention.start < offset
    start, end = mention.start - offset, mention.end - offset
    if in_headline:
        return Place(mention.start, mention.end, mention.text, in_headline=True, in_opening=False)
    return Place(start, end, mention.text, in_headline=False, in_opening=start < copy.opening)


def mention_warnings(
    content: Mapping[str, Any], copy: Copy, finder: Finder, dismissed: Collection[Dismissal]
) -> Iterator[Problem]:
    """Yield companies that the story is about and that nobody has confirmed, listed or dismissed."""
    listed = {entity_of(COMPANY, pk) for pk, _role in content["companies"]}
    known = listed | {entity_of("person", pk) for pk in content.get("persons", ())}
    found = find_mentions(copy, finder, known=known, dismissed=dismissed)
    missing = [one.entity for one in found if one.entity and one.is_subject and one.entity not in {*copy.named, *known}]
    names = describe((entity for entity in missing if entity.startswith(COMPANY)), copy.on)
    for name in names.values():
        text = _("The story seems to be about %(name)s%(note)s, and does not say so: confirm or dismiss it.")
        yield Problem("companies", text % {"name": name.name, "note": f" ({name.note})" if name.note else ""})
